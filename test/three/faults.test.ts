import { describe, expect } from 'vitest'
import { LONG_MS, until } from '../helpers/patience.ts'
import { each, type Moot, test } from './moot.ts'
import { HOUR, type Posts, pollId, postedToAll, tally, votes, words } from './polls.ts'
import { NAMES, type Name } from './side.ts'

// Long: breaks and blocks take their real time in the client libraries, which cannot be told another.

const others = (name: Name): Name[] => NAMES.filter(one => one !== name)

/** One on which the coordinator sets things up, that is not the one in trouble. */
const calm = (name: Name): Name => (name === 'discord' ? 'slack' : 'discord')

/** A named poll: its numbers move with every answer. */
const posted = (on: Moot, name: Name): Promise<Posts> => postedToAll(on, calm(name), 'What matters?', ['Buses', 'Parks'], 'named')

/** The post there shows this, after some edits at the pace that is permitted. */
async function shows(on: Moot, { posts }: Posts, names: readonly Name[], text: string): Promise<void> {
  const isShown = (name: Name): boolean => words(posts[name]).includes(text)
  const areShown = async (): Promise<boolean> => {
    if (!names.every(isShown)) await on.edits()
    return names.every(isShown)
  }
  await until(areShown, () => `"${text}"; there stands ${JSON.stringify(names.map(name => words(posts[name])))}`)
}

const rows = ({ store }: Moot) => store.prisma.delivery.findMany({ where: { subject: { startsWith: 'polls_' } }, orderBy: { id: 'asc' } })

describe.concurrent('a platform that is away for an hour', { timeout: LONG_MS }, () => {
  test.for(NAMES)('%s: the others do not notice, what was done there comes in, and its post shows the newest', async (name, { on }) => {
    const all = await posted(on, name)
    const side = on.sides[name]
    await votes(on, name, all.posts[name], '1. Buses', 5)
    side.goesAway()
    await on.until(() => on.status(name) === 'down', 'it to be away')
    for (const other of others(name)) await votes(on, other, all.posts[other], '2. Parks', 5)
    await on.later(HOUR / 2)
    await shows(on, all, others(name), '1. Buses: 5\n2. Parks: 10')
    expect(others(name).map(on.status)).toEqual(['up', 'up'])
    // Taps meanwhile: the platform keeps them.
    const waiting = [1, 2, 3].map(i => on.person(name, `Late ${i}`).presses(all.posts[name], '1. Buses'))
    await on.later(HOUR / 2)
    side.comesBack()
    await on.until(() => on.status(name) === 'up', 'it to be back')
    await on.settle()
    expect(waiting).toHaveLength(3)
    expect(await tally(on, await pollId(on))).toEqual({ 0: 18, 1: 8, 2: 10 })
    for (const other of others(name)) await votes(on, other, all.posts[other], '2. Parks')
    await shows(on, all, NAMES, '1. Buses: 8\n2. Parks: 12')
    expect((await rows(on)).map(row => [row.state, row.doubled])).toEqual(NAMES.map(() => ['sent', false]))
    expect(on.statuses.filter(([one]) => one !== name).map(([, state]) => state)).not.toContain('down')
  })
})

describe.concurrent('“too many requests”', { timeout: LONG_MS }, () => {
  test.for(NAMES)('%s says it to every tenth call: nothing is lost or doubled, and the last state gets there', async (name, { on }) => {
    on.sides[name].everyNth(10, 1)
    const all = await posted(on, name)
    for (const one of NAMES) await votes(on, one, all.posts[one], '1. Buses', 10)
    await shows(on, all, others(name), '1. Buses: 30')
    await shows(on, all, [name], '1. Buses: 30')
    expect(await tally(on, await pollId(on))).toEqual({ 0: 30, 1: 30 })
    expect((await rows(on)).map(row => [row.state, row.doubled])).toEqual(NAMES.map(() => ['sent', false]))
    for (const one of NAMES) expect(on.places[one].said.filter(said => said.text.includes('One answer each.'))).toHaveLength(1)
  })
})

