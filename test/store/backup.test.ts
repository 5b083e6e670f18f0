import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { backup, lastBackup } from '../../src/store/backup.ts'
import { readMigrations } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import { restore } from '../../src/store/restore.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { until } from '../helpers/patience.ts'
import { type TestStore, testStore } from './database.ts'
import { content, fill, known } from './kinds.ts'
import { cleanUp, temporary } from './programs.ts'
import { quiet } from './quiet.ts'

let tests: TestStore
beforeAll(async () => {
  tests = await testStore()
})
afterAll(() => tests.close())
afterEach(cleanUp)

const open = (databaseUrl: string, migrations = known) => openStore({ stateDir: '', databaseUrl, log: quiet, migrations })
const filled = async () => {
  const store = await open(await tests.freshUrl())
  await fill(store)
  return store
}
const now = new Date('2026-11-22T03:17:00.123Z')
const expectRefusal = async (work: Promise<unknown>, message: string) => {
  await expect(work).rejects.toThrow(StoreError)
  await expect(work).rejects.toThrow(message)
}

describe('a backup', () => {
  test('is restored exactly: every kind of value, keys, triggers, and where the numbers go on', async () => {
    const store = await filled()
    const dir = path.join(temporary(), 'backups')
    const { file, rows } = await backup(store, { dir, now, log: quiet })
    expect(path.basename(file)).toBe('folkmoot-2026-11-22T031700Z.jsonl.gz')
    expect([fs.statSync(dir).mode & 0o777, fs.statSync(file).mode & 0o777]).toEqual([0o700, 0o600])
    const databaseUrl = await tests.freshUrl('bare')
    expect(await restore({ file, stateDir: '', databaseUrl, log: quiet, migrations: known })).toEqual({ rows, made: now.toISOString() })
    const again = await open(databaseUrl)
    expect(again.applied).toEqual([])
    expect(await content(again)).toEqual({ ...(await content(store)), PollKey: [] })
    const next = 'INSERT INTO "Every kind" DEFAULT VALUES RETURNING id'
    expect((await again.pool.query(next)).rows).toEqual((await store.pool.query(next)).rows)
    for (const each of [store, again]) await each.close()
  })

  test('never holds the keys of secret polls or the numbers of deliveries, and tells nothing by the order of its rows', async () => {
    const store = await tests.fresh()
    for (const id of ['m', 'a', 'z', 'k']) {
      await store.pool.query('INSERT INTO "TookPart" VALUES ($1, $1)', [id])
      await store.pool.query(`INSERT INTO "PollKey" VALUES ($1, '\\xdeadbeefc0ffee')`, [id])
      await store.pool.query(`INSERT INTO "Seen" VALUES ($1, '2026-12-01')`, [`delivery ${id}`])
    }
    const { file } = await backup(store, { dir: temporary(), now, log: quiet })
    const lines = gunzipSync(fs.readFileSync(file)).toString().split('\n')
    expect(lines.filter(line => line.startsWith('['))).toEqual(['["a","a"]', '["k","k"]', '["m","m"]', '["z","z"]'])
    expect(lines.join()).not.toContain('deadbeef')
    const renamed = backup(store, { dir: temporary(), now, log: quiet, leaveOut: ['OldName'] })
    await expect(renamed).rejects.toThrow('no table OldName to leave out')
  })

  test('shows one moment, whatever is written meanwhile, and only one is written at a time', async () => {
    const store = await tests.fresh()
    const held = await store.pool.connect()
    await held.query('BEGIN; LOCK TABLE "TookPart" IN ACCESS EXCLUSIVE MODE')
    const running = backup(store, { dir: temporary(), now, log: quiet })
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    await until(async () => (await store.pool.query(waiting)).rowCount === 1)
    await expect(backup(store, { dir: temporary(), now, log: quiet })).rejects.toThrow('Another backup is being written')
    await held.query(`INSERT INTO "TookPart" VALUES ('late', 'late'); COMMIT`)
    held.release()
    expect((await running).rows).toBe(0)
    expect((await backup(store, { dir: temporary(), now, log: quiet })).rows).toBe(1)
  })

  test('the newest are kept; halves left by a crash are swept away; the last one is known', async () => {
    const store = await tests.fresh()
    const dir = temporary()
    expect([lastBackup(dir, now), lastBackup(path.join(dir, 'none'), now)]).toEqual([undefined, undefined])
    fs.writeFileSync(path.join(dir, 'folkmoot-2026-11-01T000000Z.jsonl.gz.part'), 'half')
    fs.writeFileSync(path.join(dir, 'notes.txt'), 'of somebody')
    for (const day of [1, 2, 3, 4]) await backup(store, { dir, now: new Date(Date.UTC(2026, 10, day, 3)), keep: 2, log: quiet })
    expect(fs.readdirSync(dir).sort()).toEqual([
      'folkmoot-2026-11-03T030000Z.jsonl.gz',
      'folkmoot-2026-11-04T030000Z.jsonl.gz',
      'notes.txt',
    ])
    expect(lastBackup(dir, now)).toEqual(new Date('2026-11-04T03:00:00Z'))
  })

  test('backups made while the clock was ahead do not count as the last one, and push no other out', async () => {
    const store = await tests.fresh()
    const dir = temporary()
    const make = (month: number, day: number) => backup(store, { dir, now: new Date(Date.UTC(2026, month, day, 3)), keep: 2, log: quiet })
    for (const day of [1, 2, 3]) await make(11, day)
    for (const day of [1, 2]) await make(10, day)
    expect(lastBackup(dir, new Date(Date.UTC(2026, 10, 2, 4)))).toEqual(new Date('2026-11-02T03:00:00Z'))
    expect(fs.readdirSync(dir).length).toBe(4)
  })
})

