import { IANAZone } from 'luxon'

/** A time on the clock of the wall, `2027-03-28T01:30`: no zone in it. */
export type Local = string

/** `skipped`: the clock jumps over that time; `twice`: it shows it twice. */
export type Oddity = 'skipped' | 'twice'

export interface OnTheWall {
  readonly at: Date
  readonly odd?: Oddity
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/**
 * The instant of a local time, by the rule of RFC 5545 (3.3.5): one that does not exist is read with the offset from before the gap (01:30 becomes 02:30),
 * and of one that exists twice the first is meant. `local`: its wall clock as if it were UTC, in milliseconds.
 */
export function onTheWall(local: number, zone: string): OnTheWall {
  const iana = IANAZone.create(zone)
  const offset = (ms: number) => iana.offset(ms) * MINUTE_MS
  const [before, after] = [offset(local - DAY_MS), offset(local + DAY_MS)]
  const [first, second] = [local - before, local - after]
  const [isFirst, isSecond] = [offset(first) === before, offset(second) === after]
  if (isFirst) return isSecond && second !== first ? { at: new Date(Math.min(first, second)), odd: 'twice' } : { at: new Date(first) }
  return isSecond ? { at: new Date(second) } : { at: new Date(first), odd: 'skipped' }
}

/** What the clocks of a zone show at an instant, as if it were UTC, in milliseconds. */
export function wallOf(at: Date, zone: string): number {
  return at.getTime() + IANAZone.create(zone).offset(at.getTime()) * MINUTE_MS
}

/** `2027-03-28T01:30`. */
export function localText(local: number): Local {
  return new Date(local).toISOString().slice(0, 16)
}

/** The other way round. Throws for what is no local time. */
export function localNumber(local: Local): number {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN
  if (Number.isNaN(ms)) throw new Error(`"${local}" is no local time.`)
  return ms
}
