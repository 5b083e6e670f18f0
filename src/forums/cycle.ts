import type { Ctx } from '../feature/context.ts'
import type { Deps, Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { homeSpace } from '../kit/draft-rows.ts'
import { formOf, taken } from '../kit/forms.ts'
import { inWeeks } from '../schedule/weeks.ts'
import { createForum } from './create.ts'
import { WEEKS } from './domain.ts'
import { CYCLE, type Cycle } from './forms.ts'
import { defaults } from './settings.ts'
import { listView } from './show.ts'

/** The forum cycle: strengths, challenges and their roots, actions. Each with its announcement, its poll beforehand and its follow-up. */

const THEMES = ['strengths', 'challenges', 'actions'] as const
/** How long before a forum it is announced, with its poll; and how long before it the poll ends. */
const ANNOUNCE_WEEKS = 3
const POLL_ENDS_MS = 86_400_000
/** What people can tap at once in the poll beforehand; they can add their own. */
const STARTERS = [1, 2, 3] as const

const cycleToken = (home: string | undefined) => (home ? token('forums', 'cycle', home) : token('forums', 'cycle'))
const blank = (now: Date): Cycle => ({ first: now, weeks: WEEKS.usual, address: '' })

export function openCycle(ctx: Ctx, home = ctx.space?.id): Outcome {
  return { again: ask(formOf(cycleToken(home), CYCLE, { ctx, now: blank(ctx.speech.now) })) }
}

export async function submitCycle(ctx: Ctx, deps: Deps, submit: Submit): Promise<Outcome> {
  const [home] = submit.args
  const now = blank(ctx.speech.now)
  return taken(cycleToken(home), CYCLE, { ctx, now }, submit, async plan =>
    makeCycle(ctx, deps, { ...now, ...plan, home: await homeSpace(ctx, home) }),
  )
}

interface Plan extends Cycle {
  readonly home: string | undefined
}

async function makeCycle(ctx: Ctx, deps: Deps, { first, minutes, weeks, address, home }: Plan): Promise<Outcome> {
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
      ...(minutes && { minutes }),
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
