import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { discord } from '../adapters/discord/index.ts'
import { discordSettings } from '../adapters/discord/settings.ts'
import { slack } from '../adapters/slack/index.ts'
import { slackSettings } from '../adapters/slack/settings.ts'
import { telegram } from '../adapters/telegram/index.ts'
import { telegramSettings } from '../adapters/telegram/settings.ts'
import { createAnnouncement } from '../src/announcements/create.ts'
import { defaults as announced } from '../src/announcements/settings.ts'
import { systemClock, systemIds } from '../src/base/clock.ts'
import type { Log } from '../src/base/log.ts'
import { readSettings } from '../src/base/settings.ts'
import { EVERYWHERE } from '../src/kit/audience.ts'
import { withKey } from '../src/network/area-keys.ts'
import type { Adapter, Workbench } from '../src/platform/adapter.ts'
import { createPoll } from '../src/polls/create.ts'
import { defaults, type PollSettings } from '../src/polls/settings.ts'
import { type Bot, createBot } from '../src/runtime/bot.ts'
import { dataFolder } from '../src/store/create.ts'
import { startEmbedded } from '../src/store/embedded.ts'
import { PrismaClient } from '../src/store/generated/client.ts'
import { openStore } from '../src/store/open.ts'
import { readPidFile } from '../src/store/running.ts'
import { readCatalogues } from '../src/texts/texts.ts'
import { envOf, type Platforms } from './bot.ts'

/** A network that stands in the embedded store, and a second way to that store which neither starts nor watches it. */
export interface Stage {
  readonly stateDir: string
  readonly dataDir: string
  readonly networkId: string
  /** By the chat's address. */
  readonly spaces: ReadonlyMap<string, string>
  readonly prisma: PrismaClient
  readonly pool: pg.Pool
  /** The bot's own functions on that way: for drawing and for making polls. It receives and delivers nothing. */
  readonly bot: Bot
  /** Makes a poll as the bot does: its posts lie in the outbox. */
  poll(settings: Partial<PollSettings> & Pick<PollSettings, 'question' | 'options'>): Promise<string>
  /** Makes an announcement as the bot does, for these spaces or all chats of the network: its posts lie in the outbox. */
  announce(words: string, postsAt: Date, spaceIds?: readonly string[]): Promise<string>
  /** Starts PostgreSQL where it does not run, and leaves it to whoever comes next. */
  wake(): Promise<void>
  /** The number of PostgreSQL's process at this moment, if it runs. */
  storePid(): number | undefined
  /** Ends everything and deletes the folder. Call when the bot has ended. */
  strike(): Promise<void>
}

export type StageOptions = Platforms & {
  /** The chats that belong to the network; those with the same title share an area. `id`: of a Telegram chat. */
  readonly chats: readonly (({ readonly id: number } | { readonly ref: string }) & { readonly title: string })[]
  /** People who are there already, each one person behind several accounts. */
  readonly people?: readonly { readonly id: string; readonly accounts: readonly string[] }[]
}

const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const networkId = 'bench'
const organiser = 'organiser'
const farAway = new Date(Date.now() + 30 * 86_400_000)

