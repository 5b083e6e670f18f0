import { expect } from 'vitest'
import { once } from '../../src/app/dedupe.ts'
import type { Store } from '../../src/store/open.ts'
import { inTransaction } from '../../src/store/sql.ts'
import { test } from './fixtures.ts'

/** Two works that both take the facts `a` and `b`, each in its own order, and meet in the middle: PostgreSQL ends one of them. */
function crossing() {
  const here: string[] = []
  let open = (): void => undefined
  const both = new Promise<void>(resolve => {
    open = resolve
  })
  return {
    here,
    async work(name: string, order: readonly [string, string], add: (fact: string) => Promise<unknown>): Promise<void> {
      here.push(name)
      await add(order[0])
      if (here.length >= 2) open()
      await both
      await add(order[1])
    },
  }
}

const ADD = `UPDATE "Fact" SET "at" = "at" + interval '1 second' WHERE "name" = $1`

async function facts({ prisma }: Store): Promise<void> {
  await prisma.fact.createMany({ data: ['a', 'b'].map(name => ({ name, at: new Date(0) })) })
}

const seconds = async ({ prisma }: Store) => (await prisma.fact.findMany({ orderBy: { name: 'asc' } })).map(({ at }) => at.getTime() / 1000)

test('two deliveries that lock each other out: one gives in, is done anew, and both are done once', async ({ stores }) => {
  const store = await stores.fresh()
  await facts(store)
  const { here, work } = crossing()
  const deliver = (id: string, order: readonly [string, string]) =>
    once(store.prisma, id, new Date(0), async tx => {
      await work(id, order, fact => tx.$executeRawUnsafe(ADD, fact))
      return [{ kind: 'suggest', choices: [] }]
    })
  await Promise.all([deliver('one', ['a', 'b']), deliver('two', ['b', 'a'])])
  expect(here).toHaveLength(3)
  expect(await seconds(store)).toEqual([2, 2])
  expect(await store.prisma.seen.count()).toBe(2)
})

test('the same of two groups of votes', async ({ stores }) => {
  const store = await stores.fresh()
  await facts(store)
  const { here, work } = crossing()
  const commit = (name: string, order: readonly [string, string]) =>
    inTransaction(store.pool, sql => work(name, order, fact => sql.query(ADD, [fact])))
  await Promise.all([commit('one', ['a', 'b']), commit('two', ['b', 'a'])])
  expect(here).toHaveLength(3)
  expect(await seconds(store)).toEqual([2, 2])
})

test('what cannot be put in order with what others do is done anew too', async ({ stores }) => {
  const store = await stores.fresh()
  await facts(store)
  let tries = 0
  await inTransaction(store.pool, async sql => {
    tries += 1
    await sql.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE', [])
    await sql.query('SELECT * FROM "Fact"', [])
    if (tries === 1) await store.prisma.fact.update({ where: { name: 'a' }, data: { at: new Date(5_000) } })
    await sql.query(ADD, ['a'])
  })
  expect(tries).toBe(2)
  expect(await seconds(store)).toEqual([6, 0])
})

test('it is done anew once, not for ever; any other failure is not', async ({ stores }) => {
  const store = await stores.fresh()
  let tries = 0
  const fails = (code: string) =>
    inTransaction(store.pool, async sql => {
      tries += 1
      await sql.query(`DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$`, [])
    })
  await expect(fails('40P01')).rejects.toThrow('no')
  expect(tries).toBe(2)
  await expect(fails('23505')).rejects.toThrow('no')
  expect(tries).toBe(3)
})
