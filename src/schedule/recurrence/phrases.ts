import { type Every, type On, WEEKDAYS, type Weekday, writeRule } from './rule.ts'

/** What people say of how often, as a table. Pure. */

/** The day that a rule without one falls on: that of its first date. */
export interface Anchor {
  readonly weekday: Weekday
  readonly day: number
  readonly month: number
}

type Found = readonly (string | undefined)[]

interface Phrase {
  readonly like: RegExp
  readonly make: (found: Found, anchor: Anchor) => Every | undefined
}

const WORKDAYS = WEEKDAYS.slice(0, 5)
const WEEKEND = WEEKDAYS.slice(5)
const STARTS = [1, 4, 7, 10]
const ENDS = [3, 6, 9, 12]

/** Pieces of the patterns, each with its own group where it is in brackets. */
const PIECES: Readonly<Record<string, string>> = {
  // every how many
  STEP: '(?: (\\d+)(?:th)?)?',
  DAYS: '((?:MO|TU|WE|TH|FR|SA|SU)(?: (?:MO|TU|WE|TH|FR|SA|SU))*)',
  ONE: '(MO|TU|WE|TH|FR|SA|SU)',
  NTH: '(\\d+th|last)',
  // the 15th, the last day, day 15
  DATE: '(?:day )?(\\d+th|\\d+|last day)(?: day)?',
  MONTHS: '(m\\d+(?: m\\d+)*)',
}

const TABLE: readonly Phrase[] = [
  say('every{STEP} (minute|hour|day)', ([, step, unit]) =>
    unit === 'minute' || unit === 'hour' || unit === 'day' ? { unit, step: stepOf(step) } : undefined,
  ),
  say('(?:every )?(workday|weekend)', ([, which]) => ({ unit: 'week', step: 1, days: which === 'workday' ? WORKDAYS : WEEKEND })),
  say('every{STEP} (week|fortnight)(?: {DAYS})?', ([, step, unit, days], { weekday }) => weeks(step, unit, days ?? weekday)),
  say('{DAYS} every{STEP} (week|fortnight)', ([, days, step, unit]) => weeks(step, unit, days)),
  say('(?:every )?(?:([2-9]|\\d\\d)th )?{DAYS}', ([, step, days]) => weeks(step, 'week', days)),
  say('every (1|3|4|5)th {ONE}', ([, nth, day]) => months(undefined, onNth(nth, day))),
  say('(?:every )?{NTH} {ONE}(?: of)?(?: every)?{STEP} month', ([, nth, day, step]) => months(step, onNth(nth, day))),
  say('(?:every )?(last) {ONE}', ([, nth, day]) => months(undefined, onNth(nth, day))),
  say('every{STEP} month {NTH} {ONE}', ([, step, nth, day]) => months(step, onNth(nth, day))),
  say('every{STEP} month(?: {DATE})?', ([, step, date], { day }) => months(step, onDate(date ?? String(day)))),
  say('(?:every )?{DATE} (?:of|every|of every){STEP} month', ([, date, step]) => months(step, onDate(date))),
  say('(?:every )?{NTH} {ONE}(?: of)?(?: every)? quarter', ([, nth, day]) => quarter(onNth(nth, day))),
  say('every quarter {NTH} {ONE}', ([, nth, day]) => quarter(onNth(nth, day))),
  say('every quarter(?: {DATE})?', ([, date], { day }) => quarter(onDate(date ?? String(day)))),
  say('(?:every )?{DATE} (?:of|every|of every) quarter', ([, date]) => quarter(onDate(date))),
  say('every{STEP} year {DATE}(?: of)? {MONTHS}', ([, step, date, named]) => years(step, onDate(date), named)),
  say('every{STEP} year (m\\d+) (\\d+)(?:th)?', ([, step, named, date]) => years(step, onDate(date), named)),
  say('every {DATE}(?: of)? {MONTHS}', ([, date, named]) => years(undefined, onDate(date), named)),
  say('{DATE}(?: of)? {MONTHS} every{STEP} year', ([, date, named, step]) => years(step, onDate(date), named)),
  say('every (m\\d+) (\\d+)(?:th)?', ([, named, date]) => years(undefined, onDate(date), named)),
  say('every{STEP} year {NTH} {ONE}(?: of)? {MONTHS}', ([, step, nth, day, named]) => years(step, onNth(nth, day), named)),
  say('every {NTH} {ONE} of(?: every)? {MONTHS}', ([, nth, day, named]) => years(undefined, onNth(nth, day), named)),
  say('{NTH} {ONE} of {MONTHS} every{STEP} year', ([, nth, day, named, step]) => years(step, onNth(nth, day), named)),
  say('{NTH} {ONE} of every {MONTHS}', ([, nth, day, named]) => years(undefined, onNth(nth, day), named)),
  say('every{STEP} year', ([, step], { day, month }) => years(step, onDate(String(day)), `m${month}`)),
]

function say(pattern: string, make: Phrase['make']): Phrase {
  const whole = pattern.replaceAll(/\{([A-Z]+)\}/g, (_, name: string) => PIECES[name] ?? '')
  return { like: new RegExp(`^${whole}$`), make }
}

/** All that signs can mean (see `phrase-words.ts`): "every third Tuesday" is every three weeks, or once in each month. */
export function everyOf(signs: string, anchor: Anchor): readonly Every[] {
  const found = new Map<string, Every>()
  for (const { like, make } of TABLE) {
    const match = like.exec(signs)
    const every = match && make(match, anchor)
    if (every) found.set(writeRule({ every }), every)
  }
  return [...found.values()]
}

function stepOf(said: string | undefined): number {
  return said === undefined ? 1 : Number(said)
}

function weeks(step: string | undefined, unit: string | undefined, days: string | undefined): Every {
  const named = days?.split(' ') ?? []
  return { unit: 'week', step: stepOf(step) * (unit === 'fortnight' ? 2 : 1), days: WEEKDAYS.filter(day => named.includes(day)) }
}

function months(step: string | undefined, on: On | undefined): Every | undefined {
  return on && { unit: 'month', step: stepOf(step), on }
}

/** The first of something is in the first month of a quarter, the last in its last. */
function quarter(on: On | undefined): Every | undefined {
  if (!on) return undefined
  const isLast = 'day' in on ? on.day < 0 : on.nth < 0
  return { unit: 'year', step: 1, on, months: isLast ? ENDS : STARTS }
}

function years(step: string | undefined, on: On | undefined, named: string | undefined): Every | undefined {
  const all = (named?.match(/\d+/g) ?? []).map(Number)
  const inOrder = [...new Set(all)].sort((a, b) => a - b)
  return on && { unit: 'year', step: stepOf(step), on, months: inOrder }
}

function onNth(nth: string | undefined, day: string | undefined): On | undefined {
  const weekday = WEEKDAYS.find(one => one === day)
  const which = nth === 'last' ? -1 : Number.parseInt(nth ?? '', 10)
  return weekday && (which === -1 || (which >= 1 && which <= 5)) ? { nth: which, weekday } : undefined
}

function onDate(said: string | undefined): On | undefined {
  const day = said === 'last day' ? -1 : Number.parseInt(said ?? '', 10)
  return day === -1 || (day >= 1 && day <= 31) ? { day } : undefined
}

/** Whether some month of a year has such a day: 30 February is none. */
export function canBe(every: Every): boolean {
  if (every.unit !== 'year' || !('day' in every.on)) return true
  const { day } = every.on
  return every.months.some(month => day <= (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31))
}
