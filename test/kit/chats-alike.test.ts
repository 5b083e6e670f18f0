import { afterEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../helpers/app.ts'

let bot: TestApp
afterEach(() => bot.close())

test('two chats of one name are told apart, wherever both are named', async () => {
  bot = await testApp()
  const network = await bot.network('Streets', ['Ardwick', 'Gorton'])
  const { prisma } = bot.store
  const [one, other] = ['Ardwick', 'Gorton'].map(area => network.spaceId(area))
  await prisma.space.update({ where: { id: one ?? '' }, data: { title: 'Residents', trouble: 'space-trouble-forbidden' } })
  await prisma.space.update({ where: { id: other ?? '' }, data: { title: 'residents.', trouble: 'space-trouble-forbidden' } })
  const jo = bot.person('Jo').in(network.space('Ardwick'))
  await bot.grant(network, jo, 'coordinator')
  const names = ['Residents (Chat, Ardwick)', 'residents. (Chat, Gorton)']
  expect((await jo.forge(`network_spaces_${network.id}`)).buttons).toEqual(expect.arrayContaining(names))
  const health = await jo.forge(`network_health_${network.id}`)
  const waits = await jo.say('/mine')
  for (const name of names) {
    expect(health.text).toContain(name)
    expect(waits.text).toContain(name)
  }
  await jo.say('/poll Buses? | A | B | areas: Ardwick, Gorton')
  expect((await jo.press('Choose single chats')).buttons).toEqual(expect.arrayContaining(names))
})
