import { expect, test } from 'vitest'
import { expand } from '../../src/delivery/claim.ts'
import { touch } from '../../src/delivery/outbox.ts'
import type { MessageRef } from '../../src/platform/adapter.ts'
import { until } from '../helpers/patience.ts'
import { scene, setTheScene } from './scene.ts'

setTheScene()

test('a send that was under way at a crash is repeated and marked, because it may stand there twice', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  await scene.space('tele:buses')
  tele.will('tele:parks', 'arrives, then hangs')
  const first = scene.worker()
  await scene.says('Hello', 'tele:parks')
  await scene.says('Hello', 'tele:buses')
  void first.pump()
  await until(async () => (await scene.row('Hello in tele:buses#0')).state === 'sent')
  await first.crash()
  await scene.worker().pump()
  expect(tele.texts('tele:parks')).toEqual(['Hello', 'Hello'])
  expect(tele.texts('tele:buses')).toEqual(['Hello'])
  expect(await scene.row('Hello in tele:parks#0')).toMatchObject({ state: 'sent', doubled: true })
  expect(await scene.row('Hello in tele:buses#0')).toMatchObject({ state: 'sent', doubled: false })
})

test('the late result of a process that was thought dead changes nothing any more', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  tele.will('tele:parks', 'hangs')
  const first = scene.worker()
  await scene.says('Hello', 'tele:parks')
  const dead = first.pump()
  await until(() => tele.heard.length === 1)
  await first.crash()
  await scene.worker().pump()
  const row = await scene.row('Hello in tele:parks#0')
  tele.letGo({ no: 'refused', why: 'too late' })
  await dead
  expect(await scene.row('Hello in tele:parks#0')).toEqual(row)
  expect(row).toMatchObject({ state: 'sent', doubled: true })
})

test('a platform that recognises a repeated send gets it again under the same key: nothing stands twice', async () => {
  const disc = scene.chat('disc', { once: 'key' })
  await scene.space('disc:parks')
  disc.will('disc:parks', 'arrives, then hangs')
  const first = scene.worker()
  await scene.says('Hello', 'disc:parks', { unsure: 'drop' })
  void first.pump()
  await until(() => disc.heard.length === 1)
  await first.crash()
  scene.later(179_000)
  await scene.worker().pump()
  expect(disc.texts('disc:parks')).toEqual(['Hello'])
  expect(await scene.row('Hello in disc:parks#0')).toMatchObject({ state: 'sent', doubled: false })
})

test('after three minutes such a platform has forgotten the key, and the post is marked', async () => {
  const disc = scene.chat('disc', { once: 'key' })
  await scene.space('disc:parks')
  disc.will('disc:parks', 'hangs')
  const first = scene.worker()
  await scene.says('Hello', 'disc:parks')
  void first.pump()
  await until(() => disc.heard.length === 1)
  await first.crash()
  scene.later(181_000)
  await scene.worker().pump()
  expect(await scene.row('Hello in disc:parks#0')).toMatchObject({ state: 'sent', doubled: true })
})

test('waiting for its turn does not make the platform remember longer: later asks keep the time of the first send', async () => {
  const disc = scene.chat('disc', { once: 'key' })
  await scene.space('disc:parks')
  disc.will('disc:parks', 'arrives, but unsure', { later: 200_000 })
  const worker = scene.worker()
  await scene.says('Hello', 'disc:parks')
  for (const ms of [5_000, 200_000, 0]) {
    await worker.pump()
    scene.later(ms)
  }
  expect(disc.heard).toHaveLength(3)
  expect(await scene.row('Hello in disc:parks#0')).toMatchObject({ state: 'sent', doubled: true })
})

