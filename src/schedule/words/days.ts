import type { Found } from './clock.ts'
import { DAY, MONTH, monthOf, NUMBER, numberOf, ORDINAL, ordinalOf, weekdayOf } from './vocabulary.ts'

/** Days as people name them. Pure. */

/** Which day is meant, before anything is known of today. Weekdays run from 1 (Monday) to 7. */
export type Day =
  | {
      readonly is: 'weekday'
      readonly weekday: number
      readonly weeks: number
      readonly which: 'coming' | 'next' | 'last' | 'of next week'
    }
  | { readonly is: 'date'; readonly day: number; readonly month: number; readonly year?: number; readonly isFigures?: true }
  | { readonly is: 'of a month'; readonly day: number; readonly months?: number }
  | {
      readonly is: 'nth'
      readonly nth: number
      readonly weekday: number
      readonly month?: number
      readonly year?: number
      readonly months?: number
    }
  | { readonly is: 'from today'; readonly n: number; readonly unit: 'days' | 'weeks' | 'months' | 'years' }
  | { readonly is: 'end'; readonly of: 'month' | 'year'; readonly month?: number; readonly year?: number; readonly later: number }

/** A distance from now, in minutes: it needs no clock. */
export interface Away {
  readonly minutes: number
}

type Read<T> = (found: readonly string[]) => T | undefined

interface Form<T> {
  readonly like: RegExp
  readonly read: Read<T>
}

/** Words of one thing are kept together by one blank, or by none. */
function form<T>(source: string, read: Read<T>): Form<T> {
  const whole = source
    .replaceAll('DAY', `(${DAY})`)
    .replaceAll('MONTH', `(${MONTH})`)
    .replaceAll('DATE', `(${ORDINAL}|\\d{1,2})`)
    .replaceAll('ORDINAL', `(${ORDINAL})`)
    .replaceAll('NTH', `(${ORDINAL}|last)`)
    .replaceAll('YEAR', '(?:,? (20\\d\\d|[3-9]\\d\\d\\d))?')
    .replaceAll('N ', `(${NUMBER}) `)
    .replaceAll('UNIT', '(min|hour|hr|h|day|week|fortnight|month|year)')
  return { like: new RegExp(`(?:${whole})(?![\\p{L}\\p{N}])(?![:./-]\\d)`, 'uy'), read }
}

const LATER: Readonly<Record<string, number>> = { 'the ': 0, 'this ': 0, 'next ': 1 }
const TODAYS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 }
const FORTNIGHT = 2

function weekday(name = '', weeks = 0, which: Extract<Day, { is: 'weekday' }>['which'] = 'coming'): Day {
  return { is: 'weekday', weekday: weekdayOf(name), weeks, which }
}

function fromToday(n: number, unit: Extract<Day, { is: 'from today' }>['unit'] = 'days'): Day {
  return { is: 'from today', n, unit }
}

function weeksIn(n: string | undefined, unit: string | undefined): number {
  return (n ? numberOf(n) : 1) * (unit?.startsWith('fortnight') ? FORTNIGHT : 1)
}

function date(day: string | undefined, month: number, year: string | undefined): Day {
  const full = year && year.length === 2 ? `20${year}` : year
  return { is: 'date', day: ordinalOf(day ?? ''), month, ...(full ? { year: Number(full) } : {}) }
}

function figures(day: string | undefined, month: string | undefined, year: string | undefined): Day {
  return {
    is: 'date',
    isFigures: true,
    day: Number(day),
    month: Number(month),
    ...(year ? { year: year.length === 2 ? 2000 + Number(year) : Number(year) } : {}),
  }
}

function nth(said: string | undefined, day: string | undefined): { nth: number; weekday: number } {
  return { nth: said === 'last' ? -1 : ordinalOf(said ?? ''), weekday: weekdayOf(day ?? '') }
}

