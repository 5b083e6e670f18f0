import path from 'node:path'
import type pg from 'pg'
import type { Log } from '../base/log.ts'
import { backup } from './backup.ts'
import { isEmpty, listTables, reading } from './copy.ts'
import { codeOf, StoreError } from './store-error.ts'

/** Where the backup goes that is written before a store is changed by a newer version; `unsaved`: whoever runs the bot goes on without one. */
export interface Upgrade {
  readonly stateDir: string
  readonly unsaved?: boolean | undefined
  readonly now: Date
  readonly log: Log
}

/** Writes the backup, if the store holds anything. Throws a StoreError, with what to do, when it could not be written: then the store must stay as it is. */
export async function saveBefore(pool: pg.Pool, { stateDir, unsaved, now, log }: Upgrade): Promise<void> {
  if (await reading(pool, async client => isEmpty(client, await listTables(client)))) return
  if (unsaved) {
    log.warn({}, 'the store is brought up to date without a backup, as the settings say')
    return
  }
  const dir = path.join(stateDir, 'backups')
  try {
    await backup({ pool }, { dir, now, log, series: 'upgrade' })
  } catch (cause) {
    // The server went away: that is another error, and nothing was changed either.
    if (/^(57P|08)/.test(codeOf(cause))) throw cause
    throw new StoreError(notSaved(dir, reasonOf(cause)), { cause })
  }
}

const notSaved = (dir: string, reason: string) =>
  `The store was not brought up to date, because the backup before that could not be written to ${dir} (${reason}): make room there, or give the folder to the user who runs the bot. Without a backup it goes on with UPGRADE_BACKUP=off.`

function reasonOf(cause: unknown): string {
  if (cause instanceof StoreError && cause.cause !== undefined) return reasonOf(cause.cause)
  return codeOf(cause) || (cause instanceof Error ? cause.message : String(cause))
}
