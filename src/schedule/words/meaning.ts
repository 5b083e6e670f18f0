import { DateTime } from 'luxon'
import type { Oddity } from '../wall-clock.ts'
import { type Dated, datesOf } from './calendar.ts'
import type { Day } from './days.ts'
import type { Part, Piece } from './pieces.ts'
import { instantIn, wallIn, type Zone } from './zones.ts'

/** What pieces of words come to together: a moment, or what is wrong with them. Pure. */

export interface Here {
  readonly zone: string
  readonly now: Date
  /** Minutes since midnight that are meant by a day without a time. */
  readonly usual: number
}

export interface Meant {
  readonly at: Date
  readonly odd?: Oddity
  /** How long it lasts, where a beginning and an end were said. */
  readonly minutes?: number
}

/** Why words can mean no time, and what they may have been meant for. `said`: the words that it is about. */
export interface Wrong {
  readonly why: 'several' | 'clock' | 'date' | 'day first' | 'weekday' | 'part' | 'hour' | 'zone' | 'past' | 'far' | 'bare' | 'nothing'
  readonly said: string
  readonly at?: Date
  readonly nearest: readonly Meant[]
}

type Outcome = Meant | Wrong
type Of<Is extends Piece['is']> = Extract<Piece, { is: Is }>
type Time = Of<'clock'> | Of<'spans'>

const YEARS = 5
/** From when to when each part of a day is, and the hour that may be meant where none is said. */
const HOURS: Readonly<Record<Part, { readonly from: number; readonly to: number; readonly maybe: number }>> = {
  morning: { from: 0, to: 719, maybe: 600 },
  lunchtime: { from: 660, to: 899, maybe: 750 },
  afternoon: { from: 720, to: 1139, maybe: 840 },
  evening: { from: 960, to: 1439, maybe: 1080 },
  night: { from: 1080, to: 1440, maybe: 1260 },
}

/** One for each thing that the words can mean. */
export function meaningsOf(way: readonly Piece[], here: Here): readonly Outcome[] {
  const all = <Is extends Piece['is']>(is: Is) => way.filter((piece): piece is Of<Is> => piece.is === is)
  const [clocks, spans, parts, zones, aways] = [all('clock'), all('spans'), all('part'), all('zone'), all('away')]
  const days = [...all('day'), ...parts.filter(part => part.isToday).map(({ said }) => ({ said, day: TODAY }))]
  const words = way.map(({ said }) => said).join(' ')
  const times = [...clocks, ...spans]
  const several: Wrong = { why: 'several', said: words, nearest: [] }
  if (times.length > 1 || parts.length > 1 || zones.length > 1 || aways.length > 1) return [several]
  const [away] = aways
  if (away) return days.length + times.length + parts.length > 0 ? [several] : [fromNow(away, here)]
  const [zone, part, time] = [zones[0]?.zone ?? { home: here.zone }, parts[0], times[0]]
  if (days.length + times.length + parts.length === 0) return [{ why: 'nothing', said: words, nearest: [] }]
  const on = daysOf(days, DateTime.fromMillis(wallIn(zone, here.now), { zone: 'utc' }).startOf('day'), words)
  const asked = { here, zone, words: zones[0]?.said ?? words, moments: momentsOf(time, part, here.usual) }
  if ('why' in on) return [{ ...on, nearest: on.guesses.flatMap(guess => guessed(asked, guess)) }]
  if (asked.moments.length === 0) {
    const near = time?.is === 'clock' && time.clock.near !== undefined && !part ? [{ from: time.clock.near }] : []
    const nearest = on.flatMap(dated => guessed({ ...asked, moments: near }, dated))
    return [{ why: time && part && clockIs(time) ? 'part' : 'clock', said: time?.said ?? words, nearest }]
  }
  const found = on.flatMap(dated => asked.moments.map(moment => momentOn(asked, dated, moment)))
  const vague = vagueIn(time, part, days.length > 0)
  return vague ? [{ ...vague, nearest: found.filter(isMeant) }] : found
}

function isMeant(one: Outcome): one is Meant {
  return !('why' in one)
}

const TODAY: Day = { is: 'from today', n: 0, unit: 'days' }

/** A part of the day without an hour is no time yet, but in the evening, when time is usual; and a number alone is one beside words that make it one. */
function vagueIn(time: Time | undefined, part: Of<'part'> | undefined, isDated: boolean): Omit<Wrong, 'nearest'> | undefined {
  if (part) return time || part.part === 'evening' ? undefined : { why: 'hour', said: part.said }
  const isBare = time?.is === 'clock' ? time.clock.isBare === true && !time.isAt : time?.isBare === true && !isDated
  return time && isBare ? { why: 'bare', said: time.said } : undefined
}

function clockIs(time: Time): boolean {
  return time.is === 'clock' ? time.clock.all.length > 0 : time.spans.length > 0
}

