import type { Alarm } from './alarm.ts'
import type { Troubles } from './troubles.ts'

/** The two clocks, in milliseconds. */
export interface Clocks {
  /** Never jumps, but may stand still while the computer sleeps. */
  steady(): number
  /** The computer's clock, which may be set. */
  wall(): number
}

/** What is known of one alarm. */
export interface Course {
  readonly alarm: Alarm
  /** When it is next due, by the computer's clock. Infinity: not as far as is known. */
  at: number
  /** When it last went well: for those that go off every so often. */
  ran: { readonly steady: number; readonly wall: number } | undefined
  isNudged: boolean
  running: Promise<void> | undefined
}

/** All alarms, with what is known of each. */
export interface Courses {
  add(alarms: readonly Alarm[]): void
  /** In the order in which they were added; those added meanwhile come too. */
  all(): Iterable<Course>
  /** This one is due now, even if its time has not come. */
  nudge(name: string): void
  /** Whether it is to be started now: not while it runs, or rests after a failure. */
  isDue(course: Course): boolean
  /** Whether this one may be started beside those that are under way. */
  hasRoom(course: Course): boolean
  /** Milliseconds until the next one that is known to lie ahead; infinity where none does. */
  untilNext(): number
}

/** How many may be under way at once: votes need database connections too. */
const AT_ONCE = 4

export function createCourses(clocks: Clocks, troubles: Pick<Troubles, 'isResting' | 'hasRested'>): Courses {
  const courses = new Map<string, Course>()

  return {
    add(alarms) {
      for (const alarm of alarms)
        courses.set(alarm.name, { alarm, at: Number.POSITIVE_INFINITY, ran: undefined, isNudged: false, running: undefined })
    },
    all: () => courses.values(),
    nudge(name) {
      const course = courses.get(name)
      if (course) course.isNudged = true
    },
    isDue(course) {
      if (course.running || troubles.isResting(course.alarm)) return false
      return course.isNudged || hasCome(course, clocks, troubles)
    },
    hasRoom(course) {
      if (course.alarm.isLong) return true
      return [...courses.values()].filter(({ alarm, running }) => running && !alarm.isLong).length < AT_ONCE
    },
    untilNext() {
      const ahead = [...courses.values()].map(({ at }) => at - clocks.wall()).filter(ms => ms > 0)
      return Math.min(Number.POSITIVE_INFINITY, ...ahead)
    },
  }
}

/** Whether its time has come. */
function hasCome({ alarm, at, ran }: Course, { steady, wall }: Clocks, troubles: Pick<Troubles, 'hasRested'>): boolean {
  if ('asked' in alarm.when) return alarm.when.asked()
  if ('at' in alarm.when) return at <= wall() || troubles.hasRested(alarm)
  const { every } = alarm.when
  // Either clock is enough: the steady one may stand still while the computer sleeps, the other one may be set back.
  return !ran || steady() - ran.steady >= every || wall() - ran.wall >= every
}
