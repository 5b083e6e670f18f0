import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { backup, lastBackup } from '../../src/store/backup.ts'
import { type Migration, migrate, readMigrations } from '../../src/store/migrate.ts'
import { type OpenOptions, openStore, type Store } from '../../src/store/open.ts'
import { restore } from '../../src/store/restore.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { type TestStore, testStore } from './database.ts'
import { cleanUp, temporary } from './programs.ts'
import { quiet } from './quiet.ts'

let tests: TestStore
beforeAll(async () => {
  tests = await testStore()
})
afterAll(() => tests.close())
afterEach(cleanUp)

const old = readMigrations()
const newer: Migration = { name: '9999_newer', sql: `ALTER TABLE "Network" ADD COLUMN motto text DEFAULT 'Together'` }
const NOW = new Date('2026-12-05T09:30:00Z')
const FILE = 'before-upgrade-2026-12-05T093000Z.jsonl.gz'

type Where = Pick<OpenOptions, 'stateDir' | 'databaseUrl'>

const open = (where: Where, migrations: readonly Migration[], more: Partial<OpenOptions> = {}): Promise<Store> =>
  openStore({ ...where, log: quiet, migrations, now: () => NOW, ...more })

/** A store of the version before that holds a network and the key of a secret poll. */
async function used(where: Where): Promise<Where> {
  const store = await open(where, old)
  await store.prisma.network.create({ data: { id: 'n', name: 'Ancoats' } })
  await store.pool.query(`INSERT INTO "PollKey" VALUES ('secret', '\\xdeadbeef')`)
  await store.close()
  return where
}

const onServer = async (): Promise<Where> => ({ stateDir: temporary(), databaseUrl: await tests.freshUrl() })
const backups = ({ stateDir }: Where): readonly string[] => {
  const dir = path.join(stateDir, 'backups')
  return fs.existsSync(dir) ? fs.readdirSync(dir).sort() : []
}

/** Whether the store was changed. */
async function isChanged(where: Where): Promise<boolean> {
  const store = await openStore({ ...where, log: quiet, migrations: 'unchecked' })
  const { rowCount } = await store.pool.query(
    `SELECT 1 FROM information_schema.columns WHERE table_name = 'Network' AND column_name = 'motto'`,
  )
  await store.close()
  return rowCount !== 0
}

test('roles that were given as text, and those that people are invited to, are the same ones after', async () => {
  const where = { stateDir: temporary(), databaseUrl: await tests.freshUrl('bare') }
  const before = await open(
    where,
    old.filter(({ name }) => name < '20261201190000'),
  )
  await before.pool.query(`INSERT INTO "Network" ("id", "name") VALUES ('n', 'Ancoats')`)
  await before.pool.query(`INSERT INTO "Person" ("id", "networkId", "name") VALUES ('p', 'n', 'Jo')`)
  const words = ['coordinator', 'steering', 'decision-maker']
  for (const word of words) {
    await before.pool.query(`INSERT INTO "Grant" ("personId", "role") VALUES ('p', $1)`, [word])
    await before.pool.query(`INSERT INTO "Invitation" ("hash", "role", "expiresAt") VALUES ($1, $1, now())`, [word])
  }
  await before.close()
  const { prisma, close } = await open(where, old)
  const granted = await prisma.grant.findMany({ orderBy: { role: 'asc' } })
  expect(granted.map(({ role }) => role)).toEqual(['coordinator', 'decisionMaker', 'steering'])
  const invited = await prisma.invitation.findMany({ orderBy: { hash: 'asc' } })
  expect(invited.map(({ hash, role }) => [hash, role])).toEqual([
    ['coordinator', 'coordinator'],
    ['decision-maker', 'decisionMaker'],
    ['steering', 'steering'],
  ])
  await close()
})