describe('a restore', () => {
  const written = async () => {
    const store = await filled()
    const { file } = await backup(store, { dir: temporary(), now, log: quiet })
    await store.close()
    return file
  }
  const into = (file: string, databaseUrl: string, migrations = known) =>
    restore({ file, stateDir: '', databaseUrl, log: quiet, migrations })

  test('of an older version: its tables first, then what came since', async () => {
    const file = await written()
    const since = {
      name: '9999_since',
      sql: `ALTER TABLE reply ADD COLUMN tone text DEFAULT 'kind'; UPDATE reply SET tone = 'old' WHERE id = 1`,
    }
    const databaseUrl = await tests.freshUrl('bare')
    await into(file, databaseUrl, [...known, since])
    const store = await open(databaseUrl, [...known, since])
    expect(store.applied).toEqual([])
    expect((await store.pool.query('SELECT tone FROM reply WHERE id < 3 ORDER BY id')).rows).toEqual([{ tone: 'old' }, { tone: 'kind' }])
    await store.close()
    const opened = await tests.freshUrl('bare')
    await (await open(opened, [...known, since])).close()
    await expectRefusal(into(file, opened, [...known, since]), 'is older than the tables of this store')
  })

  test('of a newer version is refused', async () => {
    const file = await written()
    await expectRefusal(
      into(file, await tests.freshUrl('bare'), readMigrations().slice()),
      'made by a newer version of the bot (it has the change 9998_shapes)',
    )
  })

  test('into a store that is not empty is refused', async () => {
    const file = await written()
    const databaseUrl = await tests.freshUrl()
    const store = await open(databaseUrl)
    await store.prisma.tookPart.create({ data: { pollId: 'p', personId: 'p' } })
    await store.close()
    await expectRefusal(into(file, databaseUrl), 'not empty (there are rows in TookPart)')
  })

  test('of a file that is cut off, damaged or something else is refused, and nothing is written', async () => {
    const file = await written()
    const whole = fs.readFileSync(file)
    const text = gunzipSync(whole).toString()
    const lines = text.trimEnd().split('\n')
    const firstRow = lines.findIndex(line => line.startsWith('['))
    const packed = (kept: readonly string[]) => gzipSync(`${kept.join('\n')}\n`)
    const bad: [string, Buffer][] = [
      ['no end', packed(lines.slice(0, -1))],
      ['a row is missing', packed(lines.toSpliced(firstRow, 1))],
      ['a line of something else', packed(lines.toSpliced(firstRow, 0, '{"hello":"world"}'))],
      ['half a file', whole.subarray(0, whole.length / 2)],
      ['a picture', Buffer.from('GIF89a')],
      ['another text', packed(['hello'])],
    ]
    const databaseUrl = await tests.freshUrl('bare')
    for (const [name, bytes] of bad) {
      const damaged = path.join(temporary(), 'damaged.jsonl.gz')
      fs.writeFileSync(damaged, bytes)
      await expect(into(damaged, databaseUrl), name).rejects.toThrow('is not a backup of this bot, or is damaged')
    }
    await expectRefusal(into('/no/such/file', databaseUrl), 'There is no file /no/such/file')
    await into(file, databaseUrl)
  })
})
