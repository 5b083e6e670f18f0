import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { keepAwake } from '../schedule/wake.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import type { Alarm, Trouble } from './alarm.ts'
import { type Clocks, type Course, createCourses } from './courses.ts'
import { createLook, type Look } from './look.ts'
import { createTroubles, type Troubles } from './troubles.ts'

/** Does all that is to be done at its time. When that is stands in the store; this knows when to look there. */
export interface Alarms {
  add(...alarms: readonly Alarm[]): void
  /** Something was written: the store is asked again within a second for what is due next. */
  poke(): void
  /** This one goes off at the next tick, even if its time has not come. */
  nudge(name: string): void
  /** Asks the store and does all that is due now, one after the other; resolves when it is done. */
  pass(): Promise<void>
  /** One tick: asks the store if it is time to, and begins all that is due, without waiting until it is done. */
  tick(): Promise<void>
  /** Ticks from now on. */
  begin(): void
  /** Begins nothing more; resolves when what is under way has ended. */
  end(): Promise<void>
  /** Milliseconds, by the steady clock, since it last looked for what is due; undefined before `begin`. */
  age(): number | undefined
  /** The last time that the clock leapt forwards, or the computer slept: to which time, and how many milliseconds ago by the steady clock. */
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

/** The longest time between two ticks. Most of them do not ask the store. */
const TICK_MS = 1_000
const SHORTEST_MS = 10
/** When the computer's clock and the steady one differ by so much more than before, the clock was set. */
const LEAP_MS = 3_000

/**
 * The computer's clock only says what is due. The ticks come by a plain timer, so that the work goes on wherever that clock is set. When it is set back, nothing is
 * repeated (what was done is marked in its row), and what lies ahead comes by the new time. After a leap forwards or a sleep all that fell due is done in one pass.
 */
export function createAlarms(o: AlarmsOptions): Alarms {
  const { store, steady, log } = o
  const clocks: Clocks = { steady, wall: () => o.clock.now().getTime() }
  const troubles = createTroubles(log, steady)
  const courses = createCourses(clocks, troubles)
  const look = createLook({ store, steady, log, troubles })
  const leaps = createLeaps(clocks, log)
  const start = createStart(clocks, troubles, look)
  let ticked: number | undefined
  let stop: (() => Promise<void>) | undefined

  async function tick(): Promise<void> {
    if (leaps.isNew()) look.soon()
    try {
      if (look.isTime()) await look.take(courses.all())
      for (const course of courses.all()) if (courses.hasRoom(course) && courses.isDue(course)) void start(course)
    } catch (err) {
      look.away(err)
    }
    ticked = steady()
  }

  /** Until the next tick, in milliseconds. */
  const pause = (): number => Math.max(SHORTEST_MS, Math.min(TICK_MS, courses.untilNext()))

  return {
    add: (...alarms) => courses.add(alarms),
    poke: look.soon,
    nudge: courses.nudge,
    async pass() {
      await look.take(courses.all())
      for (const course of courses.all()) if (courses.isDue(course)) await start(course)
    },
    tick,
    begin() {
      ticked = steady()
      stop = keepAwake(tick, pause)
    },
    async end() {
      await stop?.()
      await Promise.all([...courses.all()].map(({ running }) => running))
    },
    age: () => (ticked === undefined ? undefined : steady() - ticked),
    woken: leaps.last,
    troubles: troubles.all,
    failures: troubles.counts,
  }
}

/** Starts a course; resolves when it has ended, and never rejects: `look` hears of a store that is away, `troubles` of all other failures. */
type Start = (course: Course) => Promise<void>

function createStart({ steady, wall }: Clocks, troubles: Pick<Troubles, 'guard'>, look: Pick<Look, 'soon' | 'away'>): Start {
  async function run(course: Course): Promise<void> {
    const { alarm } = course
    const begun = { steady: steady(), wall: wall() }
    try {
      await troubles.guard(alarm, new Date(begun.wall))
      course.ran = begun
    } catch (err) {
      look.away(err)
    } finally {
      course.running = undefined
      // What it did may have made something else due.
      if ('at' in alarm.when) look.soon()
    }
  }

  return course => {
    course.at = Number.POSITIVE_INFINITY
    course.isNudged = false
    course.running = run(course)
    return course.running
  }
}

/** Leaps of the computer's clock: it was set, or the computer slept while the steady clock stood still. */
interface Leaps {
  /** Whether it has leapt since this was last asked; logged. */
  isNew(): boolean
  /** The last leap forwards, as in `Alarms`. */
  readonly last: Alarms['woken']
}

function createLeaps({ steady, wall }: Clocks, log: Log): Leaps {
  let offset = wall() - steady()
  let last: { readonly to: Date; readonly at: number } | undefined
  return {
    isNew() {
      const by = wall() - steady() - offset
      if (Math.abs(by) < LEAP_MS) return false
      offset += by
      if (by > 0) last = { to: new Date(wall()), at: steady() }
      log.warn({ seconds: Math.round(by / 1000) }, 'The clock was set, or the computer slept; what is due by the clock is done now')
      return true
    },
    last: () => last && { to: last.to, ago: steady() - last.at },
  }
}
