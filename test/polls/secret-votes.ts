import { randomBytes, randomInt } from 'node:crypto'
import { systemIds } from '../../src/base/clock.ts'
import type { Log } from '../../src/base/log.ts'
import type { SpaceRef } from '../../src/platform/adapter.ts'
import { secretName } from '../../src/polls/cast.ts'
import type { Store } from '../../src/store/open.ts'
import { type TestApp, testApp } from '../helpers/app.ts'
import type { Shown } from '../helpers/chat.ts'
import { poor } from '../helpers/chat.ts'
import type { Someone } from '../helpers/person.ts'

/** Somebody who voted, by every word that the store knows them by, and what they chose. */
export interface Known {
  readonly pollId: string
  readonly option: number
  readonly receipt: string
  readonly words: readonly string[]
}

/** Everything that somebody could know who watched the polls from outside and knows how to read the store. */
export interface Election {
  readonly bot: TestApp
  readonly voters: readonly Known[]
  /** By poll: which option each step of five answers moved, as everybody could see. */
  readonly steps: ReadonlyMap<string, readonly number[]>
  /** By word in a text: which option of which poll it names. */
  readonly options: ReadonlyMap<string, { readonly pollId: string; readonly option: number }>
  close(): Promise<void>
}

const POLLS = 3
const STEPS = 10
export const OPTIONS = 5

/**
 * Secret polls on two platforms, each with fifty people who vote for the first time: by press in the group, in private with something waiting for them, changed,
 * taken back, with deliveries that are repeated, and by a changed app where the group cannot carry the answer. All of a step choose the same.
 */
export async function election(store: Store, log: Log): Promise<Election> {
  const bot = await testApp({ platforms: { chat: {}, poor }, store, ids: systemIds, log })
  const network = await bot.network('East Manchester', ['Town'])
  const group = { chat: network.space('Town'), poor: bot.group('Square', [], 'poor') }
  await store.prisma.space.updateMany({ data: { areaId: null } })
  const square = { id: 'square0000', ref: group.poor, networkId: network.id, platform: 'poor', title: 'Square', state: 'joined' as const }
  await store.prisma.space.create({ data: square })
  const jo = bot.person('Jo').in(group.chat)
  await bot.grant(network, jo, 'coordinator')
  const options = new Map<string, { pollId: string; option: number }>()
  const steps = new Map<string, readonly number[]>()
  const voters: Known[] = []
  for (let poll = 0; poll < POLLS; poll += 1) {
    const labels = Array.from({ length: OPTIONS }, () => word())
    await jo.say(`/poll ${word()}? | ${labels.join(' | ')}`)
    await bot.tick()
    const { id } = await store.prisma.poll.findFirstOrThrow({ where: { options: { some: { text: labels[0] ?? '' } } } })
    for (const [i, label] of labels.entries()) options.set(label.toLowerCase(), { pollId: id, option: i + 1 })
    await jo.forge(`polls_offer_${id}_${square.id}`)
    await bot.tick()
    const order = shuffled(Array.from({ length: STEPS }, (_, i) => (i % OPTIONS) + 1))
    steps.set(id, order)
    const people: { who: Someone; option: number }[] = []
    for (const option of order) people.push(...(await step(bot, group, id, option)))
    voters.push(...(await known(store, id, people)))
  }
  const close = async () => {
    for (const id of steps.keys()) {
      await jo.forge(`polls_close_${id}`)
      await jo.submit({ outcome: '' })
    }
    await bot.tick()
  }
  return { bot, voters, steps, options, close }
}

/** Platforms number deliveries as they come. */
let deliveries = 0

/** Five people who choose the same, each in their own way. */
async function step(bot: TestApp, group: { chat: SpaceRef; poor: SpaceRef }, pollId: string, option: number) {
  const vote = (n: number) => `polls_v_${pollId}_${n}`
  const pick = (n: number) => `polls_pick_${pollId}_${n}`
  const other = (option % OPTIONS) + 1
  const chat = () => bot.person(word(), { platform: 'chat' }).in(group.chat)
  const square = () => bot.person(word(), { platform: 'poor' }).in(group.poor)
  const press = async (who: Someone, token: string, post?: Shown, times = 1) => {
    deliveries += 1
    const id = `press:${String(deliveries).padStart(6, '0')}`
    const event = { kind: 'press', token, ...(post && { message: post.ref }) } as const
    for (let i = 0; i < times; i += 1) await who.does(event, post, id)
  }
  const twice = (who: Someone, token: string) => press(who, token, undefined, 2)
  /** Their answer waits for them in the private chat, which they have not opened. */
  const waits = async (who: Someone) => {
    await who.say('/mine')
    return who.alone
  }
  const ways: readonly [who: Someone, how: (who: Someone) => Promise<unknown>][] = [
    [chat(), who => press(who, vote(option))],
    [
      chat(),
      async who => {
        await press(who, vote(other))
        await twice(who, vote(option))
      },
    ],
    [square(), async who => twice(await waits(who), pick(option))],
    [
      square(),
      async who => {
        const alone = await waits(who)
        await press(alone, pick(other))
        await press(alone, `polls_backall_${pollId}`)
        await press(alone, pick(option))
      },
    ],
    [
      square(),
      async who => {
        await who.alone.start()
        await press(who, vote(other))
        const post = who.sees().findLast(one => one.only === undefined && JSON.stringify(one.view).includes(vote(option)))
        if (!post) throw new Error('The poll does not stand in the square.')
        await press(who, pick(option), post)
      },
    ],
  ]
  // Who comes first within a step tells nothing.
  await Promise.all(shuffled(ways).map(([who, how]) => how(who)))
  // As some seconds later: in which chats they act is written apart from their votes.
  await bot.deps.acts.write()
  return ways.map(([who]) => ({ who, option }))
}

/** What the voters' ballots say while the poll's key is there. */
async function known({ prisma }: Store, pollId: string, people: readonly { who: Someone; option: number }[]): Promise<readonly Known[]> {
  const { key } = await prisma.pollKey.findUniqueOrThrow({ where: { pollId } })
  const members = await prisma.membership.findMany({ where: { identityRef: { in: people.map(one => one.who.ref) } } })
  const ballots = await prisma.ballot.findMany({ where: { pollId } })
  return people.map(({ who, option }) => {
    const personId = members.find(row => row.identityRef === who.ref)?.personId ?? ''
    const ballot = ballots.find(row => row.voter === secretName(personId, { id: pollId, key }))
    if (ballot?.options[0] !== option) throw new Error(`${who.name} was not counted as they chose.`)
    return { pollId, option, receipt: ballot.receipt, words: [personId, who.name.toLowerCase()] }
  })
}

/** A word that stands nowhere else. */
function word(): string {
  return `W${randomBytes(8).toString('hex')}`
}

function shuffled<One>(all: readonly One[]): readonly One[] {
  return all
    .map(one => ({ one, at: randomInt(2 ** 47) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}
