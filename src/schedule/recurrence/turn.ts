import { type Dated, datesBetween, nextDates, type Occurrence } from './dates.ts'
import { isOfTheWall, readRule } from './rule.ts'

/** What becomes of something that repeats when its time has come, pure. */

const DAY_MS = 86_400_000
/** How far back dates are counted that were missed: of minutes and hours there are many. */
const BACK_MS = { wall: 3_660 * DAY_MS, time: 31 * DAY_MS } as const

export interface Turn {
  /** The date to make something of: the newest, where it is still of use. */
  readonly made: Occurrence | undefined
  /** Dates that are of no use any more, or that the newest has overtaken. */
  readonly missed: readonly Occurrence[]
  readonly next: Occurrence | undefined
}

/**
 * What is due lies after everything that is done with (`doneTo`), so that a clock that was ahead repeats nothing. After a long absence only the newest date is made,
 * and only if it is not too late for it.
 */
export function turnOf(series: Dated & { readonly doneTo: Date }, now: Date, usefulUntil: (at: Date) => Date): Turn {
  const back = BACK_MS[isOfTheWall(readRule(series.rule).every) ? 'wall' : 'time']
  const from = new Date(Math.max(series.doneTo.getTime(), now.getTime() - back))
  const passed = datesBetween(series, from, now)
  const newest = passed.at(-1)
  const isUseful = newest !== undefined && usefulUntil(newest.at) >= now
  const [next] = nextDates(series, now, 1)
  return { made: isUseful ? newest : undefined, missed: isUseful ? passed.slice(0, -1) : passed, next }
}
