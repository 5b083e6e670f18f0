import type { App } from '../../src/app/app.ts'
import { type Ids, systemIds } from '../../src/base/clock.ts'
import type { Log } from '../../src/base/log.ts'
import type { Role } from '../../src/community/members.ts'
import type { MakeFeature } from '../../src/feature/define.ts'
import type { Deps } from '../../src/feature/feature.ts'
import { withKey } from '../../src/network/area-keys.ts'
import type { Pictures } from '../../src/pictures/picture-maker.ts'
import type { Capabilities, PersonRef, SpaceRef } from '../../src/platform/adapter.ts'
import { type Bot, createBot } from '../../src/runtime/bot.ts'
import type { Store } from '../../src/store/open.ts'
import { type Catalogues, readCatalogues } from '../../src/texts/texts.ts'
import { testStore } from '../store/database.ts'
import { rich, type Shown, type TestChat, testChat } from './chat.ts'
import { outside } from './outside.ts'
import { Someone } from './person.ts'

/** A moment that moves only when a test says so. */
export interface TestClock {
  at: number
  now(): Date
}

/** What was before a bot starts that others of its kind ran before. */
export interface Before {
  readonly at: number
  /** What stands in the chats, by platform. */
  readonly shown: Readonly<Record<string, readonly Shown[]>>
  /** Whom the bot may write to. */
  readonly opened: readonly PersonRef[]
}

export interface TestAppOptions {
  /** What its one platform, `chat`, can do beside (or unlike) `rich`. */
  readonly can?: Partial<Capabilities>
  /** Several platforms, by name. */
  readonly platforms?: Readonly<Record<string, Partial<Capabilities>>>
  readonly lastBackup?: () => Promise<Date | undefined>
  readonly publicUrl?: string
  /** What reads pictures, if not the library. */
  readonly pictures?: Pictures
  /** Instead of a store of its own; the test closes it. */
  readonly store?: Store
  /** Instead of ids that count. */
  readonly ids?: Ids
  /** Instead of Monday, 2 November 2026, at nine, with nothing in the chats. */
  readonly before?: Before
  readonly log?: Log
  /** Beside those that the bot has, and their models as SQL. */
  readonly features?: readonly MakeFeature[]
  readonly models?: readonly string[]
}

export interface TestApp {
  readonly bot: Bot
  readonly app: App
  readonly deps: Deps
  readonly store: Store
  readonly clock: TestClock
  /** The first platform, or the one of this name. */
  chat(platform?: string): TestChat
  /** Somebody with an account. `started`: the bot may write to them. `isPartial`: the platform tells little of them. */
  person(name: string, options?: { platform?: string; locale?: string; started?: boolean; isPartial?: boolean }): Someone
  /** A chat that is in no network yet; these people are its admins. */
  group(name: string, admins?: readonly Someone[], platform?: string): SpaceRef
  /** A network that stands in the store, with areas, and a joined space for each (`chat:ardwick` for "Ardwick"). */
  network(name: string, areas: readonly string[], options?: { sample?: boolean; platform?: string }): Promise<Standing>
  /** Makes somebody a person of a network and gives them roles, behind the bot's back; the id of the person. */
  grant(network: Standing, who: Someone, ...roles: readonly Role[]): Promise<string>
  /** Does what is due now, and delivers until nothing is left. */
  tick(): Promise<void>
  /** Lets the time pass, then `tick`. */
  later(ms: number): Promise<void>
  close(): Promise<void>
}

export interface Standing {
  readonly id: string
  /** The id of an area. Throws for a name that is not there, as do the others. */
  area(name: string): string
  /** The address of the space of an area. */
  space(area: string): SpaceRef
  spaceId(area: string): string
}

const FOLDERS = ['../../src/', '../../adapters/telegram/texts/', '../../adapters/web/texts/'].map(
  folder => new URL(folder, import.meta.url),
)

let read: Catalogues | undefined

/** The texts, read once for all bots of this process. */
function catalogues(): Catalogues {
  read ??= readCatalogues(FOLDERS)
  return read
}

/** The whole bot on a store of its own, with platforms in memory: people say, press and submit, and read what comes. Call `close` at the end. */
export async function testApp({
  can = {},
  platforms = { chat: can },
  lastBackup = async () => undefined,
  publicUrl,
  pictures,
  store: given,
  ids = countedIds(),
  log = loud,
  features = [],
  models = [],
  before = { at: Date.UTC(2026, 10, 2, 9), shown: {}, opened: [] },
}: TestAppOptions = {}): Promise<TestApp> {
  const test = given ? { store: given, close: async () => {} } : await testStore(loud)
  const calls = outside(test.store)
  const { store } = calls
  for (const model of models) await store.pool.query(model)
  const clock: TestClock = { at: before.at, now: () => new Date(clock.at) }
  const chats = new Map(Object.entries(platforms).map(([name, differs]) => [name, testChat(name, { ...rich, ...differs })]))
  for (const [name, shown] of Object.entries(before.shown)) chatOf(chats, name).stands(shown)
  for (const who of before.opened) chatOf(chats, who.slice(0, who.indexOf(':'))).opened(who)
  const adapters = [...chats.values()].map(chat => calls.guard(chat))
  const bot = createBot({
    // Nothing is written by itself while a test looks on, however long it takes.
    ...{ store, adapters, clock, ids, log, features, texts: catalogues(), owner: 'this test', gatherMs: 2 ** 31 - 1 },
    lastBackup,
    publicUrl,
    ...(pictures && { pictures }),
    onEvent: () => {},
  })
  const { app, deps } = bot
  await bot.start(() => {})
  const close = async () => {
    await bot.stop()
    await test.close()
    calls.check()
  }
  return {
    bot,
    app,
    deps,
    store,
    clock,
    ...makePeople(chats, clock, before.at),
    ...makeNetworks(store, deps, chats),
    ...passTime(bot, clock),
    chat: name => chatOf(chats, name),
    close,
  }
}

