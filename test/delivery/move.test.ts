import { expect, test } from 'vitest'
import { scene, setTheScene } from './scene.ts'

setTheScene()

test('a chat with a new address: what waits goes there, and a post is sent anew at its next change', async () => {
  const tele = scene.chat('tele')
  await scene.space('tele:parks')
  scene.words.set('poll', 'Parks 0')
  scene.words.set('old poll', 'Closed.')
  await scene.posts('poll', ['tele:parks'])
  await scene.posts('old poll', ['tele:parks'])
  const worker = scene.worker()
  await worker.pump()
  tele.always('tele:parks', { moved: 'tele:big-parks' })
  await scene.says('One', 'tele:parks')
  await scene.says('Two', 'tele:parks')
  await worker.pump()
  expect(tele.texts('tele:big-parks')).toEqual(['One', 'Two'])
  await scene.changes('poll', 'Parks 1')
  await worker.pump()
  await scene.changes('poll', 'Parks 2')
  await worker.pump()
  expect(tele.texts('tele:big-parks')).toEqual(['One', 'Two', 'Parks 2'])
  expect(tele.heard.filter(call => call.what === 'edit').map(call => call.to)).toEqual(['tele:big-parks'])
  expect(await scene.store.prisma.space.findMany({ select: { id: true, ref: true } })).toEqual([
    { id: 'tele:parks', ref: 'tele:big-parks' },
  ])
  expect(await scene.row('poll in tele:parks')).toMatchObject({ lane: 'tele:big-parks', doubled: false, state: 'sent' })
})

test('a chat that moved under an edit gets the post at the new address', async () => {
  const { tele, worker } = await scene.poll('Parks 0')
  tele.always('tele:parks', { moved: 'tele:big-parks' })
  await scene.changes('poll', 'Parks 1')
  await worker.pump()
  expect(tele.texts('tele:big-parks')).toEqual(['Parks 1'])
})

test('a chat that moved to where another space is already hands over what waits, and shows nothing twice', async () => {
  const { tele, worker } = await scene.poll('Parks 0', ['tele:parks', 'tele:big-parks'])
  tele.always('tele:parks', { moved: 'tele:big-parks' })
  await scene.says('One', 'tele:parks')
  await scene.changes('poll', 'Parks 1')
  await worker.pump()
  expect(tele.texts('tele:big-parks').toSorted()).toEqual(['One', 'Parks 1'])
  expect(await scene.store.prisma.space.findUnique({ where: { id: 'tele:parks' } })).toMatchObject({ state: 'gone' })
})
