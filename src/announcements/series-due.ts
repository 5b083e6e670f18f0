import type { Deps } from '../feature.ts'

/** Makes posts of the dates that have come: one look at an index while there is none. */
export async function seriesDue(deps: Deps, now: Date): Promise<void> {
  const due = await deps.store.announcementSeries.findFirst({ where: { dueAt: { lte: now } }, select: { id: true } })
  if (!due) return
  const { takeTurns } = await import('./series-turn.ts')
  await deps.store.$transaction(tx => takeTurns(tx, deps, now))
}
