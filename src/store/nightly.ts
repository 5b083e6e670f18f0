import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { nightIsDue } from '../schedule/wake.ts'
import { Busy, backup, lastBackup } from './backup.ts'
import type { Store } from './open.ts'

/** The least time between two tries that failed, in milliseconds. */
const AGAIN_MS = 600_000

/** The night's backup: made once after each three o'clock, or as soon as the bot is there again; called as often as one likes. */
export function nightly(o: { store: Store; dir: string; log: Log; clock: Clock }): () => Promise<void> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  let notBefore = 0
  return async () => {
    const now = o.clock.now()
    if (now.getTime() < notBefore) return
    notBefore = now.getTime() + AGAIN_MS
    if (!nightIsDue(lastBackup(o.dir), now, zone)) return
    await backup(o.store, { dir: o.dir, now, log: o.log }).catch((err: unknown) => {
      // Each process keeps backups of its own, one after the other.
      if (!(err instanceof Busy)) o.log.error({ err }, 'The backup could not be written; it is tried again')
    })
  }
}
