import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findNobody } from '../../src/store/account.ts'
import { findBinaries, usableBinaries } from '../../src/store/binaries.ts'
import { type OpenOptions, openStore } from '../../src/store/open.ts'
import { defaultStateDir } from '../../src/store/state-dir.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { type TestStore, testStore } from './database.ts'
import { cleanUp, start, temporary } from './programs.ts'
import { quiet } from './quiet.ts'

// Long: many ways in which a PostgreSQL cannot be started, each tried with a real one.

const isRoot = process.getuid?.() === 0
const nobody = findNobody()?.uid ?? 0
// A private corner of the system, where it is allowed: another user table, another set of disks.
const corner = 'unshare'
const canUnshare = (flags: string) => spawnSync(corner, [flags, 'true']).status === 0

let tests: TestStore
beforeAll(async () => {
  tests = await testStore()
})
afterAll(() => tests.close())
afterEach(cleanUp)

// Every refusal is one line that says what to do.
const refusal = async (o: Partial<OpenOptions>) => {
  const error: unknown = await openStore({ stateDir: '', log: quiet, ...o }).then(
    store => store.close(),
    reason => reason,
  )
  expect(error).toBeInstanceOf(StoreError)
  return told(error instanceof Error ? error.message : '')
}

const told = (message: unknown) => {
  expect(message).toMatch(/^[^\n]+$/)
  expect(message).toMatch(/STATE_DIR|DATABASE_URL|TMPDIR/)
  return message
}

/** A folder that looks like the data of a store. */
const dataOf = (stateDir: string, name: string, version: string) => {
  fs.mkdirSync(path.join(stateDir, name))
  fs.writeFileSync(path.join(stateDir, name, 'PG_VERSION'), version)
}

describe('a state folder that cannot be used', { timeout: LONG_MS }, () => {
  test('is a file', async () => {
    const stateDir = path.join(temporary(), 'file')
    fs.writeFileSync(stateDir, '')
    expect(await refusal({ stateDir })).toContain(`The state folder ${stateDir} cannot be written to (EEXIST)`)
    expect(await refusal({ stateDir: path.join(stateDir, 'below') })).toContain('cannot be written to (ENOTDIR)')
  })

  test.runIf(isRoot)('belongs to another user', async () => {
    const stateDir = temporary()
    const { first } = await start({ stateDir }, { uid: nobody })
    expect(told(first['refused'])).toContain(`The state folder ${stateDir} cannot be written to (EACCES)`)
    const above = await start({ stateDir: path.join(stateDir, 'new') }, { uid: nobody })
    expect(told(above.first['refused'])).toContain('cannot be written to (EACCES)')
  })

  test.runIf(isRoot)('holds the store of another user', async () => {
    const stateDir = temporary(0o777)
    dataOf(stateDir, 'pg18', '18\n')
    fs.chownSync(path.join(stateDir, 'pg18'), 12345, 12345)
    const { first } = await start({ stateDir }, { uid: nobody })
    expect(told(first['refused'])).toContain('belongs to another user (number 12345)')
  })

  test.runIf(isRoot)('is out of reach for the user that the store runs as', async () => {
    const stateDir = path.join(temporary(0o700), 'state')
    expect(await refusal({ stateDir })).toContain(`that user may not enter ${stateDir}`)
    expect(defaultStateDir(path.dirname(stateDir))).toBe('/var/lib/folkmoot')
    expect(defaultStateDir('/')).toBe('/data')
  })

  test('was made by another PostgreSQL', async () => {
    const changed = temporary()
    dataOf(changed, 'pg18', '17\n')
    expect(await refusal({ stateDir: changed })).toContain('made by another PostgreSQL (version 17, this one is 18)')
    const older = temporary()
    dataOf(older, 'pg17', '17\n')
    expect(await refusal({ stateDir: older })).toContain(
      `The store in ${path.join(older, 'pg17')} was made by another PostgreSQL (version 17`,
    )
  })

  test('holds what PostgreSQL cannot start', async () => {
    const stateDir = temporary()
    dataOf(stateDir, 'pg18', '18\n')
    if (isRoot) fs.chownSync(path.join(stateDir, 'pg18'), nobody, nobody)
    fs.chmodSync(path.join(stateDir, 'pg18'), 0o700)
    expect(await refusal({ stateDir })).toMatch(/does not start \(.*postgresql.conf.*\): see .*postgres\.log/)
  })
})

