import type { ParsedComponents } from 'chrono-node'
import { DateTime } from 'luxon'
import { type Oddity, onTheWall } from './wall-clock.ts'

export interface Moment {
  /** Where the words are read: IANA zone. */
  readonly zone: string
  readonly now: Date
}

/** A time read from plain words, or why not, as a key of a text. `nearest`: the same words a week or a day later, where they lie in the past. */
export type PlainTime =
  | { readonly at: Date; readonly odd?: Oddity }
  | { readonly key: 'time-not-understood' | 'time-too-far' }
  | { readonly key: 'time-past'; readonly at: Date; readonly nearest: Date | undefined }

/** The hour that words without one mean, such as "Friday". */
const EVENING = 18
const YEARS = 5

/** Reads "Friday 6pm", "tomorrow at 18:30", "5 December", "in 3 days": a wall-clock time in that zone. */
export async function readTime(words: string, { zone, now }: Moment): Promise<PlainTime> {
  const here = DateTime.fromJSDate(now, { zone })
  const said = words.trim()
  // Without an offset of its own it is a time on the clock of the wall.
  const iso = DateTime.fromISO(said, { zone: /(z|[+-]\d\d(:?\d\d)?)$/i.test(said.replace(/^[\d-]*/, '')) ? zone : 'utc' })
  const local = iso.isValid ? whole(iso, zone) : await readWords(words, here)
  if (!local?.time.isValid) return { key: 'time-not-understood' }
  const { time, odd } = local
  if (time.year > here.year + YEARS) return { key: 'time-too-far' }
  const at = time.toJSDate()
  if (at > now) return odd ? { at, odd } : { at }
  return { key: 'time-past', at, nearest: later(time, here) }
}

interface Read {
  readonly time: DateTime
  readonly odd?: Oddity
}

/** A time in `utc` is one on the clock of the wall; it is looked up in the zone. */
function whole(time: DateTime, zone: string): Read {
  if (time.zoneName !== 'UTC' || !time.isValid) return { time }
  const { at, odd } = onTheWall(time.toMillis(), zone)
  return { time: DateTime.fromJSDate(at, { zone }), ...(odd ? { odd } : {}) }
}

async function readWords(words: string, here: DateTime): Promise<Read | undefined> {
  // Loaded when the first time is read: it takes as long as a tenth of the whole start. Only one language: all of them take half a second.
  const { GB } = await import('chrono-node/en')
  const forwardDate = !/\b(last|ago|yesterday)\b/i.test(words)
  const [found] = GB.parse(words, { instant: here.toJSDate(), timezone: here.offset }, { forwardDate })
  return found && wallClock(found.start, here.zoneName ?? 'utc')
}

/** What chrono read, as a time on the clock of the zone; "in 3 hours" is a distance and keeps its instant. */
function wallClock(read: ParsedComponents, zone: string): Read {
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute') => read.get(name) ?? undefined
  const timed = read.isCertain('hour')
  const wall = {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: timed ? part('hour') : EVENING,
    minute: timed ? (part('minute') ?? 0) : 0,
  }
  if (read.isCertain('timezoneOffset')) return { time: DateTime.fromJSDate(read.date(), { zone }) }
  const known = Object.fromEntries(Object.entries(wall).filter(([, value]) => value !== undefined))
  return whole(DateTime.fromObject(known, { zone: 'utc' }), zone)
}

function later(local: DateTime, here: DateTime): Date | undefined {
  for (const step of [{ days: 1 }, { days: 7 }, { years: 1 }]) {
    const next = local.plus(step)
    if (next > here) return next.toJSDate()
  }
  return undefined
}

/** In a week, at six in the evening: when a poll closes that was given no time. */
export function weekFromNow({ zone, now }: Moment): Date {
  return DateTime.fromJSDate(now, { zone }).plus({ days: 7 }).set({ hour: EVENING, minute: 0, second: 0, millisecond: 0 }).toJSDate()
}