function fromNow({ away, said }: Of<'away'>, { now }: Here): Outcome {
  const at = new Date(now.getTime() + away.minutes * 60_000)
  return away.minutes > 0 ? { at } : { why: 'past', said, at, nearest: [] }
}

interface Moment {
  readonly from: number
  readonly to?: number
}

function momentsOf(time: Time | undefined, part: Of<'part'> | undefined, usual: number): readonly Moment[] {
  const hours = part && HOURS[part.part]
  const fits = (minutes: number) => !hours || (minutes >= hours.from && minutes <= hours.to)
  if (!time) return [{ from: hours?.maybe ?? usual }]
  if (time.is === 'spans') return time.spans.filter(({ from }) => fits(from))
  return (part ? time.clock.all : time.clock.usual).filter(fits).map(from => ({ from }))
}

interface Asked {
  readonly here: Here
  readonly zone: Zone
  /** Those that name the zone, else all. */
  readonly words: string
  readonly moments: readonly Moment[]
}

interface Contrary extends Omit<Wrong, 'nearest'> {
  readonly guesses: readonly Dated[]
}

/** The day that all of the words name; without one it is today, or tomorrow where the time has passed. */
function daysOf(
  days: readonly { readonly said: string; readonly day: Day }[],
  today: DateTime,
  words: string,
): readonly Dated[] | Contrary {
  const [first, ...others] = days.toSorted((a, b) => ORDER.indexOf(a.day.is) - ORDER.indexOf(b.day.is))
  if (!first) return [{ day: today, rolls: 1 }]
  const found = datesOf(first.day, today)
  if (found.length === 0) return noSuch(first, today)
  for (const { day, said } of others) {
    if (day.is !== 'weekday' && day.is !== 'from today') return { why: 'several', said: words, guesses: [] }
    const fits = (one: Dated) =>
      (day.is === 'weekday' && day.which === 'coming' ? one.day.weekday === day.weekday : false) ||
      datesOf(day, today).some(other => other.day.equals(one.day))
    const [wrong] = found.filter(one => !fits(one))
    if (!wrong) continue
    if (first.day.is === 'weekday') return { why: 'several', said: words, guesses: [] }
    return {
      why: 'weekday',
      said,
      at: wrong.day.toJSDate(),
      guesses: [wrong, ...(day.is === 'weekday' ? [nearestTo(wrong.day, day.weekday)] : [])],
    }
  }
  return found
}

/** The one weekday of those that lies next to a day. */
function nearestTo(day: DateTime, weekday: number): Dated {
  return { day: day.plus({ days: ((weekday - day.weekday + 10) % 7) - 3 }) }
}

/** The most exact first; the others must agree. */
const ORDER: readonly Day['is'][] = ['date', 'of a month', 'nth', 'end', 'from today', 'weekday']

function noSuch({ day, said }: { readonly said: string; readonly day: Day }, today: DateTime): Contrary {
  const isTurned = day.is === 'date' && day.isFigures && day.month > 12 && day.day <= 12
  if (!isTurned) return { why: 'date', said, guesses: endOfMonth(day, today) }
  return { why: 'day first', said, guesses: datesOf({ ...day, day: day.month, month: day.day }, today) }
}

/** The 30th for "31 June". */
function endOfMonth(day: Day, today: DateTime): readonly Dated[] {
  if (day.is !== 'date' || day.day > 31 || day.day < 28 || day.month > 12) return []
  return datesOf({ is: 'end', of: 'month', month: day.month, later: 0, ...(day.year ? { year: day.year } : {}) }, today)
}

function guessed(asked: Asked, dated: Dated): readonly Meant[] {
  return asked.moments.map(moment => momentOn(asked, dated, moment)).filter(isMeant)
}

function momentOn(asked: Asked, { day, rolls, next }: Dated, { from, to }: Moment): Outcome {
  const { here, zone, words } = asked
  const instant = (on: DateTime, minutes: number) => instantIn(zone, on.toMillis() + minutes * 60_000, here.zone)
  const read = instant(day, from)
  const length = to === undefined ? {} : { minutes: Math.round((instant(day, to).at.getTime() - read.at.getTime()) / 60_000) }
  const meant: Meant = { at: read.at, ...(read.odd ? { odd: read.odd } : {}), ...length }
  if (read.isOther) return { why: 'zone', said: words, nearest: meant.at > here.now ? [meant] : [] }
  if (day.year > DateTime.fromJSDate(here.now, { zone: 'utc' }).year + YEARS) return { why: 'far', said: words, nearest: [] }
  if (meant.at > here.now) return meant
  if (rolls) return momentOn(asked, { day: day.plus({ days: rolls }) }, { from, ...(to === undefined ? {} : { to }) })
  const nearest = next && momentOn(asked, { day: next, rolls: 1 }, { from })
  return { why: 'past', said: words, at: meant.at, nearest: nearest && !('why' in nearest) ? [nearest] : [] }
}