describe('a system that the embedded store cannot run on', { timeout: LONG_MS }, () => {
  test('no programs for it', async () => {
    const none = findBinaries('plan9-mips')
    await expect(none).rejects.toThrow(StoreError)
    await expect(none).rejects.toThrow('no PostgreSQL inside this installation for plan9-mips')
  })

  test('a temporary folder with too long a path for a socket', async () => {
    const stateDir = path.join(temporary(), 'state'.repeat(20))
    const long = path.join(temporary(), 'temporary'.repeat(10))
    const { first } = await start({ stateDir }, { env: { TMPDIR: long } })
    expect(told(first['refused'])).toContain(`The path of the temporary folder (${long}) is too long for a socket`)
  })

  test.runIf(canUnshare('-Ur'))('a container that knows no user but root', async () => {
    const { first } = await start({ stateDir: temporary() }, { inside: [corner, '-Ur'] })
    expect(told(first['refused'])).toContain('Running as root where no other user can be used')
  })

  test.runIf(canUnshare('-m'))('a full disk, for a new store and for an old one', async () => {
    const stateDir = temporary()
    const onSmallDisk = [corner, '-m', 'sh', '-c', `mount -t tmpfs -o size=12m,mode=755 small ${stateDir} && exec "$@"`, 'sh']
    const fresh = await start({ stateDir }, { inside: onSmallDisk })
    expect(told(fresh.first['refused'])).toBe(
      `The disk that holds ${stateDir} is full: make room there, or set STATE_DIR to a folder on a bigger disk.`,
    )
    const made = temporary()
    await (await openStore({ stateDir: made, log: quiet })).close()
    const copy = `mount -t tmpfs -o size=80m,mode=755 small ${stateDir} && cp -a ${made}/. ${stateDir} && (cat /dev/zero > ${stateDir}/filler || true) 2>/dev/null && exec "$@"`
    const old = await start({ stateDir }, { inside: [corner, '-m', 'sh', '-c', copy, 'sh'] })
    expect(told(old.first['refused'])).toContain(`The disk that holds ${stateDir} is full`)
  })

  test.runIf(isRoot)('a project folder that the store may not enter is no obstacle: the programs are copied', async () => {
    const found = await findBinaries()
    const hidden = path.join(temporary(0o700), 'package')
    fs.cpSync(found.root, hidden, { recursive: true, verbatimSymlinks: true })
    const moved = (file: string) => path.join(hidden, path.relative(found.root, file))
    const out = { postgres: moved(found.postgres), initdb: moved(found.initdb), control: moved(found.control), root: hidden }
    const stateDir = temporary()
    const usable = usableBinaries(out, { uid: nobody, gid: nobody }, stateDir)
    expect(usable.postgres.startsWith(stateDir)).toBe(true)
    expect(spawnSync(usable.postgres, ['--version'], { uid: nobody, gid: nobody, cwd: '/' }).status).toBe(0)
    expect(usableBinaries(out, { uid: nobody, gid: nobody }, stateDir)).toEqual(usable)
    expect(usableBinaries(found, undefined, stateDir)).toEqual(found)
  })
})

describe('a DATABASE_URL that leads nowhere', { timeout: LONG_MS }, () => {
  const changed = (change: (url: URL) => void) => {
    const url = new URL(tests.url)
    change(url)
    return url.href
  }

  test('no server, or no such database', async () => {
    expect(await refusal({ databaseUrl: 'postgresql://someone:secret@127.0.0.1:1/x' })).toContain('cannot be reached (ECONNREFUSED)')
    const folder = path.join(os.tmpdir(), 'no-socket-here')
    expect(await refusal({ databaseUrl: `postgresql://someone:secret@localhost/x?host=${folder}` })).toContain('cannot be reached (ENOENT)')
    const noSuch = changed(url => {
      url.pathname = '/no_such_database'
    })
    expect(await refusal({ databaseUrl: noSuch })).toContain('has no database of that name')
    expect(await refusal({ databaseUrl: 'not an address' })).not.toContain('secret')
  })

  test('no such user', async () => {
    const stranger = changed(url => {
      url.username = 'stranger'
    })
    expect(await refusal({ databaseUrl: stranger })).toContain('does not let this user in')
  })
})
