/** Rules of repetition, pure: those of RFC 5545 that people say, as data and as its RRULE. */

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Which day of a month: its number (-1: the last), or the first, … or last (-1) of its Mondays. */
export type On = { readonly day: number } | { readonly nth: number; readonly weekday: Weekday }

/** `step`: every how many of the unit. */
export type Every =
  | { readonly unit: 'minute' | 'hour' | 'day'; readonly step: number }
  | { readonly unit: 'week'; readonly step: number; readonly days: readonly Weekday[] }
  | { readonly unit: 'month'; readonly step: number; readonly on: On }
  | { readonly unit: 'year'; readonly step: number; readonly on: On; readonly months: readonly number[] }

/** `until`: the last day, such as `2027-03-31`. */
export type End = { readonly until: string } | { readonly times: number }

export interface Rule {
  readonly every: Every
  readonly end?: End
}

/** A rule with its anchor, as it is kept: `start` is its first date, local in `zone`, and holds the time of day. An `UNTIL` is local too. */
export interface Repeats {
  readonly rule: string
  readonly start: string
  readonly zone: string
}

const UNITS = { minute: 'MINUTELY', hour: 'HOURLY', day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const

/** Whether a unit runs on the clock of the wall; minutes and hours are true distances and do not care what the clock shows. */
export function isOfTheWall({ unit }: Every): boolean {
  return unit !== 'minute' && unit !== 'hour'
}

/** `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270331T235959` */
export function writeRule({ every, end }: Rule): string {
  const parts = [
    `FREQ=${UNITS[every.unit]}`,
    ...(every.step > 1 ? [`INTERVAL=${every.step}`] : []),
    ...(every.unit === 'year' ? [`BYMONTH=${every.months.join(',')}`] : []),
    ...(every.unit === 'week' ? [`BYDAY=${every.days.join(',')}`] : []),
    ...('on' in every ? [writeOn(every.on)] : []),
    ...(end && 'until' in end ? [`UNTIL=${end.until.replaceAll('-', '')}T235959`] : []),
    ...(end && 'times' in end ? [`COUNT=${end.times}`] : []),
  ]
  return parts.join(';')
}

function writeOn(on: On): string {
  return 'day' in on ? `BYMONTHDAY=${on.day}` : `BYDAY=${on.nth}${on.weekday}`
}

/** A rule that `writeRule` has written. Throws for any other. */
export function readRule(text: string): Rule {
  const parts = new Map(text.split(';').map(part => [part.replace(/=.*/, ''), part.replace(/.*=/, '')]))
  const unit = (Object.keys(UNITS) as Every['unit'][]).find(one => UNITS[one] === parts.get('FREQ'))
  const step = Number(parts.get('INTERVAL') ?? 1)
  const every = unit && readEvery(unit, step, parts)
  if (!every) throw new Error(`"${text}" is no rule that can be kept.`)
  const end = readEnd(parts)
  return end ? { every, end } : { every }
}

type Parts = ReadonlyMap<string, string>

function readEvery(unit: Every['unit'], step: number, parts: Parts): Every | undefined {
  if (unit === 'week') return { unit, step, days: numbersOf(parts, 'BYDAY').flatMap(day => WEEKDAYS.filter(one => one === day)) }
  if (unit !== 'month' && unit !== 'year') return { unit, step }
  const on = readOn(parts)
  if (!on) return undefined
  return unit === 'month' ? { unit, step, on } : { unit, step, on, months: numbersOf(parts, 'BYMONTH').map(Number) }
}

function numbersOf(parts: Parts, name: string): readonly string[] {
  return parts.get(name)?.split(',') ?? []
}

function readOn(parts: Parts): On | undefined {
  const day = parts.get('BYMONTHDAY')
  if (day !== undefined) return { day: Number(day) }
  const [, nth, named] = /^(-?\d)(\w\w)$/.exec(parts.get('BYDAY') ?? '') ?? []
  const weekday = WEEKDAYS.find(one => one === named)
  return weekday && { nth: Number(nth), weekday }
}

function readEnd(parts: Parts): End | undefined {
  const until = parts.get('UNTIL')
  const times = parts.get('COUNT')
  if (until) return { until: `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}` }
  return times ? { times: Number(times) } : undefined
}
