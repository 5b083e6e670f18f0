import { discord } from '../../adapters/discord/index.ts'
import { slack } from '../../adapters/slack/index.ts'
import { telegram } from '../../adapters/telegram/index.ts'
import type { Waits } from '../../src/app/patience.ts'
import { systemIds } from '../../src/base/clock.ts'
import type { Log } from '../../src/base/log.ts'
import type { Role } from '../../src/community/members.ts'
import type { MakeFeature } from '../../src/feature/define.ts'
import { readPicture } from '../../src/pictures/pictures.ts'
import type { Adapter, PlatformStatus, Workbench } from '../../src/platform/adapter.ts'
import { type Bot, createBot } from '../../src/runtime/bot.ts'
import { thisPlace } from '../../src/runtime/leases/place.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { type Catalogues, readCatalogues } from '../../src/texts/texts.ts'
import { listed } from '../helpers/command-lists.ts'
import { outside } from '../helpers/outside.ts'
import { PATIENCE_MS } from '../helpers/patience.ts'
import { Changes } from '../platforms/changes.ts'
import type { TestStore } from '../store/database.ts'
import { test as base } from '../store/fixtures.ts'
import { quiet } from '../store/quiet.ts'
import { type Way, wayTo } from '../store/way.ts'
import { discordSide } from './discord-side.ts'
import { joins } from './joins.ts'
import { NAMES, type Name, type Person, type Place, type Said, type SideOptions } from './side.ts'
import { slackSide } from './slack-side.ts'
import { telegramSide } from './telegram-side.ts'

export const AREAS = { discord: 'Ardwick', slack: 'Gorton', telegram: 'Levenshulme' } as const satisfies Record<Name, string>

type Sides = Awaited<ReturnType<typeof openSides>>
type Each<T> = Readonly<Record<Name, T>>

/** The whole bot on a store of its own, with the three real adapters, talking to three loop-back platforms. The time stands until a test moves it. */
export interface Moot {
  readonly sides: Sides
  readonly store: Store
  /** The bot's own way to the store; `store` itself has another. */
  readonly way: Way
  readonly clock: { at: number; now(): Date }
  /** So many milliseconds pass for the bot's hold on the platforms, where it is `hasty`. By itself no time passes there: it loses nothing to a busy computer. */
  passes(ms: number): void
  readonly networkId: string
  /** One coordinator with an account on each platform. */
  readonly jo: Each<Person>
  /** A chat of residents on each that has joined, each for an area of its own. */
  readonly places: Each<Place>
  readonly bot: Bot
  readonly statuses: readonly (readonly [Name, PlatformStatus, string | undefined])[]
  /** Platforms that the bot said it may not act for now, oldest first. */
  readonly standbys: (readonly string[])[]
  /** What was logged as an error. Whoever expects some takes them out. */
  readonly faults: { readonly message: string; readonly data: object }[]
  /** One more chat, that has joined for an area. */
  place(on: Name, area: string): Promise<Place>
  person(on: Name, name: string): Person
  /** One human, known in the network with these accounts, who has these roles. */
  grant(accounts: readonly Person[], ...roles: Role[]): Promise<string>
  /** The newest message of the bot there (or to that person alone) that holds these words, as soon as it stands. */
  sees(where: Place | Person, words: string): Promise<Said>
  until<T>(look: () => T, what: string): Promise<NonNullable<T>>
  /** What became of a platform last. */
  status(name: Name): PlatformStatus | undefined
  /** All that happened is taken, what is due is done, and it is delivered. */
  settle(): Promise<void>
  later(ms: number): Promise<void>
  /** The pace of edits of the slowest platform has passed once. */
  edits(): Promise<void>
  close(): Promise<void>
}

const TEXTS = [new URL('../../src/', import.meta.url), discord.texts, slack.texts, telegram.texts]
const usual = readCatalogues(TEXTS)

/** Tests that get a moot of their own, so that several may run side by side. Nothing may go wrong unheard. */
export const test = base.extend<{ options: MootOptions; on: Moot }>({
  options: {},
  on: async ({ task, options, stores }, use) => {
    const on = await moot(task.id, stores, options)
    await use(on)
    await on.close()
    if (on.faults.length > 0) throw new Error(`Something went wrong inside: ${JSON.stringify(on.faults)}`)
  },
})

export interface MootOptions {
  /** The platforms check every request against their schemas; off where the same few requests come thousands of times. */
  readonly strict?: boolean
  /** People are told as soon as ever that the store does not answer; else never, however busy this computer is. */
  readonly hasty?: boolean
  /** Features beside those of the list, with the folders of their texts and the statements that make their tables. */
  readonly features?: readonly MakeFeature[]
  readonly texts?: readonly URL[]
  readonly models?: readonly string[]
}

