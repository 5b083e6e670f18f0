import { DateTime } from 'luxon'

/** The same time of day so many weeks later (or earlier) on the clock of a zone, over changes of its clock. Pure. */
export function inWeeks(at: Date, zone: string, weeks: number): Date {
  return DateTime.fromJSDate(at, { zone }).plus({ weeks }).toJSDate()
}
