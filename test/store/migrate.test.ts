import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appliedMigrations, migrate, readMigrations } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { type TestStore, testStore } from './database.ts'
import { quiet } from './quiet.ts'

let tests: TestStore
beforeAll(async () => {
  tests = await testStore()
})
afterAll(() => tests.close())

const one = { name: '1_one', sql: 'CREATE TABLE one (id int);\nINSERT INTO one VALUES (1);\n' }
const two = { name: '2_two', sql: 'CREATE TABLE two (id int);' }

const bare = async () => openStore({ stateDir: '', databaseUrl: await tests.freshUrl('bare'), log: quiet, migrations: [] })

describe('migrations at start', () => {
  test('a new database gets all of them, once, also when two bots start at the same moment', async () => {
    const databaseUrl = await tests.freshUrl('bare')
    const opened = await Promise.all([1, 2].map(() => openStore({ stateDir: '', databaseUrl, log: quiet })))
    const names = readMigrations().map(migration => migration.name)
    expect(opened.flatMap(store => store.applied).sort()).toEqual(names)
    const again = await openStore({ stateDir: '', databaseUrl, log: quiet })
    expect(again.applied).toEqual([])
    expect(await again.prisma.poll.count()).toBe(0)
    for (const store of [...opened, again]) await store.close()
  })

  test('a new one is applied on top of the old ones, which are not run again', async () => {
    const store = await bare()
    expect(await migrate(store.pool, [one])).toEqual(['1_one'])
    expect(await migrate(store.pool, [one, two])).toEqual(['2_two'])
    expect(await migrate(store.pool, [one, two])).toEqual([])
    expect((await store.pool.query('SELECT id FROM one')).rows).toEqual([{ id: 1 }])
    expect(await appliedMigrations(store.pool)).toEqual(['1_one', '2_two'])
    await store.close()
  })

  test('one that fails is undone whole, and the connection lock is given back', async () => {
    const store = await bare()
    const broken = { name: '2_broken', sql: 'CREATE TABLE half (id int); SELECT nonsense;' }
    await expect(migrate(store.pool, [one, broken])).rejects.toThrow('2_broken failed and was undone')
    expect((await store.pool.query(`SELECT to_regclass('half') AS half`)).rows).toEqual([{ half: null }])
    expect(await migrate(store.pool, [one, two])).toEqual(['2_two'])
    await store.close()
  })

  test('an older version refuses a newer store', async () => {
    const store = await bare()
    await migrate(store.pool, [one, two])
    const old = migrate(store.pool, [one])
    await expect(old).rejects.toThrow(StoreError)
    await expect(old).rejects.toThrow('last used by a newer version of the bot (it has the change 2_two')
    await store.close()
  })

  test('a file that was changed after it had been used is refused; other line ends are no change', async () => {
    const store = await bare()
    await migrate(store.pool, [one])
    const windows = { ...one, sql: one.sql.replaceAll('\n', '\r\n') }
    expect(await migrate(store.pool, [windows])).toEqual([])
    const recorded = createHash('sha256').update(windows.sql).digest('hex')
    await store.pool.query('UPDATE "_prisma_migrations" SET checksum = $1', [recorded])
    expect(await migrate(store.pool, [one])).toEqual([])
    const changed = migrate(store.pool, [{ ...one, sql: `${one.sql} -- better` }])
    await expect(changed).rejects.toThrow('prisma/migrations/1_one/migration.sql was changed')
    await store.close()
  })

  test('one that another tool left half done is refused', async () => {
    const store = await bare()
    await migrate(store.pool, [one])
    await store.pool.query('UPDATE "_prisma_migrations" SET finished_at = NULL')
    await expect(migrate(store.pool, [one])).rejects.toThrow('did not finish')
    await store.close()
  })

  test('only folders count', () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'migrations-'))
    fs.mkdirSync(path.join(dir, '1_one'))
    fs.writeFileSync(path.join(dir, '1_one', 'migration.sql'), one.sql)
    fs.writeFileSync(path.join(dir, 'migration_lock.toml'), '')
    expect(readMigrations(dir)).toEqual([one])
    fs.rmSync(dir, { recursive: true })
  })
})
