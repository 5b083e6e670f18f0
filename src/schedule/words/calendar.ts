import { DateTime } from 'luxon'
import type { Day } from './days.ts'

/** Days looked up from today, all of it on the clock of the wall. Pure. */

/** `rolls`: where the time has passed on that day, so many days later are meant. `next`: where it has passed, what else may have been meant. */
export interface Dated {
  readonly day: DateTime
  readonly rolls?: 1 | 7
  readonly next?: DateTime
}

/** Nothing where there is no such day. */
export function datesOf(day: Day, today: DateTime): readonly Dated[] {
  switch (day.is) {
    case 'weekday':
      return weekdays(day, today)
    case 'date':
      return dates(day, today)
    case 'of a month':
      return daysOfMonth(day, today)
    case 'nth':
      return nths(day, today)
    case 'from today': {
      const far = today.plus({ [day.unit]: day.n })
      return [{ day: far, ...(day.n > 0 ? {} : { next: nextOf(day, far, today) }) }]
    }
    case 'end':
      return ends(day, today)
  }
}

/** Yesterday may have been meant for today, and today, where it is too late, for tomorrow. */
function nextOf({ n, unit }: Extract<Day, { is: 'from today' }>, far: DateTime, today: DateTime): DateTime {
  if (unit !== 'days') return coming(far.weekday, today)
  return n < 0 ? today : today.plus({ days: 1 })
}

function coming(weekday: number, today: DateTime): DateTime {
  return today.plus({ days: (weekday - today.weekday + 7) % 7 })
}

function weekdays({ weekday, weeks, which }: Extract<Day, { is: 'weekday' }>, today: DateTime): readonly Dated[] {
  const first = coming(weekday, today)
  const isToday = first.equals(today)
  const following = today.startOf('week').plus({ days: 7 + weekday - 1 })
  switch (which) {
    case 'of next week':
      return [{ day: following }]
    case 'last':
      return [{ day: isToday ? today.minus({ weeks: 1 }) : first.minus({ weeks: 1 }), next: isToday ? first.plus({ weeks: 1 }) : first }]
    case 'next': {
      const next = isToday ? today.plus({ weeks: 1 }) : first
      // Of a day that still comes in this week, some mean that one and some the one after.
      const all = next < following ? [next, following] : [next]
      return all.map(day => ({ day: day.plus({ weeks }) }))
    }
    case 'coming':
      if (weeks === 0) return [{ day: first, rolls: 7 }]
      return (isToday ? [0, 1] : [0]).map(more => ({ day: first.plus({ weeks: weeks + more }) }))
  }
}

/** How many years are looked through for a day that not every year has. */
const YEARS = 9

function dates({ day, month, year }: Extract<Day, { is: 'date' }>, today: DateTime): readonly Dated[] {
  const inYear = (one: number) => DateTime.fromObject({ year: one, month, day }, { zone: 'utc' })
  const valid = (years: readonly number[]) => years.map(inYear).filter(one => one.isValid)
  if (year !== undefined) return valid([year]).map(one => ({ day: one }))
  const ahead = valid(Array.from({ length: YEARS }, (_, i) => today.year + i)).filter(one => one >= today)
  return firstOf(ahead)
}

function daysOfMonth({ day, months }: Extract<Day, { is: 'of a month' }>, today: DateTime): readonly Dated[] {
  const inMonth = (later: number) => {
    const first = today.startOf('month').plus({ months: later })
    return day >= 1 && day <= (first.daysInMonth ?? 0) ? [first.set({ day })] : []
  }
  if (months !== undefined) return inMonth(months).map(one => ({ day: one }))
  return firstOf([0, 1, 2, 3].flatMap(inMonth).filter(one => one >= today))
}

function nths({ nth, weekday, month, year, months }: Extract<Day, { is: 'nth' }>, today: DateTime): readonly Dated[] {
  const inMonth = (first: DateTime) => {
    if (nth < 0) {
      const last = first.endOf('month').startOf('day')
      return [last.minus({ days: (last.weekday - weekday + 7) % 7 })]
    }
    const found = coming(weekday, first).plus({ weeks: nth - 1 })
    return found.month === first.month ? [found] : []
  }
  if (month === undefined) return inMonth(today.startOf('month').plus({ months: months ?? 0 })).map(one => ({ day: one }))
  const first = (one: number) => DateTime.fromObject({ year: one, month, day: 1 }, { zone: 'utc' })
  if (year !== undefined) return inMonth(first(year)).map(one => ({ day: one }))
  return firstOf(
    Array.from({ length: YEARS }, (_, i) => first(today.year + i))
      .flatMap(inMonth)
      .filter(one => one >= today),
  )
}

function ends({ of, month, year, later }: Extract<Day, { is: 'end' }>, today: DateTime): readonly Dated[] {
  const last = (one: DateTime) => one.endOf(of).startOf('day')
  if (month === undefined) return [{ day: last(today.plus({ [`${of}s`]: later })) }]
  const all = (year === undefined ? [today.year, today.year + 1] : [year]).map(one =>
    last(DateTime.fromObject({ year: one, month }, { zone: 'utc' })),
  )
  return firstOf(year === undefined ? all.filter(one => one >= today) : all)
}

function firstOf([day, next]: readonly DateTime[]): readonly Dated[] {
  return day ? [{ day, ...(next ? { next } : {}) }] : []
}
