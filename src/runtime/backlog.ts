import type { Clock } from '../base/clock.ts'
import type { Alarms } from './alarms.ts'
import type { Leases } from './leases/leases.ts'
import type { Statuses } from './options.ts'

/** How long a close waits for what was done while a platform was away. */
const BACKLOG_MS = 120_000
/** How long after a sleep what was done meanwhile has come in. */
const AWAKE_MS = 10_000

/** What people did while a platform, or the whole computer, was away comes in late: what is due waits for it, but not for ever. */
export interface Backlog {
  /** Whether everything that was done on these platforms before `since` has come in. */
  isIn(platforms: readonly string[], since: Date): boolean
}

export interface BacklogOptions {
  readonly steady: () => number
  readonly clock: Clock
  readonly alarms: Pick<Alarms, 'woken'>
  readonly leases: Pick<Leases, 'has' | 'elsewhere'>
  readonly statuses: Statuses
  /** Whether a platform is one of this process's at all. */
  isKnown(platform: string): boolean
}

export function createBacklog(o: BacklogOptions): Backlog {
  const wall = (): number => o.clock.now().getTime()
  const began = { steady: o.steady(), wall: wall() }
  const isHere = (name: string): boolean => {
    const state = o.leases.has(name) ? o.statuses.get(name)?.state : o.leases.elsewhere(name)
    return state === 'up' || state === 'dead' || (state === 'nobody' && !o.isKnown(name))
  }
  return {
    isIn(platforms, since) {
      // Either clock will do: the one may have been set back, the other may have stood.
      const upFor = Math.max(o.steady() - began.steady, wall() - began.wall)
      if (Math.min(wall() - since.getTime(), upFor) > BACKLOG_MS) return true
      const woken = o.alarms.woken()
      if (woken && since < woken.to && woken.ago < AWAKE_MS) return false
      return platforms.every(isHere)
    },
  }
}
