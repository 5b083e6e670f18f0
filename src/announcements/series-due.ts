import type { Deps } from '../feature/feature.ts'
import type { Turn } from '../runtime/alarm.ts'
import { nameOf } from './domain.ts'

/** How many series have their turn at once; the others a second later. */
const BATCH = 50

/** Makes posts of the dates that have come: one look at an index while there is none. */
export async function seriesDue(deps: Deps, turn: Turn): Promise<void> {
  const { now, resting } = turn
  const due = await deps.store.announcementSeries.findMany({
    where: { dueAt: { lte: now }, id: { notIn: [...resting] } },
    select: { id: true, networkId: true, words: true },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    take: BATCH,
  })
  if (due.length === 0) return
  const { takeTurns } = await import('./series-turn.ts')
  const rows = due.map(({ words, ...row }) => ({ ...row, title: nameOf(words) }))
  await turn.together(rows, some => {
    const ids = some.map(one => one.id)
    return deps.store.$transaction(tx => takeTurns(tx, deps, ids, now))
  })
}