async function moot(owner: string, stores: TestStore, options: MootOptions): Promise<Moot> {
  const { strict = true, hasty = false, features = [], models = [] } = options
  const texts = options.texts ? readCatalogues([...TEXTS, ...options.texts]) : usual
  const url = await stores.freshUrl()
  const store = await openStore({ stateDir: '', databaseUrl: onlooker(url), log: quiet })
  for (const model of models) await store.pool.query(model)
  const way = await wayTo(url)
  const own = hasty ? await openStore({ stateDir: '', databaseUrl: way.url, log: quiet }) : store
  const clock = { at: Date.UTC(2026, 10, 2, 9), now: (): Date => new Date(clock.at) }
  const sides = await openSides({ clock: clock.now, strict })
  const all = watching(sides)
  const held = { ms: 0 }
  const faults: Moot['faults'] = []
  const statuses: [Name, PlatformStatus, string | undefined][] = []
  const standbys: (readonly string[])[] = []
  const bot = build(owner, sides, { store: own, clock, faults, texts, features, ...(hasty ? { passed: () => held.ms } : { waits: NEVER }) })
  const networkId = systemIds.id()
  await store.prisma.network.create({ data: { id: networkId, name: 'Ancoats and around', contact: 'Ask at the library desk.' } })
  const { join, grant } = joins(store, networkId)
  const place = async (on: Name, area: string): Promise<Place> => {
    const made = sides[on].place(`${area} residents`)
    await join(made, area)
    return made
  }
  const jo = each(name => sides[name].person('Jo'))
  await grant(Object.values(jo), 'coordinator')
  const places = { discord: await place('discord', AREAS.discord), slack: await place('slack', AREAS.slack) }
  const until: Moot['until'] = (look, what) => all.until(look, () => what)
  const status = (name: Name): PlatformStatus | undefined => statuses.findLast(([one]) => one === name)?.[1]
  const on: Moot = {
    ...{ sides, store, way, clock, networkId, jo, bot, statuses, standbys, faults, place, grant, until, status },
    places: { ...places, telegram: await place('telegram', AREAS.telegram) },
    person: (name, who) => sides[name].person(who),
    passes(ms) {
      held.ms += ms
    },
    sees: (where, words) => until(() => where.said.findLast(one => one.text.includes(words)), `"${words}" from the bot on ${where.on}`),
    settle: () => settled(sides, bot, until),
    async later(ms) {
      // What is under way ends at the time it was begun at: else what follows it would count from the later time.
      await on.settle()
      clock.at += ms
      await on.settle()
    },
    edits: () => on.later(Math.max(...NAMES.map(name => sides[name].cadenceMs))),
    async close() {
      way.mend()
      await bot.stop()
      all.close()
      for (const name of NAMES) await sides[name].close()
      for (const one of new Set([own, store])) await one.close()
      way.close()
    },
  }
  await bot.start(
    (name, state, why) => {
      statuses.push([name as Name, state, why])
      all.happened()
    },
    platforms => {
      standbys.push(platforms)
      all.happened()
    },
  )
  await until(() => NAMES.every(name => status(name) === 'up') && sides.discord.server.world.commands.length > 0, 'all three to be up')
  await listed(sides.telegram.server)
  return on
}

export function each<T>(make: (name: Name) => T): Each<T> {
  return { discord: make('discord'), slack: make('slack'), telegram: make('telegram') }
}

async function openSides(options: SideOptions) {
  return { discord: await discordSide(options), slack: await slackSide(options), telegram: await telegramSide(options) }
}

/** The test looks on: the bot does not take it for another process on its store. */
function onlooker(url: string): string {
  const named = new URL(url)
  named.searchParams.set('application_name', 'a test')
  return named.href
}

/** What changes on any of the three, as one. */
function watching(sides: Sides): Changes & { close(): void } {
  const all = new Changes()
  let closed = false
  const pass = (): boolean => {
    all.happened()
    return closed
  }
  for (const name of NAMES) void sides[name].changes.until(pass, () => 'nothing', 2 ** 31 - 1)
  return Object.assign(all, {
    close() {
      closed = true
      for (const name of NAMES) sides[name].changes.happened()
    },
  })
}

type Inside = Pick<Moot, 'store' | 'clock' | 'faults'> & {
  readonly texts: Catalogues
  readonly features: readonly MakeFeature[]
  readonly waits?: Waits
  readonly passed?: () => number
}

/** Longer than any test. */
const NEVER: Waits = { firstMs: 600_000, silentMs: 600_000, againMs: 600_000 }

function build(owner: string, sides: Sides, { store, clock, faults, texts, features, waits, passed }: Inside): Bot {
  const log: Log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (data, message) => void faults.push({ message, data: inWords(data) }),
  }
  const bench: Workbench = {
    words: (locale, key, args) => texts.in(locale).named(key, args),
    log,
    now: clock.now,
    notice: () => {},
    unread: () => {},
    picture: id => readPicture(store.prisma, id),
    answerMs: PATIENCE_MS,
    retryMs: PATIENCE_MS,
  }
  const calls = outside(store)
  const adapters = NAMES.map((name): Adapter => calls.guard(sides[name].open(bench)))
  return createBot({
    ...{ store: calls.store, adapters, clock, ids: systemIds, log, texts, features, owner: `${owner} ${systemIds.id()}` },
    lastBackup: async () => undefined,
    ...(waits && { waits }),
    ...(passed && { at: { place: thisPlace(), time: { steady: passed, wall: passed } } }),
    onEvent: () => {},
  })
}

/** Errors do not show in JSON. */
function inWords(data: object): object {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, value instanceof Error ? value.stack : value]))
}

async function settled(sides: Sides, bot: Bot, until: Moot['until']): Promise<void> {
  // What was delivered may make something else due.
  for (let i = 0; i < 2; i += 1) {
    await until(() => NAMES.every(name => sides[name].isQuiet()), `all to be taken (${NAMES.filter(name => !sides[name].isQuiet())})`)
    await bot.app.idle()
    await bot.app.tick()
    await bot.delivery.pump()
  }
}
