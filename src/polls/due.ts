import { post, touch } from '../delivery/outbox.ts'
import type { Deps } from '../feature.ts'
import { scrub } from '../store/scrub.ts'
import { closePoll, ORDERED_TABLES, SCRUB, SCRUBBED_TABLES } from './close.ts'
import { postsOf } from './create.ts'
import { part, parted } from './part.ts'
import { loadPolls } from './poll.ts'

/** Opens and closes polls whose time has come. Looks at one index each; costs nothing while nothing is due. */
export async function pollsDue(deps: Deps, now: Date): Promise<void> {
  await openDue(deps, now)
  await closeDue(deps, now)
  await scrubDue(deps)
}

async function openDue(deps: Deps, now: Date): Promise<void> {
  const due = await deps.store.poll.findMany({
    where: { state: 'scheduled', opensAt: { lte: now }, network: { state: 'active' } },
    select: { id: true },
    take: 50,
  })
  if (due.length === 0) return
  await deps.store.$transaction(async tx => {
    const ids = due.map(poll => poll.id)
    const opened = await tx.poll.updateManyAndReturn({
      where: { id: { in: ids }, state: 'scheduled' },
      data: { state: 'open' },
      select: { id: true },
    })
    const polls = await loadPolls(tx, { id: { in: opened.map(poll => poll.id) } })
    const rows = polls.flatMap(poll =>
      postsOf(
        deps,
        poll.id,
        poll.networkId,
        poll.spaces.map(one => one.space).filter(space => space.state === 'joined'),
        1,
      ),
    )
    await post(tx, rows, now)
    await touch(
      tx,
      polls.map(poll => `polls_post_${poll.id}`),
    )
  })
}

/** A close that fell due while a platform was away waits until what was pressed there before has come in (the app says so, two minutes at most). */
async function closeDue(deps: Deps, now: Date): Promise<void> {
  const due = await deps.store.poll.findMany({
    where: { state: 'open', closesAt: { lte: now } },
    select: { id: true, closesAt: true, spaces: { select: { space: { select: { platform: true } } } } },
    take: 50,
  })
  const ready = due.filter(poll => deps.caughtUp([...new Set(poll.spaces.map(one => one.space.platform))], poll.closesAt ?? now))
  for (const poll of ready) await deps.store.$transaction(tx => closePoll(tx, deps, poll.id, null))
}

/** After a secret poll's ballots were deleted: their bytes too, and what else was written with them. Done again if it was cut short. */
async function scrubDue(deps: Deps): Promise<void> {
  const wanted = await deps.store.fact.findUnique({ where: { name: SCRUB } })
  if (!wanted) return
  const done = await scrub(deps.pool, SCRUBBED_TABLES, deps.log, { order: ORDERED_TABLES, first: client => part(client, wanted.at) })
  if (done !== 'later') await parted(deps.pool, wanted.at)
}