export async function setStage(o: StageOptions): Promise<Stage> {
  const stateDir = fs.mkdtempSync(path.join(os.tmpdir(), 'moot-'))
  const dataDir = path.join(stateDir, dataFolder)
  const { host, port, spaces } = await furnish(stateDir, dataDir, o)
  const pool = new pg.Pool({ host, port, user: 'postgres', database: 'postgres', max: 4, options: '-c TimeZone=UTC' })
  // PostgreSQL is killed under it now and then; the next query connects anew.
  pool.on('error', () => {})
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  const bot = bareHouse(prisma, pool, o)
  const wake = async () => (await startEmbedded({ stateDir, log: quiet })).leave()
  await wake()
  return {
    wake,
    ...{ stateDir, dataDir, networkId, spaces, prisma, pool, bot },
    async poll(settings) {
      const whole = { ...defaults(settings.question, settings.options, undefined, farAway), ...settings }
      const made = await prisma.$transaction(tx =>
        createPoll(tx, bot.deps, { networkId, personId: organiser, settings: whole, id: systemIds.id() }),
      )
      if ('key' in made) throw new Error(`The poll is refused: ${made.key}`)
      return made.id
    },
    async announce(words, postsAt, spaceIds = []) {
      const settings = { ...announced(words, undefined), postsAt: postsAt.toISOString(), places: { ...EVERYWHERE, spaces: [...spaceIds] } }
      const made = await prisma.$transaction(tx =>
        createAnnouncement(tx, bot.deps, { networkId, personId: organiser, settings, id: systemIds.id() }),
      )
      if ('key' in made) throw new Error(`The announcement is refused: ${made.key}`)
      return made.id
    },
    storePid: () => readPidFile(dataDir)?.pid,
    async strike() {
      await prisma.$disconnect()
      await pool.end()
      // Whoever opens it alone stops it.
      const store = await openStore({ stateDir, log: quiet, migrations: 'unchecked' })
      await store.close()
      fs.rmSync(stateDir, { recursive: true, force: true })
    },
  }
}

async function furnish(
  stateDir: string,
  dataDir: string,
  { chats, people = [] }: StageOptions,
): Promise<{ host: string; port: number; spaces: ReadonlyMap<string, string> }> {
  const store = await openStore({ stateDir, log: quiet })
  const where = readPidFile(dataDir)
  const { prisma } = store
  await prisma.network.create({ data: { id: networkId, name: 'Bench', contact: 'Ask at the library desk.' } })
  await prisma.person.create({ data: { id: organiser, networkId, name: 'Jo', grants: { create: { role: 'coordinator' } } } })
  const areas = [...new Set(chats.map(chat => chat.title))]
  await prisma.area.createMany({ data: areas.map((name, i) => ({ id: `area${i}`, networkId, ...withKey(name) })) })
  const rows = chats.map((chat, i) => {
    const ref = 'ref' in chat ? chat.ref : `telegram:${chat.id}`
    const platform = ref.replace(/:.*/, '')
    return {
      id: `space${i}`,
      networkId,
      platform,
      state: 'joined' as const,
      ref,
      title: chat.title,
      areaId: `area${areas.indexOf(chat.title)}`,
    }
  })
  await prisma.space.createMany({ data: rows })
  await prisma.person.createMany({ data: people.map(({ id }) => ({ id, networkId, name: id })) })
  const accounts = people.flatMap(({ id, accounts }) => accounts.map(ref => ({ ref, personId: id })))
  await prisma.identity.createMany({ data: accounts.map(({ ref, personId }) => ({ ref, name: personId })) })
  await prisma.membership.createMany({ data: accounts.map(({ ref, personId }) => ({ identityRef: ref, networkId, personId })) })
  await store.close()
  if (!where) throw new Error('The embedded store did not say where it is.')
  return { host: where.host, port: where.port, spaces: new Map(rows.map(row => [row.ref, row.id])) }
}

const brought = { ...telegramSettings, ...discordSettings, ...slackSettings }

function bareHouse(prisma: PrismaClient, pool: pg.Pool, o: StageOptions): Bot {
  const settings = readSettings(envOf(o), brought)
  const texts = readCatalogues([new URL('../src/', import.meta.url), telegram.texts, discord.texts, slack.texts])
  const bench: Workbench = {
    words: (locale, key, args) => texts.in(locale).named(key, args),
    log: quiet,
    now: systemClock.now,
    notice: () => {},
    unread: () => {},
    picture: async () => undefined,
  }
  const adapters: readonly Adapter[] = [
    ...(settings.TELEGRAM_TOKEN ? [telegram.open(settings, bench)] : []),
    ...(settings.DISCORD_TOKEN ? [discord.open(settings, bench)] : []),
    ...(settings.SLACK_BOT_TOKEN ? [slack.open(settings, bench)] : []),
  ]
  return createBot({
    ...{
      store: { prisma, pool, kind: 'server' as const },
      adapters,
      clock: systemClock,
      ids: systemIds,
      log: quiet,
      texts,
      owner: 'bench',
    },
    lastBackup: async () => undefined,
    onEvent: () => {},
  })
}