test('a reminder that was cut off is not repeated; the ones after it go out', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  tele.will('tele:parks', 'hangs')
  const first = scene.worker()
  await scene.says('Reminder', 'tele:parks', { unsure: 'drop' })
  await scene.says('News', 'tele:parks')
  void first.pump()
  await until(() => tele.heard.length === 1)
  await first.crash()
  await scene.worker().pump()
  expect(tele.texts('tele:parks')).toEqual(['News'])
  expect(await scene.row('Reminder in tele:parks#0')).toMatchObject({ state: 'unsure', dueAt: null })
})

test('an unsure answer is treated like a crash', async () => {
  const tele = scene.chat('tele')
  for (const space of ['tele:parks', 'tele:buses']) await scene.space(space)
  tele.will('tele:parks', 'arrives, but unsure')
  tele.will('tele:buses', 'arrives, but unsure')
  await scene.says('Poll', 'tele:parks')
  await scene.says('Reminder', 'tele:buses', { unsure: 'drop' })
  const worker = scene.worker()
  await worker.pump()
  scene.later(5_000)
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['Poll', 'Poll'])
  expect(await scene.row('Poll in tele:parks#0')).toMatchObject({ state: 'sent', doubled: true })
  expect(tele.texts('tele:buses')).toEqual(['Reminder'])
  expect(await scene.row('Reminder in tele:buses#0')).toMatchObject({ state: 'unsure' })
})

test('the last edit goes out at once after a kill, whether it was touched, marked or under way', async () => {
  const tele = scene.chat('tele')
  for (const space of ['tele:parks', 'tele:buses', 'tele:homes']) await scene.space(space)
  for (const place of ['parks', 'buses', 'homes']) {
    scene.words.set(place, '0')
    await scene.posts(place, [`tele:${place}`])
  }
  const first = scene.worker()
  await first.pump()
  tele.will('tele:parks', 'hangs')
  await scene.changes('parks', '1')
  void first.pump()
  await until(() => tele.heard.length === 4)
  await scene.changes('parks', '2')
  await scene.changes('buses', '2')
  await first.crash()
  expect(await scene.worker().pump()).toBe(2)
  expect(tele.texts('tele:parks')).toEqual(['2'])
  expect(tele.texts('tele:buses')).toEqual(['2'])
})

test('of two processes only one delivers, and the other one takes over when it stops', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  const one = scene.worker()
  const two = scene.worker()
  await one.pump()
  await scene.says('Hello', 'tele:parks')
  expect(await two.pump()).toBe(0)
  expect(await one.pump()).toBe(1)
  await scene.says('Bye', 'tele:parks')
  await one.stop()
  await until(async () => (await two.pump()) === 1)
  expect(tele.texts('tele:parks')).toEqual(['Hello', 'Bye'])
})

test('a process that slept while another one took its platform over takes nothing there, whatever it believes', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  const awake = scene.worker()
  await awake.pump()
  await scene.says('Hello', 'tele:parks')
  const asleep = scene.worker({ leases: { mine: () => new Map([['tele', 1]]), has: () => true } })
  expect(await asleep.pump()).toBe(0)
  expect(tele.heard).toEqual([])
  expect(await awake.pump()).toBe(1)
})

test('what was taken just before a platform was lost is sent by the next one, and not marked: it was never begun', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  const first = scene.worker()
  await first.pump()
  await scene.says('Hello', 'tele:parks')
  const looks = [new Map([['tele', 1]])]
  const lost = scene.worker({ owner: 'process 1', leases: { mine: () => looks.pop() ?? new Map(), has: () => false } })
  expect(await lost.pump()).toBe(0)
  expect(tele.heard).toEqual([])
  expect(await first.pump()).toBe(1)
  expect(await scene.row('Hello in tele:parks#0')).toMatchObject({ state: 'sent', doubled: false })
})

