import { telegram } from '../../adapters/telegram/index.ts'
import type { Waits } from '../../src/app/patience.ts'
import { systemIds } from '../../src/base/clock.ts'
import type { Log } from '../../src/base/log.ts'
import type { Role } from '../../src/community/members.ts'
import { withKey } from '../../src/network/area-keys.ts'
import { readPicture } from '../../src/pictures/pictures.ts'
import type { Adapter, PlatformStatus, Workbench } from '../../src/platform/adapter.ts'
import { type Bot, createBot } from '../../src/runtime/bot.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { readCatalogues } from '../../src/texts/texts.ts'
import { listed } from '../helpers/command-lists.ts'
import { outside } from '../helpers/outside.ts'
import type { Group, GroupOptions, Topic } from '../platforms/telegram/groups.ts'
import type { Person } from '../platforms/telegram/people.ts'
import type { Posted } from '../platforms/telegram/posted.ts'
import { type PersonOptions, startTelegram, type Telegram } from '../platforms/telegram/server.ts'
import type { TestStore } from '../store/database.ts'
import { test as base } from '../store/fixtures.ts'
import { quiet } from '../store/quiet.ts'
import { type Way, wayTo } from '../store/way.ts'

export const TOKEN = '1234:abc'
export const STREETS = '/poll What matters most on our streets? | Buses | Parks | Damp homes'
/** The least time between two edits in one group, and a little. */
export const CADENCE = 3_600

/** The whole bot on a store of its own, talking to a loop-back Telegram that is as strict as the real one. The time stands until a test moves it. */
export interface Moot {
  readonly tg: Telegram
  readonly store: Store
  /** The bot's own way to the store; `store` itself has another. */
  readonly way: Way
  readonly clock: { at: number; now(): Date }
  readonly networkId: string
  /** A coordinator, whom the bot may write to. */
  readonly jo: Person
  /** A chat of residents that has joined. */
  readonly ardwick: Group
  readonly bot: Bot
  readonly adapter: Adapter
  readonly statuses: (readonly [PlatformStatus, string | undefined])[]
  /** What was logged as an error. Whoever expects some takes them out. */
  readonly faults: { readonly message: string; readonly data: object }[]
  /** A person who has started the bot, unless the options say otherwise. */
  person(name: string, options?: PersonOptions): Person
  /** A group (or a topic in one) that has joined, for an area of its own. */
  group(area: string, options?: GroupOptions): Promise<Group>
  join(group: Group, area: string, topic?: Topic): Promise<string>
  grant(person: Person, ...roles: Role[]): Promise<string>
  /** The newest message of the bot there that holds these words, as soon as it stands. */
  sees(where: Group | Person, words: string): Promise<Posted>
  /** All that happened is taken, what is due is done, and it is delivered. */
  settle(): Promise<void>
  later(ms: number): Promise<void>
  /** A clean end of the bot; Telegram goes on. */
  stop(): Promise<void>
  /** Resolves when the bot is up; with `'soon'` already when it has begun to connect. */
  start(until?: 'up' | 'soon'): Promise<void>
  close(): Promise<void>
}

const catalogues = readCatalogues([new URL('../../src/', import.meta.url), telegram.texts])

/** Tests that get a moot of their own, so that several may run side by side. Nothing may go wrong unheard. */
export const test = base.extend<{ hasty: boolean; isOld: boolean; on: Moot }>({
  /** People are told as soon as ever that the store does not answer; else never, however busy this computer is. */
  hasty: false,
  /** The server is from before messages for one person alone in a group: what is private goes to the private chat. */
  isOld: false,
  on: async ({ task, hasty, isOld, stores }, use) => {
    const on = await moot(task.id, stores, { hasty, isOld })
    await use(on)
    await on.close()
    if (on.faults.length > 0) throw new Error(`Something went wrong inside: ${JSON.stringify(on.faults)}`)
  },
})

/** Longer than any test. */
const NEVER: Waits = { firstMs: 600_000, silentMs: 600_000, againMs: 600_000 }

interface Inside {
  readonly owner: string
  readonly tg: Telegram
  /** By the bot's own way. */
  readonly store: Store
  readonly waits: Waits | undefined
  readonly clock: Moot['clock']
  readonly statuses: Moot['statuses']
  readonly faults: Moot['faults']
}

