import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type { Log } from '../../src/base/log.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { quiet } from './quiet.ts'

/** A store for one test file, in a database of its own, migrated and empty. */
export interface TestStore {
  readonly store: Store
  /** The address of the database of `store`, for a program that the test starts. */
  readonly url: string
  /** One more store in one more new database. */
  fresh(): Promise<Store>
  /** The address of one more new database: migrated and empty, or (`bare`) without any table. */
  freshUrl(kind?: 'migrated' | 'bare'): Promise<string>
  /** Closes all of them and deletes their databases. */
  close(): Promise<void>
}

/** Call in `beforeAll`, and `close()` in `afterAll`. Databases are copied from a template, which takes some 20 ms. */
export async function testStore(log: Log = quiet): Promise<TestStore> {
  const { url, template } = inject('database')
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const stores: Store[] = []
  const names: string[] = []
  const freshUrl = async (kind: 'migrated' | 'bare' = 'migrated') => {
    const name = `t_${randomUUID().replaceAll('-', '')}`
    const from = kind === 'bare' ? 'template0' : template
    // Copies the files, which costs less than writing every page to the log as well.
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${from} STRATEGY FILE_COPY`)
    names.push(name)
    const changed = new URL(url)
    changed.pathname = `/${name}`
    return changed.href
  }
  const open = async (databaseUrl: string) => {
    const store = await openStore({ stateDir: '', databaseUrl, log })
    stores.push(store)
    return store
  }
  const first = await freshUrl()
  return {
    store: await open(first),
    url: first,
    fresh: async () => open(await freshUrl()),
    freshUrl,
    async close() {
      for (const store of stores) await store.close()
      for (const name of names) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
    },
  }
}
