import type { PlatformStatus } from '../../../src/platform/adapter.ts'
import { createLeases, type Leases } from '../../../src/runtime/leases/leases.ts'
import { openStore, type Store } from '../../../src/store/open.ts'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { quiet } from '../../store/quiet.ts'

/** A process on a computer of this name, with connections of its own. Its time stands until a test moves it. */
export interface Process extends Leases {
  readonly store: Store
  readonly statuses: Map<string, PlatformStatus>
  called: number
  /** Each time that something changed: what may be heard then, and whether the store is said to be away. */
  readonly changes: (readonly [heard: readonly string[], isUnavailable: boolean])[]
  /** Milliseconds pass there. */
  passes(ms: number): void
  /** Its clock is put on or back; or (`passes` not called) it wakes from a sleep. */
  jumps(ms: number): void
}

export interface ProcessOptions {
  readonly onlyHere?: boolean
  readonly pid?: number
  readonly place?: string
  /** How long the store may take to answer. */
  readonly answerMs?: number
}

/** By that way to the store. Whoever starts it ends it, and its store after it. */
export async function startProcess(url: string, computer: string, o: ProcessOptions = {}): Promise<Process> {
  const { onlyHere = false, pid = 1, place = computer, answerMs = PATIENCE_MS } = o
  const store = await openStore({ stateDir: '', databaseUrl: url, log: quiet })
  const now = { steady: 0, wall: Date.UTC(2026, 10, 2, 9) }
  const statuses = new Map<string, PlatformStatus>()
  const leases = createLeases({
    ...{ pool: store.pool.options, platforms: ['telegram', 'slack'], me: { owner: computer, place, pid }, onlyHere, log: quiet },
    statuses: () => statuses,
    changed: isUnavailable => void made.changes.push([heardBy(made), isUnavailable]),
    called() {
      made.called += 1
    },
    time: { steady: () => now.steady, wall: () => now.wall, answerMs },
  })
  const made: Process = Object.assign(leases, {
    ...{ store, statuses, called: 0, changes: [] },
    passes(ms: number) {
      now.steady += ms
      now.wall += ms
    },
    jumps(ms: number) {
      now.wall += ms
    },
  })
  return made
}

/** The platforms that it has. */
export const has = (one: Leases): readonly string[] => [...one.mine().keys()].sort()

/** The platforms that it may hear. */
export const heardBy = (one: Leases): readonly string[] => [...one.hears()].sort()