describe.concurrent('a block of everything', { timeout: LONG_MS }, () => {
  test('on Discord, whose client keeps its own time: votes are answered, the others go on, and the post catches up', async ({ on }) => {
    const all = await posted(on, 'slack')
    await votes(on, 'discord', all.posts.discord, '1. Buses', 5)
    await on.settle()
    on.sides.discord.server.fail({ path: '/channels/*', times: 1, with: { status: 429, retry_after: 3, global: true } })
    await votes(on, 'discord', all.posts.discord, '1. Buses', 5)
    await on.edits()
    await votes(on, 'slack', all.posts.slack, '2. Parks', 5)
    await shows(on, all, ['slack', 'telegram'], '1. Buses: 10\n2. Parks: 5')
    expect(on.sides.discord.server.world.faults.done).toBe(1)
    const hasCaughtUp = async (): Promise<boolean> => {
      await on.edits()
      return words(all.posts.discord).includes('1. Buses: 10\n2. Parks: 5')
    }
    await until(hasCaughtUp, 'the post to catch up')
    expect(on.statuses.map(([, state]) => state)).not.toContain('down')
  })

  test.for(['slack', 'telegram'] as const)(
    'on %s for 60 seconds: nothing is asked before they are over, and the last state gets there',
    async (name, { on }) => {
      const all = await posted(on, name)
      const method = name === 'slack' ? 'chat.update' : 'editMessageText'
      await votes(on, name, all.posts[name], '1. Buses', 5)
      await on.settle()
      const harm = { method, with: { status: 429, retry_after: 60 } } as const
      on.sides[name].server.fail(harm)
      await votes(on, name, all.posts[name], '1. Buses', 5)
      await on.edits()
      const before = on.sides[name].calls('edit')
      await votes(on, name, all.posts[name], '1. Buses', 5)
      for (const one of others(name)) await votes(on, one, all.posts[one], '2. Parks', 5)
      await on.later(50_000)
      expect(on.sides[name].calls('edit')).toBe(before)
      await shows(on, all, others(name), '1. Buses: 15\n2. Parks: 10')
      await on.later(10_000)
      await shows(on, all, [name], '1. Buses: 15\n2. Parks: 10')
    },
  )
})

describe.concurrent('connections that break', { timeout: LONG_MS }, () => {
  test('every few taps, on each: all is counted once', async ({ on }) => {
    const all = await posted(on, 'telegram')
    for (let round = 0; round < 4; round += 1) {
      for (const name of NAMES) {
        const people = [1, 2, 3].map(i => on.person(name, `${round}.${i}`))
        const deeds = people.map(person => person.presses(all.posts[name], '1. Buses'))
        on.sides[name].cut()
        await Promise.all(deeds.map(deed => deed.taken))
      }
      await on.settle()
      expect(await tally(on, await pollId(on))).toEqual({ 0: 9 * (round + 1), 1: 9 * (round + 1) })
    }
    await shows(on, all, NAMES, '1. Buses: 36')
    expect(on.statuses.map(([, state]) => state)).not.toContain('dead')
  })
})

