import type { Log } from '../base/log.ts'
import { isUnavailable } from '../store/unavailable.ts'
import type { Alarm, DueRow, Trouble, Turn } from './alarm.ts'

/** The pauses after a failure, in milliseconds: each three times the one before. */
const FIRST_MS = 5_000
const GROWTH = 3
const LONGEST_MS = 600_000

interface Failure {
  readonly alarm: Alarm
  readonly row: DueRow | undefined
  readonly tries: number
  /** By the steady clock: not before then. */
  readonly until: number
}

/** What failed of all that was due, and until when it rests. In memory alone: a restart tries at once. */
export interface Troubles {
  /** The ids of rows of this alarm that rest now. */
  resting(alarm: Alarm): readonly string[]
  /** The alarm itself failed and rests. */
  isResting(alarm: Alarm): boolean
  /** Some row of it has rested enough. */
  hasRested(alarm: Alarm): boolean
  /** Runs an alarm, with each of its rows guarded. Rejects only where the store is away. */
  guard(alarm: Alarm, now: Date): Promise<void>
  failed(alarm: Alarm, err: unknown, row?: DueRow): void
  all(): readonly Trouble[]
  /** How often it has failed since the start, by the alarm's name. */
  counts(): ReadonlyMap<string, number>
}

/** @param steady milliseconds of a clock that never jumps */
export function createTroubles(log: Log, steady: () => number): Troubles {
  const failures = new Map<string, Failure>()
  const counts = new Map<string, number>()
  const keyOf = ({ name }: Alarm, row?: DueRow): string => `${name} ${row?.id ?? ''}`
  const of = (alarm: Alarm): readonly Failure[] => [...failures.values()].filter(one => one.alarm.name === alarm.name)
  const rows = (alarm: Alarm): readonly Failure[] => of(alarm).filter(one => one.row !== undefined)

  function failed(alarm: Alarm, err: unknown, row?: DueRow): void {
    const tries = (failures.get(keyOf(alarm, row))?.tries ?? 0) + 1
    const least = row === undefined && 'every' in alarm.when ? alarm.when.every : 0
    const pause = Math.max(least, Math.min(LONGEST_MS, FIRST_MS * GROWTH ** (tries - 1)))
    failures.set(keyOf(alarm, row), { alarm, row, tries, until: steady() + pause })
    counts.set(alarm.name, (counts.get(alarm.name) ?? 0) + 1)
    log.error({ err, alarm: alarm.name, row: row?.id, tries }, 'What was due could not be done; it is tried again after a pause')
  }

  function turnOf(alarm: Alarm, now: Date): Turn & { readonly tried: ReadonlySet<string> } {
    const tried = new Set<string>()
    const each: Turn['each'] = async (due, work) => {
      for (const row of due) {
        tried.add(row.id)
        try {
          await work(row)
          failures.delete(keyOf(alarm, row))
        } catch (err) {
          if (isUnavailable(err)) throw err
          failed(alarm, err, row)
        }
      }
    }
    const together: Turn['together'] = async (due, work) => {
      if (due.length === 0) return
      if (due.length === 1) return each(due, row => work([row]))
      try {
        await work(due)
        for (const row of due) failures.delete(keyOf(alarm, row))
      } catch (err) {
        if (isUnavailable(err)) throw err
        await each(due, row => work([row]))
      }
    }
    return { now, resting: resting(alarm), each, together, tried }
  }

  const resting: Troubles['resting'] = alarm => rows(alarm).flatMap(one => (one.until > steady() && one.row ? [one.row.id] : []))

  return {
    resting,
    isResting: alarm => (failures.get(keyOf(alarm))?.until ?? 0) > steady(),
    hasRested: alarm => rows(alarm).some(one => one.until <= steady()),
    async guard(alarm, now) {
      const turn = turnOf(alarm, now)
      try {
        await alarm.run(turn)
      } catch (err) {
        if (isUnavailable(err)) throw err
        return failed(alarm, err)
      }
      failures.delete(keyOf(alarm))
      // What has rested and was not found any more has been put right, or is gone.
      for (const { row } of rows(alarm))
        if (row && !turn.resting.includes(row.id) && !turn.tried.has(row.id)) failures.delete(keyOf(alarm, row))
    },
    failed,
    all: () => [...failures.values()].map(({ alarm, row }) => ({ alarm: alarm.name, key: alarm.trouble, row })),
    counts: () => counts,
  }
}
