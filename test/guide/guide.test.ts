import { afterEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../helpers/app.ts'
import { poor } from '../helpers/chat.ts'
import type { Heard, Someone } from '../helpers/person.ts'

let bot: TestApp
afterEach(() => bot.close())

/** More than a phone shows at once. */
const SCREEN = 480

/** Goes through a track by its buttons; what each step said. */
async function walk(who: Someone, track: string): Promise<readonly Heard[]> {
  const steps = [await who.press(track)]
  while (steps.at(-1)?.buttons.includes('Next')) steps.push(await who.press('Next'))
  return steps
}

test('it leads a coordinator through a poll, an announcement and a forum: each step is one screen and opens the form', async () => {
  bot = await testApp()
  const network = await bot.network('Streets', ['Ardwick'])
  const jo = bot.person('Jo').in(network.space('Ardwick'))
  await bot.grant(network, jo, 'coordinator')
  expect((await jo.say('/guide')).buttons).toEqual(['I take part', 'I organise', 'What waits for me'])
  const steps = await walk(jo, 'I organise')
  expect(steps.map(step => step.text.split('\n')[0])).toEqual([
    'Ask something',
    'Announce something',
    'Invite to a forum',
    'Say what came of it',
  ])
  for (const step of steps) expect(step.text.length).toBeLessThan(SCREEN)
  for (const button of ['A new poll', 'Preview', 'Where it goes', 'Post']) expect(steps[0]?.text).toContain(`“${button}”`)
  expect(steps[3]?.text).toContain('“Close it”')
  expect((await jo.press('Back to the start')).text).toContain('This is the network Streets.')
  await jo.press('I organise')
  expect((await jo.press('A new poll')).form?.title).toBe('A new poll')
  await jo.press('Next')
  expect((await jo.press('A new announcement')).form?.title).toBe('A new announcement')
  await jo.press('Next')
  expect((await jo.press('A new forum')).form?.title).toBe('A new forum')
})

test('it leads a resident to the buttons that they will meet, and says what is for coordinators', async () => {
  bot = await testApp()
  const network = await bot.network('Streets', ['Ardwick'], { sample: true })
  const amina = bot.person('Amina').in(network.space('Ardwick'))
  expect((await amina.say('/guide')).text).toContain('Under “You are” you choose who you are')
  const steps = await walk(amina, 'I take part')
  expect(steps).toHaveLength(4)
  for (const step of steps) expect(step.text.length).toBeLessThan(SCREEN)
  expect(steps[0]?.text).toContain('“My vote”')
  expect(steps[2]?.text).toContain('“I’m coming”, “Maybe” or “Can’t”')
  expect((await amina.press('What waits for me')).text).toContain('Nothing waits for you.')
  await amina.say('/guide')
  const [first] = await walk(amina, 'I organise')
  expect(first?.buttons).not.toContain('A new poll')
  expect(first?.text).toContain('You need to be a coordinator')
})

test('where a group carries no buttons for one person it goes on in private', async () => {
  bot = await testApp({ can: poor })
  const network = await bot.network('Streets', ['Ardwick'])
  const amina = bot.person('Amina', { started: true })
  await bot.grant(network, amina)
  await amina.say('/guide')
  expect((await walk(amina, 'I take part')).map(step => step.text.split('\n')[0])).toEqual([
    'Answer a poll',
    'Read the news',
    'Come to a forum',
    'What is yours',
  ])
})
