import type { Deps } from '../../feature/feature.ts'
import type { Turn } from '../../runtime/alarm.ts'
import type { SeriesKind, Turning } from './kind.ts'
import type { Series } from './series.ts'

/** How many series have their turn at once; the others a second later. */
const BATCH = 50

/** Makes things of the dates that have come: one look at an index while there is none. `load`: what is needed only then. */
export async function seriesDue<S extends Series>(
  { table }: Pick<SeriesKind<S>, 'table'>,
  load: () => Promise<Turning<S>>,
  deps: Deps,
  turn: Turn,
): Promise<void> {
  const { now, resting } = turn
  const due = await table.due(deps.store, { now, resting, most: BATCH })
  if (due.length === 0) return
  const { takeTurns } = await import('./turns.ts')
  const kind = await load()
  await turn.together(due, some => {
    const ids = some.map(one => one.id)
    return deps.store.$transaction(tx => takeTurns(kind, tx, deps, ids, now))
  })
}