describe('before a store is changed by a newer version', () => {
  test.each(['on a server', 'in the state folder'])('%s, it is backed up, as it was; and that can be brought back', async place => {
    const where = await used(place === 'on a server' ? await onServer() : { stateDir: temporary() })
    expect(backups(where)).toEqual([])
    const store = await open(where, [...old, newer])
    expect(store.applied).toEqual(['9999_newer'])
    await store.close()
    expect(backups(where)).toEqual([FILE])
    const file = path.join(where.stateDir, 'backups', FILE)
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    const text = gunzipSync(fs.readFileSync(file)).toString()
    expect(text).toContain('Ancoats')
    expect(text).not.toMatch(/9999_newer|deadbeef/)
    const again = { stateDir: temporary(), databaseUrl: await tests.freshUrl('bare') }
    await restore({ ...again, file, log: quiet, migrations: old })
    const back = await open(again, old)
    expect(await back.prisma.network.findMany({ select: { name: true } })).toEqual([{ name: 'Ancoats' }])
    await back.close()
    // Once it is up to date, no start writes another one.
    await (await open(where, [...old, newer])).close()
    expect(backups(where)).toEqual([FILE])
  })

  test('a new store, and one that holds nothing, need none', async () => {
    const bare = { stateDir: temporary(), databaseUrl: await tests.freshUrl('bare') }
    await (await open(bare, old)).close()
    const store = await open(bare, [...old, newer])
    expect(store.applied).toEqual(['9999_newer'])
    await store.close()
    expect(backups(bare)).toEqual([])
  })

  test('where the backup cannot be written, nothing is changed, and one line says what to do', async () => {
    const where = await used(await onServer())
    // A file where the folder should be: nobody can write there, not even root.
    fs.writeFileSync(path.join(where.stateDir, 'backups'), 'of somebody')
    const opening = open(where, [...old, newer])
    await expect(opening).rejects.toThrow(StoreError)
    await expect(opening).rejects.toThrow(
      /not brought up to date, because the backup .* could not be written to .*backups \(EEXIST\): .*UPGRADE_BACKUP=off\.$/,
    )
    expect(await isChanged(where)).toBe(false)
    const store = await open(where, [...old, newer], { unsaved: true })
    expect(store.applied).toEqual(['9999_newer'])
    await store.close()
    expect(await isChanged(where)).toBe(true)
  })

  test('the same while another backup is being written', async () => {
    const where = await used(await onServer())
    const other = await openStore({ ...where, log: quiet, migrations: 'unchecked' })
    await other.pool.query('SELECT pg_advisory_lock(72707370)')
    await expect(open(where, [...old, newer])).rejects.toThrow('(Another backup is being written at this moment)')
    await other.close()
    expect([await isChanged(where), backups(where)]).toEqual([false, []])
  })

  test('of two that start at once, one backs up and changes it', async () => {
    const where = await used(await onServer())
    const opened = await Promise.all([open(where, [...old, newer]), open(where, [...old, newer])])
    expect(opened.flatMap(store => store.applied)).toEqual(['9999_newer'])
    for (const store of opened) await store.close()
    expect(backups(where)).toEqual([FILE])
  })
})

test('the backups of the nights and of upgrades push only their own kind out, and the night’s is due whatever upgrades there were', async () => {
  const store = await tests.fresh()
  const dir = temporary()
  const at = (day: number) => new Date(Date.UTC(2026, 10, day, 3))
  await backup(store, { dir, now: at(1), series: 'upgrade', log: quiet })
  for (let day = 2; day <= 12; day += 1) await backup(store, { dir, now: at(day), log: quiet })
  for (let day = 13; day <= 16; day += 1) await backup(store, { dir, now: at(day), series: 'upgrade', log: quiet })
  const names = fs.readdirSync(dir).map(name => name.slice(0, name.indexOf('T')))
  expect(names.filter(name => name.startsWith('folkmoot'))).toHaveLength(7)
  expect(names.filter(name => name.startsWith('before')).sort()).toEqual([14, 15, 16].map(day => `before-upgrade-2026-11-${day}`))
  expect(lastBackup(dir, at(17))).toEqual(at(12))
})

test('migrations by themselves wait for what is to be done before, and leave all as it was when that fails', async () => {
  const store = await openStore({ stateDir: '', databaseUrl: await tests.freshUrl('bare'), log: quiet, migrations: [] })
  const fails = () => Promise.reject(new Error('No room'))
  expect(await migrate(store.pool, [{ name: '1', sql: 'CREATE TABLE one (id int)' }], fails)).toEqual(['1'])
  const two = [
    { name: '1', sql: 'CREATE TABLE one (id int)' },
    { name: '2', sql: 'CREATE TABLE two (id int)' },
  ]
  await expect(migrate(store.pool, two, fails)).rejects.toThrow('No room')
  expect((await store.pool.query(`SELECT to_regclass('two') AS two`)).rows).toEqual([{ two: null }])
  expect(await migrate(store.pool, two)).toEqual(['2'])
  await store.close()
})
