import type { Ctx, Speech } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { whisper } from '../feature/replies.ts'
import type { Draft, DraftKind } from '../kit/draft-kind.ts'
import { createDrafts, type Drafts } from '../kit/drafts.ts'
import { inWeeks } from '../schedule/weeks.ts'
import type { View } from '../view/view.ts'
import { createForum } from './create.ts'
import { CYCLE_ROWS, CycleSettings, cycleDefaults } from './cycle-settings.ts'
import { previewOf } from './draft.ts'
import { CYCLE } from './forms.ts'
import { defaults, type ForumSettings } from './settings.ts'
import { listView } from './show.ts'
import { cycleCard, type Planned } from './view-cycle.ts'
import { postView } from './view-post.ts'

/** The forum cycle: strengths, challenges and their roots, actions. Each with its announcement, its poll beforehand and its follow-up. */

const THEMES = ['strengths', 'challenges', 'actions'] as const
type Theme = (typeof THEMES)[number]
/** How long before a forum it is announced, with its poll; and how long before it the poll ends. */
const ANNOUNCE_WEEKS = 3
const POLL_ENDS_MS = 86_400_000
/** What people can tap at once in the poll beforehand; they can add their own. */
const STARTERS = [1, 2, 3] as const

const KIND: DraftKind<CycleSettings> = {
  ...{ feature: 'forums', rows: CYCLE_ROWS, settings: CycleSettings },
  texts: { gone: 'forums-draft-gone', dropped: 'forums-draft-dropped', anew: 'forums-cycle-title', rightWay: 'forums-right-way' },
  nameOf: ({ address }) => address,
  card: ({ id, settings, ctx }, known, said) => cycleCard({ id, settings, speech: ctx.speech, said }, plannedOf(settings, ctx), known),
  first: { sheet: CYCLE, name: 'cycle', defaults: (_, home) => cycleDefaults(home) },
  parts: { plan: CYCLE },
  set: () => ({}),
  post: ({ settings, ctx }) => ({ view: previews(settings, ctx)[0] ?? postView(previewOf(defaults('', '', undefined), ctx), ctx.speech) }),
  publish,
  presses: usual => ({ preview: async (draft, args) => allPreviews(draft, await usual['preview']?.(draft, args), args[1] !== undefined) }),
}

export function cycleDrafts(deps: Deps): Drafts<CycleSettings> {
  return createDrafts(KIND, deps)
}

/** All that will be posted, and when. */
function plannedOf({ first, weeks, minutes, address, places }: CycleSettings, { speech, person }: Ctx): readonly Planned[] {
  if (first === null) return []
  const { t } = speech.texts
  const { zone, now } = speech
  return THEMES.map((theme, i) => {
    const startsAt = inWeeks(new Date(first), zone, i * weeks)
    const announced = inWeeks(startsAt, zone, -ANNOUNCE_WEEKS)
    const opensAt = announced > now ? announced : null
    const closesAt = new Date(startsAt.getTime() - POLL_ENDS_MS)
    const forum: ForumSettings = {
      ...defaults(t(`forums-cycle-${theme}`), person?.name ?? '', undefined),
      ...{ about: t(`forums-cycle-${theme}-about`), agenda: STARTERS.map(n => t(`forums-cycle-${theme}-agenda-${n}`)) },
      ...{ startsAt: startsAt.toISOString(), postsAt: opensAt?.toISOString() ?? null, minutes, address, places },
    }
    return { forum, startsAt, poll: closesAt > now ? { ...words(theme, speech), opensAt, closesAt } : undefined }
  })
}

function words(theme: Theme, { texts: { t } }: Speech): { readonly question: string; readonly options: readonly string[] } {
  return { question: t(`forums-cycle-${theme}-question`), options: STARTERS.map(n => t(`forums-cycle-${theme}-option-${n}`)) }
}

function previews(settings: CycleSettings, ctx: Ctx): readonly View[] {
  return plannedOf(settings, ctx).map(({ forum }) => ({ ...postView(previewOf(forum, ctx), ctx.speech), buttons: [] }))
}

/** The usual preview shows the first post, here or as on one platform; here the other two follow. */
function allPreviews({ settings, ctx }: Draft<CycleSettings>, first: Outcome = [], isElsewhere: boolean): Outcome {
  const shown = 'again' in first ? first.again : first
  const others = isElsewhere ? [] : previews(settings, ctx).slice(1)
  const [one, ...menu] = shown
  return one ? { again: [one, ...others.flatMap(view => whisper({ ...view, whole: false })), ...menu] } : []
}

/** Nothing has gone out before this. */
async function publish({ ctx, settings }: Draft<CycleSettings>, deps: Deps): ReturnType<DraftKind<CycleSettings>['publish']> {
  const { t } = ctx.speech.texts
  const { zone, now } = ctx.speech
  const who = { networkId: ctx.network?.id ?? '', personId: ctx.person?.id ?? '' }
  const planned = plannedOf(settings, ctx)
  if (planned.length === 0) return { said: t('forums-wrong-no-time') }
  let polls = 0
  for (const { forum: wish, poll } of planned) {
    // What is wrong with one is wrong with the first: then nothing has been made.
    const forum = await createForum(ctx.tx, deps, { ...who, zone, settings: wish, id: ctx.ids.id(), now })
    if ('key' in forum) return { said: t(forum.key, forum.args) }
    const made = poll && (await deps.ask(ctx.tx, 'make poll', { ...who, ...poll, id: ctx.ids.id(), places: forum.places }))
    if (made === 'made') polls += 1
  }
  return { view: await listView(ctx, t('forums-cycle-done', { polls })) }
}
