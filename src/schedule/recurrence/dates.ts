import { RRuleTemporal } from 'rrule-temporal'
import { localNumber, type Oddity, onTheWall, wallOf } from '../wall-clock.ts'
import { isOfTheWall, type Repeats, readRule } from './rule.ts'

// Loaded only where dates are computed: the library brings a calendar of its own.

/** A series with what was changed about single dates. Dates are named by the instant that the rule gives them, as ISO. */
export interface Dated extends Repeats {
  readonly except: readonly string[]
  readonly moved: Readonly<Record<string, string>>
}

/** One date: what the rule says, and when it really is. */
export interface Occurrence {
  readonly date: Date
  readonly at: Date
  readonly odd?: Oddity
}

/** Clocks of two zones differ by less. */
const FAR_MS = 28 * 3_600_000
/** Steps after which the library gives up: a month of quarters of an hour has three thousand. For a first date that is not far away, few are enough. */
const STEPS = 20_000
const FEW_STEPS = 2_000

/** The instants of a rule alone. */
interface Rolled {
  next(after: Date, inclusive: boolean): Occurrence | undefined
  /** After `from`, up to and with `to`. */
  between(from: Date, to: Date): readonly Occurrence[]
}

function roll({ rule, start, zone }: Repeats): Rolled {
  const { every } = readRule(rule)
  const local = localNumber(start)
  return isOfTheWall(every) ? onWalls(open(rule, local), zone) : inTime(open(inUtc(rule, zone), onTheWall(local, zone).at.getTime()))
}

/** The library on the given clock, which it takes for UTC. */
function open(rule: string, start: number, maxIterations = STEPS): RRuleTemporal {
  const from = new Date(start).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return new RRuleTemporal({ rruleString: `DTSTART:${from}\nRRULE:${rule.replace(/(UNTIL=\w+)$/, '$1Z')}`, maxIterations })
}

/** What fires so rarely that the library gives up has no such date. */
function orNone<T>(look: () => T, none: T): T {
  try {
    return look()
  } catch (fault) {
    if (fault instanceof Error && fault.message.startsWith('Maximum')) return none
    throw fault
  }
}

function inUtc(rule: string, zone: string): string {
  const { end } = readRule(rule)
  if (!end || !('until' in end)) return rule
  const last = onTheWall(Date.parse(`${end.until}T23:59:00Z`), zone).at
  return rule.replace(/UNTIL=\w+/, `UNTIL=${last.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}`)
}

function inTime(rolled: RRuleTemporal): Rolled {
  const whole = (ms: number): Occurrence => ({ date: new Date(ms), at: new Date(ms) })
  return {
    next(after, inclusive) {
      const found = orNone(() => rolled.next(after, inclusive), null)
      return found ? whole(found.epochMilliseconds) : undefined
    },
    between: (from, to) =>
      orNone(() => rolled.between(from, to, true), [])
        .map(one => whole(one.epochMilliseconds))
        .filter(({ at }) => at > from),
  }
}

/** The rule runs on the clock of the wall, and each of its local times is then looked up in the zone. */
function onWalls(rolled: RRuleTemporal, zone: string): Rolled {
  const whole = (local: number): Occurrence => {
    const { at, odd } = onTheWall(local, zone)
    return odd ? { date: at, at, odd } : { date: at, at }
  }
  return {
    next(after, inclusive) {
      let local = wallOf(after, zone) - FAR_MS
      for (;;) {
        const found = orNone(() => rolled.next(new Date(local), false), null)
        if (!found) return undefined
        local = found.epochMilliseconds
        const one = whole(local)
        if (one.at > after || (inclusive && one.at.getTime() === after.getTime())) return one
      }
    },
    between(from, to) {
      const wide = [new Date(wallOf(from, zone) - FAR_MS), new Date(wallOf(to, zone) + FAR_MS)] as const
      const all = orNone(() => rolled.between(...wide, true), [])
      // Where a zone leaves out a whole day, that day's time and the next day's are one.
      return all
        .map(one => whole(one.epochMilliseconds))
        .filter(({ at }, i, found) => at > from && at <= to && at.getTime() !== found[i - 1]?.at.getTime())
    },
  }
}

/** The next dates after a moment, in the order in which they are; fewer where the series ends. */
export function nextDates(series: Dated, after: Date, most: number): readonly Occurrence[] {
  const rolled = roll(series)
  const found = movedDates(series).filter(({ at }) => at > after)
  const left = leftOut(series)
  let taken = 0
  let last = after
  while (taken < most) {
    const one = rolled.next(last, false)
    if (!one) break
    last = one.at
    if (left.has(one.date.toISOString())) continue
    found.push(one)
    taken += 1
  }
  return inOrder(found).slice(0, most)
}

/** All dates after `from`, up to and with `to`. */
export function datesBetween(series: Dated, from: Date, to: Date): readonly Occurrence[] {
  const left = leftOut(series)
  const byRule = roll(series)
    .between(from, to)
    .filter(({ date }) => !left.has(date.toISOString()))
  return inOrder([...byRule, ...movedDates(series).filter(({ at }) => at > from && at <= to)])
}

/** The date that the rule gives at exactly this instant, as it stands now; undefined where there is none. */
export function dateAt(series: Dated, date: Date): Occurrence | undefined {
  const found = roll(series).next(date, true)
  if (found?.date.getTime() !== date.getTime()) return undefined
  const moved = series.moved[date.toISOString()]
  return moved ? { date, at: new Date(moved) } : found
}

/** The first date of a rule, not before a local time, later than `now`; undefined where it never fires. `step` counts from there, not from the start given. */
export function firstDate(repeats: Repeats, now: Date): number | undefined {
  const rolled = open(repeats.rule, localNumber(repeats.start), FEW_STEPS)
  let local = localNumber(repeats.start) - 1
  for (;;) {
    const found = orNone(() => rolled.next(new Date(local), false), null)
    if (!found) return undefined
    local = found.epochMilliseconds
    if (onTheWall(local, repeats.zone).at > now) return local
  }
}

function leftOut({ except, moved }: Dated): ReadonlySet<string> {
  return new Set([...except, ...Object.keys(moved)])
}

function movedDates({ moved, except }: Dated): Occurrence[] {
  return Object.entries(moved)
    .filter(([date]) => !except.includes(date))
    .map(([date, at]) => ({ date: new Date(date), at: new Date(at) }))
}

function inOrder(all: readonly Occurrence[]): readonly Occurrence[] {
  return all.toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.date.getTime() - b.date.getTime())
}
