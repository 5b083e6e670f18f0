import { slack } from '../../../adapters/slack/index.ts'
import { telegram } from '../../../adapters/telegram/index.ts'
import { systemClock, systemIds } from '../../../src/base/clock.ts'
import type { Log } from '../../../src/base/log.ts'
import { type Bot, createBot } from '../../../src/runtime/bot.ts'
import { openStore, type Store } from '../../../src/store/open.ts'
import { readCatalogues } from '../../../src/texts/texts.ts'
import { PATIENCE_MS, until } from '../../helpers/patience.ts'
import { testStore } from '../../store/database.ts'
import { quiet } from '../../store/quiet.ts'
import { wayTo } from '../../store/way.ts'
import { joins } from '../../three/joins.ts'
import type { Person, Place, Side } from '../../three/side.ts'
import { slackSide } from '../../three/slack-side.ts'
import { telegramSide } from '../../three/telegram-side.ts'

const catalogues = readCatalogues([new URL('../../../src/', import.meta.url), slack.texts, telegram.texts])

/** One process of the bot, on a computer of this name. */
export interface One {
  readonly bot: Bot
  readonly store: Store
  /** What became of platforms there, as its operator reads it: `telegram up`, `stands by for telegram, slack`. */
  readonly said: string[]
  /** Milliseconds pass for its leases; by itself no time passes there. */
  passes(ms: number): void
  /** Its way to the store is gone (nothing comes back, nothing is closed), or there again. */
  cut(): void
  mend(): void
}

/** Two processes of the bot on one store, on two computers, with one Telegram and one Slack. */
export interface Pair {
  readonly store: Store
  readonly telegram: Side
  readonly slack: Side
  readonly parks: Place
  readonly homes: Place
  readonly jo: Person
  /** That platform is for the process on that computer, which comes later. */
  keeps(platform: string, computer: string): Promise<void>
  /** `answerMs`: how long the store may take to answer its leases. */
  start(computer: string, answerMs?: number): Promise<One>
  until<T>(look: () => T | Promise<T>, what: string): Promise<NonNullable<T>>
  close(): Promise<void>
}

export async function pair(): Promise<Pair> {
  const stores = await testStore()
  const { store } = stores
  const clock = systemClock.now
  const sides = [await telegramSide({ clock, strict: false }), await slackSide({ clock, strict: false })] as const
  const [tg, sl] = sides
  const networkId = systemIds.id()
  await store.prisma.network.create({ data: { id: networkId, name: 'Ancoats and around', contact: 'Ask at the library desk.' } })
  const { join, grant } = joins(store, networkId)
  const [parks, homes, jo] = [tg.place('Ardwick residents'), sl.place('Gorton residents'), tg.person('Jo')]
  await join(parks, 'Ardwick')
  await join(homes, 'Gorton')
  await grant([jo], 'coordinator')
  const all: (One & { stop(): Promise<void> })[] = []
  return {
    ...{ store, telegram: tg, slack: sl, parks, homes, jo, until },
    async keeps(platform, computer) {
      await store.prisma.lease.create({ data: { platform, owner: computer, place: computer, pid: 1, session: '' } })
    },
    async start(computer, answerMs = PATIENCE_MS) {
      const one = await open(computer, stores.url, sides, answerMs)
      all.push(one)
      await one.bot.start(
        (platform, state) => void one.said.push(`${platform} ${state}`),
        (platforms, isUnavailable) => void one.said.push(`${isUnavailable ? 'has stopped on' : 'stands by for'} ${platforms.join(', ')}`),
      )
      one.bot.delivery.poke()
      return one
    },
    async close() {
      for (const one of all) await one.stop()
      for (const side of sides) await side.close()
      await stores.close()
    },
  }
}

async function open(computer: string, url: string, sides: readonly Side[], answerMs: number): Promise<One & { stop(): Promise<void> }> {
  const way = await wayTo(url)
  const store = await openStore({ stateDir: '', databaseUrl: way.url, log: quiet })
  const now = { passed: 0 }
  // It stands until a test moves it: no process looks dead because the machine is busy.
  const time = { steady: () => now.passed, wall: () => now.passed, answerMs }
  const log: Log = quiet
  const bench = {
    words: (locale: string | undefined, key: string, args?: Readonly<Record<string, string | number>>) =>
      catalogues.in(locale).named(key, args),
    ...{ log, now: systemClock.now, notice: () => {}, unread: () => {}, picture: async () => undefined, answerMs: PATIENCE_MS },
  }
  const bot = createBot({
    ...{ store, adapters: sides.map(side => side.open(bench)), clock: systemClock, ids: systemIds, log, texts: catalogues },
    ...{ owner: computer, at: { place: computer, time }, lastBackup: async () => undefined, onEvent: () => {} },
  })
  return {
    ...{ bot, store, said: [], cut: way.cut, mend: way.mend },
    passes(ms) {
      now.passed += ms
    },
    async stop() {
      way.mend()
      await bot.stop()
      await store.close()
      way.close()
    },
  }
}
