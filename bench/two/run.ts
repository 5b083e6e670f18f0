import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { until } from '../kill/moments.ts'
import { type Chance, chance } from '../random.ts'
import { median } from '../votes/measure.ts'
import { type Field, openField, type Process } from './field.ts'
import { judge } from './judge.ts'

export interface TwoOptions {
  readonly announcements: number
  readonly seed: number
  /** Every so many kills the process that has the platforms is put to sleep instead, until the other one has taken over; 0: never. */
  readonly sleepEvery: number
  readonly say: (line: string) => void
}

/** What the store says of who has which platform. */
type Held = readonly { readonly platform: string; readonly owner: string | null; readonly pid: number }[]

const takeoverMs = 30_000
const everyMs = 500
const words = (n: number): string => `Notice ${n}: the bins are emptied on Friday.`

/** How many announcements were right, and how many faults there were. */
export async function runTwo(o: TwoOptions): Promise<{ readonly passed: number; readonly failed: number }> {
  const faults: string[] = []
  let isClosing = false
  const pauses = watchPauses()
  const field = await openField(why => void (isClosing ? 0 : faults.push(`a process ended by itself: ${why}`)))
  try {
    await until(async () => (await held(field)).length === field.sides.length, 'one of them to have the platforms', 60_000)
    const began = Date.now()
    await announce(field, o)
    o.say(`${o.announcements} announcements lie in the outbox after ${seconds(Date.now() - began)}; seed ${o.seed}`)
    const { kills, takeovers, cuts } = await killUntilDone(field, o, faults)
    o.say(`all are sent after ${seconds(Date.now() - began)}, ${kills} kills; took over after ${spread(takeovers)}`)
    isClosing = true
    for (const one of field.processes) await one.bot.end('SIGTERM')
    const { right, wrong, told } = await judge(field, o.announcements, cuts)
    o.say(`this machine stood still for at most ${seconds(pauses.longest())} at a time`)
    for (const line of [...told, ...faults, ...wrong].slice(0, 30)) o.say(line)
    return { passed: right, failed: wrong.length + faults.length }
  } finally {
    isClosing = true
    pauses.end()
    await field.clear()
  }
}

/** Each to other chats than the one before, so that no chat gets more than it takes. */
async function announce({ sides, stage }: Field, { announcements }: TwoOptions): Promise<void> {
  const due = new Date(Date.now() + 1_000 + announcements * 40)
  for (let n = 1; n <= announcements; n += 1) {
    const ids = sides.flatMap(({ platform, chats, each }) =>
      Array.from({ length: each }, (_, i) => stage.spaces.get(platform.chatRef(chats[(n * each + i) % chats.length] ?? '')) ?? ''),
    )
    await stage.announce(words(n), new Date(Math.max(due.getTime(), Date.now() + 500)), ids)
  }
}

interface Killed {
  readonly kills: number
  /** How long each takeover took, in milliseconds. */
  readonly takeovers: readonly number[]
  /** How often each row of the outbox was under way when its process was killed. */
  readonly cuts: ReadonlyMap<bigint, number>
}

async function killUntilDone(field: Field, o: TwoOptions, faults: string[]): Promise<Killed> {
  const luck = chance(o.seed)
  const takeovers: number[] = []
  const cuts = new Map<bigint, number>()
  let kills = 0
  for (let n = 1; (await left(field)) > 0; n += 1) {
    await momentOf(field, luck)
    const victim = await holder(field, luck.next() < 0.8)
    const before = new Set((await held(field)).filter(row => row.pid === victim.bot.pid).map(row => row.platform))
    const at = Date.now()
    const isAsleep = o.sleepEvery > 0 && n % o.sleepEvery === 0
    if (isAsleep) process.kill(victim.bot.pid, 'SIGSTOP')
    else await victim.bot.end('SIGKILL')
    kills += 1
    for (const { id } of before.size > 0 ? await underWay(field) : []) cuts.set(id, (cuts.get(id) ?? 0) + 1)
    const isTaken = async (): Promise<boolean> => (await held(field)).every(row => !before.has(row.platform) || row.pid !== victim.bot.pid)
    await until(isTaken, 'the other one to take over', takeoverMs).catch((cause: unknown) => faults.push(String(cause)))
    if (before.size > 0 && !isAsleep) takeovers.push(Date.now() - at)
    if (isAsleep) process.kill(victim.bot.pid, 'SIGCONT')
    else field.start(victim)
  }
  return { kills, takeovers, cuts }
}

/** Rows that were claimed for a send whose end nobody has written. */
const underWay = ({ stage }: Field): Promise<readonly { readonly id: bigint }[]> =>
  stage.prisma.delivery.findMany({
    where: { state: 'waiting', leaseBy: { not: null }, sendingAt: { not: null } },
    select: { id: true },
  })

/** Often just after a post went out, when nobody has heard yet how it ended. */
async function momentOf({ sides }: Field, luck: Chance): Promise<void> {
  await wait(luck.between(2_500, 7_000))
  if (luck.next() < 0.4) return
  const { platform } = luck.pick(sides)
  const from = (await platform.counts()).sends
  await until(async () => (await platform.counts()).sends > from, 'a post', 3_000).catch(() => undefined)
  await wait(luck.between(0, 25))
}

/** The process that has the platforms, or the other one. */
async function holder(field: Field, isHolder: boolean): Promise<Process> {
  const pids = new Set((await held(field)).map(row => row.pid))
  const [one, two] = field.processes
  const has = pids.has(one.bot.pid) ? one : two
  return isHolder ? has : has === one ? two : one
}

const held = ({ stage }: Field): Promise<Held> => stage.prisma.lease.findMany({ where: { owner: { not: null } } })

const left = ({ stage }: Field): Promise<number> => stage.prisma.delivery.count({ where: { state: 'waiting' } })

/** How long this machine has stood still at most (it sleeps, or is moved): what was under way then is older than its platform's memory. */
function watchPauses(): { longest(): number; end(): void } {
  let [last, longest] = [Date.now(), 0]
  const timer = setInterval(() => {
    const now = Date.now()
    longest = Math.max(longest, now - last - everyMs)
    last = now
  }, everyMs).unref()
  return { longest: () => longest, end: () => clearInterval(timer) }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`

function spread(all: readonly number[]): string {
  return all.length === 0 ? 'none' : `${Math.round(median(all))} ms (median), ${Math.max(...all)} ms at most`
}
