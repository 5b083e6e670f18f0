import { describe, expect } from 'vitest'
import { LONG_MS, until } from '../helpers/patience.ts'
import { each, type Moot, test as onThree } from './moot.ts'
import { standing } from './polls.ts'
import { type Deed, NAMES, type Name, type Person, type Said } from './side.ts'

const test = onThree.extend({ options: { hasty: true } })

const NOT_NOW = 'I cannot write anything down just now.'
const AGAIN = `${NOT_NOW} If I have not answered in a minute, please send it again.`
const TAP = `${NOT_NOW} Please tap again in a minute.`
const WORDS = {
  discord: { tap: TAP, command: AGAIN },
  slack: { tap: TAP, command: AGAIN },
  telegram: { tap: `${NOT_NOW} I will when I can: My vote shows it.`, command: `${NOT_NOW} I will when I can.` },
} as const
const WITH_FORMS = ['discord', 'slack'] as const

const takenAway = {
  'is closed': (on: Moot) => on.way.refuse(),
  hangs: (on: Moot) => on.way.cut(),
} as const

const ballots = ({ store }: Moot): Promise<number> => store.prisma.ballot.count()
const heard = ({ said }: Person, words: string = NOT_NOW): number => said.filter(one => one.text.includes(words)).length
const poll = async (on: Moot, name: Name): Promise<Said> => (await standing(on, name)).poll

/** Telegram tells it in a window of its own. */
async function isTold(on: Moot, who: Person, tap: Deed): Promise<void> {
  if (who.on === 'telegram') expect(await tap.answer).toBe(WORDS.telegram.tap)
  else expect((await on.sees(who, NOT_NOW)).text).toBe(WORDS[who.on].tap)
}

/** All is written that waited, and the complaints of that time are no faults. */
async function back(on: Moot, isDone: () => Promise<boolean>): Promise<void> {
  on.way.mend()
  await until(isDone, 'what waited to be written')
  await on.settle()
  on.faults.splice(0)
}

describe('while the store', { timeout: LONG_MS }, () => {
  test.for(['is closed', 'hangs'] as const)(
    '%s: on each, who taps, asks or sends a form hears so alone, and has the answer when it is back',
    async (how, { on }) => {
      const polls = { discord: await poll(on, 'discord'), slack: await poll(on, 'slack'), telegram: await poll(on, 'telegram') }
      const [aminas, beas] = [each(name => on.person(name, 'Amina')), each(name => on.person(name, 'Bea'))]
      for (const bea of Object.values(beas)) await on.grant([bea])
      for (const name of WITH_FORMS) await on.jo[name].says(on.places[name], '/poll').taken
      const before = each(name => on.places[name].said.length)
      takenAway[how](on)

      const taps = each(name => aminas[name].presses(polls[name], '1. Buses'))
      for (const name of NAMES) beas[name].says('private', '/mine')
      await Promise.all(WITH_FORMS.map(name => on.jo[name].fills('Where first?', 'The park\nThe square')))
      for (const name of NAMES) {
        await isTold(on, aminas[name], taps[name])
        await on.sees(beas[name], WORDS[name].command)
      }
      await on.sees(on.jo.discord, AGAIN)
      await on.until(() => on.jo.slack.wrong === AGAIN, 'the words in the form')
      expect([await ballots(on), each(name => on.places[name].said.length)]).toEqual([0, before])

      await back(on, async () => (await ballots(on)) === 3)
      for (const name of NAMES) {
        await on.sees(aminas[name], 'Counted: Buses.')
        await on.sees(beas[name], 'For you')
      }
      for (const name of WITH_FORMS) await on.sees(on.jo[name], 'Your poll, not posted yet')
      // Told once. On Discord the answer to a command stands in the place of the words; on Telegram a tap is told in a window, on Slack a form in itself.
      expect(each(name => [aminas[name], beas[name], on.jo[name]].map(person => heard(person)))).toEqual({
        discord: [1, 0, 0],
        slack: [1, 1, 0],
        telegram: [0, 1, 0],
      })
      expect([await ballots(on), each(name => heard(aminas[name], 'Counted: Buses.'))]).toEqual([3, { discord: 1, slack: 1, telegram: 1 }])
    },
  )

  test('a tap that Slack brings again and again is told once, counted once and answered once', async ({ on }) => {
    const [post, amina] = [await poll(on, 'slack'), on.person('slack', 'Amina')]
    const { sockets } = on.sides.slack.workspace.state
    on.way.refuse()
    const tap = amina.presses(post, '1. Buses')
    tap.again()
    expect(await tap.answer).toBe(TAP)
    tap.again()
    tap.again()
    await on.until(() => sockets.open === 0, 'each to be acknowledged')
    expect([heard(amina), await ballots(on)]).toEqual([1, 0])
    await back(on, async () => (await ballots(on)) === 1)
    await on.sees(amina, 'Counted: Buses.')
    await on.settle()
    expect([heard(amina), heard(amina, 'Counted: Buses.'), on.sides.slack.server.oddities]).toEqual([1, 1, []])
  })

  test('does not answer for so long that nothing may be sent: one process alone goes on hearing, and goes on when it is back', async ({
    on,
  }) => {
    const polls = { discord: await poll(on, 'discord'), slack: await poll(on, 'slack'), telegram: await poll(on, 'telegram') }
    await on.settle()
    const statuses = on.statuses.length
    // Nobody else was there when it was last looked.
    await on.bot.leases.look()
    on.way.refuse()
    on.passes(60_000)
    await on.until(() => on.standbys.length > 0, 'it to say that it may act for none')
    expect([[...on.bot.leases.mine()], on.standbys]).toEqual([[], [[...NAMES]]])
    const aminas = each(name => on.person(name, 'Amina'))
    for (const name of NAMES) await isTold(on, aminas[name], aminas[name].presses(polls[name], '2. Parks'))
    const { discord, slack } = on.sides
    expect([discord.server.world.gateway.connected, slack.workspace.state.sockets.opened]).toEqual([1, 1])
    await back(on, async () => (await ballots(on)) === 3)
    for (const name of NAMES) await on.sees(aminas[name], 'Counted: Parks.')
    expect([...on.bot.leases.mine().keys()].sort()).toEqual([...NAMES])
    // It is said once more of each that it is up; none was ever lost.
    expect(
      on.statuses
        .slice(statuses)
        .map(([name, state]) => `${name} ${state}`)
        .sort(),
    ).toEqual(NAMES.map(name => `${name} up`))
  })
})
