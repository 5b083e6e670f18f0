import fs from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import type { Log } from '../base/log.ts'
import { isProgram, runProgram, storeFromEnv } from './command-line.ts'
import {
  filling,
  listTables,
  reading,
  readRows,
  readSequences,
  refuseUnlessEmpty,
  type Table,
  writeRows,
  writeSequences,
  writing,
} from './copy.ts'
import { dataFolder } from './create.ts'
import { hasOthers, openStore, type Store } from './open.ts'
import { StoreError } from './store-error.ts'

/** `to` is the address of an empty database on a PostgreSQL server; `say` is told each table. */
export interface MoveOptions {
  readonly stateDir: string
  readonly to: string
  readonly unsaved?: boolean
  readonly log: Log
  readonly say?: (line: string) => void
}

/**
 * Copies the embedded store to an empty server, in one transaction; the embedded store stays as it was. Returns the number of
 * rows. Throws a StoreError when there is no embedded store, a bot still uses it, or the server is not empty.
 */
export async function moveStore({ stateDir, to, unsaved, log, say = () => {} }: MoveOptions): Promise<number> {
  if (!fs.existsSync(path.join(stateDir, dataFolder))) {
    throw new StoreError(`There is no embedded store in ${path.resolve(stateDir)}: set STATE_DIR to the folder of the store to move.`)
  }
  const source = await openStore({ stateDir, unsaved, log })
  try {
    if (await hasOthers(source.pool))
      throw new StoreError(`The bot still uses the store in ${path.resolve(stateDir)} (STATE_DIR): stop it first.`)
    const target = await openStore({ stateDir, databaseUrl: to, unsaved, log })
    try {
      return await copyAll(source, target, say)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

function copyAll(source: Store, target: Store, say: (line: string) => void): Promise<number> {
  return reading(source.pool, from =>
    writing(target.pool, async into => {
      const tables = await listTables(from)
      await refuseUnlessEmpty(into, await listTables(into))
      let rows = 0
      await filling(into, tables, async () => {
        for (const table of tables) rows += await copyTable(from, into, table, say)
      })
      await writeSequences(into, await readSequences(from))
      return rows
    }),
  )
}

async function copyTable(from: pg.PoolClient, into: pg.PoolClient, table: Table, say: (line: string) => void): Promise<number> {
  let count = 0
  for await (const rows of readRows(from, table)) {
    await writeRows(into, table, rows)
    count += rows.length
  }
  say(`${table.name}: ${count} rows`)
  return count
}

if (isProgram(import.meta.url)) {
  await runProgram('Usage: npm run store:move -- postgres://user:password@host/database', 1, async ([to = ''], say, log) => {
    const { stateDir, unsaved } = storeFromEnv()
    const rows = await moveStore({ stateDir, unsaved, to, log, say })
    say(`Moved ${rows} rows. Now set DATABASE_URL to that server and start the bot. The old store is still there, unchanged.`)
  })
}
