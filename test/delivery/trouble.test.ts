import { expect, test } from 'vitest'
import { resume } from '../../src/delivery/outbox.ts'
import { sendAgain } from '../../src/delivery/replan.ts'
import { whatFailed, whereIs } from '../../src/delivery/report.ts'
import { plain } from '../../src/view/plain.ts'
import type { View } from '../../src/view/view.ts'
import { scene, setTheScene } from './scene.ts'

setTheScene()

const HOUR = 3_600_000

test('a send that nobody answers is tried again after growing pauses, and in the end is left as unsure', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  tele.always('tele:parks', 'unsure')
  await scene.says('Hello', 'tele:parks')
  const worker = scene.worker()
  const tries: number[] = []
  for (let minute = 0; minute < 48 * 60; minute += 1) {
    if ((await worker.pump()) > 0) tries.push(minute)
    if (tries.length === 12) break
    scene.later(60_000)
  }
  expect(tries).toHaveLength(12)
  expect(tries.at(-1)).toBeGreaterThan(20 * 60)
  expect(tries.at(-1)).toBeLessThan(24 * 60)
  expect(await scene.row('Hello in tele:parks#0')).toMatchObject({ state: 'unsure', dueAt: null, doubled: true, attempts: 12 })
})

test('an edit that fails is tried again until it works', async () => {
  const { tele, worker } = await scene.poll('Parks 0')
  tele.will('tele:parks', 'unsure', 'throws', 'throws')
  await scene.changes('poll', 'Parks 1')
  for (let n = 0; n < 4; n += 1) {
    await worker.pump()
    scene.later(60_000)
  }
  expect(tele.texts('tele:parks')).toEqual(['Parks 1'])
  expect(await scene.row('poll in tele:parks')).toMatchObject({ state: 'sent', attempts: 0, doubled: false, why: null })
})

test('what is not useful any more is not sent but reported as missed', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  await scene.says('The forum begins in an hour', 'tele:parks', { usefulUntil: new Date(scene.clock.at + HOUR) })
  scene.later(2 * HOUR)
  expect(await scene.worker().pump()).toBe(0)
  expect(tele.messages.size).toBe(0)
  const [standing] = await whatFailed(scene.store.prisma, 'ancoats')
  expect(standing).toMatchObject({ title: 'tele:parks', state: 'missed', why: 'late' })
})

test('a space that is gone is marked, all that waits for it ends, and somebody hears of it once', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  tele.always('tele:parks', { no: 'gone', why: 'chat not found', how: 'deleted' })
  for (const text of ['One', 'Two', 'Three']) await scene.says(text, 'tele:parks')
  const worker = scene.worker()
  expect(await worker.pump()).toBe(1)
  expect(scene.told).toEqual(['tele:parks: space-trouble-deleted'])
  expect(await scene.store.prisma.space.findMany({ select: { state: true, trouble: true } })).toEqual([
    { state: 'gone', trouble: 'space-trouble-deleted' },
  ])
  expect(await scene.store.prisma.delivery.findMany({ select: { state: true, dueAt: true } })).toEqual(
    Array(3).fill({ state: 'gone', dueAt: null }),
  )
  await scene.says('Four', 'tele:parks')
  expect(await worker.pump()).toBe(0)
  expect(await scene.row('Four in tele:parks#0')).toMatchObject({ state: 'gone', why: 'space gone' })
})

test('a space where the bot may not post is tried each hour, keeps its order, and is well again when a post works', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  tele.always('tele:parks', { no: 'forbidden', why: 'not enough rights' })
  await scene.says('One', 'tele:parks')
  const worker = scene.worker()
  await worker.pump()
  await scene.says('Two', 'tele:parks')
  expect(await worker.pump()).toBe(0)
  scene.later(HOUR)
  expect(await worker.pump()).toBe(1)
  expect(scene.told).toEqual(['tele:parks: space-trouble-forbidden'])
  tele.always('tele:parks', undefined)
  expect(await worker.pump()).toBe(0)
  scene.later(HOUR)
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['One', 'Two'])
  expect(await scene.store.prisma.space.findFirst()).toMatchObject({ state: 'joined', trouble: null })
})

test('when a trouble is cleared by hand, what waited goes out at once', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  tele.will('tele:parks', { no: 'forbidden', why: 'not enough rights' })
  await scene.says('One', 'tele:parks')
  const worker = scene.worker()
  await worker.pump()
  await scene.store.prisma.$transaction(tx => resume(tx, { networkId: 'ancoats', spaceId: 'tele:parks' }, scene.clock.now()))
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['One'])
})

test('a space where only editing is forbidden says so, and is well again when an edit works', async () => {
  const { tele, worker } = await scene.poll('Parks 0')
  tele.will('tele:parks', { no: 'forbidden', why: 'not enough rights' })
  await scene.changes('poll', 'Parks 1')
  await worker.pump()
  expect(scene.told).toEqual(['tele:parks: space-trouble-edit'])
  scene.later(HOUR)
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['Parks 1'])
  expect(await scene.store.prisma.space.findFirst()).toMatchObject({ trouble: null })
})

