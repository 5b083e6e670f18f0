import type { Ctx, Deps, Outcome, Submit } from '../feature/feature.ts'
import { ask, unchanged, whisper } from '../feature/replies.ts'
import { homeSpace, wrongForm } from '../kit/drafts.ts'
import { timeOr } from '../schedule/asked-time.ts'
import { inWeeks } from '../schedule/weeks.ts'
import { sanitizeLine } from '../view/sanitize.ts'
import { createForum } from './create.ts'
import { LIMITS } from './domain.ts'
import { cycleForm } from './forms.ts'
import { defaults } from './settings.ts'
import { listView } from './show.ts'

/** The forum cycle: strengths, challenges and their roots, actions. Each with its announcement, its poll beforehand and its follow-up. */

const THEMES = ['strengths', 'challenges', 'actions'] as const
/** How long before a forum it is announced, with its poll; and how long before it the poll ends. */
const ANNOUNCE_WEEKS = 3
const POLL_ENDS_MS = 86_400_000
const WEEKS = { least: 1, most: 26, usual: 4 } as const
/** What people can tap at once in the poll beforehand; they can add their own. */
const STARTERS = [1, 2, 3] as const

export function openCycle(ctx: Ctx, home?: string): Outcome {
  return { again: ask(cycleForm(ctx, home ?? ctx.space?.id)) }
}

export async function submitCycle(ctx: Ctx, deps: Deps, { args, values }: Submit): Promise<Outcome> {
  const { t } = ctx.speech.texts
  const first = await timeOr(ctx, values['first'] ?? '')
  const said = (values['weeks'] ?? '').trim()
  const weeks = said === '' ? WEEKS.usual : Number(said)
  const address = sanitizeLine(values['address'] ?? '')
  const isWeeks = Number.isInteger(weeks) && weeks >= WEEKS.least && weeks <= WEEKS.most
  const wrong = {
    ...('problem' in first ? { first: first.problem } : {}),
    ...(isWeeks ? {} : { weeks: t('forums-wrong-weeks', { least: WEEKS.least, most: WEEKS.most }) }),
    ...(address.length > LIMITS.address ? { address: t('forums-wrong-long', { max: LIMITS.address, length: address.length }) } : {}),
  }
  if (Object.keys(wrong).length > 0 || 'problem' in first) return wrongForm(cycleForm(ctx, args[0], values), wrong)
  return makeCycle(ctx, deps, { first: first.at, weeks, address, home: await homeSpace(ctx, args[0]) })
}

interface Plan {
  readonly first: Date
  readonly weeks: number
  readonly address: string
  readonly home: string | undefined
}

async function makeCycle(ctx: Ctx, deps: Deps, { first, weeks, address, home }: Plan): Promise<Outcome> {
  const { t } = ctx.speech.texts
  const { network, person } = ctx
  if (!network || !person) return []
  const { zone, now } = ctx.speech
  const made: string[] = []
  for (const [i, theme] of THEMES.entries()) {
    const startsAt = inWeeks(first, zone, i * weeks)
    const announced = inWeeks(startsAt, zone, -ANNOUNCE_WEEKS)
    const postsAt = announced > now ? announced : null
    const base = defaults(t(`forums-cycle-${theme}`), person.name, home)
    const settings = {
      ...{
        ...base,
        about: t(`forums-cycle-${theme}-about`),
        agenda: ([1, 2, 3] as const).map(n => t(`forums-cycle-${theme}-agenda-${n}`)),
      },
      ...{ startsAt: startsAt.toISOString(), postsAt: postsAt?.toISOString() ?? null, address },
    }
    const id = ctx.ids.id()
    const forum = await createForum(ctx.tx, deps, { networkId: network.id, personId: person.id, zone, settings, id, now })
    if ('key' in forum) return unchanged(ctx, forum.key, forum.args ?? {})
    const closesAt = new Date(startsAt.getTime() - POLL_ENDS_MS)
    const wish = { id: ctx.ids.id(), networkId: network.id, personId: person.id, places: forum.places, opensAt: postsAt, closesAt }
    const question = t(`forums-cycle-${theme}-question`)
    const options = STARTERS.map(n => t(`forums-cycle-${theme}-option-${n}`))
    if (closesAt > now) await deps.ask(ctx.tx, 'make poll', { ...wish, question, options })
    made.push(id)
  }
  return whisper(await listView(ctx, t('forums-cycle-done', { n: made.length, weeks: ANNOUNCE_WEEKS })))
}
