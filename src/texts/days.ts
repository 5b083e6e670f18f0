import { DateTime, Info } from 'luxon'
import { type Reader, regional } from './when.ts'

/** Days and hours for pages, in the reader's zone and language. */

type In = Pick<Reader, 'locale' | 'zone'>

const local = (at: Date, { locale, zone }: In): DateTime => DateTime.fromJSDate(at, { zone }).setLocale(regional(locale))

/** "2026-12-05": sorts, and names a day for machines. */
export function isoDay(at: Date, reader: In): string {
  return local(at, reader).toFormat('yyyy-MM-dd')
}

/** "2026-12-05T18:00+00:00" */
export function isoMinute(at: Date, reader: In): string {
  return local(at, reader).toFormat("yyyy-MM-dd'T'HH:mmZZ")
}

/** "Friday 5 December" */
export function dayName(at: Date, reader: In): string {
  return local(at, reader).toFormat('cccc d LLLL')
}

/** "Friday 5 December 2026" */
export function longDay(at: Date, reader: In): string {
  return local(at, reader).toFormat('cccc d LLLL yyyy')
}

/** "Fri 5 Dec, 18:00" */
export function shortDay(at: Date, reader: In): string {
  return local(at, reader).toFormat('ccc d LLL, HH:mm')
}

/** "18:00" */
export function clockTime(at: Date, reader: In): string {
  return local(at, reader).toFormat('HH:mm')
}

/** "December 2026" */
export function monthName(at: Date, reader: In): string {
  return local(at, reader).toFormat('LLLL yyyy')
}

/** The days of the week from Monday on. */
export function weekdays(locale: string, length: 'long' | 'short'): readonly string[] {
  return Info.weekdays(length, { locale: regional(locale) })
}

/** The weeks of the month that holds this moment, Monday first: ISO days; undefined for days of other months. */
export function weeksOf(at: Date, reader: In): readonly (readonly (string | undefined)[])[] {
  const first = local(at, reader).startOf('month')
  const days = first.daysInMonth ?? 0
  const lead = first.weekday - 1
  return Array.from({ length: Math.ceil((lead + days) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (__, i) => {
      const day = week * 7 + i - lead
      return day >= 0 && day < days ? first.plus({ days: day }).toFormat('yyyy-MM-dd') : undefined
    }),
  )
}
