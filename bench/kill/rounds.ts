import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { type Bot, startBot } from '../bot.ts'
import { type Chance, chance } from '../random.ts'
import type { Stage } from '../stage.ts'
import type { Crowd, Person } from './crowd.ts'
import { judge, unknownTo, wrongCounts } from './judge.ts'
import { insist, momentToKill, smallPolls, until } from './moments.ts'
import { createNotes, type Notes } from './notes.ts'
import type { Name } from './platform.ts'
import type { Posts } from './posts.ts'
import { prepare } from './prepare.ts'

export interface KillOptions {
  readonly rounds: number
  readonly seed: number
  readonly names: readonly Name[]
  readonly say: (line: string) => void
}

const pressesPerSecond = 300
const startWithinMs = 60_000
/** The last edits keep the platforms' pace, and each round leaves some posts in each chat that have one to come. */
const settleWithinMs = 120_000
const settleRoundMs = 5_000

/** All that the rounds work with. */
export interface Scene {
  readonly sides: readonly Posts[]
  readonly stage: Stage
  readonly people: readonly Person[]
  readonly crowd: Crowd
  readonly chance: Chance
  readonly notes: Notes
  readonly kills: number[]
  bot: Bot | undefined
}

/** How many rounds failed. */
export async function runKills({ rounds, seed, names, say }: KillOptions): Promise<{ failed: number }> {
  say(`${rounds} rounds on ${names.join(', ')}, ${pressesPerSecond} presses a second, seed ${seed}`)
  const notes = createNotes(say)
  // People have a chance of their own: how much they do hangs on the computer, and when the bot is killed must not.
  const luck = chance(seed)
  const scene: Scene = {
    ...(await prepare({ names, luck: chance(seed + 1), rate: pressesPerSecond })),
    chance: luck,
    notes,
    kills: [],
    bot: undefined,
  }
  try {
    await allRounds(scene, rounds)
  } catch (cause) {
    notes.fault(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
  }
  await scene.crowd.stop().catch((cause: unknown) => notes.fault(`the crowd broke: ${String(cause)}`))
  await endBot(scene, 'SIGKILL')
  notes.sum({ presses: scene.crowd.pressed.length, kills: scene.kills.length })
  await scene.stage.strike()
  for (const { platform } of scene.sides) await platform.stop()
  return { failed: notes.failed() }
}

async function allRounds(scene: Scene, rounds: number): Promise<void> {
  const { notes, crowd } = scene
  await begin(scene)
  for (let round = 1; round <= rounds; round++) {
    notes.begin(round)
    await killRound(scene, round)
    if (round % 5 === 0) await storeRound(scene)
    if (round % 10 === 0) notes.tell(crowd.pressed.length)
  }
  await settle(scene, settleWithinMs + settleRoundMs * rounds)
  const { faults, told } = await judge(scene)
  for (const fault of faults) notes.fault(fault)
  notes.add(told)
}

/** The great polls stand everywhere before the first kill. */
async function begin(scene: Scene): Promise<void> {
  const { sides, stage, notes } = scene
  const before = await listens(scene)
  const spawned = Date.now()
  scene.bot = start(scene)
  await untilHeard(scene, before)
  notes.started(Date.now() - spawned)
  const great = 2 * stage.spaces.size
  const stands = () => sides.reduce((sum, side) => sum + side.all.length, 0) >= great
  await until(stands, 'the first posts', startWithinMs)
}

/** Starts the bot, lets it work, kills it at some moment, and looks at the store before it can repair anything. */
async function killRound(scene: Scene, round: number): Promise<void> {
  const { chance: luck, stage, notes } = scene
  const spawned = Date.now()
  const before = await listens(scene)
  const isNew = scene.bot === undefined
  scene.bot ??= start(scene)
  await smallPolls(scene, `${round}`)
  const early = luck.next() < 0.08
  if (early) await wait(luck.between(50, 1_500))
  else {
    if (isNew) await untilHeard(scene, before)
    const took = Date.now() - spawned
    if (isNew) notes.started(took)
    await momentToKill(scene, `${round}+`, took)
  }
  const withStore = round % 3 === 0
  const storeFirst = luck.below(2) === 0
  if (withStore && storeFirst) killStore(stage)
  scene.kills.push(Date.now())
  await endBot(scene, 'SIGKILL')
  if (withStore && !storeFirst) killStore(stage)
  // What the bot had said before it died is taken in.
  await wait(60)
  await lookAtStore(scene, withStore, round % 2 === 0)
}

const listens = ({ sides }: Scene): Promise<readonly number[]> =>
  Promise.all(sides.map(async ({ platform }) => (await platform.counts()).listens))

/** Until the bot has come to listen on each platform since then. */
function untilHeard({ sides }: Scene, before: readonly number[]): Promise<void> {
  const isHeard = async (): Promise<boolean> => {
    const counts = await Promise.all(sides.map(({ platform }) => platform.counts()))
    return counts.every((one, i) => one.isHeard && one.listens > (before[i] ?? 0))
  }
  return until(isHeard, 'the bot to listen on every platform', startWithinMs)
}

function start({ stage, sides, notes }: Scene): Bot {
  const env = Object.assign({}, ...sides.map(({ platform }) => platform.env)) as Record<string, string>
  return startBot({ stateDir: stage.stateDir, env, onEnd: why => notes.fault(`the bot ended by itself, ${why}`) })
}

async function endBot(scene: Scene, signal: NodeJS.Signals): Promise<void> {
  await scene.bot?.end(signal)
  scene.notes.heard(scene.bot?.said ?? [])
  scene.bot = undefined
}

function killStore(stage: Stage): void {
  const pid = stage.storePid()
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It had ended already.
  }
}

