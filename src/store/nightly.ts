import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Alarm } from '../runtime/alarm.ts'
import { nightIsDue } from '../schedule/wake.ts'
import { Busy, backup, lastBackup } from './backup.ts'
import type { Store } from './open.ts'

/** How often it looks whether the night's backup is there, and the least time between two tries that failed; in milliseconds. */
const LOOK_MS = 600_000

/** The night's backup: made once after each three o'clock, or as soon as the bot is there again. */
export function nightly(o: { store: Store; dir: string; log: Log; clock: Clock }): Alarm {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return {
    ...{ name: 'backup', trouble: 'app-alarm-backup', when: { every: LOOK_MS }, isLong: true },
    async run() {
      const now = o.clock.now()
      if (!nightIsDue(lastBackup(o.dir, now), now, zone)) return
      await backup(o.store, { dir: o.dir, now, log: o.log }).catch((cause: unknown) => {
        // Each process keeps backups of its own, one after the other.
        if (!(cause instanceof Busy)) throw cause
      })
    },
  }
}
