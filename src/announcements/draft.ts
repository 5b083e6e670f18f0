import { need } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import type { Draft, DraftKind } from '../kit/draft-kind.ts'
import { createDrafts, type Drafts } from '../kit/drafts.ts'
import { beginSeries } from '../kit/series/begin.ts'
import { firstDates } from '../schedule/recurrence/first-dates.ts'
import { shorten, tooLong } from '../view/sanitize.ts'
import { createAnnouncement } from './create.ts'
import { LATE, LIMITS, nameOf, tidy } from './domain.ts'
import { NEW, PICTURE, REPEAT, TIME, WORDS } from './forms.ts'
import { createSeries } from './series-create.ts'
import { MANAGED } from './series-manage.ts'
import { AnnouncementSettings, defaults } from './settings.ts'
import { showAnnouncement } from './show.ts'
import { draftCard } from './view-card.ts'
import { postView } from './view-post.ts'

/** Setting an announcement up: the short form, then the draft card with a button for each setting. */

type Settings = AnnouncementSettings

const KIND: DraftKind<Settings> = {
  feature: 'announcements',
  settings: AnnouncementSettings,
  texts: {
    gone: 'announcements-draft-gone',
    dropped: 'announcements-draft-dropped',
    anew: 'announcements-form-title',
    rightWay: 'announcements-right-way',
  },
  nameOf: ({ words }) => nameOf(words),
  card({ id, settings, ctx: { speech } }, known, said) {
    const dates = settings.repeats ? firstDates(settings.repeats, speech.now) : []
    return draftCard(id, settings, { ...known, dates }, speech, said)
  },
  first: { sheet: NEW, defaults: (_ctx, home) => defaults('', home ? { id: home } : undefined) },
  parts: { words: WORDS, when: TIME, repeat: REPEAT, picture: PICTURE },
  set({ pin, lateHours }, name) {
    if (name === 'pin') return { pin: !pin }
    return name === 'late' ? { lateHours: LATE[(LATE.indexOf(lateHours) + 1) % LATE.length] ?? LATE[0] } : {}
  },
  post: ({ settings, ctx: { speech } }) => ({
    view: postView({ ...settings, state: 'standing', changedAt: null }, speech),
    pin: settings.pin,
  }),
  publish,
  presses: (usual, { save }) => ({
    picture: (draft, args) => (args[1] === 'none' ? save(draft, { picture: null }) : need(usual, 'picture')(draft, args)),
  }),
}

export function announcementDrafts(deps: Deps): Drafts<Settings> {
  return createDrafts(KIND, deps)
}

/** Somebody's message becomes a draft of its words. */
export async function takeMessage(ctx: Ctx, deps: Deps, text: string): Promise<Outcome> {
  const drafts = announcementDrafts(deps)
  const said = tidy(text)
  if (said === '') return drafts.beginWith(ctx, defaults('', ctx.space), 'words')
  const isLong = tooLong(said, LIMITS.words) !== undefined
  const note = isLong ? ctx.speech.texts.t('announcements-shortened', { max: LIMITS.words }) : undefined
  return drafts.begin(ctx, defaults(shorten(said, LIMITS.words), ctx.space), note)
}

async function publish({ ctx, settings, id }: Draft<Settings>, deps: Deps): ReturnType<DraftKind<Settings>['publish']> {
  const { repeats } = settings
  const wish = { networkId: ctx.network?.id ?? '', personId: ctx.person?.id ?? '', settings, id }
  if (repeats) return beginSeries(MANAGED, ctx, repeats, () => createSeries(ctx.tx, deps, { ...wish, repeats }))
  const made = await createAnnouncement(ctx.tx, deps, wish)
  const { t } = ctx.speech.texts
  return 'key' in made ? { said: t(made.key, made.args) } : { view: await showAnnouncement(ctx, made, t('announcements-posted')) }
}
