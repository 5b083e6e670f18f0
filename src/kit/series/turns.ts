import type { Deps } from '../../feature/feature.ts'
import { type Turn, turnOf } from '../../schedule/recurrence/turn.ts'
import type { Tx } from '../../store/tx.ts'
import { apart } from './dates.ts'
import type { Turning } from './kind.ts'
import { type Missed, tellMissedDates } from './missed.ts'
import type { Series } from './series.ts'

/** When a series is looked at again whose network is paused. */
const PAUSED_MS = 120_000
/** And one whose dates cannot be computed. */
const BROKEN_MS = 3_600_000

interface TurnIn<S extends Series> extends Turn {
  readonly series: S
}

/**
 * Gives a batch of due series their turns, in one transaction and as many statements as for one. Each is held by whoever takes it, and of each date one thing is
 * made at the most: neither two processes nor a clock that jumps back make a date twice.
 */
export async function takeTurns<S extends Series>(kind: Turning<S>, tx: Tx, deps: Deps, ids: readonly string[], now: Date): Promise<void> {
  const { table } = kind
  const later = (ms: number) => new Date(now.getTime() + ms)
  const held = await table.take(tx, ids, now)
  const idsOf = (runs: boolean): readonly string[] => held.filter(row => row.runs === runs).map(row => row.id)
  await table.putOff(tx, idsOf(false), later(PAUSED_MS))
  const running = idsOf(true)
  if (running.length === 0) return
  const loaded = await table.load({ tx, log: deps.log }, running)
  // Each is then tried alone, and one that cannot be read rests and is told of.
  if (loaded.unread > 0) throw new Error('A series cannot be read.')
  const turns = loaded.flatMap(series => turnOrNone(kind, deps, series, now) ?? [])
  const broken = running.filter(id => !turns.some(({ series }) => series.id === id))
  await table.putOff(tx, broken, later(BROKEN_MS))
  const dates = turns.flatMap(({ series, made }) => (made ? [{ series, date: made }] : []))
  const made = dates.length > 0 ? await kind.make(tx, deps, dates, now) : new Set<string>()
  await table.moveOn(
    tx,
    turns.map(one => doneBy(one, now)),
  )
  await tellMissedDates(kind, tx, deps, missedIn(turns, made))
}

/** One that cannot be computed must not hold up all others. */
function turnOrNone<S extends Series>(kind: Turning<S>, deps: Deps, series: S, now: Date): TurnIn<S> | undefined {
  try {
    return { series, ...turnOf(series, now, at => kind.usefulUntil(series, at)) }
  } catch (err) {
    deps.log.error({ err, series: series.id, feature: kind.feature }, 'A series has no dates that can be computed')
    return undefined
  }
}

/** It is done with up to now, and knows its next date. */
function doneBy({ series, missed, next }: TurnIn<Series>, now: Date) {
  const kept = apart({ ...series, doneTo: now })
  return { id: series.id, doneTo: now, ...kept, nextAt: next?.at ?? null, n: missed.length, last: missed.at(-1)?.at ?? null }
}

function missedIn<S extends Series>(turns: readonly TurnIn<S>[], made: ReadonlySet<string | null>): readonly Missed<S>[] {
  return turns.flatMap(({ series, missed }) => {
    const last = missed.at(-1)
    return last ? [{ series, n: missed.length, last: last.at, isMade: made.has(series.id) }] : []
  })
}
