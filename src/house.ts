import type { Adapter, Fate, Inbound, Reply } from './adapter.ts'
import { type App, createApp } from './app.ts'
import type { Clock, Ids } from './clock.ts'
import type { Address } from './delivery/post.ts'
import { type Delivery, startDelivery } from './delivery/worker.ts'
import type { Deps, Drawn } from './feature.ts'
import { makeFeatures } from './features.ts'
import type { Log } from './log.ts'
import { tellDeleted, tellTrouble } from './network/tell.ts'
import type { Store } from './store/open.ts'
import type { Catalogues } from './texts/texts.ts'

/** How long a close waits for what was done while a platform was away. */
const BACKLOG_MS = 120_000

export interface HouseOptions {
  readonly store: Pick<Store, 'prisma' | 'pool'>
  readonly adapters: readonly Adapter[]
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly texts: Catalogues
  /** Names this process among all that ever ran on this store. */
  readonly owner: string
  readonly lastBackup: () => Promise<Date | undefined>
  /** For the counters: which platform, what kind of event. */
  readonly onEvent: (platform: string, kind: string) => void
}

export interface House {
  readonly deps: Deps
  readonly app: App
  readonly delivery: Delivery
  readonly fates: ReadonlyMap<string, { readonly state: Fate; readonly since: Date }>
  /** Connects every platform; `onFate` hears what becomes of each. */
  start(onFate: (platform: string, state: Fate, why?: string) => void): Promise<void>
  /** Stops taking, finishes what is under way. */
  stop(): Promise<void>
}

/** Everything between the store and the platforms, put together. */
export function buildHouse(o: HouseOptions): House {
  const adapters = new Map(o.adapters.map(adapter => [adapter.platform, adapter]))
  const fates = new Map<string, { state: Fate; since: Date }>()
  const began = o.clock.now()
  const deps: Deps = {
    store: o.store.prisma,
    pool: o.store.pool,
    clock: o.clock,
    ids: o.ids,
    log: o.log,
    texts: o.texts,
    platform: name => adapters.get(name),
    poke: () => delivery.poke(),
    tell: (tx, news) => app.tell(tx, news),
    caughtUp(platforms, since) {
      const from = Math.max(since.getTime(), began.getTime())
      if (o.clock.now().getTime() - from > BACKLOG_MS) return true
      return platforms.every(name => !adapters.has(name) || ['up', 'dead'].includes(fates.get(name)?.state ?? ''))
    },
  }
  const app = createApp(makeFeatures(deps, o.lastBackup), deps, o.texts, fates)
  const delivery = startDelivery({
    store: o.store,
    adapters,
    clock: o.clock,
    log: o.log,
    owner: o.owner,
    render: (subjects, now) => render(o, app, adapters, subjects, now),
    hooks: {
      trouble: (tx, spaces) => tellTrouble(tx, deps, spaces),
      gone: (tx, posts) => tellDeleted(tx, deps, posts),
      moved: (tx, to) => app.spaceMoved(tx, to),
    },
  })
  const receive =
    (adapter: Adapter) =>
    (inbound: Inbound): Promise<readonly Reply[]> => {
      o.onEvent(adapter.platform, inbound.event.kind)
      return app.receive(adapter, inbound)
    }
  return {
    deps,
    app,
    delivery,
    fates,
    async start(onFate) {
      const begin = (adapter: Adapter) =>
        adapter.start(app.commands, receive(adapter), (state, why) => {
          app.fate(adapter.platform, state)
          onFate(adapter.platform, state, why)
        })
      await Promise.all(o.adapters.map(begin))
    },
    async stop() {
      // First what sends: a call on a platform that has stopped would look like one that may have arrived.
      await delivery.stop()
      await Promise.all(o.adapters.map(adapter => adapter.stop()))
      await app.idle()
    },
  }
}

/** The features draw for a language, a zone and a platform; the delivery knows addresses. */
async function render(
  o: HouseOptions,
  app: App,
  adapters: ReadonlyMap<string, Adapter>,
  subjects: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, (to: Address) => Drawn>> {
  const drawn = await app.draw(subjects, now)
  return new Map(
    [...drawn].map(([subject, draw]) => [
      subject,
      (to: Address): Drawn => {
        const adapter = adapters.get(to.platform)
        if (!adapter) return 'leave'
        const texts = o.texts.in(to.locale)
        return draw({ texts, locale: texts.locale, zone: to.zone, now, spaceId: to.spaceId, personRef: to.personRef, can: adapter.can })
      },
    ]),
  )
}
