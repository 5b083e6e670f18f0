import fs from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { findNobody } from '../../src/store/account.ts'
import { readMigrations } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import { LONG_MS, until } from '../helpers/patience.ts'
import { cleanUp, type Program, serverOf, start, storeInFolder, temporary } from './programs.ts'
import { quiet } from './quiet.ts'

// Long: every test makes, kills or starts a PostgreSQL of its own, and a start after a kill reads the whole log again.

const isRoot = process.getuid?.() === 0
const everything = readMigrations().map(migration => migration.name)
const programs: Program[] = []

const bot = async (...args: Parameters<typeof start>) => {
  const program = await start(...args)
  programs.push(program)
  return program
}

const names = async (stateDir: string) => {
  const store = await openStore({ stateDir, log: quiet })
  const rows = await store.prisma.seen.findMany({ orderBy: { id: 'asc' } })
  await store.close()
  return rows.map(row => row.id)
}

const isRunning = (stateDir: string) => serverOf(stateDir) !== undefined

afterEach(async () => {
  for (const program of programs.splice(0)) await program.kill()
  cleanUp()
})

describe('the embedded store', { timeout: LONG_MS }, () => {
  test('an empty state folder becomes a store: up to date, private and durable', async () => {
    const stateDir = path.join(temporary(), 'state')
    const store = await openStore({ stateDir, log: quiet })
    expect([store.kind, store.applied]).toEqual(['embedded', everything])
    const setting = async (name: string) => (await store.pool.query(`SELECT current_setting($1) AS is`, [name])).rows[0].is
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums'])
      expect([name, await setting(name)]).toEqual([name, 'on'])
    expect([await setting('TimeZone'), await setting('listen_addresses'), await setting('wal_recycle')]).toEqual(['UTC', '', 'off'])
    expect(fs.statSync(path.join(stateDir, 'pg18')).mode & 0o777).toBe(0o700)
    expect(await store.prisma.poll.count()).toBe(0)
    await store.close()
    await store.close()
    expect(isRunning(stateDir)).toBe(false)
  })

  test('what was written is there at the next start', async () => {
    const stateDir = await storeInFolder()
    const first = await bot({ stateDir })
    const { written } = await first.tell('write')
    expect(await first.tell('close')).toEqual({ closed: true })
    expect(isRunning(stateDir)).toBe(false)
    const second = await bot({ stateDir })
    expect(second.first).toMatchObject({ opened: 'embedded', applied: [] })
    await second.tell('close')
    expect(await names(stateDir)).toEqual([written])
  })

  test('two programs share it, and the last one out stops it', async () => {
    const stateDir = await storeInFolder()
    const [one, two] = await Promise.all([bot({ stateDir }), bot({ stateDir })])
    expect([one.first['opened'], two.first['opened']]).toEqual(['embedded', 'embedded'])
    const { written } = await one.tell('write')
    await one.tell('close')
    expect(await two.tell('write')).toHaveProperty('written')
    await two.tell('close')
    expect(isRunning(stateDir)).toBe(false)
    expect(await names(stateDir)).toContain(written)
  })

  test('a lock file that another server is just making is waited for; one that a crash left empty is taken away', async () => {
    const stateDir = await storeInFolder()
    const lock = path.join(stateDir, 'pg18', 'postmaster.pid')
    const said = () => fs.readFileSync(path.join(stateDir, 'postgres.log'), 'utf8')
    fs.writeFileSync(lock, '')
    const opening = openStore({ stateDir, log: quiet })
    await until(() => /lock file .* is empty/.test(said()))
    fs.rmSync(lock)
    await (await opening).close()
    fs.writeFileSync(lock, '')
    fs.utimesSync(lock, new Date(0), new Date(0))
    await (await openStore({ stateDir, log: quiet })).close()
  })

  test('kill -9 of the bot: the next start takes its server over', async () => {
    const stateDir = await storeInFolder()
    const killed = await bot({ stateDir })
    const { written } = await killed.tell('write')
    await killed.kill()
    const server = serverOf(stateDir)
    const next = await bot({ stateDir })
    expect(next.first).toMatchObject({ opened: 'embedded', applied: [] })
    expect(serverOf(stateDir)).toBe(server)
    await next.tell('close')
    expect(isRunning(stateDir)).toBe(false)
    expect(await names(stateDir)).toEqual([written])
  })

  test('kill -9 of the bot and of PostgreSQL: the next start recovers', async () => {
    const stateDir = await storeInFolder()
    const killed = await bot({ stateDir })
    const { written } = await killed.tell('write')
    await killed.kill()
    process.kill(serverOf(stateDir) ?? 0, 'SIGKILL')
    expect(await names(stateDir)).toEqual([written])
  })

  test('kill -9 of PostgreSQL under a running bot: it comes back by itself', async () => {
    const stateDir = await storeInFolder()
    const store = await openStore({ stateDir, log: quiet })
    await store.prisma.seen.create({ data: { id: 'before', day: new Date(0) } })
    const killed = serverOf(stateDir)
    process.kill(killed ?? 0, 'SIGKILL')
    await until(() => ![undefined, killed].includes(serverOf(stateDir)))
    const write = () => store.prisma.seen.create({ data: { id: 'after', day: new Date(0) } })
    await until(() => write().then(Boolean, () => false))
    expect(await store.prisma.seen.count()).toBe(2)
    await store.close()
    expect(isRunning(stateDir)).toBe(false)
  })

  test('kill -9 while the store is being created leaves nothing half made', async () => {
    const stateDir = temporary()
    const starting = start({ stateDir }).catch(() => undefined)
    await until(() => fs.readdirSync(stateDir).some(name => name.startsWith('pg18.new')))
    expect(fs.existsSync(path.join(stateDir, 'pg18'))).toBe(false)
    const half = fs.readdirSync(stateDir).find(name => name.startsWith('pg18.new')) ?? ''
    process.kill(Number(half.split('-')[1]), 'SIGKILL')
    await starting
    expect(await names(stateDir)).toEqual([])
    await until(async () => {
      await names(stateDir)
      return !fs.readdirSync(stateDir).some(name => name.startsWith('pg18.new'))
    })
  })

  test('the number of a server that is gone, now used by another program, does no harm', async () => {
    const stateDir = await storeInFolder()
    const other = await bot({ stateDir: temporary(0o777) }, isRoot ? { uid: findNobody()?.uid ?? 0 } : {})
    const killed = await bot({ stateDir })
    await killed.kill()
    process.kill(serverOf(stateDir) ?? 0, 'SIGKILL')
    for (const name of ['postmaster.pid', '.s.PGSQL.5432.lock']) {
      const file = path.join(stateDir, 'pg18', name)
      const noted = fs.readFileSync(file, 'utf8').split('\n')
      fs.writeFileSync(file, [other.child.pid, ...noted.slice(1)].join('\n'))
    }
    expect(await names(stateDir)).toEqual([])
  })

  test('a path too long for a socket: the socket stands among the temporary files', async () => {
    const stateDir = path.join(temporary(), 'a-very-long-name-for-a-folder'.repeat(4))
    const store = await openStore({ stateDir, log: quiet })
    expect((await store.pool.query('SHOW unix_socket_directories')).rows[0].unix_socket_directories).toMatch(/\/folkmoot-[0-9a-f]{12}$/)
    await store.close()
    expect(isRunning(stateDir)).toBe(false)
  })

  test.runIf(isRoot)('as root, PostgreSQL runs as nobody', async () => {
    const stateDir = temporary(0o700)
    await bot({ stateDir })
    expect(fs.statSync(`/proc/${serverOf(stateDir)}`).uid).toBe(findNobody()?.uid)
  })

  test.runIf(isRoot)('as a user, it runs as that user; root then leaves it that user', async () => {
    const stateDir = temporary()
    const user = 1
    fs.chownSync(stateDir, user, user)
    const owner = await bot({ stateDir }, { uid: user })
    expect(owner.first).toMatchObject({ opened: 'embedded', applied: everything })
    const { written } = await owner.tell('write')
    await owner.tell('close')
    expect(await names(stateDir)).toEqual([written])
    expect(fs.statSync(path.join(stateDir, 'pg18/postgresql.auto.conf')).uid).toBe(user)
  })
})
