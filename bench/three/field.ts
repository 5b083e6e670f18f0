import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { dataFolder } from '../../src/store/create.ts'
import { readPidFile } from '../../src/store/running.ts'
import { type Bot, startBot, startProgram, watch } from '../bot.ts'
import { type Stage, setStage } from '../stage.ts'
import { discordRemote } from './discord.ts'
import { NAMES, type Name, type Post, type Remote, type Tap } from './remote.ts'
import { slackRemote } from './slack.ts'
import { telegramRemote } from './telegram.ts'

/** What one program has on one platform: the people there, and the post that they press on. */
export interface Side {
  readonly remote: Remote
  readonly place: string
  readonly people: readonly string[]
  readonly post: Post
}

/** One program with three loop-back platforms of its own. */
export interface Contestant {
  readonly name: string
  readonly program: Bot
  readonly sides: Readonly<Record<Name, Side>>
  /** The number of its PostgreSQL. */
  storePid(): number | undefined
}

export interface Field {
  readonly bot: Contestant
  readonly bare: Contestant
  readonly stage: Stage
  readonly poll: string
  clear(): Promise<void>
}

type Remotes = Readonly<Record<Name, Remote>>
type Places = Readonly<Record<Name, string>>

const PEOPLE = 2_000
const TITLE = 'Ardwick'
const bareFile = fileURLToPath(new URL('../bare.ts', import.meta.url))
/** What every poll here asks to choose from. */
export const options = ['Buses', 'Parks', 'Homes', 'Lights']

/** Does it for each platform. */
export async function each<T>(work: (name: Name) => Promise<T>): Promise<Readonly<Record<Name, T>>> {
  const [telegram, discord, slack] = await Promise.all([work('telegram'), work('discord'), work('slack')])
  return { telegram, discord, slack }
}

/** The bot and the bare program, both with all three platforms in one process. `nodeOptions`: for the bot's. */
export async function openField(nodeOptions: readonly string[] = []): Promise<Field> {
  const [mine, theirs] = await Promise.all([startRemotes(), startRemotes()])
  const places = await each(name => mine[name].place(TITLE))
  const chats = NAMES.map(name => ({ ref: mine[name].ref(places[name]), title: TITLE }))
  const stage = await setStage({ env: envOf(mine), chats })
  const { stateDir } = stage
  const poll = await stage.poll({ question: 'What matters most?', options, secret: false })
  const program = startBot({ env: envOf(mine), stateDir, nodeOptions, onEnd: fail('bot') })
  const bot = await contend('bot', program, mine, { places, stateDir })
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'moot-bare-'))
  const copies = await each(name => copyPost(mine[name], theirs[name]))
  const bareEnv = { PATH: process.env['PATH'], STATE_DIR: folder, ...envOf(theirs) }
  const bareProgram = watch(startProgram(bareFile, bareEnv, { stateDir: folder }), { onEnd: fail('bare') })
  const bare = await contend('bare', bareProgram, theirs, { places: copies, stateDir: folder })
  return {
    ...{ bot, bare, stage, poll },
    async clear() {
      for (const one of [bot, bare]) await one.program.end('SIGTERM')
      await stage.strike()
      for (const remote of [...Object.values(mine), ...Object.values(theirs)]) await remote.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startRemotes(): Promise<Remotes> {
  const [telegram, discord, slack] = await Promise.all([telegramRemote(), discordRemote(), slackRemote()])
  return { telegram, discord, slack }
}

const envOf = (remotes: Remotes): Readonly<Record<string, string>> => Object.assign({}, ...NAMES.map(name => remotes[name].env))

/** A program that ends by itself ends the bench. */
function fail(name: string): (why: string) => never {
  return why => {
    throw new Error(`${name} has ended: ${why}`)
  }
}

interface Start {
  readonly places: Places
  readonly stateDir: string
}

/** Waits until the program is connected everywhere and the poll stands in each chat. */
async function contend(name: string, program: Bot, remotes: Remotes, { places, stateDir }: Start): Promise<Contestant> {
  process.once('exit', () => void program.end('SIGKILL'))
  const sides = await each(async one => {
    const remote = remotes[one]
    await until(() => remote.isHeard(), `${name} to be connected to ${one}`)
    const place = places[one]
    const post = await until(async () => (await remote.posts(place))[0], `a post of ${name} on ${one}`)
    return { remote, place, post, people: await remote.people(PEOPLE) }
  })
  return { name, program, sides, storePid: () => readPidFile(path.join(stateDir, dataFolder))?.pid }
}

/** The same post with the same buttons, in a chat of another server. The chat. */
async function copyPost(from: Remote, to: Remote): Promise<string> {
  const place = await to.place(TITLE)
  const [original] = await from.calls('send')
  if (!original) throw new Error(`Nothing was posted on ${from.name}.`)
  await to.copy(place, original.body)
  return place
}

/** Asks until the answer is true. */
export async function until<T>(look: () => Promise<T>, what: string, withinMs = 60_000): Promise<NonNullable<T>> {
  const began = performance.now()
  for (;;) {
    const found = await look()
    if (found) return found
    if (performance.now() - began > withinMs) throw new Error(`Waited in vain for ${what}.`)
    await wait(10)
  }
}

/** So many presses, each by the next person. `turn` moves the choice, so that a person's vote changes from run to run. */
export function taps({ people, post }: Side, poll: string, count: number, turn: number): readonly Tap[] {
  return Array.from({ length: count }, (_, i) => ({
    person: people[i % people.length] ?? '',
    post,
    token: `polls_v_${poll}_${1 + ((i + turn) % 4)}`,
  }))
}
