import type { ParsedComponents } from 'chrono-node'
import { DateTime } from 'luxon'

export interface Moment {
  /** Where the words are read: IANA zone. */
  readonly zone: string
  readonly now: Date
}

/** A time read from plain words, or why not, as a key of a text. `nearest`: the same words a week or a day later, where they lie in the past. */
export type PlainTime =
  | { readonly at: Date }
  | { readonly key: 'time-not-understood' | 'time-too-far' }
  | { readonly key: 'time-past'; readonly at: Date; readonly nearest: Date | undefined }

/** The hour that words without one mean, such as "Friday". */
const EVENING = 18
const YEARS = 5

/** Reads "Friday 6pm", "tomorrow at 18:30", "5 December", "in 3 days": a wall-clock time in that zone. */
export async function readTime(words: string, { zone, now }: Moment): Promise<PlainTime> {
  const here = DateTime.fromJSDate(now, { zone })
  const iso = DateTime.fromISO(words.trim(), { zone })
  const local = iso.isValid ? iso : await readWords(words, here)
  if (!local?.isValid) return { key: 'time-not-understood' }
  if (local.year > here.year + YEARS) return { key: 'time-too-far' }
  const at = local.toJSDate()
  if (at > now) return { at }
  return { key: 'time-past', at, nearest: later(local, here) }
}

async function readWords(words: string, here: DateTime): Promise<DateTime | undefined> {
  // Loaded when the first time is read: it takes as long as a tenth of the whole start. Only one language: all of them take half a second.
  const { GB } = await import('chrono-node/en')
  const forwardDate = !/\b(last|ago|yesterday)\b/i.test(words)
  const [found] = GB.parse(words, { instant: here.toJSDate(), timezone: here.offset }, { forwardDate })
  return found && wallClock(found.start, here.zoneName ?? 'utc')
}

/** What chrono read, as a time on the clock of the zone; "in 3 hours" is a distance and keeps its instant. */
function wallClock(read: ParsedComponents, zone: string): DateTime {
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute') => read.get(name) ?? undefined
  const timed = read.isCertain('hour')
  const wall = {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: timed ? part('hour') : EVENING,
    minute: timed ? (part('minute') ?? 0) : 0,
  }
  if (read.isCertain('timezoneOffset')) return DateTime.fromJSDate(read.date(), { zone })
  const known = Object.fromEntries(Object.entries(wall).filter(([, value]) => value !== undefined))
  return DateTime.fromObject(known, { zone })
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
