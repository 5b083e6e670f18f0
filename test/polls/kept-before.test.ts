import { afterAll, beforeAll, expect, test } from 'vitest'
import { appliedMigrations, migrate, readMigrations } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import { type TestStore, testStore } from '../store/database.ts'
import { quiet } from '../store/quiet.ts'

let tests: TestStore
beforeAll(async () => {
  tests = await testStore()
})
afterAll(() => tests.close())

const all = readMigrations()
const mine = all.findIndex(one => one.name.endsWith('_unkept'))

const view = (token: string) => JSON.stringify({ blocks: [{ kind: 'text', text: 'Buses' }], buttons: [[{ label: 'Back', token }]] })

test('what the version before kept about secret choices goes, and nothing else', async () => {
  const store = await openStore({ stateDir: '', databaseUrl: await tests.freshUrl('bare'), log: quiet, migrations: all.slice(0, mine) })
  const run = (sql: string, ...values: readonly string[]) => store.pool.query(sql, [...values])
  await run(`INSERT INTO "Network" ("id", "name") VALUES ('n', 'East')`)
  await run(
    `INSERT INTO "Poll" ("id", "networkId", "state", "question", "secret") VALUES ('s1', 'n', 'closed', '?', true), ('n1', 'n', 'open', '?', false)`,
  )
  for (const poll of ['s1', 'n1']) {
    await run(`INSERT INTO "Seen" VALUES ($1, '2026-12-01', jsonb_build_array($2::jsonb))`, `seen ${poll}`, view(`polls_back_${poll}_1`))
    await run(`INSERT INTO "Waiting" ("id", "identityRef", "view") VALUES ($1, 'chat:@a', $2::jsonb)`, poll, view(`polls_pick_${poll}_1`))
    const row = `INSERT INTO "Delivery" ("key", "networkId", "platform", "lane", "subject", "view") VALUES ($1, 'n', 'chat', 'a', 'app_answer', $2::jsonb)`
    await run(row, poll, view(`polls_backall_${poll}`))
  }
  await run(`INSERT INTO "Waiting" ("id", "identityRef", "view") VALUES ('list', 'chat:@a', $1::jsonb)`, view('polls_mine_s1'))
  await run(`INSERT INTO "TookPart" VALUES ('s1', 'a')`)
  expect(await migrate(store.pool, all)).toEqual(all.slice(mine).map(one => one.name))

  const { prisma } = store
  const seen = await prisma.seen.findMany({ orderBy: { id: 'asc' } })
  expect(seen.map(row => [row.id, JSON.stringify(row.replies).includes('Buses')])).toEqual([
    ['seen n1', true],
    ['seen s1', false],
  ])
  expect(seen[1]?.replies).toEqual([])
  expect((await prisma.waiting.findMany({ orderBy: { id: 'asc' } })).map(row => row.id)).toEqual(['list', 'n1'])
  expect((await prisma.delivery.findMany()).map(row => row.key)).toEqual(['n1'])
  expect(await prisma.fact.count({ where: { name: 'polls-scrub' } })).toBe(1)
  expect(await appliedMigrations(store.pool)).toEqual(all.map(one => one.name))
  await store.close()
})

test('a store where nobody has taken part in a secret poll has nothing to wipe', async () => {
  expect(await tests.store.prisma.fact.count({ where: { name: 'polls-scrub' } })).toBe(0)
})
