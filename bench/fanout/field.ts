import process from 'node:process'
import { EVERYWHERE } from '../../src/kit/audience.ts'
import { type Bot, startBot } from '../bot.ts'
import { until } from '../kill/moments.ts'
import { onDiscord } from '../kill/on-discord.ts'
import { onSlack } from '../kill/on-slack.ts'
import { onTelegram } from '../kill/on-telegram.ts'
import type { Name, Platform, Spot } from '../kill/platform.ts'
import { type Stage, setStage } from '../stage.ts'

/** One platform as the bench uses it: the chats that an announcement goes to, and a poll that people press on meanwhile. */
export interface Side {
  readonly platform: Platform
  readonly chats: readonly string[]
  /** Messages a second that the platform takes in all. */
  readonly perSecond: number
  /** How many times the ideal it may take. */
  readonly bar: number
  readonly people: readonly string[]
  readonly post: Spot
}

type Home = Omit<Side, 'post'>

export interface Field {
  readonly sides: readonly Side[]
  readonly stage: Stage
  readonly bot: Bot
  readonly poll: string
  clear(): Promise<void>
}

/** Each answer of a platform comes 50 ms after the question. */
const ways = ['--rates', '--latency', '50', '--remember', '60000']

const plans = [
  { open: onTelegram, perSecond: 30, bar: 1.05, chats: 300 },
  { open: onDiscord, perSecond: 50, bar: 1.15, chats: 500 },
  { open: onSlack, perSecond: 5, bar: 1.05, chats: 100 },
] as const

const crowd = 400

/** Three platforms that keep to their rates, a network over all those chats, a poll in one of them on each platform, and the bot. `part`: of the chats. */
export async function openField(names: readonly Name[], part: number, nodeOptions: readonly string[]): Promise<Field> {
  const opened = await Promise.all(plans.map(async plan => ({ ...plan, platform: await plan.open(ways) })))
  const used = opened.filter(({ platform }) => names.includes(platform.name))
  for (const { platform } of opened) if (!names.includes(platform.name)) await platform.stop()
  const homes: Home[] = []
  for (const { platform, chats, perSecond, bar } of used) {
    const made: string[] = []
    for (let i = 0; i < Math.round(chats * part); i += 1) made.push(await platform.chat(`Street ${i}`))
    homes.push({ perSecond, bar, platform, chats: made, people: await platform.people(crowd) })
  }
  const stage = await setStage({
    env: Object.assign({}, ...homes.map(({ platform }) => platform.env)) as Record<string, string>,
    chats: homes.flatMap(({ platform, chats }) => chats.map((chat, i) => ({ ref: platform.chatRef(chat), title: `Street ${i}` }))),
  })
  const poll = await pollIn(stage, homes)
  const bot = startBot({
    stateDir: stage.stateDir,
    env: Object.assign({}, ...homes.map(({ platform }) => platform.env)),
    nodeOptions,
    onEnd,
  })
  process.once('exit', () => void bot.end('SIGKILL'))
  const sides: Side[] = []
  for (const home of homes) {
    const [first = ''] = home.chats
    await until(async () => (await home.platform.posts(first)).length > 0, `the poll on ${home.platform.name}`, 60_000)
    const [post] = await home.platform.posts(first)
    if (post) sides.push({ ...home, post: post.on })
  }
  return {
    ...{ sides, stage, bot, poll },
    async clear() {
      await bot.end('SIGTERM')
      await stage.strike()
      for (const { platform } of sides) await platform.stop()
    },
  }
}

function onEnd(why: string): never {
  throw new Error(`The bot has ended: ${why}`)
}

/** A poll for the first chat on each platform alone: they share the first area. */
function pollIn(stage: Stage, homes: readonly Home[]): Promise<string> {
  const ids = homes.map(({ platform, chats: [first = ''] }) => stage.spaces.get(platform.chatRef(first)) ?? '')
  if (ids.some(id => id === '')) throw new Error('A chat for the poll is missing.')
  const places = { ...EVERYWHERE, areas: ['area0'] }
  return stage.poll({ question: 'What matters most?', options: ['Buses', 'Parks', 'Damp homes'], secret: false, places })
}