test('a paused network waits, also with its edits, and the others do not', async () => {
  const tele = scene.chat('tele')
  await scene.network('gorton')
  await scene.space('tele:parks')
  await scene.space('tele:gorton', 'gorton')
  scene.words.set('poll', 'Parks 0')
  await scene.posts('poll', ['tele:parks'])
  const worker = scene.worker()
  await worker.pump()
  await scene.store.prisma.network.update({ where: { id: 'ancoats' }, data: { state: 'paused' } })
  await scene.changes('poll', 'Parks 1')
  for (let n = 0; n < 40; n += 1) await scene.says(`Paused ${n}`, 'tele:parks')
  await scene.says('Not paused', 'tele:gorton', { networkId: 'gorton' })
  expect(await worker.pump()).toBe(1)
  expect(tele.texts('tele:gorton')).toEqual(['Not paused'])
  scene.later(10 * 60_000)
  expect(await worker.pump()).toBe(0)
  await scene.store.prisma.network.update({ where: { id: 'ancoats' }, data: { state: 'active' } })
  await scene.store.prisma.$transaction(tx => resume(tx, { networkId: 'ancoats' }, scene.clock.now()))
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['Parks 1', ...Array.from({ length: 40 }, (_, n) => `Paused ${n}`)])
})

test('a message that somebody deleted is not posted again, and the feature hears of it', async () => {
  const { tele, worker } = await scene.poll('Parks 0')
  tele.messages.clear()
  await scene.changes('poll', 'Parks 1')
  await worker.pump()
  await scene.changes('poll', 'Parks 2')
  expect(await worker.pump()).toBe(0)
  expect(scene.told).toEqual(['poll in tele:parks was deleted'])
  expect(await scene.row('poll in tele:parks')).toMatchObject({ state: 'removed', why: 'gone' })
})

test('a person who cannot be written to finds the words in /mine, and is not tried again until they open the chat', async () => {
  const tele = scene.chat('tele')
  await scene.store.prisma.identity.create({ data: { ref: 'tele:@amina', name: 'Amina' } })
  tele.will('tele:@amina', { no: 'unreachable', why: 'blocked' })
  await scene.says('Your poll is closed', 'tele:@amina')
  const worker = scene.worker()
  expect(await worker.pump()).toBe(1)
  await scene.says('A second thing', 'tele:@amina')
  expect(await worker.pump()).toBe(0)
  const waiting = await scene.store.prisma.waiting.findMany({ orderBy: { id: 'asc' } })
  expect(waiting.map(one => [one.identityRef, plain(one.view as unknown as View)])).toEqual([
    ['tele:@amina', 'Your poll is closed'],
    ['tele:@amina', 'A second thing'],
  ])
  expect(await scene.row('Your poll is closed in tele:@amina#0')).toMatchObject({ state: 'failed', why: 'unreachable' })
  await scene.store.prisma.identity.updateMany({ data: { tell: 'open' } })
  await scene.says('A third thing', 'tele:@amina')
  await worker.pump()
  expect(tele.texts('tele:@amina')).toEqual(['A third thing'])
})

test('what failed can be sent again by hand, and one can see where a post is', async () => {
  const tele = scene.chat('tele')
  for (const space of ['tele:parks', 'tele:buses']) await scene.space(space)
  tele.will('tele:parks', { no: 'refused', why: 'bad words' })
  scene.words.set('poll', 'Parks 0')
  await scene.posts('poll', ['tele:parks', 'tele:buses'])
  const worker = scene.worker()
  await worker.pump()
  const which = { networkId: 'ancoats', subject: 'poll' }
  const states = async () => (await whereIs(scene.store.prisma, which)).map(one => [one.title, one.state])
  expect((await states()).toSorted()).toEqual([
    ['tele:buses', 'sent'],
    ['tele:parks', 'failed'],
  ])
  const again = (networkId: string, subjects: readonly string[]) =>
    sendAgain(scene.store.prisma, { networkId, subjects, now: scene.clock.now() })
  expect(await again('gorton', ['poll'])).toBe(0)
  expect(await again('ancoats', ['another', 'poll'])).toBe(1)
  await worker.pump()
  expect((await states()).toSorted()).toEqual([
    ['tele:buses', 'sent'],
    ['tele:parks', 'sent'],
  ])
})

test('what failed and is of no use any more is sent again only with new time', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  tele.will('tele:parks', { no: 'refused', why: 'bad words' })
  scene.words.set('news', 'Tea at four')
  await scene.posts('news', ['tele:parks'])
  const worker = scene.worker()
  await worker.pump()
  const now = scene.clock.now()
  await scene.store.prisma.delivery.updateMany({ data: { usefulUntil: new Date(now.getTime() - 1) } })
  const news = { networkId: 'ancoats', subjects: ['news'], now }
  expect(await sendAgain(scene.store.prisma, news)).toBe(0)
  expect(await sendAgain(scene.store.prisma, { ...news, usefulUntil: new Date(now.getTime() + 60_000) })).toBe(1)
  await worker.pump()
  expect(await scene.store.prisma.delivery.findMany({ select: { state: true } })).toEqual([{ state: 'sent' }])
})
