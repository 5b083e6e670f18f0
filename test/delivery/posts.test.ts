import { expect, test } from 'vitest'
import type { Render } from '../../src/delivery/post.ts'
import type { MessageRef } from '../../src/platform/adapter.ts'
import { until } from '../helpers/patience.ts'
import { scene, setTheScene } from './scene.ts'

setTheScene()

test('a post goes to each space once, and is edited when what it shows has changed', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  await scene.space('tele:buses')
  scene.words.set('polls_post_1', 'What matters most? Nobody yet.')
  await scene.posts('polls_post_1', ['tele:parks', 'tele:buses'])
  await scene.posts('polls_post_1', ['tele:parks', 'tele:buses'])
  const worker = scene.worker()
  expect(await worker.pump()).toBe(2)
  await scene.changes('polls_post_1', 'What matters most? Buses 1.')
  expect(await worker.pump()).toBe(2)
  expect(await worker.pump()).toBe(0)
  expect(tele.texts('tele:parks')).toEqual(['What matters most? Buses 1.'])
  expect(tele.texts('tele:buses')).toEqual(['What matters most? Buses 1.'])
  expect(await scene.row('polls_post_1 in tele:parks')).toMatchObject({
    state: 'sent',
    dueAt: null,
    leaseBy: null,
    sendingAt: null,
    sentAt: scene.clock.now(),
  })
  expect(scene.rendered).toEqual([['polls_post_1'], ['polls_post_1']])
})

test('many changes become one edit, and the last one goes out even if it comes during a call', async () => {
  const { tele, worker } = await scene.poll('Parks 0')
  for (let n = 1; n <= 5; n += 1) await scene.changes('poll', `Parks ${n}`)
  expect(await worker.pump()).toBe(1)
  await scene.changes('poll', 'Parks 6')
  tele.will('tele:parks', 'hangs')
  const pumping = worker.pump()
  await until(() => tele.heard.length === 3)
  await scene.changes('poll', 'Parks 7')
  const [message] = tele.messages.keys()
  tele.letGo({ ok: (message ?? '') as MessageRef })
  expect(await pumping).toBe(2)
  expect(tele.heard.map(call => call.text)).toEqual(['Parks 0', 'Parks 5', 'Parks 6', 'Parks 7'])
  expect(tele.texts('tele:parks')).toEqual(['Parks 7'])
})

test('an edit that would change nothing is not sent, nor is one that the feature does not want', async () => {
  const { tele, worker } = await scene.poll('Parks 1')
  await scene.changes('poll', 'Parks 1')
  expect(await worker.pump()).toBe(0)
  scene.words.delete('poll')
  await scene.store.prisma.touched.create({ data: { subject: 'poll' } })
  expect(await worker.pump()).toBe(0)
  expect(tele.texts('tele:parks')).toEqual(['Parks 1'])
  expect(await scene.row('poll in tele:parks')).toMatchObject({ wanted: 3, shown: 3, dueAt: null })
})

test('edits keep the pace of their lane, subjects take turns, and a new post need not wait', async () => {
  const tele = scene.chat('tele', { editEveryMs: 3_000 })
  await scene.space('tele:parks')
  await scene.space('tele:buses')
  for (const subject of ['poll a', 'poll b']) {
    scene.words.set(subject, `${subject} 0`)
    await scene.posts(subject, ['tele:parks'])
  }
  scene.words.set('poll c', 'poll c 0')
  await scene.posts('poll c', ['tele:buses'])
  const worker = scene.worker()
  await worker.pump()
  tele.heard.length = 0
  const start = scene.clock.at
  for (let second = 0; second < 12; second += 1) {
    for (const subject of ['poll a', 'poll b', 'poll c']) await scene.changes(subject, `${subject} at ${second}`)
    if (second === 1) await scene.says('A new post', 'tele:parks')
    await worker.pump()
    scene.later(1_000)
  }
  const heard = (to: string) => tele.heard.filter(call => call.to === to).map(call => `${(call.at - start) / 1_000}: ${call.text}`)
  expect(heard('tele:parks')).toEqual(['0: poll a at 0', '1: A new post', '3: poll b at 3', '6: poll a at 6', '9: poll b at 9'])
  expect(heard('tele:buses')).toEqual(['0: poll c at 0', '3: poll c at 3', '6: poll c at 6', '9: poll c at 9'])
  scene.later(10_000)
  await worker.pump()
  scene.later(3_000)
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['poll a at 11', 'poll b at 11', 'A new post'])
})

test('what the platform wants later blocks its lane and no other, and does not count as a failure', async () => {
  const tele = scene.chat('tele')
  for (const space of ['tele:parks', 'tele:buses']) await scene.space(space)
  tele.will('tele:parks', { later: 7_000 })
  await scene.says('First', 'tele:parks')
  await scene.says('Second', 'tele:parks')
  await scene.says('Elsewhere', 'tele:buses')
  const worker = scene.worker()
  expect(await worker.pump()).toBe(2)
  scene.later(6_999)
  expect(await worker.pump()).toBe(0)
  scene.later(1)
  expect(await worker.pump()).toBe(2)
  expect(tele.heard.map(call => call.text)).toEqual(['First', 'Elsewhere', 'First', 'Second'])
  expect(await scene.row('First in tele:parks#0')).toMatchObject({ state: 'sent', attempts: 0, doubled: false })
})

