import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Standing, type TestApp, testApp } from '../helpers/app.ts'
import { poor } from '../helpers/chat.ts'
import { words } from '../helpers/person.ts'

/** On a platform without forms and with short private answers. */

let bot: TestApp
let network: Standing

beforeAll(async () => {
  bot = await testApp({ can: poor })
  network = await bot.network('Ancoats', ['Ardwick'])
  const jo = bot.person('Jo', { started: true })
  await bot.grant(network, jo, 'coordinator')
  await jo.alone.say('/forum Strengths | when: in 10 days | place: Library')
  await jo.alone.press('Post')
  await bot.tick()
})
afterAll(() => bot.close())

test('a tap is answered by a short word; all the rest is in the private chat', async () => {
  const amina = bot.person('Amina').in(network.space('Ardwick'))
  const told = await amina.press('I’m coming')
  expect(told.text).toContain('You are coming, Thursday 12 November, 18:00 (UTC+0). You bring nobody else.')
  expect(told.buttons).toEqual([])
  await amina.press('My answer')
  expect((await amina.follow()).text).toContain('You are coming')
  await amina.alone.press('I need')
  await amina.alone.say('A ramp')
  expect(amina.alone.reads().at(-1)).toContain('What you need. Only the host sees it.')
})

test('who cannot be written to finds what was said under /mine, and the chat is told without names', async () => {
  const jo = bot.person('Jo', { started: true })
  await jo.alone.say('/forum')
  await jo.alone.press('Strengths')
  await jo.alone.press('Seats and host')
  for (const said of ['1', 'Jo', '-']) await jo.alone.say(said)
  await jo.alone.press('Send it')
  await bot.later(60_000)
  const [bo, cem] = [bot.person('Bo').in(network.space('Ardwick')), bot.person('Cem').in(network.space('Ardwick'))]
  await bo.press('Put me on the waiting list')
  const told = await cem.press('Put me on the waiting list')
  expect(told.text).toContain('1 answer is before yours. I cannot write to you yet: look into /mine, or press Start')
  const short = told.views.map(words).filter(said => said.includes('I cannot write'))
  expect(short.map(said => said.length <= 200)).toEqual([true])
  await bot.person('Amina').in(network.space('Ardwick')).press('Can’t')
  await bot.later(3_600_000)
  const post = bot.chat().shown.findLast(one => one.at === network.space('Ardwick') && one.only === undefined)
  expect(JSON.stringify(post?.view)).toContain('1 seat is held for the waiting list')
  expect(JSON.stringify(post?.view)).not.toContain('Bo')
  expect((await bo.start()).text).toContain('A seat has come free at “Strengths”')
  expect((await bo.alone.press('Yes, I take it')).text).toContain('You are coming')
})

test('where a time was not understood, what it may mean is a button of the question', async () => {
  const jo = bot.person('Jo', { started: true }).alone
  await jo.say('/forum new')
  for (const said of ['Challenges', '20 November around 6pm']) await jo.say(said)
  const again = await jo.say('Library')
  expect(again.text).toContain('not “around”. Did you mean Friday 20 November, 18:00 (UTC+0)?')
  expect(again.buttons).toContain('Friday 20 November, 18:00 (UTC+0)')
  await jo.press('Friday 20 November')
  const card = await jo.say('Library')
  expect(card.text).toContain('When: Friday 20 November, 18:00 (UTC+0), 2 hours')
  expect(card.text).toContain('Place: Library')
})
