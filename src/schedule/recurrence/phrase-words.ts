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

/** The signs of a phrase; undefined where it holds a word that is none. */
export function signsOf(phrase: string): string | undefined {
  const words = phrase
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')
  const signs = words.map(signOf)
  if (signs.includes(undefined)) return undefined
  return signs.filter(sign => sign !== '').join(' ')
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

/** A time of day, with minutes since midnight. */
export interface TimeOfDay {
  readonly minutes: number
}

const NAMED: Readonly<Record<string, number>> = { noon: 720, midday: 720, midnight: 0 }
const TIME =
  /(?:\bat\s+|@\s*)?\b(?:(noon|midday|midnight)|(\d{1,2})(?:[:.](\d\d))?\s*(am|pm|a\.m\.|p\.m\.)|(\d{1,2})[:.](\d\d))(?![\d:.]\d)(?!\w)|\bat\s+(\d{1,2})(?:\s*o['’]?clock)?(?![\w:.])/i

/** Takes the time of day out of a phrase. `wrong`: it looks like one and is none, such as 25:00. */
export function takeTime(phrase: string): { readonly rest: string; readonly time?: TimeOfDay; readonly wrong?: true } {
  const found = TIME.exec(phrase)
  if (!found) return { rest: phrase }
  const rest = `${phrase.slice(0, found.index)} ${phrase.slice(found.index + found[0].length)}`
  const [, named, hour12, minute12, half, hour24, minute24, bare] = found
  if (named) return { rest, time: { minutes: NAMED[named.toLowerCase()] ?? 0 } }
  const minute = Number(minute12 ?? minute24 ?? 0)
  const said = Number(hour12 ?? hour24 ?? bare)
  if (minute > 59 || said > 23 || (half && (said < 1 || said > 12))) return { rest, wrong: true }
  const hour = half ? (said % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0) : said
  return { rest, time: { minutes: hour * 60 + minute } }
}
