import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Standing, type TestApp, testApp } from '../helpers/app.ts'

let bot: TestApp
let network: Standing
beforeAll(async () => {
  bot = await testApp()
  network = await bot.network('Ancoats', ['Ardwick'])
})
afterAll(() => bot.close())

/** The same account, as its platform tells of it this time. */
const bea = (name: string, more: { locale?: string; isPartial?: boolean } = {}) => bot.person(name, more).in(network.space('Ardwick'))
const identity = () => bot.store.prisma.identity.findUniqueOrThrow({ where: { ref: 'chat:@bea' } })

test('people are called in their networks as they call themselves now', async () => {
  expect((await bea('bea', { isPartial: true }).say('/mine')).text).toContain('you are called bea.')
  expect((await bea('Bea', { locale: 'en-GB' }).say('/mine')).text).toContain('you are called Bea.')
  // A press on a platform that tells only the account's name takes nothing back.
  expect((await bea('bea', { isPartial: true }).say('/mine')).text).toContain('you are called Bea.')
  expect(await identity()).toMatchObject({ name: 'Bea', locale: 'en-GB' })
  expect((await bea('BEA').say('/mine')).text).toContain('you are called BEA.')
})

test('a name that somebody has in one network only by chance stays', async () => {
  const { prisma } = bot.store
  await prisma.person.updateMany({ data: { name: 'Beatrice' } })
  expect((await bea('Bea').say('/mine')).text).toContain('you are called Beatrice.')
})