const DAYS: readonly Form<Day>[] = [
  form('(?:(?:the |this )?coming |this )?DAY', ([, day]) => weekday(day)),
  form('next DAY', ([, day]) => weekday(day, 0, 'next')),
  form('(?:the )?DAY after next', ([, day]) => weekday(day, 1, 'next')),
  form('last DAY', ([, day]) => weekday(day, 0, 'last')),
  form('DAY (week|fortnight)', ([, day, unit]) => weekday(day, weeksIn(undefined, unit))),
  form('(?:N )?(week|fortnight)s? (?:on|from) (?:this )?DAY', ([, n, unit, day]) => weekday(day, weeksIn(n, unit))),
  form('next week(?: on)? DAY', ([, day]) => weekday(day, 0, 'of next week')),
  form('DAY(?: of)? next week', ([, day]) => weekday(day, 0, 'of next week')),
  form('(yesterday|today|tomorrow)', ([, day = '']) => fromToday(TODAYS[day] ?? 0)),
  form('(?:the )?day after tomorrow', () => fromToday(2)),
  form('(?:N )?(week|fortnight)s? (?:from )?(today|tomorrow)', ([, n, unit, day = '']) =>
    fromToday(7 * weeksIn(n, unit) + (TODAYS[day] ?? 0)),
  ),
  form('(today|tomorrow) (week|fortnight)', ([, day = '', unit]) => fromToday(7 * weeksIn(undefined, unit) + (TODAYS[day] ?? 0))),
  form("in N UNITs?(?:'s?)?(?: time)?", ([, n, unit]) => later(n, unit)),
  form('N UNITs? from now', ([, n, unit]) => later(n, unit)),
  form('N UNITs? ago', ([, n, unit]) => later(n, unit, -1)),
  form('(?:the )?DATE (?:day )?(?:of )?MONTHYEAR', ([, day, month, year]) => date(day, monthOf(month ?? ''), year)),
  // The 2030 of "5 Dec 2030" may be half past eight.
  form('(?:the )?DATE (?:of )?MONTH(?= 20[0-5][05]$)', ([, day, month]) => date(day, monthOf(month ?? ''), undefined)),
  form('MONTH (?:the )?DATEYEAR', ([, month, day, year]) => date(day, monthOf(month ?? ''), year)),
  form('(\\d{1,2})/(\\d{1,2})(?:/(20\\d\\d|\\d\\d))?', ([, day, month, year]) => figures(day, month, year)),
  form('(\\d{1,2})\\.(\\d{1,2})\\.?(20\\d\\d)?', ([, day, month, year]) => figures(day, month, year)),
  form('(\\d{1,2})-(\\d{1,2})-(20\\d\\d)', ([, day, month, year]) => figures(day, month, year)),
  form('(20\\d\\d)[-/](\\d{1,2})[-/](\\d{1,2})', ([, year, month, day]) => ({
    is: 'date',
    day: Number(day),
    month: Number(month),
    year: Number(year),
  })),
  form('(?:the )?ORDINAL(?: of (the |this |next )month)?', ([, day, which]) => ({
    ...{ is: 'of a month', day: ordinalOf(day ?? '') },
    ...(which ? { months: LATER[which] ?? 0 } : {}),
  })),
  form('(?:the )?NTH DAY (?:of|in) MONTHYEAR', ([, said, day, month, year]) => ({
    ...{ is: 'nth', ...nth(said, day), month: monthOf(month ?? '') },
    ...(year ? { year: Number(year) } : {}),
  })),
  form('(?:the )?NTH DAY (?:of|in) (the |this |next )month', ([, said, day, which = '']) => ({
    ...{ is: 'nth', ...nth(said, day), months: LATER[which] ?? 0 },
  })),
  form('(?:the )?(?:end|last day) of MONTHYEAR', ([, month, year]) => ({
    ...{ is: 'end', of: 'month', month: monthOf(month ?? ''), later: 0 },
    ...(year ? { year: Number(year) } : {}),
  })),
  form('(?:the )?(?:end|last day) of (the |this |next )(month|year)', ([, which = '', of]) => ({
    ...{ is: 'end', of: of === 'year' ? 'year' : 'month', later: LATER[which] ?? 0 },
  })),
]

/** Whole days, weeks and so on from today. */
function later(n: string | undefined, unit: string | undefined, way = 1): Day | undefined {
  const many = numberOf(n ?? '') * way
  if (unit === 'day') return fromToday(many)
  if (unit === 'week' || unit === 'fortnight') return fromToday(many * weeksIn(undefined, unit), 'weeks')
  return unit === 'month' || unit === 'year' ? fromToday(many, `${unit}s`) : undefined
}

const HOURS = '(?:hours?|hrs?|h)'
const MINUTES = '(?:minutes?|mins?|m)'
const IN = '(?:in )'
const TIME = "(?:'?s?'? time)?"

const AWAYS: readonly Form<Away>[] = [
  // "in 2 hours", "in 1h30", "in one hour and 20 minutes"
  form(`${IN}(${NUMBER}) ?${HOURS}(?: ?(?:and )?(${NUMBER}) ?${MINUTES}?)?${TIME}`, ([, hours, minutes]) =>
    away(numberOf(hours ?? ''), minutes),
  ),
  form(`(${NUMBER}) ?${HOURS}(?: ?(?:and )?(${NUMBER}) ?${MINUTES}?)? from now`, ([, hours, minutes]) =>
    away(numberOf(hours ?? ''), minutes),
  ),
  form(`${IN}(${NUMBER}) ?${MINUTES}${TIME}`, ([, minutes]) => away(0, minutes)),
  form(`(${NUMBER}) ?${MINUTES} from now`, ([, minutes]) => away(0, minutes)),
  form(`${IN}(\\d{1,2})[.,](\\d{1,2}) ?${HOURS}`, ([, hours, tenths]) => away(Number(`${hours}.${tenths}`), undefined)),
  form(`${IN}(${NUMBER}) and (a half|a quarter|three quarters) hours?`, ([, hours, part]) =>
    away(numberOf(hours ?? '') + partOf(part), undefined),
  ),
  form(`${IN}(${NUMBER}) hours? and (a half|a quarter|three quarters)`, ([, hours, part]) =>
    away(numberOf(hours ?? '') + partOf(part), undefined),
  ),
  form(`${IN}(half an|half|(?:a )?quarter of an|three quarters of an) hour(?:'s time)?`, ([, part]) => away(partOf(part), undefined)),
]

function partOf(said = ''): number {
  return said.includes('three') ? 0.75 : said.includes('half') ? 0.5 : 0.25
}

function away(hours: number, minutes: string | undefined): Away {
  return { minutes: Math.round(hours * 60) + (minutes ? numberOf(minutes) : 0) }
}

function all<T>(forms: readonly Form<T>[], text: string, at: number): readonly Found<T>[] {
  const found: Found<T>[] = []
  for (const { like, read } of forms) {
    like.lastIndex = at
    const match = like.exec(text)
    const value = match && read(match)
    if (value) found.push({ end: like.lastIndex, value })
  }
  return found
}

/** Every day that is named at a place of a text, in small letters. */
export function daysAt(text: string, at: number): readonly Found<Day>[] {
  return all(DAYS, text, at)
}

/** Every distance from now that is named there. */
export function awaysAt(text: string, at: number): readonly Found<Away>[] {
  return all(AWAYS, text, at)
}
