import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { SpaceRef } from '../../src/platform/adapter.ts'
import { twiceInConflict } from '../../src/store/unavailable.ts'
import { type Standing, type TestApp, type TestAppOptions, testApp } from './app.ts'
import type { Shown } from './chat.ts'
import { type Someone, words } from './person.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

// What the running test finds, in a file that has called `inTown`: the imported names follow.
export let bot: TestApp
export let network: Standing
/** Who coordinates the network. */
export let jo: Someone
/** The number of the network; it stands behind each of its names, as in `Ardwick 3`. */
export let count: number
let named: (name: string) => string

export interface TownOptions extends TestAppOptions {
  /** The area in whose chat Jo speaks; without it, in private. */
  readonly joIn?: string
  /** Each test has a bot of its own, and names without a number. */
  readonly botEach?: boolean
  /** The networks of the tests before are deleted, and it is Monday at nine again. */
  readonly anew?: boolean
}

/** Call at the top of a file: it has a bot, and each of its tests a network of its own with these areas, which Jo coordinates. */
export function inTown(name: string, areas: readonly string[], { joIn, botEach, anew, ...options }: TownOptions = {}): void {
  const [before, after] = botEach ? [beforeEach, afterEach] : [beforeAll, afterAll]
  beforeAll(() => {
    count = 0
    named = one => (botEach ? one : `${one} ${count}`)
  })
  before(async () => {
    bot = await testApp(options)
  })
  after(() => bot.close())
  beforeEach(async () => {
    count += 1
    if (anew) bot.clock.at = Date.UTC(2026, 10, 2, 9)
    // What the test before has set going may still be under way.
    if (anew) await twiceInConflict(() => bot.store.prisma.network.deleteMany())
    network = await bot.network(named(name), areas.map(named))
    jo = bot.person(named('Jo'))
    if (joIn !== undefined) jo = jo.in(network.space(named(joIn)))
    await bot.grant(network, jo, 'coordinator')
  })
}

export const ardwick = (): SpaceRef => network.space(named('Ardwick'))
export const gorton = (): SpaceRef => network.space(named('Gorton'))

/** Somebody whom the bot may write to, in a chat. */
export function resident(name: string, space = ardwick()): Someone {
  return bot.person(named(name), { started: true }).in(space)
}

/** Everything that everybody sees in a chat. */
export function posts(space: string = ardwick(), at = bot): Shown[] {
  const platform = space.slice(0, space.indexOf(':'))
  return at.chat(platform).shown.filter(one => one.at === space && one.only === undefined && !one.gone)
}

export function reads(space: string = ardwick()): string[] {
  return posts(space).map(one => words(one.view))
}
