import { localNumber, localText, onTheWall, wallOf } from '../wall-clock.ts'
import { datesBetween, nextDates, type Occurrence } from './dates.ts'
import { isOfTheWall, type Repeats, readRule } from './rule.ts'

/** The dates of a rule that is only about to hold. */

const SHOWN = 3
const YEAR_MS = 366 * 86_400_000

/** Its next dates; none of them stands apart. */
export function datesOfRule(repeats: Repeats, now: Date, most = SHOWN): readonly Occurrence[] {
  return nextDates({ ...repeats, except: [], moved: {} }, now, most)
}

/** The next dates of a rule; and in the year ahead the first that a change of the clocks makes another than was said. */
export function firstDates(repeats: Repeats, now: Date): readonly Occurrence[] {
  const first = datesOfRule(repeats, now)
  if (!isOfTheWall(readRule(repeats.rule).every)) return first
  const last = first.at(-1)?.at ?? now
  const year = datesBetween({ ...repeats, except: [], moved: {} }, last, new Date(now.getTime() + YEAR_MS))
  const odd = year.find(date => date.odd === 'skipped')
  return odd ? [...first, odd] : first
}

/** The same rule from its next date on, where the first has passed meanwhile; undefined where it holds as it is. */
export function anchoredAnew(repeats: Repeats, now: Date): Repeats | undefined {
  const { start, zone } = repeats
  if (onTheWall(localNumber(start), zone).at > now) return undefined
  const [next] = datesOfRule(repeats, now, 1)
  if (!next) return undefined
  // A time that the clock jumped over stays what was said.
  const day = localText(wallOf(next.at, zone))
  return { ...repeats, start: next.odd === 'skipped' ? `${day.slice(0, 10)}${start.slice(10)}` : day }
}
