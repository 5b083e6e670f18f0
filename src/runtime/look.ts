import type { Log } from '../base/log.ts'
import { Prisma, type PrismaClient } from '../store/generated/client.ts'
import { isUnavailable } from '../store/unavailable.ts'
import type { Course } from './courses.ts'
import type { Troubles } from './troubles.ts'

/** The longest time after which the store is asked what is due next: another process may have written it. */
const LOOK_MS = 5_000

/** Asks the store when something is due next, and knows when to ask again. */
export interface Look {
  /** Something may have become due: the store is to be asked at the next tick. */
  soon(): void
  /** Whether it is time to ask. */
  isTime(): boolean
  /** Asks, and notes in each of these courses when it is next due. Rejects only where the store is away. */
  take(courses: Iterable<Course>): Promise<void>
  /** The store is away, as this error says: logged once until it answers, and it is to be asked again. */
  away(err: unknown): void
}

export interface LookOptions {
  readonly store: Pick<PrismaClient, '$queryRaw'>
  /** Milliseconds of a clock that never jumps. */
  readonly steady: () => number
  readonly log: Log
  readonly troubles: Pick<Troubles, 'resting' | 'failed'>
}

export function createLook(o: LookOptions): Look {
  const { steady, log } = o
  let isToldSoon = true
  let isStoreAway = false
  let looked = Number.NEGATIVE_INFINITY

  return {
    soon() {
      isToldSoon = true
    },
    isTime: () => isToldSoon || steady() - looked >= LOOK_MS,
    async take(courses) {
      // Before it asks: what is written while the store answers is for the next look.
      isToldSoon = false
      looked = steady()
      const stored = [...courses].filter(({ alarm }) => 'at' in alarm.when)
      const found = await whenDue(stored, o)
      for (const course of stored) course.at = found.get(course.alarm.name)?.getTime() ?? Number.POSITIVE_INFINITY
      if (isStoreAway) log.info({}, 'The store answers again; what is due is looked for')
      isStoreAway = false
    },
    away(err) {
      isToldSoon = true
      if (!isStoreAway) log.warn({ err }, 'The store does not say what is due; it is asked again')
      isStoreAway = true
    },
  }
}

/** When each of these is next due, by the alarm's name; asked for with one statement. Rejects only where the store is away. */
async function whenDue(some: readonly Course[], o: LookOptions): Promise<ReadonlyMap<string, Date | null>> {
  const parts = some.flatMap(({ alarm }) =>
    'at' in alarm.when ? [Prisma.sql`SELECT ${alarm.name}::text AS name, (${alarm.when.at(o.troubles.resting(alarm))}) AS at`] : [],
  )
  if (parts.length === 0) return new Map()
  try {
    const rows = await o.store.$queryRaw<{ name: string; at: Date | null }[]>(Prisma.join(parts, ' UNION ALL '))
    return new Map(rows.map(({ name, at }) => [name, at]))
  } catch (err) {
    if (isUnavailable(err)) throw err
    if (some.length > 1) return askedApart(some, o)
    for (const { alarm } of some) o.troubles.failed(alarm, err)
    return new Map()
  }
}

/** Each by a statement of its own: where one of them cannot be asked, the others still are. */
async function askedApart(some: readonly Course[], o: LookOptions): Promise<ReadonlyMap<string, Date | null>> {
  const all: (readonly [string, Date | null])[] = []
  for (const one of some) all.push(...(await whenDue([one], o)))
  return new Map(all)
}
