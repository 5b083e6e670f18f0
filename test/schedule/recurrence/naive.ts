import { DateTime } from 'luxon'
import { type Every, type On, type Repeats, readRule, WEEKDAYS } from '../../../src/schedule/recurrence/rule.ts'

/** The same rules a second time, the simplest way there is: every day is looked at, one after the other. Days and longer units only. */
export function naiveDates({ rule, start, zone }: Repeats, most: number, days = 4_000): readonly string[] {
  const { every, end } = readRule(rule)
  const first = DateTime.fromISO(start, { zone: 'utc' })
  const found: string[] = []
  for (let n = 0; n < days && found.length < most; n += 1) {
    const day = first.plus({ days: n })
    if (end && 'until' in end && (day.toISODate() ?? '') > end.until) break
    if (end && 'times' in end && found.length === end.times) break
    if (fits(every, first, day)) found.push(instantOf(day, zone))
  }
  return found
}

function fits(every: Every, first: DateTime, day: DateTime): boolean {
  switch (every.unit) {
    case 'day':
      return Math.round(day.diff(first, 'days').days) % every.step === 0
    case 'week':
      return every.days.includes(WEEKDAYS[day.weekday - 1] ?? 'MO') && weeksFrom(first, day) % every.step === 0
    case 'month':
      return isOn(every.on, day) && (12 * (day.year - first.year) + day.month - first.month) % every.step === 0
    case 'year':
      return isOn(every.on, day) && every.months.includes(day.month) && (day.year - first.year) % every.step === 0
    default:
      throw new Error('Only days and longer.')
  }
}

function weeksFrom(first: DateTime, day: DateTime): number {
  return Math.round(day.startOf('week').diff(first.startOf('week'), 'weeks').weeks)
}

function isOn(on: On, day: DateTime): boolean {
  const last = day.daysInMonth ?? 31
  if ('day' in on) return day.day === (on.day < 0 ? last : on.day)
  if (WEEKDAYS[day.weekday - 1] !== on.weekday) return false
  return on.nth < 0 ? day.day > last - 7 : Math.ceil(day.day / 7) === on.nth
}

/** Luxon pushes a time that does not exist forward; of two it is asked for the earlier. */
function instantOf(day: DateTime, zone: string): string {
  const { year, month, day: date, hour, minute } = day
  const made = DateTime.fromObject({ year, month, day: date, hour, minute }, { zone })
  const all = made.getPossibleOffsets().map(one => one.toMillis())
  return new Date(Math.min(...all)).toISOString()
}
