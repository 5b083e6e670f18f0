import { HOUR, numberOf } from './vocabulary.ts'

/** Times of day as people write them. Pure. */

/** Minutes since midnight. `usual`: what is meant where nothing else says which half of the day; `all`: what it can mean. Empty where there is no such time. */
export interface Clock {
  readonly usual: readonly number[]
  readonly all: readonly number[]
  /** A number alone, such as the 10 of "10-12": a time only beside other words. */
  readonly isBare?: true
  /** Where there is no such time: what it may have been meant for. */
  readonly near?: number
}

/** Something that was found in a text. */
export interface Found<T> {
  readonly end: number
  readonly value: T
}

const NOON = 720
const DAY = 1440
const HALF = '(am|pm|a\\.m\\.?|p\\.m\\.?)'
/** "9 to 5" is no time but a day's work. */
const MINUTES = 'quarter|half|twenty[- ]five|five|ten|twenty|5|10|20|25|\\d{1,2}(?= min)'

interface Form {
  readonly like: RegExp
  readonly read: (found: readonly (string | undefined)[]) => Clock
}

const FORMS: readonly Form[] = [
  form(`(\\d{1,2})(?:[:.](\\d\\d))? ?${HALF}`, ([, hour, minute, half]) => halved(Number(hour), Number(minute ?? 0), half)),
  form(`(\\d{1,2})[:.](\\d\\d)(?::00)?(?: ?(?:h|hrs?|hours))?`, ([, hour, minute]) => written(hour, minute)),
  form(`(\\d\\d)(\\d\\d)(?: ?(?:h|hrs?|hours))?`, ([, hour, minute]) => whole(Number(hour), Number(minute))),
  form(`(\\d{1,2}) ?h(\\d\\d)?`, ([, hour, minute]) => written(hour, minute ?? '00')),
  form(`(?:a )?(${MINUTES})(?: minutes?| mins?)? (past|to) (${HOUR})(?: ?${HALF}| o'?clock)?`, ([, minutes, way, hour, half]) =>
    spoken(numberOf(hour ?? ''), minutesOf(minutes) * (way === 'to' ? -1 : 1), half),
  ),
  form(`(?:a )?(${MINUTES})(?: minutes?| mins?)? (past|to) (noon|midday|midnight)`, ([, minutes, way, named]) =>
    exactly(((named === 'midnight' ? 0 : NOON) + minutesOf(minutes) * (way === 'to' ? -1 : 1) + DAY) % DAY),
  ),
  form(`half (${HOUR})(?: ?${HALF})?`, ([, hour, half]) => spoken(numberOf(hour ?? ''), 30, half)),
  form(`(${HOUR})[ -](fifteen|thirty|forty[- ]five)(?: ?${HALF})?`, ([, hour, minutes, half]) =>
    spoken(numberOf(hour ?? ''), numberOf(minutes ?? ''), half),
  ),
  form(`(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?${HALF}`, ([, hour, half]) =>
    halved(numberOf(hour ?? ''), 0, half),
  ),
  form(`(${HOUR}) ?o'?clock(?: ?${HALF})?`, ([, hour, half]) => spoken(numberOf(hour ?? ''), 0, half)),
  form('(?:12 ?|twelve )?(?:noon|midday)', () => exactly(NOON)),
  form('(?:12 |twelve )?midnight', () => ({ usual: [0, DAY], all: [0, DAY] })),
]

const BARE = form(`(${HOUR})`, ([, hour]) => spoken(numberOf(hour ?? ''), 0, undefined))

function form(source: string, read: Form['read']): Form {
  // Not the beginning of more: "10.3" of "10.30", "6p" of "6pm".
  return { like: new RegExp(`${source}(?![\\p{L}\\p{N}])(?![:./]\\d)`, 'uy'), read }
}

/** Every time of day that begins at a place of a text, in small letters. `bare`: a number alone too. */
export function clocksAt(text: string, at: number, bare = false): readonly Found<Clock>[] {
  const found: Found<Clock>[] = []
  for (const { like, read } of bare ? [...FORMS, BARE] : FORMS) {
    like.lastIndex = at
    const match = like.exec(text)
    if (match) found.push({ end: like.lastIndex, value: like === BARE.like ? { ...read(match), isBare: true } : read(match) })
  }
  return found
}

function exactly(minutes: number): Clock {
  return { usual: [minutes], all: [minutes] }
}

const NEVER: Clock = { usual: [], all: [] }

function whole(hour: number, minute: number): Clock {
  if (hour === 24 && minute === 0) return { ...NEVER, near: DAY }
  return hour > 23 || minute > 59 ? NEVER : exactly(hour * 60 + minute)
}

function halved(hour: number, minute: number, half: string | undefined): Clock {
  if (hour > 12 && hour < 24 && minute < 60) return { ...NEVER, near: hour * 60 + minute }
  if (hour < 1 || hour > 12 || minute > 59) return NEVER
  return exactly((hour % 12) * 60 + minute + (half?.startsWith('p') ? NOON : 0))
}

/** Hours that are as likely in the morning as in the evening. */
const EITHER = [7, 8]

/** In figures: 24 hours; but who writes "6:30" may mean the evening. */
function written(hour = '', minute = ''): Clock {
  const [hours, minutes] = [Number(hour), Number(minute)]
  const one = whole(hours, minutes)
  if (one === NEVER || hour.length > 1 || hours === 0) return one
  const all = [hours * 60 + minutes, hours * 60 + minutes + NOON]
  return { usual: hours < 8 ? all : one.usual, all }
}

/** An hour as it is said, with minutes past it or (below zero) to it. */
function spoken(hour: number, minutes: number, half: string | undefined): Clock {
  if (hour > 23 || Math.abs(minutes) > 59 || Number.isNaN(hour)) return NEVER
  if (half !== undefined)
    return hour < 1 || hour > 12 ? NEVER : exactly(turned((hour % 12) * 60 + minutes + (half.startsWith('p') ? NOON : 0)))
  if (hour > 12 || hour === 0) return exactly(turned(hour * 60 + minutes))
  const said = hour * 60 + minutes
  const all = [turned((hour % 12) * 60 + minutes), turned((hour % 12) * 60 + minutes + NOON)].sort((a, b) => a - b)
  if (EITHER.includes(hour)) return { usual: all, all }
  return { usual: [hour <= 6 ? said + NOON : said], all }
}

function turned(minutes: number): number {
  return (minutes + DAY) % DAY
}

function minutesOf(said = ''): number {
  return said === 'quarter' ? 15 : said === 'half' ? 30 : numberOf(said)
}

/** From when to when, `to` perhaps on the next day. */
export interface Span {
  readonly from: number
  readonly to: number
}

const LONGEST = 12 * 60

/** What "6pm-8", "6-8pm" or "10-12" can mean. */
export function spansOf(from: Clock, to: Clock): readonly Span[] {
  const isSaid = (clock: Clock) => clock.all.length === 1
  const starts = from.isBare && isSaid(to) ? from.all : from.usual
  const spans: Span[] = []
  for (const start of starts) {
    const later = to.all.map(end => (end <= start && isSaid(to) ? end + DAY : end)).filter(end => end > start && end - start <= LONGEST)
    if (later.length > 0) spans.push({ from: start, to: Math.min(...later) })
  }
  if (starts !== from.all) return spans
  return spans.toSorted((a, b) => a.to - a.from - (b.to - b.from)).slice(0, 1)
}
