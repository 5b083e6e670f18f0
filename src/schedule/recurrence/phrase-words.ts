import { clocksAt } from '../words/clock.ts'
import { type Zone, zonesAt } from '../words/zones.ts'
import { WEEKDAYS } from './rule.ts'

/**
 * English words of repetition as a few signs that `phrases.ts` can match: `every second Tuesdays of each month` is `every 2th TU of every month`.
 * Pure.
 */

const FULL_DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const SHORT_DAYS = ['mon', 'tue', 'tues', 'wed', 'weds', 'thu', 'thur', 'thurs', 'fri', 'sat', 'sun']
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** Words that stand for other signs. An empty one says nothing. */
const SIGNS: Readonly<Record<string, string>> = {
  ...{
    every: 'every',
    each: 'every',
    a: 'every',
    an: 'every',
    per: 'every',
    other: '2th',
    alternate: 'every 2th',
    alternating: 'every 2th',
  },
  ...{ the: '', on: '', and: '', once: '', of: 'of', in: 'of', last: 'last', final: 'last' },
  ...{ minute: 'minute', min: 'minute', hour: 'hour', hr: 'hour', day: 'day', week: 'week', wk: 'week', fortnight: 'fortnight' },
  ...{ month: 'month', quarter: 'quarter', year: 'year', weekday: 'workday', workday: 'workday', weekend: 'weekend' },
  ...{ hourly: 'every hour', daily: 'every day', weekly: 'every week', fortnightly: 'every fortnight', monthly: 'every month' },
  ...{ quarterly: 'every quarter', yearly: 'every year', annually: 'every year' },
  ...{ fifteen: '15', twenty: '20', thirty: '30' },
}

/** The signs of a phrase in small letters, and the words of it that are none. */
export function signsOf(phrase: string): { readonly signs: string; readonly unread: readonly string[] } {
  const words = phrase
    .replaceAll(RANGE, (_, from: string, to: string) => daysFrom(from, to))
    .replaceAll(' & ', ' and ')
    .split(/[\s,]+/)
    .map(word => word.replace(/[.;]$/, ''))
    .filter(word => word !== '')
  const read = words.map(word => ({ word, sign: signOf(word) }))
  const signs = read.flatMap(({ sign }) => (sign ? [sign] : []))
  return { signs: signs.join(' '), unread: read.filter(({ sign }) => sign === undefined).map(({ word }) => word) }
}

const NAME = [...FULL_DAYS, ...SHORT_DAYS].toSorted((a, b) => b.length - a.length).join('|')
const RANGE = new RegExp(`\\b(${NAME})s? ?(?:-|to|through) ?(${NAME})s?\\b`, 'g')

/** "Mon-Fri", "Saturday to Tuesday". */
function daysFrom(from: string, to: string): string {
  const [first, last] = [from, to].map(name => WEEKDAYS.findIndex(day => name.startsWith(day.toLowerCase())))
  const many = ((last ?? 0) - (first ?? 0) + 7) % 7
  return Array.from({ length: many + 1 }, (_, i) => FULL_DAYS[((first ?? 0) + i) % 7]).join(' ')
}

function signOf(word: string): string | undefined {
  if (Object.hasOwn(SIGNS, word)) return SIGNS[word]
  const one = word.replace(/s$/, '')
  if (Object.hasOwn(SIGNS, one)) return SIGNS[one]
  return dayOf(word) ?? dayOf(one) ?? monthOf(word) ?? numberOf(word)
}

function dayOf(word: string): string | undefined {
  const known = FULL_DAYS.includes(word) || SHORT_DAYS.includes(word)
  return known ? WEEKDAYS.find(day => word.startsWith(day.toLowerCase())) : undefined
}

function monthOf(word: string): string | undefined {
  const at = MONTHS.findIndex(month => month === word || month.slice(0, 3) === word || (word === 'sept' && month === 'september'))
  return at < 0 ? undefined : `m${at + 1}`
}

function numberOf(word: string): string | undefined {
  if (/^\d{1,3}$/.test(word)) return String(Number(word))
  const [, digits] = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word) ?? []
  if (digits) return `${Number(digits)}th`
  if (ORDINALS.includes(word)) return `${ORDINALS.indexOf(word) + 1}th`
  return NUMBERS.includes(word) ? String(NUMBERS.indexOf(word) + 1) : undefined
}

/** Minutes since midnight: all that a time of day can mean; none where there is no such time. */
export interface TimeOfDay {
  readonly minutes: readonly number[]
  readonly said: string
  readonly zone?: Zone
  /** A part of the day without an hour. */
  readonly isVague?: true
}

const PART = /\b(?:in the )?(morning|afternoon|evening)s?\b/
/** From when to when each is, and when it is where no hour is said. */
const PARTS: Readonly<Record<string, { readonly from: number; readonly to: number; readonly usual: readonly number[] }>> = {
  morning: { from: 0, to: 719, usual: [] },
  afternoon: { from: 720, to: 1139, usual: [] },
  evening: { from: 960, to: 1439, usual: [1080] },
}

/** Takes the time of day out of a phrase in small letters. */
export function takeTime(phrase: string, own: string): { readonly rest: string; readonly time?: TimeOfDay } {
  const part = PART.exec(phrase)
  const found = clockIn(part ? phrase.replace(part[0], ' '.repeat(part[0].length)) : phrase, own, part ? 'all' : 'usual')
  const hours = PARTS[part?.[1] ?? '']
  if (!part || !hours) return found
  // "every evening" is every day.
  const rest = found.rest.replace(/^ *(every|each)\s*$/, '$1 day')
  const { time } = found
  if (!time) return { rest, time: { minutes: hours.usual, said: part[0], ...(hours.usual.length === 0 ? { isVague: true } : {}) } }
  return { rest, time: { ...time, minutes: time.minutes.filter(minutes => minutes >= hours.from && minutes <= hours.to) } }
}

function clockIn(phrase: string, own: string, which: 'usual' | 'all'): { readonly rest: string; readonly time?: TimeOfDay } {
  for (const { index } of phrase.matchAll(/(?<=^|[ ,])[^ ,]/g)) {
    const before = phrase.slice(0, index)
    const [at = ''] = /^(?:at |@ ?)/.exec(phrase.slice(index)) ?? []
    // "every 2h" is no time of day, and "March 2027" neither.
    if (/(?:every|each) $/.test(before) || (at === '' && /^20\d\d(?!\d| ?h)/.test(phrase.slice(index)))) continue
    const clock = clocksAt(phrase, index + at.length, at !== '').toSorted((a, b) => b.end - a.end)[0]
    // "the year 9999" is none either.
    if (!clock || (clock.value.all.length === 0 && at === '' && /^\d{4}$/.test(phrase.slice(index, clock.end)))) continue
    const after = phrase.slice(clock.end)
    const blank = /^ ?/.exec(after)?.[0].length ?? 0
    const zone = zonesAt(phrase, clock.end + blank, own)[0]
    const end = zone?.end ?? clock.end
    // A midnight is the beginning of its day.
    const minutes = clock.value[which].filter(one => one < 1440)
    return {
      rest: `${before} ${phrase.slice(end)}`,
      time: { minutes, said: phrase.slice(index + at.length, end).trim(), ...(zone ? { zone: zone.value } : {}) },
    }
  }
  return { rest: phrase }
}
