import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { readPidFile } from '../../src/store/running.ts'
import { type Bot, startBot } from '../bot.ts'
import { onDiscord } from '../kill/on-discord.ts'
import { onSlack } from '../kill/on-slack.ts'
import { onTelegram } from '../kill/on-telegram.ts'
import type { Platform } from '../kill/platform.ts'
import { type Stage, setStage } from '../stage.ts'

/** A platform with chats that the announcements go to; so many of each announcement's. */
export interface Side {
  readonly platform: Platform
  readonly chats: readonly string[]
  readonly each: number
}

/** One of the two processes, which is started again whenever it was killed. */
export interface Process {
  readonly name: string
  readonly stateDir: string
  bot: Bot
}

export interface Field {
  readonly sides: readonly Side[]
  readonly stage: Stage
  readonly processes: readonly [Process, Process]
  start(one: Process): void
  clear(): Promise<void>
}

/** The platforms enforce no rates here, but the bot keeps to them: so many chats, and so many posts on each, that all three take about as long. */
const plans = [
  { open: onTelegram, chats: 120, each: 17 },
  { open: onDiscord, chats: 120, each: 30 },
  { open: onSlack, chats: 20, each: 3 },
] as const

/** Two processes of the bot on one PostgreSQL server (the embedded one, used as if it were somebody's), with three platforms. */
export async function openField(onEnd: (why: string) => void): Promise<Field> {
  const sides: Side[] = []
  for (const { open, chats, each } of plans) {
    const platform = await open()
    const made: string[] = []
    for (let i = 0; i < chats; i += 1) made.push(await platform.chat(`Street ${i}`))
    sides.push({ platform, chats: made, each })
  }
  const platforms = Object.assign({}, ...sides.map(({ platform }) => platform.env)) as Record<string, string>
  const stage = await setStage({
    env: platforms,
    chats: sides.flatMap(({ platform, chats }) => chats.map((chat, i) => ({ ref: platform.chatRef(chat), title: `Street ${i}` }))),
  })
  const env = { ...platforms, DATABASE_URL: addressOf(stage) }
  const made = (name: string): Process => {
    const stateDir = fs.mkdtempSync(path.join(os.tmpdir(), 'moot-two-'))
    return { name, stateDir, bot: launch(stateDir) }
  }
  const launch = (stateDir: string): Bot => {
    const bot = startBot({ stateDir, env, onEnd })
    process.once('exit', () => void bot.end('SIGKILL'))
    return bot
  }
  process.setMaxListeners(0)
  const processes = [made('one'), made('two')] as const
  return {
    ...{ sides, stage, processes },
    start(one) {
      one.bot = launch(one.stateDir)
    },
    async clear() {
      for (const one of processes) await one.bot.end('SIGKILL')
      await stage.strike()
      for (const { platform } of sides) await platform.stop()
      for (const one of processes) fs.rmSync(one.stateDir, { recursive: true, force: true })
    },
  }
}

function addressOf({ dataDir }: Stage): string {
  const where = readPidFile(dataDir)
  if (!where) throw new Error('The store did not say where it is.')
  const { host, port } = where
  return path.isAbsolute(host) ? `postgresql://postgres@localhost/postgres?host=${host}` : `postgresql://postgres@${host}:${port}/postgres`
}
