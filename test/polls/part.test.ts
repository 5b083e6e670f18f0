import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { SCRUB, wantScrub } from '../../src/polls/close.ts'
import { part, parted } from '../../src/polls/part.ts'
import type { Store } from '../../src/store/open.ts'
import { type TestStore, testStore } from '../store/database.ts'

let tests: TestStore
let store: Store
let client: pg.PoolClient
beforeAll(async () => {
  tests = await testStore()
})
beforeEach(async () => {
  store = await tests.fresh()
  client = await store.pool.connect()
  await store.pool.query(`INSERT INTO "Network" ("id", "name") VALUES ('n', 'East')`)
  await store.pool.query(
    `INSERT INTO "Space" ("id", "networkId", "ref", "platform", "title") VALUES ('s', 'n', 'chat:s', 'chat', 'Square')`,
  )
  await store.pool.query(
    `INSERT INTO "Poll" ("id", "networkId", "state", "question", "secret") VALUES ('over', 'n', 'closed', '?', true), ('open', 'n', 'open', '?', true)`,
  )
  return () => client.release()
})
afterAll(() => tests.close())

const noon = new Date('2026-12-01T12:00:00Z')

/** Everybody votes on both polls, one after the other. */
async function votes(people: readonly string[]): Promise<void> {
  for (const who of people) {
    await store.pool.query(
      `WITH seen AS (INSERT INTO "Seen" VALUES ($1, '2026-12-01')), who AS (INSERT INTO "Person" ("id", "networkId", "name") VALUES ($1, 'n', $1)),
         id AS (INSERT INTO "Identity" ("ref", "name") VALUES ($1, $1)), count AS (INSERT INTO "Count" VALUES ('over', $1, 1, 1), ('open', $1, 1, 1))
       INSERT INTO "TookPart" VALUES ('over', $1), ('open', $1)`,
      [who],
    )
    await store.pool.query(`INSERT INTO "Membership" VALUES ($1, 'n', $1)`, [who])
    await store.pool.query(`INSERT INTO "Acted" VALUES ($1, 's', '2026-12-01')`, [who])
  }
}

/** In how many transactions the rows of a table were written. */
async function writings(table: string, where = 'true'): Promise<number> {
  const { rows } = await store.pool.query<{ n: number }>(`SELECT count(DISTINCT xmin::text)::int AS n FROM "${table}" WHERE ${where}`)
  return rows[0]?.n ?? 0
}

const people = Array.from({ length: 40 }, (_, i) => `voter${String(i).padStart(2, '0')}`)

test('what was written with each vote is written all at once, in no order; of polls that are open nothing changes', async () => {
  await votes(people)
  await part(client, noon)
  for (const table of ['Acted', 'Person', 'Membership', 'Identity', 'Seen']) expect(await writings(table)).toBe(1)
  for (const table of ['TookPart', 'Count']) {
    expect(await writings(table, `"pollId" = 'over'`)).toBe(1)
    expect(await writings(table, `"pollId" = 'open'`)).toBe(40)
  }
  const { rows } = await store.pool.query<{ who: string }>(`SELECT "personId" AS who FROM "TookPart" WHERE "pollId" = 'over' ORDER BY ctid`)
  const order = rows.map(row => row.who)
  // One in 40! orders is the old one.
  expect(order).not.toEqual(people)
  expect(order.toSorted()).toEqual(people)
  expect(await store.prisma.count.count({ where: { pollId: 'over', n: 1 } })).toBe(40)
})

test('words that were given beside an answer that is not kept go; answers that are kept stay', async () => {
  await store.prisma.seen.create({ data: { id: 'given', day: noon, replies: { given: [{ kind: 'say' }] } } })
  await store.prisma.seen.create({ data: { id: 'kept', day: noon, replies: [{ kind: 'say' }] } })
  await part(client, noon)
  const seen = await store.prisma.seen.findMany({ orderBy: { id: 'asc' }, select: { id: true, replies: true } })
  expect(seen).toEqual([
    { id: 'given', replies: null },
    { id: 'kept', replies: [{ kind: 'say' }] },
  ])
})

test('it is done once for each close: not again while the wiping waits, but again when a poll closes meanwhile, even in the same moment', async () => {
  const wish = () => store.prisma.$transaction(tx => wantScrub(tx, noon))
  const wanted = async () => (await store.prisma.fact.findUniqueOrThrow({ where: { name: SCRUB } })).at
  await wish()
  const first = await wanted()
  await part(client, first)
  await votes(people)
  await part(client, first)
  expect(await writings('Seen')).toBe(40)
  await wish()
  const second = await wanted()
  // What was wished for since is not done with the first.
  await parted(store.pool, first)
  expect(await wanted()).toEqual(second)
  await part(client, second)
  expect(await writings('Seen')).toBe(1)
  await parted(store.pool, second)
  expect(await store.prisma.fact.count({ where: { name: { contains: 'polls' } } })).toBe(0)
})

test('a repeated delivery meanwhile waits for it, and is known', async () => {
  await votes(people)
  await client.query('BEGIN')
  await part(client, noon)
  const again = store.pool.query(`INSERT INTO "Seen" VALUES ('voter07', '2026-12-01') ON CONFLICT DO NOTHING RETURNING "id"`)
  await client.query('COMMIT')
  expect((await again).rowCount).toBe(0)
  expect(await store.prisma.seen.count()).toBe(40)
})