/** Ids that tell in which order they were made; codes are as random as ever. */
function countedIds(): Ids {
  let count = 0
  const id = () => {
    count += 1
    return `id${String(count).padStart(8, '0')}`
  }
  return { id, code: systemIds.code, below: below => below - 1 }
}

function chatOf(chats: ReadonlyMap<string, TestChat>, name?: string): TestChat {
  return need(name === undefined ? [...chats.values()][0] : chats.get(name), `platform "${name}"`)
}

function makePeople(chats: ReadonlyMap<string, TestChat>, clock: TestClock, began: number): Pick<TestApp, 'person' | 'group'> {
  let count = 0
  const nextId = () => {
    count += 1
    return `test ${began}:${count}`
  }
  return {
    person(name, { platform, locale, started = false, isPartial = false } = {}) {
      const chat = chatOf(chats, platform)
      const ref = `${chat.platform}:@${slug(name)}` as const satisfies PersonRef
      if (started) chat.opened(ref)
      return new Someone({ chat, nextId, now: clock.now }, { ref, name, ...(locale ? { locale } : {}), isPartial, form: undefined })
    },
    group(name, admins = [], platform) {
      const chat = chatOf(chats, platform)
      const ref = `${chat.platform}:${slug(name)}` as const satisfies SpaceRef
      chat.admins.set(ref, new Set(admins.map(one => one.ref)))
      return ref
    },
  }
}

function makeNetworks({ prisma }: Store, { ids }: Deps, chats: ReadonlyMap<string, TestChat>): Pick<TestApp, 'network' | 'grant'> {
  return {
    async network(name, areas, { sample = false, platform } = {}) {
      const chat = chatOf(chats, platform)
      const id = ids.id()
      await prisma.network.create({ data: { id, name, sample, contact: 'Ask at the library desk.' } })
      const made = areas.map(area => ({
        area,
        id: ids.id(),
        spaceId: ids.id(),
        ref: `${chat.platform}:${slug(area)}` as const satisfies SpaceRef,
      }))
      await prisma.area.createMany({ data: made.map(one => ({ id: one.id, networkId: id, ...withKey(one.area) })) })
      const row = { networkId: id, platform: chat.platform, state: 'joined' as const }
      await prisma.space.createMany({ data: made.map(one => ({ ...row, id: one.spaceId, ref: one.ref, title: one.area, areaId: one.id })) })
      const of = (area: string) =>
        need(
          made.find(one => one.area === area),
          `area "${area}"`,
        )
      return { id, area: area => of(area).id, space: area => of(area).ref, spaceId: area => of(area).spaceId }
    },
    async grant(network, who, ...roles) {
      const { ref, name } = who
      await prisma.identity.upsert({ where: { ref }, create: { ref, name }, update: {} })
      const key = { identityRef: ref, networkId: network.id }
      const known = await prisma.membership.findUnique({ where: { identityRef_networkId: key } })
      const id = known?.personId ?? ids.id()
      if (!known) await prisma.person.create({ data: { id, networkId: network.id, name, identities: { create: key } } })
      await prisma.grant.createMany({ data: roles.map(role => ({ personId: id, role })), skipDuplicates: true })
      return id
    },
  }
}

function passTime({ app, delivery }: Bot, clock: TestClock): Pick<TestApp, 'tick' | 'later'> {
  const tick = async () => {
    // What was written before goes out first: else what looks after posts would find them now delivered, now under way.
    await delivery.pump()
    // What was delivered may make something else due.
    for (let i = 0; i < 3; i += 1) {
      await app.tick()
      await delivery.pump()
    }
  }
  const later = async (ms: number) => {
    // What is under way ends at the time it was begun at: else what follows it would count from the later time.
    await delivery.pump()
    clock.at += ms
    await tick()
  }
  return { tick, later }
}

function need<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`There is no ${what} in this test.`)
  return found
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}

/** Nothing may go wrong unheard. */
const loud: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (data, message) =>
    process.stderr.write(`${message} ${'err' in data && data.err instanceof Error ? data.err.stack : JSON.stringify(data)}\n`),
}
