import { spawnSync } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { backup } from '../../src/store/backup.ts'
import { moveStore } from '../../src/store/move.ts'
import { openStore } from '../../src/store/open.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { type TestStore, testStore } from './database.ts'
import { cleanUp, start, storeInFolder, temporary } from './programs.ts'
import { quiet } from './quiet.ts'

// Long: each test makes two whole stores, and the command lines are programs of their own.

let tests: TestStore
beforeAll(async () => {
  tests = await testStore()
})
afterAll(() => tests.close())
afterEach(cleanUp)

const now = new Date('2026-11-22T03:17:00.123Z')
const expectRefusal = async (work: Promise<unknown>, message: string) => {
  await expect(work).rejects.toThrow(StoreError)
  await expect(work).rejects.toThrow(message)
}

const cli = (name: string, args: readonly string[], env: Readonly<Record<string, string>>) => {
  const command = ['--import', 'tsx', `src/store/${name}.ts`, ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('the command line', { timeout: LONG_MS }, () => {
  test('store:restore and store:move tell what they did, or in one line what to do', async () => {
    const store = await tests.fresh()
    await store.prisma.tookPart.create({ data: { pollId: 'p', personId: 'p' } })
    const { file } = await backup(store, { dir: temporary(), now, log: quiet })
    const env = { STATE_DIR: temporary(), DATABASE_URL: '' }
    expect(cli('restore', [], env)).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage: npm run store:restore') })
    expect(cli('restore', ['nothing'], env)).toEqual({
      status: 1,
      stdout: '',
      stderr: 'There is no file nothing: name one of the files in STATE_DIR/backups.\n',
    })
    const restored = cli('restore', [file], env)
    expect(restored).toMatchObject({ status: 0, stderr: '' })
    expect(restored.stdout).toMatch(/TookPart: 1 rows\n(.*\n)*Restored 1 rows\. The backup was made at 2026-11-22T03:17:00\.123Z\.\n$/)
    const moved = cli('move', [await tests.freshUrl('bare')], env)
    expect(moved).toMatchObject({ status: 0, stderr: '' })
    expect(moved.stdout).toMatch(/Moved 1 rows\. Now set DATABASE_URL/)
    expect(cli('move', ['postgresql://u:secret@127.0.0.1:1/x'], env)).toEqual({
      status: 1,
      stdout: '',
      stderr: 'The server in DATABASE_URL cannot be reached (ECONNREFUSED): start it, or put the address right.\n',
    })
  })
})

describe('moving the embedded store to a server', { timeout: LONG_MS }, () => {
  test('copies everything, keys of open secret polls too, and leaves the old store as it was', async () => {
    const stateDir = await storeInFolder()
    const old = await openStore({ stateDir, log: quiet })
    await old.prisma.pollKey.create({ data: { pollId: 'secret', key: Buffer.from('key') } })
    await old.pool.query(`INSERT INTO "TookPart" SELECT 'poll', i::text FROM generate_series(1, 3000) i`)
    await old.close()
    const to = await tests.freshUrl('bare')
    const said: string[] = []
    expect(await moveStore({ stateDir, to, log: quiet, say: line => said.push(line) })).toBe(3001)
    expect(said).toContain('TookPart: 3000 rows')
    const server = await openStore({ stateDir: '', databaseUrl: to, log: quiet })
    expect([await server.prisma.tookPart.count(), await server.prisma.pollKey.count()]).toEqual([3000, 1])
    await server.close()
    await expectRefusal(moveStore({ stateDir, to, log: quiet }), 'not empty')
    const still = await openStore({ stateDir, log: quiet })
    expect(await still.prisma.tookPart.count()).toBe(3000)
    await still.close()
  })

  test('is refused while the bot runs, and where there is no store', async () => {
    const stateDir = temporary()
    const to = await tests.freshUrl()
    await expectRefusal(moveStore({ stateDir, to, log: quiet }), 'There is no embedded store in')
    const used = await storeInFolder()
    const bot = await start({ stateDir: used })
    await expectRefusal(moveStore({ stateDir: used, to, log: quiet }), 'stop it first')
    expect(await bot.tell('write')).toHaveProperty('written')
    await bot.kill()
  })
})
