import { DateTime } from 'luxon'
import type { Moment } from '../plain-time.ts'
import { localNumber, localText, onTheWall, wallOf } from '../wall-clock.ts'
import { tidied } from '../words/text.ts'
import { meant } from '../words/vocabulary.ts'
import { signsOf, type TimeOfDay } from './phrase-words.ts'
import { canBe, everyOf } from './phrases.ts'
import { type Every, isOfTheWall, type Repeats, type Rule, WEEKDAYS, writeRule } from './rule.ts'
import { daysOf, endsOf, type NoRule, type Parts, partsOf, saying } from './rule-parts.ts'

/** Reads "every second Tuesday at 18:30 until 31 March" and its like; only what is understood to the last word is a rule. */

/** A rule read from plain words, or why not. */
export type PlainRule = { readonly repeats: Repeats } | NoRule

/** The hour that words without one mean, as for a single time. */
const EVENING = 18 * 60
/** A chat that hears from us more often than that turns us off. */
const LEAST_MINUTES = 15
/** The most of each unit between two dates. */
const MOST = { minute: 1_440, hour: 168, day: 366, week: 53, month: 24, year: 5 } as const
const YEARS = 5
const MINUTE_MS = 60_000
/** More readings than that are no help. */
const MOST_NEAREST = 2

const DAYS = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*'
const REPEATS = new RegExp(
  [
    '\\b(?:every|each|hourly|daily|weekly|fortnightly|monthly|quarterly|yearly|annually|alternate|weekdays|weekends)\\b',
    '\\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\\b',
    '(?<!\\bend )\\bof (?:the|a) (?:month|quarter|year)\\b',
    '\\b(?:twice|thrice|\\w+ times|(?:one|1) time|once (?:an?|per))\\b',
    '\\bper (?:day|week|month|year)\\b',
    `\\b${DAYS} ?(?:-|to|through) ?${DAYS}`,
  ].join('|'),
)

/** Whether words are about something that repeats, not about one time. */
export function isRepeating(words: string): boolean {
  return REPEATS.test(tidied(words))
}

export async function readRepeats(words: string, asked: Moment): Promise<PlainRule> {
  const parts = partsOf(tidied(words), asked.zone)
  if ('key' in parts) return parts
  const { time } = parts
  const moment = { ...asked, zone: zoneOf(time, asked.zone) }
  if (time && moment.zone === '') return { key: 'repeat-word', args: saying(time.said) }
  if (time?.minutes.length === 0) return { key: time.isVague ? 'time-no-hour' : 'repeat-no-clock', args: saying(time.said) }
  const begin = await beginOf(parts, moment)
  if (typeof begin !== 'string') return begin
  const every = everyIn(parts.phrase, begin)
  if ('key' in every && !every.near) return every
  const ends = await endsOf(parts, begin, moment)
  if ('key' in ends) return ends
  const near = 'key' in every ? (every.near ?? []) : every
  const rules = near.flatMap(one => ends.map((end): Rule => ({ every: one, ...(end ? { end } : {}) })))
  const begins = (time?.minutes ?? [undefined]).map(minutes => ({ begin, minutes, moment }))
  const found = await Promise.all(rules.flatMap(rule => begins.map(one => anchored(rule, one))))
  if ('key' in every) return { key: every.key, ...(every.args ? { args: every.args } : {}), nearest: nearestOf(found) }
  const right = found.filter(one => 'repeats' in one)
  if (right.length > 1) return { key: 'repeat-one-way', args: saying(words), nearest: nearestOf(right) }
  return right[0] ?? found[0] ?? { key: 'repeat-unknown' }
}

/** The first day that it may be on, which is today or later. */
async function beginOf({ from }: Parts, moment: Moment): Promise<string | NoRule> {
  const today = localText(wallOf(moment.now, moment.zone)).slice(0, 10)
  if (from === undefined) return today
  const [day, other] = await daysOf(from, moment)
  if (!day || other) return { key: 'repeat-from-unknown', args: saying(from) }
  return day > today ? day : today
}

function nearestOf(found: readonly PlainRule[]): readonly Repeats[] {
  return found.flatMap(one => ('repeats' in one ? [one.repeats] : [])).slice(0, MOST_NEAREST)
}

/** A series runs on the clocks of one place; empty where a zone was named that is only a distance, or has other clocks in summer. */
function zoneOf(time: TimeOfDay | undefined, own: string): string {
  if (!time?.zone) return own
  if ('home' in time.zone) return time.zone.offset === undefined || time.zone.home === own ? time.zone.home : ''
  return time.zone.offset === 0 ? 'UTC' : ''
}

interface Unread extends NoRule {
  /** What is left without the words that were not read. */
  readonly near?: readonly Every[]
}

/** Words that turn round what is said. */
const TURNING = /^(?:not|no|never|except|but|without|unless|or)$/

function everyIn(phrase: string, begin: string): readonly Every[] | Unread {
  const day = DateTime.fromISO(begin, { zone: 'utc' })
  const { signs, unread } = signsOf(phrase)
  const mended = unread.length > 0 ? signsOf(unread.reduce((text, word) => text.replace(word, meant(word) ?? word), phrase)).signs : signs
  const all = everyOf(mended, { weekday: WEEKDAYS[day.weekday - 1] ?? 'MO', day: day.day, month: day.month }).filter(one => one.step > 0)
  const wrong = all.map(wrongIn).find(one => one !== undefined)
  if (unread.length > 0) {
    const isNear = all.length > 0 && !wrong && !unread.some(word => TURNING.test(word))
    return { key: 'repeat-word', args: saying(unread.join(' ')), ...(isNear ? { near: all } : {}) }
  }
  return all.length === 0 ? { key: 'repeat-unknown' } : (wrong ?? all)
}

function wrongIn(every: Every): NoRule | undefined {
  if (every.unit === 'minute' && every.step < LEAST_MINUTES) return { key: 'repeat-too-often', args: { n: LEAST_MINUTES } }
  if (every.step > MOST[every.unit]) return { key: 'repeat-too-seldom' }
  return canBe(every) ? undefined : { key: 'repeat-never' }
}

interface Begin {
  /** The first day that it may be on. */
  readonly begin: string
  readonly minutes: number | undefined
  readonly moment: Moment
}

/** The rule from its first date on: of "every second Tuesday" that is the next Tuesday. */
async function anchored(rule: Rule, { begin, minutes, moment }: Begin): Promise<PlainRule> {
  const { zone, now } = moment
  const { firstDate } = await import('./dates.ts')
  const midnight = localNumber(`${begin}T00:00`)
  const isRound = minutes === undefined && !isOfTheWall(rule.every)
  const round = MINUTE_MS * (rule.every.unit === 'minute' ? rule.every.step : 60)
  const from = isRound
    ? Math.max(midnight, Math.ceil((wallOf(now, zone) + 1) / round) * round)
    : midnight + (minutes ?? EVENING) * MINUTE_MS
  const near: Rule = { ...rule, every: { ...rule.every, step: isOfTheWall(rule.every) ? 1 : rule.every.step } }
  const first = firstDate({ rule: writeRule(near), start: localText(from), zone }, now)
  if (first === undefined) return { key: 'repeat-never' }
  if (onTheWall(first, zone).at.getTime() > now.getTime() + YEARS * 366 * 86_400_000) return { key: 'time-too-far' }
  return { repeats: { rule: writeRule(rule), start: localText(first), zone } }
}
