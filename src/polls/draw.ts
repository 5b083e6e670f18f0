import { readRow } from '../base/readable.ts'
import type { Drawn } from '../delivery/post.ts'
import type { Deps, Target } from '../feature/feature.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { sentence } from '../view/make.ts'
import { type CountRow, nextShown, type Rule, readShown, type Shown, tallyOf, writeShown } from './figures.ts'
import { show, type Tally, turnout } from './gate.ts'
import { loadShown, type ShownPoll } from './poll.ts'
import { outcomeView, postView, reminderView } from './view-post.ts'

/** Draws the posts of polls: two looks at the store for all of them, whatever was cast before. */
export async function drawPosts(deps: Deps, subjects: readonly string[]): Promise<ReadonlyMap<string, (to: Target) => Drawn>> {
  const wanted = subjects.map(subject => ({ subject, parts: subject.split('_') }))
  const polls = await loadShown(deps.store, [...new Set(wanted.flatMap(({ parts }) => parts[2] ?? []))])
  const tallies = await talliesOf(deps.store, polls)
  const byId = new Map(polls.map(poll => [poll.id, poll]))
  return new Map(
    wanted.flatMap(({ subject, parts }) => {
      const poll = byId.get(parts[2] ?? '')
      return poll ? [[subject, (to: Target) => drawOne(parts[1] ?? '', poll, tallies.get(poll.id), to)] as const] : []
    }),
  )
}

function drawOne(kind: string, poll: ShownPoll, tally: Tally | undefined, to: Target): Drawn {
  // A space is shown what everybody may see.
  const figures = tally && show(tally, poll, { voted: false })
  if (kind === 'old') return { view: sentence(to.texts.locale, to.texts.t('polls-post-again')) }
  if (kind === 'remind')
    return { view: reminderView(poll, figures, { n: tally ? turnout(tally) : 0, isStep: tally?.movesAt !== undefined }, to) }
  if (kind === 'outcome') return { view: outcomeView(poll, figures, closedLate(poll), to) }
  return { view: postView(poll, figures, to) }
}

/** Closed more than a minute after its time: the bot was away. */
export function closedLate(poll: Pick<ShownPoll, 'closedAt' | 'closesAt'>): boolean {
  return poll.closedAt !== null && poll.closesAt !== null && poll.closedAt.getTime() - poll.closesAt.getTime() > 60_000
}

/** The tally of one poll, for the gate. */
export async function tallyNow(tx: Tx, poll: ShownPoll): Promise<Tally> {
  const found = await talliesOf(tx, [poll])
  return found.get(poll.id) ?? tallyOf({ kind: 'nothing' }, ruleOf(poll))
}

/** Tallies as far as they may be shown now; what is shown for the first time is written down, so that the next step is taken from there. */
export async function talliesOf(store: Tx | PrismaClient, polls: readonly ShownPoll[]): Promise<ReadonlyMap<string, Tally>> {
  const ids = polls.map(poll => poll.id)
  if (ids.length === 0) return new Map()
  const rows = await store.count.findMany({ where: { pollId: { in: ids } } })
  const kept = await store.pollShown.findMany({ where: { pollId: { in: ids } } })
  const before = new Map(kept.map(row => [row.pollId, row.figures]))
  const counts = new Map<string, CountRow[]>()
  for (const row of rows) counts.set(row.pollId, [...(counts.get(row.pollId) ?? []), row])
  const after = polls.map(poll => {
    const was = shownBefore(poll, before.get(poll.id))
    return { poll, was, shown: nextShown(counts.get(poll.id) ?? [], was, ruleOf(poll)) }
  })
  const stale = await keep(
    store,
    after.flatMap(({ poll: { id }, was, shown }) => {
      const now = JSON.stringify(writeShown(shown))
      // A secret poll's steps are written with the answers that they are made of.
      return shown.kind === 'steps' || now === JSON.stringify(writeShown(was))
        ? []
        : [{ id, was: JSON.stringify(before.get(id) ?? {}), now }]
    }),
  )
  const again = await talliesOf(
    store,
    polls.filter(poll => stale.has(poll.id)),
  )
  return new Map([...after.map(({ poll, shown }) => [poll.id, tallyOf(shown, ruleOf(poll))] as const), ...again])
}

function shownBefore(poll: ShownPoll, figures: unknown): Shown {
  if (figures === undefined) return { kind: 'nothing' }
  return readRow('PollShown', { id: poll.id, figures }, one => readShown(one.figures, poll.secret && poll.state === 'open'))
}

export function ruleOf({ secret, state, hideUnder, min, max }: Pick<ShownPoll, 'secret' | 'state' | 'hideUnder' | 'min' | 'max'>): Rule {
  return { secret, closed: state === 'closed', under: hideUnder, min, max }
}

/** Those that another process (or a person's look) has moved since they were read: two steps from one figure would tell apart who voted in between. */
async function keep(
  store: Tx | PrismaClient,
  changed: readonly { readonly id: string; readonly was: string; readonly now: string }[],
): Promise<ReadonlySet<string>> {
  if (changed.length === 0) return new Set()
  const kept = await store.$queryRaw<{ pollId: string }[]>`
    WITH u AS (
      SELECT * FROM unnest(${changed.map(one => one.id)}::text[], ${changed.map(one => one.was)}::text[], ${changed.map(one => one.now)}::text[]) AS u(id, was, now)
    )
    INSERT INTO "PollShown" AS s ("pollId", "figures") SELECT id, now::jsonb FROM u ORDER BY id
    ON CONFLICT ("pollId") DO UPDATE SET "figures" = EXCLUDED."figures"
    WHERE s."figures" = (SELECT u.was::jsonb FROM u WHERE u.id = s."pollId")
    RETURNING s."pollId"`
  const done = new Set(kept.map(row => row.pollId))
  return new Set(changed.map(one => one.id).filter(id => !done.has(id)))
}