describe.concurrent('an admin', { timeout: LONG_MS }, () => {
  test.for(NAMES)(
    'on %s deletes the post: the others go on, the coordinator hears of it and shows the poll again',
    async (name, { on }) => {
      const all = await posted(on, name)
      on.places[name].removes(all.posts[name])
      for (const one of others(name)) await votes(on, one, all.posts[one], '1. Buses', 5)
      await shows(on, all, others(name), '1. Buses: 10')
      await on.settle()
      for (const one of NAMES) await on.sees(on.jo[one], `Somebody deleted a post of mine in “${on.places[name].title}”`)
      await on.jo[calm(name)].presses(all.card, 'Show it again').taken
      const again = await on.sees(on.places[name], 'One answer each.')
      expect(words(again)).toContain('1. Buses: 10')
      await votes(on, name, again, '2. Parks')
    },
  )

  test.for(NAMES)('on %s deletes the chat: it is marked, and the coordinator hears of it on the other platforms', async (name, { on }) => {
    const all = await posted(on, name)
    on.places[name].vanishes()
    // Telegram says of a group that is no more only that the bot is out of it.
    await marked(on, name, all, name === 'telegram' ? 'removed' : 'deleted')
  })

  test.for(NAMES)(
    'on %s throws the bot out: it is marked, the coordinator hears of it; back again, its post shows the newest',
    async (name, { on }) => {
      const all = await posted(on, name)
      on.places[name].throwsOut()
      await marked(on, name, all, 'removed')
      on.places[name].takesBack()
      await on.sees(on.places[name], 'I am back in this chat.')
      await shows(on, all, NAMES, '1. Buses: 10')
      await votes(on, name, all.posts[name], '2. Parks', 5)
      await shows(on, all, NAMES, '1. Buses: 10\n2. Parks: 5')
    },
  )
})

/** The chat on that platform is out: the others do not notice, nothing is lost, it is marked, its coordinators are told. */
async function marked(on: Moot, name: Name, all: Posts, how: 'removed' | 'deleted'): Promise<void> {
  for (const one of others(name)) await votes(on, one, all.posts[one], '1. Buses', 5)
  await shows(on, all, others(name), '1. Buses: 10')
  await on.settle()
  const { trouble } = await on.store.prisma.space.findUniqueOrThrow({ where: { ref: on.places[name].ref } })
  expect(trouble).toBe(`space-trouble-${how}`)
  for (const one of others(name)) await on.sees(on.jo[one], `I cannot post in “${on.places[name].title}”`)
  expect(await tally(on, await pollId(on))).toEqual({ 0: 10, 1: 10 })
}

describe.concurrent('a token that is refused while the bot runs', { timeout: LONG_MS }, () => {
  test.for(NAMES)(
    '%s: one plain line, the others go on, what waits is kept, and the coordinator hears of it elsewhere',
    async (name, { on }) => {
      const all = await posted(on, name)
      on.sides[name].revokes()
      await on.until(() => on.status(name) === 'dead', 'the end of it')
      for (const one of others(name)) await votes(on, one, all.posts[one], '1. Buses', 5)
      await shows(on, all, others(name), '1. Buses: 10')
      expect(others(name).map(on.status)).toEqual(['up', 'up'])
      expect(on.statuses.filter(([one, state]) => one === name && state === 'dead').map(([, , why]) => why)).toEqual([
        expect.stringMatching(/token/i),
      ])
      // The line is for whoever runs the bot; the log says it once at most.
      expect(on.faults.splice(0).length).toBeLessThanOrEqual(1)
      const [row] = await on.store.prisma.delivery.findMany({ where: { platform: name, subject: { startsWith: 'polls_post' } } })
      expect(row).toMatchObject({ state: 'sent', dueAt: expect.any(Date) })
      await on.settle()
      const { trouble } = await on.store.prisma.space.findUniqueOrThrow({ where: { ref: on.places[name].ref } })
      expect(trouble).toBe('space-trouble-platform')
      for (const one of others(name)) {
        await on.sees(on.jo[one], 'So I cannot post in 1 chat of Ancoats and around')
        await on.jo[one].says(on.places[one], '/network').taken
        await on.until(() => on.jo[one].said.some(said => said.buttons.includes('What went wrong (look)')), 'the card to say so')
      }
      await on.later(HOUR)
      const told = each(one => on.jo[one].said.filter(said => said.text.includes('So I cannot post in')).length)
      expect(told).toEqual({ ...{ discord: 1, slack: 1, telegram: 1 }, [name]: 0 })
    },
  )
})