test('a process that has lost the store for a moment goes on by itself', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  tele.will('tele:parks', 'arrives, then hangs')
  const worker = scene.worker()
  await scene.says('Hello', 'tele:parks')
  const pumping = worker.pump().catch(() => {})
  await until(() => tele.heard.length === 1)
  await scene.store.pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  const [ref] = tele.messages.keys()
  tele.letGo({ ok: (ref ?? '') as MessageRef })
  await pumping
  await until(async () =>
    worker.pump().then(
      () => true,
      () => false,
    ),
  )
  expect(tele.texts('tele:parks')).toEqual(['Hello'])
  expect(await scene.row('Hello in tele:parks#0')).toMatchObject({ state: 'sent', doubled: false, message: ref })
})

test('a call that never ends is given up after the lease', async () => {
  const tele = scene.chat('tele')
  for (const space of ['tele:parks', 'tele:buses']) await scene.space(space)
  tele.will('tele:parks', 'hangs')
  const worker = scene.worker()
  await scene.says('Hello', 'tele:parks')
  void worker.pump()
  await until(() => tele.heard.length === 1)
  scene.later(30_000)
  await scene.says('Elsewhere', 'tele:buses')
  expect(await worker.pump()).toBe(1)
  expect(await scene.row('Hello in tele:parks#0')).toMatchObject({ state: 'waiting', attempts: 1 })
  scene.later(5_000)
  expect(await worker.pump()).toBe(1)
  expect(await scene.row('Hello in tele:parks#0')).toMatchObject({ state: 'sent', doubled: true })
})

test('a touch is not lost that is written while the touches before it are taken', async () => {
  const { tele, worker } = await scene.poll('Parks 0')
  const { prisma } = scene.store
  await scene.changes('poll', 'Parks 1')
  await prisma.$transaction(async vote => {
    await touch(vote, ['poll'])
    // Neither waits for the other: the marked post is edited while this vote is still uncommitted.
    await worker.pump()
    expect(tele.texts('tele:parks')).toEqual(['Parks 1'])
    scene.words.set('poll', 'Parks 2')
  })
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['Parks 2'])
  await prisma.$transaction(async taking => {
    await expand(taking, scene.clock.now())
    await scene.changes('poll', 'Parks 3')
  })
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['Parks 3'])
})

test('a result that cannot be written at first is kept, and the others with it are written', async () => {
  const tele = scene.chat('tele')
  for (const space of ['tele:parks', 'tele:buses']) await scene.space(space)
  tele.will('tele:parks', { no: 'gone', why: 'chat not found' })
  await scene.says('Hello', 'tele:parks')
  await scene.says('Hello', 'tele:buses')
  let failures = 0
  const trouble = async () => {
    failures += 1
    if (failures < 4) throw new Error('The hook broke.')
  }
  const worker = scene.worker({ hooks: { ...scene.hooks, trouble } })
  await expect(worker.pump()).rejects.toThrow('could not be written yet')
  expect(await scene.row('Hello in tele:buses#0')).toMatchObject({ state: 'sent' })
  expect(await scene.row('Hello in tele:parks#0')).toMatchObject({ state: 'waiting' })
  expect(await worker.pump()).toBe(0)
  expect(await scene.row('Hello in tele:parks#0')).toMatchObject({ state: 'gone', doubled: false })
  expect(tele.heard).toHaveLength(2)
})

test('a post that may stand there already is tried again before all that fell due elsewhere meanwhile', async () => {
  const disc = scene.chat('disc', { once: 'key' })
  await scene.space('disc:parks')
  const elsewhere = Array.from({ length: 600 }, (_, n) => `disc:${n}`)
  for (const ref of elsewhere) await scene.space(ref)
  disc.will('disc:parks', 'arrives, but unsure')
  await scene.says('Hello', 'disc:parks')
  const worker = scene.worker()
  await worker.pump()
  scene.later(1_000)
  scene.words.set('poll', 'Parks 0')
  await scene.posts('poll', elsewhere)
  scene.later(5_000)
  await worker.pump()
  expect(disc.heard.slice(0, 3).map(call => call.to)).toEqual(['disc:parks', 'disc:parks', 'disc:0'])
  expect(disc.messages.size).toBe(601)
})
