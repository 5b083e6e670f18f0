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
import { type Remote, startRemote, type Tap } from './remote.ts'

/** One program with a loop-back Telegram of its own, and the posts that people press on there. */
export interface Contestant {
  readonly name: string
  readonly remote: Remote
  readonly program: Bot
  readonly people: readonly number[]
  readonly posts: readonly { readonly chat: number; readonly message: number }[]
  /** The number of its PostgreSQL, if it has one. */
  storePid(): number | undefined
}

export interface Field {
  readonly bot: Contestant
  readonly bare: Contestant
  readonly deaf: Contestant
  readonly stage: Stage
  readonly poll: string
  clear(): Promise<void>
}

const TOKEN = '1234:abc'
const CHATS = ['Ardwick', 'Gorton', 'Clayton', 'Ancoats']
const PEOPLE = 2_000
const bareFile = fileURLToPath(new URL('../bare.ts', import.meta.url))

/** The bot, the bare program on the same kind of store, and the library that only acknowledges. */
export async function openField(): Promise<Field> {
  const remotes = await Promise.all([startRemote(), startRemote(), startRemote()])
  const [first, second, third] = remotes
  if (!first || !second || !third) throw new Error('Three loop-back servers were to start.')
  const chats = await Promise.all(CHATS.map(async title => ({ id: await first.group(title), title })))
  const stage = await setStage({ token: TOKEN, apiRoot: first.apiRoot, chats })
  const poll = await stage.poll({ question: 'What matters most?', options: ['Buses', 'Parks', 'Homes', 'Lights'], secret: false })
  const program = startBot({ stateDir: stage.stateDir, apiRoot: first.apiRoot, token: TOKEN, onEnd: fail('bot') })
  const bot: Contestant = {
    name: 'bot',
    remote: first,
    program,
    people: await first.people(PEOPLE),
    posts: await postsOf(
      first,
      chats.map(chat => chat.id),
    ),
    storePid: () => stage.storePid(),
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'moot-bare-'))
  const bare = await startBare('bare', second, bot, { folder, isDeaf: false })
  const deaf = await startBare('library alone', third, bot, { folder, isDeaf: true })
  return {
    ...{ bot, bare, deaf, stage, poll },
    async clear() {
      for (const one of [bot, bare, deaf]) await one.program.end('SIGTERM')
      await stage.strike()
      for (const remote of remotes) await remote.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A program that ends by itself ends the bench. */
function fail(name: string): (why: string) => void {
  return why => {
    throw new Error(`${name} has ended: ${why}`)
  }
}

/** Waits until the poll stands in each chat. */
async function postsOf(remote: Remote, chats: readonly number[]): Promise<Contestant['posts']> {
  for (;;) {
    const all = await Promise.all(chats.map(async chat => (await remote.messages(chat)).map(({ id }) => ({ chat, message: id }))))
    if (all.every(one => one.length > 0)) return all.flat()
    await wait(50)
  }
}

async function startBare(name: string, remote: Remote, model: Contestant, o: { folder: string; isDeaf: boolean }): Promise<Contestant> {
  const env = {
    PATH: process.env['PATH'],
    TELEGRAM_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: remote.apiRoot,
    STATE_DIR: o.folder,
    ...(o.isDeaf ? { BARE_STORE: 'off' } : {}),
  }
  const program = watch(startProgram(bareFile, env, { stateDir: o.folder }), { onEnd: fail(name) })
  const posts = await Promise.all(CHATS.map(title => copyPost(remote, title, model)))
  return {
    name,
    remote,
    program,
    posts,
    people: await remote.people(PEOPLE),
    storePid: () => (o.isDeaf ? undefined : readPidFile(path.join(o.folder, dataFolder))?.pid),
  }
}

/** The same post with the same buttons, in a chat of another server. */
async function copyPost(remote: Remote, title: string, model: Contestant): Promise<{ chat: number; message: number }> {
  const chat = await remote.group(title)
  const [original] = await model.remote.messages(model.posts[0]?.chat ?? 0)
  const body = JSON.stringify({ chat_id: chat, text: 'What matters most?', reply_markup: { inline_keyboard: original?.keyboard ?? [] } })
  const response = await fetch(`${remote.apiRoot}/bot${TOKEN}/sendMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  const { result } = (await response.json()) as { result: { message_id: number } }
  return { chat, message: result.message_id }
}

/** So many presses, each by the next person on the next post. `turn` moves the choice, so that a person's vote changes from run to run. */
export function taps(of: Contestant, poll: string, count: number, turn: number): readonly Tap[] {
  return Array.from({ length: count }, (_, i) => {
    const post = of.posts[i % of.posts.length]
    return {
      person: of.people[i % of.people.length] ?? 0,
      chat: post?.chat ?? 0,
      message: post?.message ?? 0,
      data: `polls_v_${poll}_${1 + ((i + turn) % 4)}`,
    }
  })
}