test('posts reach a space in the order in which they were asked for, also when one has to be tried again', async () => {
  const tele = scene.chat('tele', { laneOf: () => 'tele:whole' })
  for (const space of ['tele:parks', 'tele:buses']) await scene.space(space)
  tele.will('tele:parks', 'unsure', 'unsure')
  for (const text of ['One', 'Two', 'Three']) await scene.says(text, 'tele:parks')
  await scene.says('Four', 'tele:buses')
  const worker = scene.worker()
  await worker.pump()
  expect(tele.texts('tele:buses')).toEqual(['Four'])
  expect(tele.texts('tele:parks')).toEqual([])
  scene.later(5_000)
  await scene.says('Five', 'tele:parks')
  await worker.pump()
  scene.later(13_000)
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['One', 'Two', 'Three', 'Five'])
})

test('a post that is dead lets the later ones pass', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  tele.will('tele:parks', { no: 'refused', why: 'bad words' })
  await scene.says('One', 'tele:parks')
  await scene.says('Two', 'tele:parks')
  await scene.worker().pump()
  expect(tele.texts('tele:parks')).toEqual(['Two'])
  expect(await scene.row('One in tele:parks#0')).toMatchObject({ state: 'failed', why: 'refused: bad words', dueAt: null })
})

test('a post for later goes out at its time and holds up nothing until then', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  await scene.says('Tonight', 'tele:parks', { runAt: new Date(scene.clock.at + 60_000) })
  await scene.says('Now', 'tele:parks')
  const worker = scene.worker()
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['Now'])
  scene.later(60_000)
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['Now', 'Tonight'])
})

test('a long announcement becomes several messages in order, nothing left out, the last one pinned', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  const words = Array.from({ length: 120 }, (_, n) => `word${n}`).join(' ')
  await scene.says(words, 'tele:parks', { pin: true })
  await scene.worker().pump()
  expect(tele.texts('tele:parks').length).toBeGreaterThan(3)
  expect(tele.texts('tele:parks').join(' ')).toBe(words)
  expect([...tele.messages.values()].map(message => message.pinned)).toEqual(
    tele.texts('tele:parks').map((_, n, all) => n === all.length - 1),
  )
})

test('a post that is taken away is deleted where it stands and not sent where it waits', async () => {
  const tele = scene.chat('tele')
  for (const space of ['tele:parks', 'tele:buses']) await scene.space(space)
  scene.words.set('poll', 'Parks 1')
  await scene.posts('poll', ['tele:parks'])
  const worker = scene.worker()
  await worker.pump()
  await scene.posts('poll', ['tele:buses'])
  await scene.retires('poll')
  expect(await scene.row('poll in tele:buses')).toMatchObject({ state: 'removed', dueAt: null })
  expect(await worker.pump()).toBe(1)
  expect(tele.messages.size).toBe(0)
  expect(await scene.row('poll in tele:parks')).toMatchObject({ state: 'removed', dueAt: null })
})

test('a post that cannot be deleted stays and says why; one that the feature wants away is deleted', async () => {
  const { tele, worker } = await scene.poll('Parks 1', ['tele:parks', 'tele:buses'])
  tele.will('tele:parks', { no: 'refused', why: 'older than 48 h' })
  await scene.changes('poll', '')
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['Parks 1'])
  expect(await scene.row('poll in tele:parks')).toMatchObject({
    state: 'sent',
    why: 'not removed: older than 48 h',
    dueAt: null,
    retired: false,
  })
  expect(tele.texts('tele:buses')).toEqual([])
  await scene.changes('poll', 'Withdrawn.')
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['Withdrawn.'])
})

test('a drawing that does not fit fails in words, and a feature that breaks holds up no other post', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  scene.words.set('long', 'long '.repeat(100))
  scene.words.set('fine', 'Fine.')
  await scene.posts('long', ['tele:parks'])
  await scene.posts('broken', ['tele:parks'])
  await scene.posts('fine', ['tele:parks'])
  const render: Render = async (subjects, now) => {
    if (subjects.includes('broken') && !scene.words.has('broken')) throw new Error('A feature broke.')
    return scene.render(subjects, now)
  }
  const worker = scene.worker({ render })
  await worker.pump()
  expect(await scene.row('long in tele:parks')).toMatchObject({ state: 'failed', why: 'too long' })
  expect(tele.texts('tele:parks')).toEqual([])
  scene.words.set('broken', 'Mended.')
  scene.later(5_000)
  await worker.pump()
  expect(tele.texts('tele:parks')).toEqual(['Mended.', 'Fine.'])
  expect(await scene.row('broken in tele:parks')).toMatchObject({ state: 'sent', doubled: false })
})
