import { expect } from 'vitest'
import { type Moot, test } from './moot.ts'

const topics = async ({ store }: Moot): Promise<readonly string[]> => {
  const spaces = await store.prisma.space.findMany()
  return spaces
    .filter(space => /:\d+$/.test(space.ref.replace('telegram:', '')))
    .map(space => space.title)
    .sort()
}

test('a topic is called by its group and its own name, from the join on; and by new ones when they change', async ({ on }) => {
  const { jo, tg } = on
  const forum = tg.group('Levenshulme', { topics: true })
  forum.joined(jo)
  forum.admin(jo)
  const [damp, buses] = [forum.topic('Damp homes'), forum.topic('Buses')]
  jo.says('private', '/network code all residents')
  const [, code] = /\/network join (\S+)/.exec((await on.sees(jo, 'In the other chat, one of its admins says: /network join')).text) ?? []
  for (const topic of [damp, buses]) jo.says(forum, `/network join ${code}`, { topic })
  await on.settle()
  expect(await topics(on)).toEqual(['Levenshulme › Buses', 'Levenshulme › Damp homes'])

  forum.editTopic(damp, 'Damp and mould')
  forum.editTopic(buses)
  await on.settle()
  expect(await topics(on)).toEqual(['Levenshulme › Buses', 'Levenshulme › Damp and mould'])
  forum.rename('Levenshulme talks')
  await on.settle()
  expect(await topics(on)).toEqual(['Levenshulme talks › Buses', 'Levenshulme talks › Damp and mould'])
  // Of whoever renamed them nothing is kept.
  expect((await on.store.prisma.identity.findMany()).map(one => one.name)).toEqual(['Jo'])
})

test('a topic that joined under its group’s name gets its own when a command in it tells', async ({ on }) => {
  const { tg, store } = on
  const forum = tg.group('Levenshulme', { topics: true })
  const topic = forum.topic('Damp homes')
  const id = await on.join(forum, 'Levenshulme', topic)
  await store.prisma.space.update({ where: { id }, data: { title: 'Levenshulme' } })
  // The bot has started anew: what it was told of topics is forgotten, and what only it sees does not say it again.
  await on.stop()
  await on.start()
  const bea = on.person('Bea', { oldApp: true })
  bea.says(forum, '/guide', { topic })
  await on.settle()
  expect(await topics(on)).toEqual(['Levenshulme › Damp homes'])
})
