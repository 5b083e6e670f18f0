import { COMING_OR_HERE } from '../community/audience.ts'
import { post, touch } from '../delivery/outbox.ts'
import type { Deps } from '../feature/feature.ts'
import type { DueRow, Turn } from '../runtime/alarm.ts'
import { scrub } from '../store/scrub.ts'
import type { Tx } from '../store/tx.ts'
import { shorten } from '../view/sanitize.ts'
import { closePoll, ORDERED_TABLES, SCRUB, SCRUBBED_TABLES } from './close.ts'
import { postsOf } from './create.ts'
import { part, parted } from './part.ts'
import { holdPoll, loadPolls } from './poll.ts'
import { remindOfClose } from './repost.ts'

/** How many are opened or closed at once; the others a second later. */
const MOST = 50

const NAMED = { id: true, networkId: true, question: true } as const

/** Opens polls whose time has come: all with one transaction. */
export async function openDue(deps: Deps, turn: Turn): Promise<void> {
  const { now, resting } = turn
  const due = await deps.store.poll.findMany({
    where: { state: 'scheduled', opensAt: { lte: now }, network: { state: 'active' }, id: { notIn: [...resting] } },
    select: NAMED,
    orderBy: [{ opensAt: 'asc' }, { id: 'asc' }],
    take: MOST,
  })
  await turn.together(due.map(named), some => deps.store.$transaction(tx => open(tx, deps, some, now)))
}

async function open(tx: Tx, deps: Deps, some: readonly DueRow[], now: Date): Promise<void> {
  const opened = await tx.poll.updateManyAndReturn({
    where: { id: { in: some.map(one => one.id) }, state: 'scheduled' },
    data: { state: 'open' },
    select: { id: true },
  })
  const polls = await loadPolls(tx, { id: { in: opened.map(poll => poll.id) } })
  const rows = polls.flatMap(poll =>
    postsOf(
      deps,
      poll.id,
      poll.networkId,
      poll.spaces.map(one => one.space).filter(space => COMING_OR_HERE.in.includes(space.state)),
      1,
    ),
  )
  await post(tx, rows, now)
  await touch(
    tx,
    polls.map(poll => `polls_post_${poll.id}`),
  )
}

/** Closes polls whose time has come. One that fell due while a platform was away waits until what was pressed there before has come in (two minutes at most). */
export async function closeDue(deps: Deps, turn: Turn): Promise<void> {
  const { now, resting } = turn
  const due = await deps.store.poll.findMany({
    where: { state: 'open', closesAt: { lte: now }, id: { notIn: [...resting] } },
    select: { ...NAMED, closesAt: true, spaces: { select: { space: { select: { platform: true } } } } },
    orderBy: [{ closesAt: 'asc' }, { id: 'asc' }],
    take: MOST,
  })
  const ready = due.filter(poll => deps.caughtUp([...new Set(poll.spaces.map(one => one.space.platform))], poll.closesAt ?? now))
  await turn.each(ready.map(named), ({ id }) => deps.store.$transaction(tx => closePoll(tx, deps, id, null)))
}

/** Reminds of polls that close soon, each once. */
export async function remindDue(deps: Deps, turn: Turn): Promise<void> {
  const { now, resting } = turn
  const due = await deps.store.poll.findMany({
    where: { state: 'open', remindAt: { lte: now }, id: { notIn: [...resting] } },
    select: NAMED,
    orderBy: [{ remindAt: 'asc' }, { id: 'asc' }],
    take: MOST,
  })
  await turn.each(due.map(named), ({ id }) =>
    deps.store.$transaction(async tx => {
      const poll = await holdPoll(tx, id)
      // Of two that look, one finds it; and it may have been closed meanwhile.
      if (poll?.state === 'open' && poll.remindAt && poll.remindAt <= now) await remindOfClose(tx, deps, poll, now)
    }),
  )
}

const named = ({ id, networkId, question }: { id: string; networkId: string; question: string }): DueRow => ({
  ...{ id, networkId, title: shorten(question, 60) },
})

/** After a secret poll's ballots were deleted: their bytes too, and what else was written with them. Done again if it was cut short. */
export async function scrubDue(deps: Deps): Promise<void> {
  const wanted = await deps.store.fact.findUnique({ where: { name: SCRUB } })
  if (!wanted) return
  // What was done before the close stands then with the rest.
  await deps.acts.write()
  const done = await scrub(deps.pool, SCRUBBED_TABLES, deps.log, { order: ORDERED_TABLES, first: client => part(client, wanted.at) })
  if (done !== 'later') await parted(deps.pool, wanted.at)
}
