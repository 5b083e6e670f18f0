import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Log } from '../../src/base/log.ts'
import type { Alarm } from '../../src/runtime/alarm.ts'
import { type Alarms, createAlarms } from '../../src/runtime/alarms.ts'
import { ownAlarms } from '../../src/runtime/own-alarms.ts'
import { Prisma, type PrismaClient } from '../../src/store/generated/client.ts'
import { inTown, bot as town } from '../helpers/town.ts'
import { type TestStore, testStore } from '../store/database.ts'

const SECOND = 1_000
const HOUR = 3_600_000

let stores: TestStore
beforeAll(async () => {
  stores = await testStore()
})
afterAll(() => stores.close())
inTown('Network', ['Ardwick'])

/** Alarms on two clocks that only a test moves, over facts that are due at their time. */
interface Scene {
  readonly alarms: Alarms
  readonly prisma: PrismaClient
  readonly clock: { wall: number; steady: number }
  /** What was done, and what was logged as wrong. */
  readonly done: string[]
  readonly wrong: string[]
  /** Facts of which the work fails. */
  readonly bad: Set<string>
  asked(): number
  /** So much time passes, a tick a second; what was begun has ended. */
  passes(ms: number): Promise<void>
}

async function scene(): Promise<Scene> {
  const { prisma } = await stores.fresh()
  const clock = { wall: Date.UTC(2026, 10, 2, 9), steady: 0 }
  const [done, wrong, bad]: [string[], string[], Set<string>] = [[], [], new Set()]
  let asked = 0
  const store = new Proxy(prisma, {
    get(target, key) {
      if (key === '$queryRaw') asked += 1
      return Reflect.get(target, key)
    },
  })
  const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: data => void wrong.push(`${Reflect.get(data, 'row')}`) }
  const alarms = createAlarms({ store, clock: { now: () => new Date(clock.wall) }, steady: () => clock.steady, log })
  alarms.add(factsAlarm(prisma, done, bad))
  return {
    ...{ alarms, prisma, clock, done, wrong, bad, asked: () => asked },
    async passes(ms) {
      for (let left = ms; left > 0; left -= SECOND) {
        clock.wall += SECOND
        clock.steady += SECOND
        await alarms.tick()
        await alarms.end()
      }
    },
  }
}

function factsAlarm(prisma: PrismaClient, done: string[], bad: ReadonlySet<string>): Alarm {
  return {
    ...{ name: 'facts', trouble: 'app-alarm-sweep' },
    when: { at: resting => Prisma.sql`SELECT min("at") FROM "Fact" WHERE "name" <> ALL (${[...resting]}::text[])` },
    async run(turn) {
      const due = await prisma.fact.findMany({
        where: { at: { lte: turn.now }, name: { notIn: [...turn.resting] } },
        orderBy: { at: 'asc' },
        take: 2,
      })
      const rows = due.map(({ name }) => ({ id: name, networkId: 'n1', title: name }))
      await turn.together(rows, async some => {
        for (const { id } of some) if (bad.has(id)) throw new Error(`${id} cannot be read`)
        for (const { id } of some) done.push(id)
        await prisma.fact.deleteMany({ where: { name: { in: some.map(one => one.id) } } })
      })
    },
  }
}

const put = ({ prisma, clock, alarms }: Scene, name: string, ms: number) =>
  prisma.fact.create({ data: { name, at: new Date(clock.wall + ms) } }).then(() => alarms.poke())

test('rows that fail keep no other row waiting, rest longer and longer, and are done when they are mended', async () => {
  const on = await scene()
  for (const name of ['bad 1', 'bad 2', 'bad 3']) on.bad.add(name)
  for (const name of on.bad) await put(on, name, -HOUR)
  for (const name of ['one', 'two', 'three']) await put(on, name, 0)
  await on.passes(10 * SECOND)
  expect(on.done.toSorted()).toEqual(['one', 'three', 'two'])
  expect(
    on.alarms
      .troubles()
      .map(({ row }) => row?.title)
      .toSorted(),
  ).toEqual(['bad 1', 'bad 2', 'bad 3'])
  await on.passes(HOUR / 4)
  // After 5, 15, 45, 135 and 405 seconds, and then every ten minutes.
  const tries = on.wrong.filter(row => row === 'bad 1').length
  expect([tries >= 5, tries <= 7]).toEqual([true, true])
  expect(on.alarms.failures().get('facts')).toBe(on.wrong.length)
  on.bad.clear()
  await on.passes(HOUR / 4)
  expect(on.done.slice(3).toSorted()).toEqual(['bad 1', 'bad 2', 'bad 3'])
  expect(on.alarms.troubles()).toEqual([])
})

test('a job that fails, or whose question fails, stops no other', async () => {
  const on = await scene()
  const broken = { trouble: 'app-alarm-sweep', run: async () => Promise.reject(new Error('not today')) } as const
  on.alarms.add(
    { ...broken, name: 'job', when: { every: SECOND } },
    { ...broken, name: 'question', when: { at: () => Prisma.sql`SELECT "no such column" FROM "Fact"` } },
  )
  await put(on, 'one', SECOND)
  await on.passes(5 * SECOND)
  expect(on.done).toEqual(['one'])
  expect(on.alarms.troubles().map(({ alarm, row }) => [alarm, row])).toEqual([
    ['question', undefined],
    ['job', undefined],
  ])
})

test('what is due is done when the clock says so, wherever it is set; what another process wrote is found within five seconds', async () => {
  const on = await scene()
  await put(on, 'soon', 10 * SECOND)
  await on.passes(9 * SECOND)
  expect(on.done).toEqual([])
  await on.passes(SECOND)
  expect(on.done).toEqual(['soon'])
  on.clock.wall -= HOUR
  // Nobody tells.
  await on.prisma.fact.create({ data: { name: 'after it was set back', at: new Date(on.clock.wall) } })
  await on.passes(5 * SECOND)
  expect(on.done).toEqual(['soon', 'after it was set back'])
  await put(on, 'tomorrow', 24 * HOUR)
  await on.passes(SECOND)
  on.clock.wall += 25 * HOUR
  await on.passes(SECOND)
  expect(on.done.at(-1)).toBe('tomorrow')
})

test('idle is idle: the store is asked one thing every five seconds, and nothing is begun', async () => {
  const on = await scene()
  const begun: string[] = []
  const own = ownAlarms(
    town.deps,
    () => town.bot.delivery,
    () => town.bot.leases,
  )
  const all = [...own, ...town.bot.features.flatMap(feature => feature.alarms)].filter(({ when }) => 'at' in when)
  on.alarms.add(...all.map(alarm => ({ ...alarm, run: async () => void begun.push(alarm.name) })))
  await on.passes(60 * SECOND)
  expect(on.asked()).toBeLessThanOrEqual(13)
  expect(begun).toEqual([])
})
