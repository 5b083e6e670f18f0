import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { fitParts, post, retire, touch } from '../../src/delivery/outbox.ts'
import type { Claimed, Post, Render } from '../../src/delivery/post.ts'
import type { Hooks } from '../../src/delivery/results.ts'
import { type Delivery, type DeliveryOptions, startDelivery } from '../../src/delivery/worker.ts'
import type { PersonRef } from '../../src/platform/adapter.ts'
import { createLeases, type Leases } from '../../src/runtime/leases/leases.ts'
import { thisProcess } from '../../src/runtime/leases/place.ts'
import type { Store } from '../../src/store/open.ts'
import { sentence } from '../../src/view/make.ts'
import { type TestStore, testStore } from '../store/database.ts'
import { quiet } from '../store/quiet.ts'
import { type ChatOptions, type TestChat, testChat } from './chat.ts'

/** The scene of the test that runs, in a file that has called `setTheScene`: the imported name follows. */
export let scene: Scene

/** Call at the top of a file: each of its tests then finds a `scene` with a network and a store of its own. */
export function setTheScene(): void {
  let stores: TestStore
  beforeAll(async () => {
    stores = await testStore()
  })
  afterAll(() => stores.close())
  beforeEach(async () => {
    scene = new Scene(await stores.fresh())
    await scene.network()
  })
  afterEach(() => scene.end())
}

/** A network with spaces on platforms in memory, an outbox, and words by subject that a feature would draw. */
export class Scene {
  readonly store: Store
  readonly chats = new Map<string, TestChat>()
  readonly words = new Map<string, string>()
  readonly told: string[] = []
  readonly rendered: (readonly string[])[] = []
  readonly deliveries: Delivery[] = []
  clock = { at: Date.UTC(2026, 10, 2, 9), now: (): Date => new Date(this.clock.at) }
  random = 0
  private readonly holdings: Leases[] = []
  private owners = 0

  constructor(store: Store) {
    this.store = store
  }

  chat(platform: string, options?: ChatOptions): TestChat {
    const made = testChat(platform, this.clock, options)
    this.chats.set(platform, made)
    return made
  }

  async network(id = 'ancoats'): Promise<void> {
    await this.store.prisma.network.create({ data: { id, name: id } })
  }

  /** `ref` such as `tele:parks`; the space's id is the same. */
  async space(ref: string, networkId = 'ancoats'): Promise<void> {
    await this.store.prisma.space.create({ data: { id: ref, ref, networkId, platform: platformOf(ref), title: ref, state: 'joined' } })
  }

  /** A process that delivers. `crash` leaves it as `kill -9` would: its platforms free, its leases and calls hanging. */
  worker(more: Partial<DeliveryOptions> = {}): Delivery & { crash(): Promise<void> } {
    this.owners += 1
    const owner = `process ${this.owners}`
    const { clock, store } = this
    const leases = createLeases({
      ...{ pool: store.pool.options, platforms: [...this.chats.keys()], me: thisProcess(owner, owner), onlyHere: false, log: quiet },
      ...{ statuses: () => new Map(), changed: () => {}, called: () => {} },
    })
    const options = {
      store,
      adapters: this.chats,
      leases,
      render: this.render,
      hooks: this.hooks,
      clock,
      log: quiet,
      owner,
      random: () => this.random,
      steady: () => this.clock.at,
    }
    const delivery = startDelivery({ ...options, ...more })
    this.deliveries.push(delivery)
    this.holdings.push(leases)
    return {
      ...delivery,
      async pump() {
        await leases.look()
        return delivery.pump()
      },
      poke: () => void leases.look().then(delivery.poke),
      async stop() {
        await delivery.stop()
        await leases.end()
      },
      crash: () => this.kill(delivery, owner),
    }
  }

  private async kill(delivery: Delivery, owner: string): Promise<void> {
    // It begins nothing more; what it has under way hangs on.
    void delivery.stop()
    await this.store.pool.query('UPDATE "Holding" SET owner = NULL WHERE owner = $1', [owner])
  }

  readonly render: Render = async subjects => {
    this.rendered.push(subjects)
    const known = subjects.flatMap(subject => {
      const text = this.words.get(subject)
      return text === undefined ? [] : ([[subject, text]] as const)
    })
    return new Map(known.map(([subject, text]) => [subject, () => (text === '' ? 'remove' : { view: sentence('en', text) })]))
  }

  readonly hooks: Hooks = {
    trouble: async (_tx, spaces) => void this.told.push(...spaces.map(space => `${space.id}: ${space.trouble}`)),
    moved: async () => undefined,
    gone: async (_tx, posts: readonly Claimed[]) => void this.told.push(...posts.map(one => `${one.key} was deleted`)),
  }

  /** A post that the feature draws (`words`), to each of these places. */
  async posts(subject: string, places: readonly string[], more: Partial<Post> = {}): Promise<void> {
    const posts = places.map(place => this.one(subject, place, more))
    await this.store.prisma.$transaction(tx => post(tx, posts, this.clock.now()))
  }

  /** A poll that stands in its spaces, with these words; the chat, and the process that has posted it. */
  async poll(words: string, places: readonly string[] = ['tele:parks']) {
    const tele = this.chat('tele')
    for (const place of places) await this.space(place)
    this.words.set('poll', words)
    await this.posts('poll', places)
    const worker = this.worker()
    await worker.pump()
    return { tele, worker }
  }

  /** A finished view. */
  async says(text: string, place: string, more: Partial<Post> = {}): Promise<void> {
    const whole = this.one(text, place, { view: sentence('en', text), ...more })
    const parts = fitParts(whole, { text: 200, caption: 100, label: 30, token: 64, rows: 10, perRow: 5 })
    await this.store.prisma.$transaction(tx => post(tx, parts, this.clock.now()))
  }

  one(subject: string, place: string, more: Partial<Post>): Post {
    const isPerson = place.includes('@')
    const to = isPerson ? { personRef: place as PersonRef } : { spaceId: place }
    const platform = platformOf(place)
    const lane = this.chats.get(platform)?.lane(place as PersonRef) ?? place
    return { key: `${subject} in ${place}`, networkId: 'ancoats', to, platform, lane, subject, ...more }
  }

  async changes(subject: string, text: string): Promise<void> {
    this.words.set(subject, text)
    await this.store.prisma.$transaction(tx => touch(tx, [subject]))
  }

  async retires(subject: string): Promise<void> {
    await this.store.prisma.$transaction(tx => retire(tx, { subject }, this.clock.now()))
  }

  async row(key: string) {
    return this.store.prisma.delivery.findUniqueOrThrow({ where: { key } })
  }

  later(ms: number): void {
    this.clock.at += ms
  }

  async end(): Promise<void> {
    for (const chat of this.chats.values()) chat.letGo('unsure')
    for (const delivery of this.deliveries) await delivery.stop()
    for (const leases of this.holdings) await leases.end()
  }
}

function platformOf(ref: string): string {
  return ref.slice(0, ref.indexOf(':'))
}
