import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openStore, type Store } from '../../src/store/open.ts'
import { scrub } from '../../src/store/scrub.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { type TestStore, testStore } from './database.ts'
import { cleanUp, temporary } from './programs.ts'
import { quiet } from './quiet.ts'

let tests: TestStore
beforeAll(async () => {
  tests = await testStore()
})
afterAll(() => tests.close())
afterEach(cleanUp)

/** The files below a folder that hold one of these values. */
const filesWith = (folder: string, values: readonly Buffer[]): string[] =>
  fs.readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(entry => {
    const file = path.join(entry.parentPath, entry.name)
    const content = entry.isFile() ? fs.readFileSync(file) : Buffer.alloc(0)
    return values.some(value => content.includes(value)) ? [path.relative(folder, file)] : []
  })

const secrets = Array.from({ length: 200 }, () => randomBytes(24).toString('base64url'))
const traces = secrets.map(secret => Buffer.from(secret))

const vote = async (store: Store) => {
  await store.pool.query('CREATE TABLE secret_vote (voter text PRIMARY KEY, choice int, key bytea)')
  for (const secret of secrets) await store.pool.query('INSERT INTO secret_vote VALUES ($1, 1, $2)', [secret, Buffer.from(secret)])
  // What PostgreSQL does by itself from time to time, so that no place is missed.
  await store.pool.query('ANALYZE secret_vote')
  await store.pool.query('CHECKPOINT')
  await store.pool.query('UPDATE secret_vote SET choice = 2')
  await store.pool.query('DELETE FROM secret_vote')
}

describe('after a secret poll', { timeout: LONG_MS }, () => {
  test('what was deleted is in no file of the embedded store', async () => {
    const stateDir = temporary()
    const store = await openStore({ stateDir, log: quiet })
    await vote(store)
    const before = filesWith(stateDir, traces)
    expect(before.some(file => file.startsWith('pg18/base/'))).toBe(true)
    expect(before.some(file => file.startsWith('pg18/pg_wal/'))).toBe(true)
    expect(await scrub(store.pool, ['secret_vote'], quiet)).toBe('done')
    expect(filesWith(stateDir, traces)).toEqual([])
    await store.close()
    expect(filesWith(stateDir, traces)).toEqual([])
  })

  test('rows that were not deleted stay', async () => {
    const store = await tests.fresh()
    await vote(store)
    await store.pool.query(`INSERT INTO secret_vote VALUES ('kept', 3, '\\x00ff')`)
    expect(await scrub(store.pool, ['secret_vote'], quiet)).toBe('done')
    expect((await store.pool.query('SELECT voter, choice FROM secret_vote')).rows).toEqual([{ voter: 'kept', choice: 3 }])
  })

  test('while a backup still reads what was before, it is done later', async () => {
    const store = await tests.fresh()
    const backup = await store.pool.connect()
    await backup.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await backup.query('SELECT 1')
    await vote(store)
    expect(await scrub(store.pool, ['secret_vote'], quiet)).toBe('later')
    await backup.query('COMMIT')
    backup.release()
    expect(await scrub(store.pool, ['secret_vote'], quiet)).toBe('done')
  })

  test('while somebody holds the table, it is done later', async () => {
    const store = await tests.fresh()
    await vote(store)
    const held = await store.pool.connect()
    await held.query('BEGIN')
    await held.query('LOCK TABLE secret_vote IN ACCESS SHARE MODE')
    expect(await scrub(store.pool, ['secret_vote'], quiet)).toBe('later')
    await held.query('ROLLBACK')
    held.release()
  })

  test('on a server that does not let us do all of it, the tables are rewritten and a warning is logged', async () => {
    const url = new URL(await tests.freshUrl())
    const admin = new pg.Client({ connectionString: url.href })
    await admin.connect()
    const role = `guest_${randomBytes(6).toString('hex')}`
    await admin.query(
      `CREATE ROLE ${role} LOGIN; GRANT CREATE ON SCHEMA public TO ${role}; GRANT SELECT ON "_prisma_migrations" TO ${role}`,
    )
    url.username = role
    const warnings: string[] = []
    const log = { ...quiet, warn: (_data: object, message: string) => warnings.push(message) }
    const store = await openStore({ stateDir: '', databaseUrl: url.href, log })
    await store.pool.query('CREATE TABLE secret_vote (voter text)')
    expect(await scrub(store.pool, ['secret_vote'], log)).toBe('partly')
    expect(warnings).toEqual(['deleted rows were wiped from the tables, but this server keeps traces that only its owner can remove'])
    await store.close()
    await admin.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
    await admin.end()
  })

  test('a table of a wrong name is a fault', async () => {
    await expect(scrub(tests.store.pool, ['no_such_table'], quiet)).rejects.toThrow('no_such_table')
  })
})

describe('the order of rows', () => {
  const order = async (store: Store, table: string) =>
    (await store.pool.query<{ id: number }>(`SELECT id FROM ${table} ORDER BY ctid`)).rows.map(row => row.id)

  test('is that of their keys afterwards, also where nothing was secret; what is to be done first is done first', async () => {
    const store = await tests.fresh()
    for (const table of ['took_part', 'beside', 'alone']) {
      await store.pool.query(`CREATE TABLE ${table} (id int PRIMARY KEY)`)
      await store.pool.query(`INSERT INTO ${table} VALUES (3), (1), (2)`)
    }
    await store.pool.query('ANALYZE')
    const first = async (client: pg.PoolClient) => void (await client.query('INSERT INTO took_part VALUES (0)'))
    expect(await scrub(store.pool, ['took_part'], quiet, { order: ['beside'], first })).toBe('done')
    expect(await order(store, 'took_part')).toEqual([0, 1, 2, 3])
    expect(await order(store, 'beside')).toEqual([1, 2, 3])
    expect(await order(store, 'alone')).toEqual([3, 1, 2])
    // The planner knows as much of the second as before.
    const known = await store.pool.query<{ tablename: string }>(`SELECT tablename FROM pg_stats WHERE schemaname = 'public' ORDER BY 1`)
    expect(known.rows.map(row => row.tablename)).toEqual(expect.arrayContaining(['alone', 'beside']))
    expect(known.rows.map(row => row.tablename)).not.toContain('took_part')
  })

  test('what cannot be done first is done later', async () => {
    const store = await tests.fresh()
    await vote(store)
    const held = await store.pool.connect()
    await held.query('BEGIN')
    await held.query('LOCK TABLE secret_vote IN ACCESS EXCLUSIVE MODE')
    const first = async (client: pg.PoolClient) => void (await client.query('SELECT 1 FROM secret_vote'))
    expect(await scrub(store.pool, ['secret_vote'], quiet, { first })).toBe('later')
    await held.query('ROLLBACK')
    held.release()
    expect(await scrub(store.pool, ['secret_vote'], quiet, { first })).toBe('done')
  })
})
