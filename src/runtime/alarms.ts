import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { keepAwake } from '../schedule/wake.ts'
import { Prisma, type PrismaClient } from '../store/generated/client.ts'
import { isUnavailable } from '../store/unavailable.ts'
import type { Alarm, Trouble } from './alarm.ts'
import { createTroubles } from './troubles.ts'

/** All that is to be done at its time. What is due stands in the store; this knows when to look. */
export interface Alarms {
  add(...alarms: readonly Alarm[]): void
  /** Something was written: the store is asked again within a second for what is due next. */
  poke(): void
  /** This one goes off now, whenever it would. */
  nudge(name: string): void
  /** Asks the store and does all that is due now, one after the other; resolves when it is done. */
  pass(): Promise<void>
  /** One tick: looks if it is time to, and begins what is due, each alarm beside the others. */
  tick(): Promise<void>
  /** Ticks from now on. */
  begin(): void
  /** Begins nothing more; resolves when what is under way has ended. */
  end(): Promise<void>
  /** Milliseconds, by the steady clock, since it last looked for what is due; undefined before `begin`. */
  age(): number | undefined
  /** What it last found as a leap of the clock forwards, or a sleep of the computer: up to which time, and how long ago by the steady clock. */
  woken(): { readonly to: Date; readonly ago: number } | undefined
  troubles(): readonly Trouble[]
  /** Failures since the start, by the alarm's name. */
  failures(): ReadonlyMap<string, number>
}

export interface AlarmsOptions {
  readonly store: Pick<PrismaClient, '$queryRaw'>
  readonly clock: Clock
  /** Milliseconds of a clock that never jumps. */
  readonly steady: () => number
  readonly log: Log
}

/** The longest time between two ticks, which ask nobody anything. */
const TICK_MS = 1_000
const SHORTEST_MS = 10
/** The longest time after which the store is asked what is due next: another process may have written it. */
export const LOOK_MS = 5_000
/** How many may be under way at once: votes need connections too. */
const AT_ONCE = 4
/** By so much the clock must differ from the steady one to have been set. */
const LEAP_MS = 3_000

/** What is known of an alarm. */
interface Course {
  readonly alarm: Alarm
  /** When it is next due, by the clock; in milliseconds. */
  at: number
  /** When it last went well: for those that go off every so often. */
  ran: { readonly steady: number; readonly wall: number } | undefined
  isNudged: boolean
  running: Promise<void> | undefined
}

/**
 * The clock says what is due, and only that: a plain timer does the waking, so that the work goes on wherever the clock is set. Set back, it repeats nothing (what was
 * done is marked in its row), and what lies ahead comes by the new time. After a leap forwards or a sleep all that fell due is done in one pass.
 */