/** What every answered person was promised is in the store, although the bot is dead; PostgreSQL is started for that, or (`!wake`) left to the bot. */
async function lookAtStore({ stage, crowd, notes }: Scene, wasKilled: boolean, wake: boolean): Promise<void> {
  const { answered, strange } = await crowd.hear()
  for (const text of strange) notes.fault(`somebody was told "${text}"`)
  const told = answered.map(one => one.id)
  if (wasKilled && !wake) return notes.later(told)
  if (wasKilled) await stage.wake()
  const ids = notes.take(told)
  const lost = await insist(() => unknownTo(stage, ids))
  const [first = ''] = lost
  if (lost.length > 0) notes.fault(`${lost.length} of ${ids.length} acknowledged presses are not in the store, such as ${first}`)
  const wrong = await insist(() => wrongCounts(stage))
  if (wrong > 0) notes.fault(`${wrong} counters differ from a recount`)
}

/** Only PostgreSQL is killed: the bot must go on by itself, and what was pressed meanwhile is answered afterwards. */
async function storeRound(scene: Scene): Promise<void> {
  const { sides, stage, notes, crowd, chance: luck } = scene
  const before = await listens(scene)
  scene.bot = start(scene)
  await untilHeard(scene, before)
  await wait(luck.between(200, 1_200))
  killStore(stage)
  const killed = Date.now()
  await wait(500)
  const mark = Date.now()
  for (const { platform } of sides) {
    const here = crowd.pressed.filter(one => one.platform === platform.name && one.isKept)
    const isAnswered = () => crowd.pressed.some(one => one.platform === platform.name && (one.toldAt ?? 0) > mark)
    await until(isAnswered, `an answer on ${platform.name} after PostgreSQL was killed`, startWithinMs)
    notes.recovered(Date.now() - killed)
    const meanwhile = here.filter(one => one.at > killed && !one.isFailed).map(one => one.id)
    const isTaken = async () => platform.presses === 'lost' || (await unknownTo(stage, meanwhile)).length === 0
    await until(() => insist(isTaken), `what was pressed on ${platform.name} while PostgreSQL was away`, startWithinMs)
  }
}

/** The people go home, the bot does what is left, and ends by itself. */
async function settle(scene: Scene, withinMs: number): Promise<void> {
  const { sides, stage, crowd, notes } = scene
  await crowd.stop()
  scene.bot ??= start(scene)
  const since = Date.now()
  const quietNow = async () => {
    await Promise.all(sides.map(side => side.look()))
    const open = await stage.prisma.poll.count({ where: { state: 'open', closesAt: { lt: new Date(Date.now() + 86_400_000) } } })
    const due = await stage.prisma.delivery.count({ where: { dueAt: { not: null } } })
    const touched = await stage.prisma.touched.count()
    const counts = await Promise.all(sides.map(({ platform }) => platform.counts()))
    return counts.every(one => one.isHeard && one.waiting === 0) && open + due + touched === 0
  }
  while (!(await insist(quietNow))) {
    if (Date.now() - since > withinMs) return notes.fault('it did not come to rest')
    await wait(200)
  }
  notes.settled(Date.now() - since)
  const { strange } = await crowd.hear()
  for (const text of strange) notes.fault(`somebody was told "${text}"`)
  await endBot(scene, 'SIGTERM')
  await crowd.hear()
  await Promise.all(sides.map(side => side.look()))
}