async function moot(owner: string, stores: TestStore, { hasty, isOld }: { hasty: boolean; isOld: boolean }): Promise<Moot> {
  const url = await stores.freshUrl()
  const store = await openStore({ stateDir: '', databaseUrl: url, log: quiet })
  const way = await wayTo(url)
  const own = hasty ? await openStore({ stateDir: '', databaseUrl: way.url, log: quiet }) : store
  const clock = { at: Date.UTC(2026, 10, 2, 9), now: (): Date => new Date(clock.at) }
  const tg = await startTelegram({ token: TOKEN, clock: clock.now, isOld })
  const inside: Inside = { owner, tg, store: own, waits: hasty ? undefined : NEVER, clock, statuses: [], faults: [] }
  let running = build(inside)
  let stopped = false
  const networkId = systemIds.id()
  await store.prisma.network.create({ data: { id: networkId, name: 'Ancoats and around', contact: 'Ask at the library desk.' } })
  const joining = joins(store, networkId)
  const [jo, ardwick] = [tg.person('Jo', { language: 'en', started: true }), tg.group('Ardwick residents')]
  await joining.grant(jo, 'coordinator')
  await joining.join(ardwick, 'Ardwick')
  const settle = (): Promise<void> => settled(tg, running.bot)
  const on: Moot = {
    ...{ tg, store, way, clock, networkId, jo, ardwick, statuses: inside.statuses, faults: inside.faults, ...joining, settle },
    get bot() {
      return running.bot
    },
    get adapter() {
      return running.adapter
    },
    person: (name, options) => tg.person(name, { language: 'en', started: true, ...options }),
    async group(area, options) {
      const group = tg.group(`${area} residents`, options)
      await joining.join(group, area)
      return group
    },
    sees: (where, words) => tg.until(() => standing(where, tg).findLast(one => one.text.includes(words)), `"${words}" from the bot`),
    async later(ms) {
      // What is under way ends at the time it was begun at: else what follows it would count from the later time.
      await settle()
      clock.at += ms
      await settle()
    },
    async stop() {
      await running.bot.stop()
      stopped = true
    },
    start(when = 'up') {
      if (stopped) running = build(inside)
      stopped = false
      return begin(running, inside, when)
    },
    async close() {
      way.mend()
      if (!stopped) await running.bot.stop()
      await tg.stop()
      for (const one of new Set([own, store])) await one.close()
      way.close()
    },
  }
  await on.start()
  await listed(tg)
  return on
}

interface Running {
  readonly bot: Bot
  readonly adapter: Adapter
}

function build({ owner, tg, store, waits, clock, faults }: Inside): Running {
  const log: Log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (data, message) => void faults.push({ message, data: inWords(data) }),
  }
  const bench: Workbench = {
    words: (locale, key, args) => catalogues.in(locale).named(key, args),
    log,
    now: clock.now,
    notice: () => {},
    unread: () => {},
    picture: id => readPicture(store.prisma, id),
  }
  const adapter = telegram.open({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: tg.apiRoot }, bench)
  const calls = outside(store)
  const bot = createBot({
    ...{
      store: calls.store,
      adapters: [calls.guard(adapter)],
      clock,
      ids: systemIds,
      log,
      texts: catalogues,
      owner: `${owner} ${systemIds.id()}`,
    },
    lastBackup: async () => undefined,
    ...(waits && { waits }),
    onEvent: () => {},
  })
  return { bot, adapter }
}

async function begin({ bot }: Running, { tg, statuses }: Inside, when: 'up' | 'soon'): Promise<void> {
  await bot.start((_platform, state, why) => {
    statuses.push([state, why])
    tg.world.changes.happened()
  })
  if (when === 'up') await tg.until(() => ['up', 'dead'].includes(statuses.at(-1)?.[0] ?? ''), 'the bot to be up')
}

/** Errors do not show in JSON. */
function inWords(data: object): object {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, value instanceof Error ? value.stack : value]))
}

async function settled(tg: Telegram, bot: Bot): Promise<void> {
  // What was delivered may make something else due.
  for (let i = 0; i < 2; i += 1) {
    await tg.settled()
    await bot.app.idle()
    await bot.app.tick()
    await bot.delivery.pump()
  }
}

/** In a chat; of a person, in private and what chats show to them alone. */
function standing(where: Group | Person, tg: Telegram): readonly Posted[] {
  const inPlace = where.messages.filter(one => one.from === tg.world.me.id)
  return 'seesAlone' in where ? [...inPlace, ...where.seesAlone()].sort((a, b) => a.at - b.at) : inPlace
}

function joins({ prisma }: Store, networkId: string): Pick<Moot, 'join' | 'grant'> {
  return {
    async join(group, area, topic) {
      const ref = `telegram:${group.id}${topic ? `:${topic.id}` : ''}`
      const title = `${area} residents`
      const areaId = systemIds.id()
      const id = systemIds.id()
      await prisma.area.create({ data: { id: areaId, networkId, ...withKey(area) } })
      await prisma.space.create({ data: { id, networkId, ref, title, areaId, platform: 'telegram', state: 'joined' } })
      return id
    },
    async grant(person, ...roles) {
      const ref = `telegram:${person.id}`
      const name = person.user.first_name
      const id = systemIds.id()
      await prisma.identity.create({ data: { ref, name, tell: person.state.started ? 'open' : 'unknown' } })
      await prisma.person.create({
        data: {
          id,
          networkId,
          name,
          identities: { create: { identityRef: ref, networkId } },
          grants: { create: roles.map(role => ({ role })) },
        },
      })
      return id
    },
  }
}
