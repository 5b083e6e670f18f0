import { expect, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { LONG_MS, until } from '../helpers/patience.ts'
import { scene, setTheScene } from './scene.ts'

// Long: twenty thousand rows, to show that they cost nothing.

setTheScene()

/** Counts how often the store is asked: statements, and transactions as one. */
function asked(): () => number {
  let count = 0
  scene.store.pool.on('acquire', () => {
    count += 1
  })
  return () => {
    const so = count
    count = 0
    return so
  }
}

async function spaces(platform: string, count: number): Promise<string[]> {
  const refs = Array.from({ length: count }, (_, n) => `${platform}:${n}`)
  await scene.store.prisma.space.createMany({
    data: refs.map(ref => ({ id: ref, ref, networkId: 'ancoats', platform, title: ref, state: 'joined' })),
  })
  return refs
}

test('a poll goes to 1,000 spaces and is edited there with few questions to the store', async () => {
  const tele = scene.chat('tele')
  const places = await spaces('tele', 1_000)
  const worker = scene.worker({ width: 100 })
  await worker.pump()
  const count = asked()
  scene.words.set('poll', 'Parks 0')
  await scene.posts('poll', places)
  expect(count()).toBeLessThanOrEqual(1)
  expect(await worker.pump()).toBe(1_000)
  expect(count()).toBeLessThanOrEqual(70)
  await scene.changes('poll', 'Parks 1')
  expect(count()).toBeLessThanOrEqual(1)
  expect(await worker.pump()).toBe(1_000)
  expect(count()).toBeLessThanOrEqual(70)
  expect(new Set([...tele.messages.values()].map(message => message.text))).toEqual(new Set(['Parks 1']))
  expect(tele.messages.size).toBe(1_000)
  await worker.pump()
  expect(count()).toBeLessThanOrEqual(2)
})

test('many platforms are served side by side, and one that hangs holds up no other', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const chats = names.map(name => scene.chat(name))
  const [slow] = chats
  const places = (await Promise.all(names.map(name => spaces(name, 50)))).flat()
  for (const place of places.filter(one => one.startsWith('a:'))) slow?.always(place, 'hangs')
  scene.words.set('poll', 'Parks 0')
  await scene.posts('poll', places)
  const worker = scene.worker()
  worker.poke()
  const arrived = () => chats.map(chat => chat.messages.size)
  await until(() => arrived().every((count, n) => n === 0 || count === 50) && slow?.heard.length === 16)
  expect(arrived()).toEqual([0, 50, 50, 50, 50, 50, 50, 50])
  expect(slow?.heard).toHaveLength(16)
  await scene.changes('poll', 'Parks 1')
  worker.poke()
  await until(() => chats.slice(1).every(chat => [...chat.messages.values()].every(message => message.text === 'Parks 1')))
})

test('poked once, the last edit comes by itself when its lane opens', async () => {
  const tele = scene.chat('tele', { editEveryMs: 15 })
  await spaces('tele', 1)
  const worker = scene.worker({ clock: systemClock })
  scene.words.set('poll', 'Parks 0')
  await scene.posts('poll', ['tele:0'], { runAt: systemClock.now() })
  worker.poke()
  await until(() => tele.messages.size === 1)
  for (let n = 1; n <= 20; n += 1) {
    await scene.changes('poll', `Parks ${n}`)
    worker.poke()
    await until(() => tele.texts('tele:0').includes(`Parks ${n}`))
  }
  expect(tele.heard.filter(call => call.what === 'edit')).toHaveLength(20)
})

test('looking for what is due costs the same with 10,000 posts as with none', { timeout: LONG_MS }, async () => {
  scene.chat('tele')
  const worker = scene.worker()
  const places = await spaces('tele', 10_000)
  for (const subject of ['poll a', 'poll b']) {
    scene.words.set(subject, subject)
    await scene.posts(subject, places)
  }
  await scene.store.prisma.$executeRaw`UPDATE "Delivery" SET state = 'sent', "dueAt" = NULL, shown = wanted, message = 'tele:m' || id`
  await scene.store.prisma.$executeRawUnsafe('VACUUM ANALYZE "Delivery"')
  await worker.pump()
  const before = await reads()
  for (let n = 0; n < 20; n += 1) await worker.pump()
  const idle = await reads()
  expect(idle - before).toBeLessThan(40)
  await scene.says('Only here', 'tele:77')
  expect(await worker.pump()).toBe(1)
  expect((await reads()) - idle).toBeLessThan(200)
  // The planner's statistics still say that nothing is due.
  scene.words.set('poll c', 'poll c')
  await scene.posts('poll c', places.slice(0, 1_000))
  const before1000 = await reads()
  expect(await worker.pump()).toBe(1_000)
  // Fewer than a hundred for each post, of 21,000 rows; the server counts some of what was read before only now.
  expect((await reads()) - before1000).toBeLessThan(100_000)
})

/** Rows of the outbox that were read so far, by whatever way. */
async function reads(): Promise<number> {
  await scene.store.pool.query('SELECT pg_stat_force_next_flush()')
  const { rows } = await scene.store.pool.query<{ n: string }>(
    `SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) AS n FROM pg_stat_user_tables WHERE relname = 'Delivery'`,
  )
  return Number(rows[0]?.n)
}

test('a space with 600 posts that may not be posted there holds up no other space', async () => {
  const tele = scene.chat('tele')
  await spaces('tele', 2)
  tele.always('tele:0', { no: 'forbidden', why: 'not enough rights' })
  const worker = scene.worker()
  for (let n = 0; n < 600; n += 1) await scene.says(`News ${n}`, 'tele:0')
  await worker.pump()
  await scene.says('Elsewhere', 'tele:1')
  expect(await worker.pump()).toBe(1)
  expect(tele.texts('tele:1')).toEqual(['Elsewhere'])
})
