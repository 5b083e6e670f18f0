import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { startTelegram, type Telegram } from '../../test/platforms/telegram/server.ts'
import { type Bot, startBot } from '../bot.ts'
import { type Chance, chance } from '../random.ts'
import { type Stage, setStage } from '../stage.ts'
import { type Crowd, gather } from './crowd.ts'
import { judge, unknownTo, wrongCounts } from './judge.ts'
import { createNotes, type Notes } from './notes.ts'
import { type Posts, watchPosts } from './posts.ts'

export interface KillOptions {
  readonly rounds: number
  readonly seed: number
  readonly say: (line: string) => void
}

const token = '1234:abc'
const groups = ['Ancoats', 'Ardwick', 'Beswick', 'Clayton', 'Gorton', 'Longsight', 'Levenshulme', 'Openshaw', 'Abbey Hey', 'Miles Platting']
const crowdOf = 300
const pressesPerSecond = 300
const startWithinMs = 60_000
const settleWithinMs = 120_000

/** All that the rounds work with. */
interface Scene {
  readonly tg: Telegram
  readonly stage: Stage
  readonly posts: Posts
  readonly crowd: Crowd
  readonly chance: Chance
  readonly notes: Notes
  readonly kills: number[]
  bot: Bot | undefined
}

/** How many rounds failed. */
export async function runKills({ rounds, seed, say }: KillOptions): Promise<{ failed: number }> {
  say(`${rounds} rounds, ${pressesPerSecond} presses a second, seed ${seed}`)
  const notes = createNotes(say)
  const scene = await prepare(chance(seed), notes)
  try {
    await allRounds(scene, rounds)
  } catch (cause) {
    notes.fault(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
  }
  await scene.crowd.stop()
  await endBot(scene, 'SIGKILL')
  notes.sum({ presses: scene.crowd.count, unanswered: scene.crowd.waiting(), kills: scene.kills.length })
  await scene.stage.strike()
  await scene.tg.stop()
  return { failed: notes.failed() }
}

async function allRounds(scene: Scene, rounds: number): Promise<void> {
  const { notes, crowd } = scene
  for (let round = 1; round <= rounds; round++) {
    notes.begin(round)
    await killRound(scene, round)
    if (round % 5 === 0) await storeRound(scene)
    if (round % 10 === 0) notes.tell(crowd.count)
  }
  await settle(scene)
  for (const fault of await judge(scene)) notes.fault(fault)
  const posts = await scene.stage.prisma.delivery.count()
  const doubled = await scene.stage.prisma.delivery.count({ where: { doubled: true } })
  notes.posted(posts, doubled)
}

async function prepare(luck: Chance, notes: Notes): Promise<Scene> {
  const tg = await startTelegram({ token, latencyMs: 20, remember: 1_000 })
  const chats = groups.map(title => ({ id: tg.group(title).id, title }))
  const people = Array.from({ length: crowdOf }, (_, i) => tg.person(`Resident ${i + 1}`, { language: 'en', started: i % 6 === 0 }))
  const stage = await setStage({ token, apiRoot: tg.apiRoot, chats })
  const options = ['Buses', 'Parks', 'Damp homes', 'Street lights', 'Crossings']
  const great = [
    await stage.poll({ question: 'What matters most?', options, secret: true }),
    await stage.poll({ question: 'Which of these would you help with?', options, secret: false, min: 2, max: 3 }),
  ]
  const posts = watchPosts({ tg, chats: chats.map(chat => chat.id), isGreat: id => great.includes(id) })
  const scene = { tg, stage, posts, chance: luck, notes, kills: [], bot: undefined }
  const crowd = gather({ tg, posts, people, chance: luck, rate: pressesPerSecond })
  return { ...scene, crowd }
}

/** Starts the bot, lets it work, kills it at some moment, and looks at the store before it can repair anything. */
async function killRound(scene: Scene, round: number): Promise<void> {
  const { chance: luck, stage, notes, tg } = scene
  const spawned = Date.now()
  const before = fetches(tg)
  scene.bot ??= start(scene)
  await smallPolls(scene, round)
  const early = luck.next() < 0.08
  if (early) await wait(luck.between(50, 1_500))
  else {
    await tg.until(() => fetches(tg) > before, 'the bot to fetch', startWithinMs)
    notes.started(Date.now() - spawned)
    await momentToKill(scene)
  }
  const withStore = round % 3 === 0
  const storeFirst = luck.below(2) === 0
  if (withStore && storeFirst) killStore(stage)
  scene.kills.push(Date.now())
  await endBot(scene, 'SIGKILL')
  if (withStore && !storeFirst) killStore(stage)
  // What the bot had said before it died is taken in.
  await wait(60)
  scene.posts.look()
  await lookAtStore(scene, withStore, round % 2 === 0)
}

const fetches = (tg: Telegram): number => tg.world.counts.get('getUpdates') ?? 0

function start({ stage, tg, notes }: Scene): Bot {
  return startBot({ stateDir: stage.stateDir, apiRoot: tg.apiRoot, token, onEnd: why => notes.fault(`the bot ended by itself, ${why}`) })
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

/** A random moment; often one in which a post or an edit has just gone out, and nobody has heard yet how it ended. */
async function momentToKill({ chance: luck, posts, tg }: Scene): Promise<void> {
  const until = Date.now() + luck.between(200, 2_200)
  const kind = luck.next()
  const method = kind < 0.35 ? 'sendMessage' : kind < 0.5 ? 'editMessageText' : undefined
  const from = method ? tg.world.counts.get(method) : undefined
  while (Date.now() < until) {
    await wait(10)
    posts.look()
  }
  if (!method) return
  const more = () => (tg.world.counts.get(method) ?? 0) > (from ?? 0)
  await tg.until(more, method, 4_000).catch(() => undefined)
  await wait(luck.between(0, 25))
}

/** Two polls for one group each, that soon close by themselves. */
async function smallPolls({ stage, chance: luck }: Scene, round: number): Promise<void> {
  for (const letter of ['A', 'B']) {
    const max = 1 + luck.below(2)
    const settings = {
      question: `${letter}${round}: what next?`,
      options: ['Sooner', 'Later', 'Never'],
      ...{ secret: luck.below(2) === 0, min: 1, max },
      closesAt: new Date(Date.now() + luck.between(4_000, 9_000)).toISOString(),
      where: { kind: 'space' as const, spaceId: luck.pick([...stage.spaces.values()]) },
    }
    await insist(() => stage.poll(settings))
  }
}

/** What every answered person was promised is in the store, although the bot is dead; PostgreSQL is started for that, or (`!wake`) left to the bot. */
async function lookAtStore({ stage, crowd, notes }: Scene, wasKilled: boolean, wake: boolean): Promise<void> {
  const { answered, strange } = crowd.hear()
  for (const text of strange) notes.fault(`somebody was told "${text}"`)
  if (wasKilled && !wake) return notes.later(answered)
  if (wasKilled) await stage.wake()
  const ids = notes.take(answered)
  const lost = await insist(() => unknownTo(stage, ids))
  if (lost > 0) notes.fault(`${lost} of ${ids.length} answered presses are not in the store`)
  const wrong = await insist(() => wrongCounts(stage))
  if (wrong > 0) notes.fault(`${wrong} counters differ from a recount`)
}

/** Only PostgreSQL is killed: the bot must go on by itself, and what was pressed meanwhile is answered and confirmed afterwards. */
async function storeRound(scene: Scene): Promise<void> {
  const { tg, stage, notes, chance: luck } = scene
  const before = fetches(tg)
  scene.bot = start(scene)
  await tg.until(() => fetches(tg) > before, 'the bot to fetch', startWithinMs)
  await wait(luck.between(200, 1_200))
  killStore(stage)
  const killed = Date.now()
  await wait(500)
  const answers = tg.world.answeredCount
  const mark = tg.pending.at(-1)?.update_id ?? 0
  await tg.until(() => tg.world.answeredCount > answers, 'an answer after PostgreSQL was killed', startWithinMs)
  notes.recovered(Date.now() - killed)
  const isTaken = () => (tg.pending[0]?.update_id ?? Number.POSITIVE_INFINITY) > mark
  await tg.until(isTaken, 'what was pressed while PostgreSQL was away', startWithinMs)
}

/** The people go home, the bot does what is left, and ends by itself. */
async function settle(scene: Scene): Promise<void> {
  const { tg, stage, crowd, notes, posts } = scene
  await crowd.stop()
  scene.bot ??= start(scene)
  const since = Date.now()
  const quietNow = async () => {
    posts.look()
    const open = await stage.prisma.poll.count({ where: { state: 'open', closesAt: { lt: new Date(Date.now() + 86_400_000) } } })
    const due = await stage.prisma.delivery.count({ where: { dueAt: { not: null } } })
    const touched = await stage.prisma.touched.count()
    return tg.world.updates.isPolled && tg.pending.length === 0 && open + due + touched === 0
  }
  while (!(await insist(quietNow))) {
    if (Date.now() - since > settleWithinMs) return notes.fault('it did not come to rest')
    await wait(200)
  }
  notes.settled(Date.now() - since)
  crowd.hear()
  await endBot(scene, 'SIGTERM')
}

/** Through a restart of PostgreSQL. */
async function insist<T>(action: () => Promise<T>): Promise<T> {
  for (let left = 300; ; left--) {
    try {
      return await action()
    } catch (cause) {
      if (left === 0) throw cause
      await wait(100)
    }
  }
}
