import { expect, test } from 'vitest'
import { sendAgain } from '../../src/delivery/replan.ts'
import { until } from '../helpers/patience.ts'
import { scene, setTheScene } from './scene.ts'

setTheScene()

const JO = 'tele:@jo'

/** Everything that the store holds in its outbox, and what waits for people, as text. */
async function held(): Promise<string> {
  const { prisma } = scene.store
  const rows = await prisma.delivery.findMany({ select: { key: true, state: true, view: true } })
  return JSON.stringify([rows.map(row => ({ ...row, key: '' })), await prisma.waiting.findMany()])
}

async function jo(tell: 'open' | 'closed' = 'open') {
  await scene.store.prisma.identity.create({ data: { ref: JO, name: 'Jo', tell } })
  return scene.chat('tele')
}

const say = (more = {}) => scene.says('You need a ramp', JO, { subject: 'told', ...more })

test('what was said in private leaves the row when it was sent; the row says that it was', async () => {
  const tele = await jo()
  await say()
  expect(await held()).toContain('ramp')
  await scene.worker().pump()
  expect(tele.texts(JO)).toEqual(['You need a ramp'])
  expect(await held()).not.toContain('ramp')
  expect(await scene.row('You need a ramp in tele:@jo#0')).toMatchObject({ state: 'sent', view: null, dueAt: null, doubled: false })
})

test('asked for again, it is not sent again; touched, it is not drawn; taken away, it goes', async () => {
  const tele = await jo()
  const worker = scene.worker()
  await say()
  await worker.pump()
  await say()
  await scene.changes('told', 'Something else')
  expect(await worker.pump()).toBe(0)
  expect(tele.texts(JO)).toEqual(['You need a ramp'])
  expect(scene.rendered).toEqual([])
  await scene.retires('told')
  expect(await worker.pump()).toBe(1)
  expect(tele.texts(JO)).toEqual([])
})

test('while nobody knows whether it was sent, the words stay: it is sent again with them, and marked', async () => {
  const tele = await jo()
  tele.will(JO, 'unsure')
  const worker = scene.worker()
  await say()
  await worker.pump()
  expect(await held()).toContain('ramp')
  scene.later(60_000)
  await worker.pump()
  expect(tele.texts(JO)).toEqual(['You need a ramp'])
  expect(await held()).not.toContain('ramp')
  expect(await scene.row('You need a ramp in tele:@jo#0')).toMatchObject({ state: 'sent', doubled: true })
})

test('cut off by a crash, it is not lost', async () => {
  const tele = await jo()
  tele.will(JO, 'hangs')
  const first = scene.worker()
  await say()
  void first.pump()
  await until(() => tele.heard.length === 1)
  await first.crash()
  expect(await held()).toContain('ramp')
  await scene.worker().pump()
  expect(tele.texts(JO)).toContain('You need a ramp')
  expect(await held()).not.toContain('ramp')
})

test('where the person cannot be reached it waits for them, once, and not in the row; when they have read it, nothing brings it back', async () => {
  const tele = await jo()
  const { prisma } = scene.store
  tele.always(JO, { no: 'unreachable', why: 'closed' })
  await say()
  await scene.worker().pump()
  expect(await scene.row('You need a ramp in tele:@jo#0')).toMatchObject({ state: 'failed', why: 'unreachable', view: null })
  const waiting = await prisma.waiting.findMany()
  expect(JSON.stringify(waiting)).toContain('ramp')
  expect(waiting.map(row => row.createdAt)).toEqual([scene.clock.now()])
  await prisma.waiting.deleteMany()
  const again = { networkId: 'ancoats', subjects: ['told'], now: scene.clock.now() }
  expect(await prisma.$transaction(tx => sendAgain(tx, again))).toBe(0)
  await scene.worker().pump()
  expect(await prisma.waiting.count()).toBe(0)
})

test('what is said in a chat keeps its words: it may be needed there again', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  await scene.says('The forum begins', 'tele:parks')
  await scene.worker().pump()
  expect(tele.texts('tele:parks')).toEqual(['The forum begins'])
  expect(await held()).toContain('The forum begins')
})
