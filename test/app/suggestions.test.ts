import { expect, test } from 'vitest'
import { LONG_MS } from '../helpers/patience.ts'
import type { Heard, Someone } from '../helpers/person.ts'
import { bot, inTown, jo, network, resident } from '../helpers/town.ts'
import { breathe, furnish } from './furnished.ts'

/** Whoever chooses what is suggested gets somewhere: to a form, to something to press or to read, or into the private chat; never to "that does not work". */

inTown('Network', ['Ardwick', 'Gorton', 'Steering'], { botEach: true })

/** How many of each verb: what is done with one may leave nothing to do with the others. */
const EACH = 2

/** Answers of one sentence that are what was asked for. */
const SENTENCES = [/^The coordinators of Network: /, /is on its way there/]

test('for a coordinator, in private and in a chat', { timeout: LONG_MS }, async () => {
  await furnish(name => name, 'Steering')
  await chooseAll(jo)
  await chooseAll(jo.in(network.space('Ardwick')))
})

test('for a resident', { timeout: LONG_MS }, async () => {
  await furnish(name => name, 'Steering')
  await chooseAll(resident('Bo', network.space('Ardwick')))
  await chooseAll(resident('Bo', network.space('Ardwick')).alone)
})

test('where nothing has been made yet, and where the bot is new', { timeout: LONG_MS }, async () => {
  await chooseAll(jo)
  await chooseAll(jo.in(network.space('Ardwick')))
  const amina = bot.person('Amina')
  await chooseAll(amina.in(bot.group('The Mill', [amina])))
  await chooseAll(amina)
})

async function chooseAll(who: Someone): Promise<void> {
  for (const { name } of bot.bot.features.flatMap(feature => feature.commands)) {
    const verbs = await suggested(who, name, '')
    for (const verb of verbs) await choose(who, name, verb)
  }
}

/** The verb alone, and with the first few of what can follow it: each asked for anew, since the one before may have changed it. */
async function choose(who: Someone, name: string, verb: string): Promise<void> {
  await leadsSomewhere(who, `/${name} ${verb}`)
  for (let i = 0; i < EACH; i += 1) {
    const [value] = (await suggested(who, name, `${verb} `)).slice(i)
    if (value) await leadsSomewhere(who, `/${name} ${value}`)
  }
}

async function suggested(who: Someone, name: string, typed: string): Promise<readonly string[]> {
  breathe()
  return (await who.suggest(name, typed)).text.split('\n').filter(Boolean)
}

async function leadsSomewhere(who: Someone, words: string): Promise<void> {
  breathe()
  const heard = await who.say(words)
  expect(heard.replies.some(isSomewhere), `${words}: ${heard.text}`).toBe(true)
}

function isSomewhere(reply: Heard['replies'][number]): boolean {
  if (reply.kind === 'ask' || reply.kind === 'go private') return true
  if (!('view' in reply)) return false
  const { blocks, buttons } = reply.view
  const more = blocks.some(block => block.kind !== 'text') || buttons.length > 0
  return more || blocks.some(block => block.kind === 'text' && SENTENCES.some(one => one.test(block.text)))
}
