import { describe, expect } from 'vitest'
import { LONG_MS, until } from '../helpers/patience.ts'
import { type Moot, test } from './moot.ts'
import { postedToAll, withButton } from './polls.ts'
import { NAMES, type Name, type Person, type Said } from './side.ts'

const QUESTION = 'What shall the fund pay for?'
const OPTIONS = ['Buses', 'Parks']

/** The answer to the next thing that somebody does there reaches them nowhere: Discord breaks inside, Slack and Telegram say no by every way. */
function losesTheNext({ sides }: Moot, name: Name): void {
  if (name === 'discord') sides.discord.server.fail({ path: '/interactions/*', times: 2, with: 500 })
  if (name === 'slack') {
    sides.slack.server.fail({ method: 'response_url', with: 'drop' })
    sides.slack.server.fail({ method: 'chat.postEphemeral', with: { status: 500 } })
    sides.slack.server.fail({ method: 'chat.postMessage', with: { error: 'is_archived' } })
  }
  if (name !== 'telegram') return
  sides.telegram.server.fail({ method: 'answerCallbackQuery', with: { status: 400 } })
  sides.telegram.server.fail({ method: 'sendMessage', with: { status: 403 } })
}

const waiting = ({ store }: Moot) => store.prisma.waiting.findMany({ orderBy: { id: 'asc' } })

async function kept(on: Moot, many = 1): Promise<string> {
  await until(async () => (await waiting(on)).length === many, `${many} to wait`)
  return JSON.stringify(await waiting(on))
}

/** What is said to them for this, oldest first, once all of it stands. */
async function hears(on: Moot, who: Person, text: string, last: string): Promise<readonly Said[]> {
  const before = new Set(who.said.map(({ id }) => id))
  await who.says(on.places[who.on], text).taken
  const fresh = (): Said[] => who.said.filter(({ id }) => !before.has(id))
  await on.until(() => fresh().some(said => said.text.includes(last)), `"${last}" for ${text}`)
  return fresh()
}

/** Every row of every table, by the table's name. */
async function rows({ store }: Moot): Promise<ReadonlyMap<string, string>> {
  const { rows: tables } = await store.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  )
  const all = new Map<string, string>()
  for (const { name } of tables) {
    const { rows: found } = await store.pool.query<{ words: string | null }>(`SELECT string_agg(t::text, ' ') AS words FROM "${name}" t`)
    all.set(name, found[0]?.words ?? '')
  }
  return all
}

const voted = async ({ store }: Moot): Promise<string> => {
  await until(async () => (await store.prisma.ballot.count()) === 1, 'the vote to count')
  return (await store.prisma.ballot.findFirstOrThrow()).receipt
}

describe.concurrent('a private answer that is lost', { timeout: LONG_MS }, () => {
  test.for(NAMES)(
    'on %s, about a secret vote: the next one begins with the poll’s name and the way, without the choice',
    async (name, { on }) => {
      const { posts } = await postedToAll(on, name, QUESTION, OPTIONS)
      await on.settle()
      const amina = on.person(name, 'Amina')
      losesTheNext(on, name)
      const { answer } = amina.presses(posts[name], '2. Parks')
      answer.catch(() => undefined)
      const receipt = await voted(on)
      const words = await kept(on)
      expect(words).toContain(`My answer to your tap in “${QUESTION}” did not get through to you.`)
      expect(words).not.toContain('Parks')
      const holding = [...(await rows(on))].filter(([, all]) => all.includes(receipt)).map(([table]) => table)
      expect(holding).toEqual(['Ballot'])
      // Nor at what time of the day it was.
      expect((await waiting(on)).map(row => row.createdAt)).toEqual([new Date('2026-11-02T00:00:00Z')])

      const [first, ...more] = await hears(on, amina, '/mine', 'What is held about you')
      expect(first?.text).toContain('did not get through to you. Tap “My vote” to see what counts now.')
      expect(more.length).toBeGreaterThan(0)
      expect(await waiting(on)).toEqual([])
      const card = await withButton(on, first as Said, 'My vote')
      await amina.presses(card, 'My vote').taken
      expect((await on.sees(amina, 'Your answer:')).text).toContain('Parks')
      const seen = [...(await rows(on))].filter(([, all]) => all.includes(receipt)).map(([table]) => table)
      expect(seen).toEqual(['Ballot'])
    },
  )

  test.for(NAMES)('on %s, about a named vote: the next one begins with the answer itself', async (name, { on }) => {
    const { posts } = await postedToAll(on, name, QUESTION, OPTIONS, 'named')
    await on.settle()
    const amina = on.person(name, 'Amina')
    losesTheNext(on, name)
    amina.presses(posts[name], '2. Parks').answer.catch(() => undefined)
    expect(await kept(on)).toContain('Counted: Parks.')
    const [first] = await hears(on, amina, '/mine', 'What is held about you')
    expect(first?.text).toContain('Counted: Parks.')
    expect(await waiting(on)).toEqual([])
  })

  test.for(['discord', 'slack'] as const)(
    'on %s, to a command: it says which, with the next private answer, and again where that is lost too',
    async (name, { on }) => {
      const bea = on.person(name, 'Bea')
      losesTheNext(on, name)
      bea.says(on.places[name], '/guide').answer.catch(() => undefined)
      const [before] = JSON.parse(await kept(on))
      losesTheNext(on, name)
      bea.says(on.places[name], '/poll list').answer.catch(() => undefined)
      const isAgain = async (): Promise<boolean> =>
        (await waiting(on)).some(({ id, view }) => id !== before.id && JSON.stringify(view).includes('/guide'))
      await until(isAgain, 'it to be lost once more')
      const heard = await hears(on, bea, '/mine', 'What is held about you')
      const guides = heard.filter(said => said.text.includes('This answers your /guide'))
      expect(guides.map(said => said.text.match(/This answers your/g)?.length)).toEqual([1])
      expect(await waiting(on)).toEqual([])
    },
  )

  test('on Discord, where nobody knows whether it arrived: words are said again, a receipt is not', async ({ on }) => {
    const { posts } = await postedToAll(on, 'discord', QUESTION, OPTIONS)
    await on.settle()
    const { server } = on.sides.discord
    const drops = (): void => server.fail({ path: '/interactions/*', times: 2, with: 'drop' })
    const amina = on.person('discord', 'Amina')
    drops()
    amina.presses(posts.discord, '1. Buses').answer.catch(() => undefined)
    await voted(on)
    await on.until(() => server.world.faults.done === 2, 'the answer to be lost')
    drops()
    amina.says(on.places.discord, '/guide').answer.catch(() => undefined)
    expect(await kept(on)).toContain('This answers your /guide')
  })
})

test('what stands for a lost answer about a secret vote goes with the close', async ({ on }) => {
  const { posts, card } = await postedToAll(on, 'discord', QUESTION, OPTIONS)
  await on.settle()
  losesTheNext(on, 'discord')
  on.person('discord', 'Amina')
    .presses(posts.discord, '2. Parks')
    .answer.catch(() => undefined)
  await kept(on)
  await on.jo.discord.presses(card, 'Close it').taken
  await on.jo.discord.fills()
  await on.settle()
  await until(async () => (await waiting(on)).length === 0, 'it to go')
})
