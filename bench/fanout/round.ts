import { setTimeout as wait } from 'node:timers/promises'
import { until } from '../kill/moments.ts'
import { cpuOf, quantile, treeCpu } from '../votes/measure.ts'
import type { Field, Side } from './field.ts'
import { startPressing } from './presses.ts'

/** How one announcement went on one platform. */
export interface Spread {
  /** From the moment at which it fell due to the last post standing, against the ideal. */
  readonly ratio: number
  /** Requests that were told to come back later, of a hundred posts. */
  readonly refused: number
  /** Until the first one stood, in milliseconds. */
  readonly firstMs: number
}

/** One announcement to all, with votes before and meanwhile. Waits in milliseconds. */
export interface Round {
  readonly spreads: ReadonlyMap<string, Spread>
  readonly quiet: number
  readonly busy: number
  /** The busy ones, by platform. */
  readonly each: ReadonlyMap<string, number>
  /** Processor time of the bot and of its store for each post, votes included, in milliseconds. */
  readonly cpu: number
  readonly storeCpu: number
}

const quietMs = 8_000
/** The announcement is made this long before its time. */
const aheadMs = 3_000

export async function runRound(field: Field, number: number): Promise<Round> {
  const calm = startPressing(field)
  await wait(quietMs)
  const quiet = p99([...(await calm.stop()).values()].flat())
  const before = await Promise.all(field.sides.map(({ platform }) => platform.counts()))
  // Not on a whole second: nothing else falls due then.
  const due = new Date(Date.now() + aheadMs + 37)
  const words = `Litter pick number ${number} on Saturday at ten, all are welcome.`
  await field.stage.announce(words, due)
  await wait(due.getTime() - Date.now())
  const cpus = [cpuOf(field.bot.pid), treeCpu(field.stage.storePid())] as const
  const pressing = startPressing(field)
  const ideal = Math.max(...field.sides.map(idealMs))
  const isDone = async (): Promise<boolean> => (await open(field)) === 0
  await wait(0.8 * ideal)
  await until(async () => (await isDone()) || wait(200).then(() => false), 'the announcement to stand everywhere', 4 * ideal + 20_000)
  const waits = await pressing.stop()
  const busy = p99([...waits.values()].flat())
  const each = new Map([...waits].map(([name, some]) => [name, p99(some)]))
  const spreads = new Map<string, Spread>()
  for (const [i, side] of field.sides.entries()) {
    const { tooMany } = await side.platform.counts()
    const [first, last] = await standing(side, words)
    const refused = (100 * (tooMany - (before[i]?.tooMany ?? 0))) / side.chats.length
    spreads.set(side.platform.name, { ratio: (last - due.getTime()) / idealMs(side), refused, firstMs: first - due.getTime() })
  }
  const posts = field.sides.reduce((sum, { chats }) => sum + chats.length, 0)
  const cpu = (cpuOf(field.bot.pid) - cpus[0]) / posts
  return { spreads, quiet, busy, each, cpu, storeCpu: (treeCpu(field.stage.storePid()) - cpus[1]) / posts }
}

const idealMs = ({ chats, perSecond }: Side): number => (chats.length / perSecond) * 1000

const p99 = (waits: readonly number[]): number => quantile(waits, 0.99)

/** Posts of announcements that are still to be sent. */
function open({ stage }: Field): Promise<number> {
  return stage.prisma.delivery.count({ where: { subject: { startsWith: 'announcements_post_' }, state: 'waiting' } })
}

/** When the first and the last of its posts came to stand; throws unless each chat has it once. */
async function standing({ platform, chats }: Side, words: string): Promise<readonly [first: number, last: number]> {
  const all: number[] = []
  for (const chat of chats) {
    const posts = (await platform.posts(chat)).filter(one => one.text.includes(words))
    if (posts.length !== 1) throw new Error(`It stands ${posts.length} times in a chat on ${platform.name}.`)
    all.push(...posts.map(one => one.at))
  }
  return [Math.min(...all), Math.max(...all)]
}