export function createAlarms(o: AlarmsOptions): Alarms {
  const { steady, log } = o
  const wall = (): number => o.clock.now().getTime()
  const troubles = createTroubles(log, steady)
  const courses = new Map<string, Course>()
  let isTold = true
  let isStoreAway = false
  let looked = Number.NEGATIVE_INFINITY
  let ticked: number | undefined
  let offset = wall() - steady()
  let leap: { readonly to: Date; readonly at: number } | undefined
  let stop: (() => Promise<void>) | undefined

  function noteLeap(): void {
    const by = wall() - steady() - offset
    if (Math.abs(by) < LEAP_MS) return
    offset += by
    isTold = true
    if (by > 0) leap = { to: o.clock.now(), at: steady() }
    log.warn({ seconds: Math.round(by / 1000) }, 'The clock was set, or the computer slept; what is due by the clock is done now')
  }

  function isDue({ alarm, at, ran, isNudged, running }: Course): boolean {
    if (running || troubles.isResting(alarm)) return false
    if (isNudged) return true
    if ('asked' in alarm.when) return alarm.when.asked()
    if ('at' in alarm.when) return at <= wall() || troubles.hasRested(alarm)
    const { every } = alarm.when
    // Either clock will do: the steady one may stand while the computer sleeps, the other may be set back.
    return !ran || steady() - ran.steady >= every || wall() - ran.wall >= every
  }

  /** One statement for all that stands in the store. Rejects only where the store is away. */
  async function look(): Promise<void> {
    isTold = false
    looked = steady()
    const kept = [...courses.values()].filter(({ alarm }) => 'at' in alarm.when)
    const found = await whenDue(kept)
    for (const course of kept) course.at = found.get(course.alarm.name)?.getTime() ?? Number.POSITIVE_INFINITY
    if (isStoreAway) log.info({}, 'The store answers again; what is due is looked for')
    isStoreAway = false
  }

  async function whenDue(some: readonly Course[]): Promise<ReadonlyMap<string, Date | null>> {
    const parts = some.flatMap(({ alarm }) =>
      'at' in alarm.when ? [Prisma.sql`SELECT ${alarm.name}::text AS name, (${alarm.when.at(troubles.resting(alarm))}) AS at`] : [],
    )
    if (parts.length === 0) return new Map()
    try {
      const rows = await o.store.$queryRaw<{ name: string; at: Date | null }[]>(Prisma.join(parts, ' UNION ALL '))
      return new Map(rows.map(({ name, at }) => [name, at]))
    } catch (err) {
      if (isUnavailable(err)) throw err
      if (some.length > 1) return apart(some)
      for (const { alarm } of some) troubles.failed(alarm, err)
      return new Map()
    }
  }

  /** Where they cannot be asked together, the one that is at fault must not silence the others. */
  async function apart(some: readonly Course[]): Promise<ReadonlyMap<string, Date | null>> {
    const all: (readonly [string, Date | null])[] = []
    for (const one of some) all.push(...(await whenDue([one])))
    return new Map(all)
  }

  function away(err: unknown): void {
    isTold = true
    if (!isStoreAway) log.warn({ err }, 'The store does not say what is due; it is asked again')
    isStoreAway = true
  }

  function start(course: Course): Promise<void> {
    const { alarm } = course
    Object.assign(course, { at: Number.POSITIVE_INFINITY, isNudged: false })
    const begun = { steady: steady(), wall: wall() }
    const run = async (): Promise<void> => {
      try {
        await troubles.guard(alarm, o.clock.now())
        course.ran = begun
      } catch (err) {
        away(err)
      } finally {
        course.running = undefined
        // What it did may have made something else due.
        if ('at' in alarm.when) isTold = true
      }
    }
    course.running = run()
    return course.running
  }

  async function tick(): Promise<void> {
    noteLeap()
    try {
      if (isTold || steady() - looked >= LOOK_MS) await look()
      for (const course of courses.values()) if ((course.alarm.isLong || hasRoom()) && isDue(course)) void start(course)
    } catch (err) {
      away(err)
    }
    ticked = steady()
  }

  const hasRoom = (): boolean => [...courses.values()].filter(({ alarm, running }) => running && !alarm.isLong).length < AT_ONCE

  /** Until the next tick, in milliseconds. */
  function pause(): number {
    const ahead = [...courses.values()].map(({ at }) => at - wall()).filter(ms => ms > 0)
    return Math.max(SHORTEST_MS, Math.min(TICK_MS, ...ahead))
  }

  return {
    add(...alarms) {
      for (const alarm of alarms)
        courses.set(alarm.name, { alarm, at: Number.POSITIVE_INFINITY, ran: undefined, isNudged: false, running: undefined })
    },
    poke() {
      isTold = true
    },
    nudge(name) {
      const course = courses.get(name)
      if (course) course.isNudged = true
    },
    async pass() {
      await look()
      for (const course of courses.values()) if (isDue(course)) await start(course)
    },
    tick,
    begin() {
      ticked = steady()
      stop = keepAwake(tick, pause)
    },
    async end() {
      await stop?.()
      await Promise.all([...courses.values()].map(({ running }) => running))
    },
    age: () => (ticked === undefined ? undefined : steady() - ticked),
    woken: () => leap && { to: leap.to, ago: steady() - leap.at },
    troubles: troubles.all,
    failures: troubles.counts,
  }
}
