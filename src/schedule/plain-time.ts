import { DateTime } from 'luxon'
import type { TextKey } from '../texts/keys.ts'
import { type Oddity, onTheWall } from './wall-clock.ts'
import { type Here, type Meant, meaningsOf, type Wrong } from './words/meaning.ts'
import { type Piece, waysOf } from './words/pieces.ts'
import { tidied } from './words/text.ts'
import { meant } from './words/vocabulary.ts'

export interface Moment {
  /** Where the words are read: IANA zone. */
  readonly zone: string
  readonly now: Date
}

/** Words that are no time to come. `said`: those that it is about. `at`: the moment that they name all the same. */
export interface NoTime {
  readonly key: Extract<TextKey, `time-no-${string}` | 'time-not-understood' | 'time-past' | 'time-too-far'>
  readonly said: string
  readonly at?: Date
  /** What they may have been meant for, the likeliest first. */
  readonly nearest: readonly Date[]
}

/** A time read from plain words, or why not. `minutes`: how long, where an end was said too. */
export type PlainTime = { readonly at: Date; readonly odd?: Oddity; readonly minutes?: number } | NoTime

/** The hour that words without one mean, such as "Friday". */
const EVENING = 18
const YEARS = 5
/** More words than that are no time. */
const LONGEST = 200
/** More readings than that are no help. */
const MOST_NEAREST = 2

/**
 * Reads "Friday 6pm", "tomorrow at half past six", "5 December", "in 3 days": a time on the clock of the wall in that zone.
 * Only what is understood to the last word is a time. `usual`: minutes since midnight that a day alone means.
 */
export async function readTime(words: string, moment: Moment, usual = EVENING * 60): Promise<PlainTime> {
  const here: Here = { ...moment, usual }
  const text = tidied(words)
  if (text === '' || text.length > LONGEST) return { key: 'time-not-understood', said: words, nearest: [] }
  return exact(text, here) ?? inWords(text, here) ?? { key: 'time-not-understood', said: words.trim(), nearest: [] }
}

/** Such as `2026-12-05T18:00Z`; without an offset of its own it is a time on the clock of the wall. */
function exact(text: string, { zone, now }: Here): PlainTime | undefined {
  if (!/^\d{4}-\d\d-\d\dt/.test(text)) return undefined
  const iso = text.toUpperCase()
  const hasOffset = /(Z|[+-]\d\d(:?\d\d)?)$/.test(iso.slice(10))
  const time = DateTime.fromISO(iso, { zone: 'utc' })
  if (!time.isValid) return undefined
  const { at, odd } = hasOffset ? { at: time.toJSDate(), odd: undefined } : onTheWall(time.toMillis(), zone)
  if (at <= now) return { key: 'time-past', said: text, at, nearest: [] }
  if (time.year > DateTime.fromJSDate(now, { zone }).year + YEARS) return { key: 'time-too-far', said: text, nearest: [] }
  return odd ? { at, odd } : { at }
}

function inWords(text: string, here: Here): PlainTime | undefined {
  const ways = waysOf(text, here.zone)
  const [first] = ways
  if (!first) return undefined
  if (unreadIn(first).length > 0) return notWhole(text, ways, here)
  const { found, wrong } = outcomes(ways, here)
  const [one] = found
  if (one && found.length === 1) return one
  if (one) return { key: 'time-no-one-way', said: text, nearest: nearestOf(found) }
  return wrong && { key: KEYS[wrong.why], said: wrong.said, nearest: nearestOf(wrong.nearest), ...(wrong.at ? { at: wrong.at } : {}) }
}

const KEYS: Readonly<Record<Wrong['why'], NoTime['key']>> = {
  ...{ zone: 'time-no-zone', past: 'time-past', far: 'time-too-far', weekday: 'time-no-weekday', 'day first': 'time-no-month' },
  ...{
    hour: 'time-no-hour',
    part: 'time-no-part',
    date: 'time-no-date',
    clock: 'time-no-clock',
    several: 'time-no-one',
    bare: 'time-no-word',
    nothing: 'time-not-understood',
  },
}
/** What says most of what is wrong comes first. */
const ORDER = Object.keys(KEYS)

/** Everything that words can mean, and where that is nothing, what is wrong with them. */
function outcomes(ways: readonly (readonly Piece[])[], here: Here): { found: readonly Meant[]; wrong: Wrong | undefined } {
  const found = new Map<string, Meant>()
  const wrong: Wrong[] = []
  for (const one of ways.flatMap(way => meaningsOf(way, here))) {
    if ('why' in one) wrong.push(one)
    else found.set(`${one.at.getTime()} ${one.minutes ?? ''}`, one)
  }
  const [worst] = wrong.toSorted((a, b) => ORDER.indexOf(a.why) - ORDER.indexOf(b.why))
  return { found: [...found.values()].toSorted((a, b) => a.at.getTime() - b.at.getTime()), wrong: worst }
}

function nearestOf(found: readonly Meant[]): readonly Date[] {
  return found.slice(0, MOST_NEAREST).map(({ at }) => at)
}

function unreadIn(way: readonly Piece[]): readonly string[] {
  return way.filter(({ is }) => is === 'unread').map(({ said }) => said)
}

/** Words without which a time is still as it was meant, if not as exactly. */
const LOOSE =
  /^(?:around|about|approx|approximately|roughly|by|before|until|till|from|after|sharp|prompt|exactly|every|each|please|starting|start|time)$/
const CHOICE = /^(?:and|or|&|\/)$/
/** Words that turn round what is said. */
const TURNING = /^(?:not|no|never|except|but|without|nicht|pas|unless)$/

/** Some words were not read: they are named, and what the others may have been meant for. */
function notWhole(text: string, ways: readonly (readonly Piece[])[], here: Here): NoTime | undefined {
  const [way = []] = ways
  const unread = unreadIn(way)
  if (unread.length === way.length) return undefined
  const said = unread.join(' ')
  if (unread.some(word => TURNING.test(word))) return { key: 'time-no-word', said, nearest: [] }
  if (unread.some(word => CHOICE.test(word))) return { key: 'time-no-one', said: text, nearest: choices(text, here) }
  const mended = unread.reduce((all, word) => all.replace(word, meant(word) ?? word), text)
  const again = mended === text ? undefined : inWords(mended, here)
  if (again && !('key' in again)) return { key: 'time-no-word', said, nearest: [again.at] }
  const isDated = way.some(({ is }) => is === 'day' || is === 'away')
  const isNear = isDated || unread.every(word => LOOSE.test(word))
  return { key: 'time-no-word', said, nearest: isNear ? nearestOf(outcomes(ways, here).found) : [] }
}

function choices(text: string, here: Here): readonly Date[] {
  // Each is shorter than all of it, so that this comes to an end.
  const parts = text.split(/(?:^| )(?:and|or|&|\/)(?: |$)/).filter(part => part !== '' && part.length < text.length)
  const each = parts.map(part => inWords(part, here))
  return each.flatMap(one => (one && !('key' in one) ? [one.at] : [])).slice(0, MOST_NEAREST)
}

/** In a week, at six in the evening: when a poll closes that was given no time. */
export function weekFromNow({ zone, now }: Moment): Date {
  return DateTime.fromJSDate(now, { zone }).plus({ days: 7 }).set({ hour: EVENING, minute: 0, second: 0, millisecond: 0 }).toJSDate()
}
