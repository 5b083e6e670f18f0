import { type App, createApp } from '../app/app.ts'
import { askOwner, hearing, publish } from '../app/events.ts'
import { USUAL } from '../base/kept.ts'
import { createActs } from '../community/acts.ts'
import { notifyDeleted, notifyTrouble } from '../community/notify.ts'
import { platformNews } from '../community/platform-news.ts'
import type { Address, Drawn } from '../delivery/post.ts'
import { type Delivery, startDelivery } from '../delivery/worker.ts'
import type { Deps, Feature } from '../feature/feature.ts'
import { FEATURES } from '../feature/features.ts'
import { createPictures } from '../pictures/picture-maker.ts'
import type { Adapter, PlatformStatus } from '../platform/adapter.ts'
import { type Alarms, createAlarms } from './alarms.ts'
import { createBacklog } from './backlog.ts'
import { type Connections, createConnections } from './connections.ts'
import { createLeases, type Leases, type LeasesOptions } from './leases/leases.ts'
import { thisProcess } from './leases/place.ts'
import type { BotOptions, OnStandby, OnStatus, Statuses } from './options.ts'
import { ownAlarms } from './own-alarms.ts'

export interface Bot {
  readonly deps: Deps
  readonly features: readonly Feature[]
  readonly app: App
  readonly alarms: Alarms
  readonly delivery: Delivery
  readonly leases: Leases
  /** What becomes of each platform; `standby` where another process has it. */
  states(): ReadonlyMap<string, PlatformStatus | 'standby'>
  /** Connects every platform that is ours, now and whenever one becomes ours. */
  start(onStatus: OnStatus, onStandby?: OnStandby): Promise<void>
  /** Stops taking, finishes what is under way. */
  stop(): Promise<void>
}

/** Everything between the store and the platforms, put together. */
export function createBot(o: BotOptions): Bot {
  const adapters = new Map(o.adapters.map(adapter => [adapter.platform, adapter]))
  const statuses: Statuses = new Map()
  const steady = o.at?.time.steady ?? (() => performance.now())
  const alarms = createAlarms({ store: o.store.prisma, clock: o.clock, steady, log: o.log })
  const acts = createActs({
    ...{ store: o.store.prisma, clock: o.clock, log: o.log, gatherMs: o.gatherMs },
    cameLate: (tx, { networkId, at }) => deps.publish(tx, 'acts late', { networkId, at: at.toISOString() }),
  })
  // What a feature is given reaches what is made after the features: the rest is filled in below.
  const deps: Deps = {
    ...{ store: o.store.prisma, pool: o.store.pool, clock: o.clock, ids: o.ids, log: o.log, texts: o.texts, waits: o.waits },
    ...{ pictures: o.pictures ?? createPictures(o.log), publicUrl: o.publicUrl?.replace(/\/+$/, ''), kept: o.kept ?? USUAL, acts },
    platform: name => adapters.get(name),
    poke() {
      delivery.poke()
      alarms.poke()
      leases.wakeOthers()
    },
    publish: (tx, name, event) => publish(tx, features, name, event, o.clock.now()),
    ask: (tx, name, asked) => askOwner(tx, features, name, asked),
    features: () => features,
    troubles: () => alarms.troubles(),
    lastBackup: o.lastBackup,
    caughtUp: (platforms, since) => backlog.isIn(platforms, since),
  }
  const features: readonly Feature[] = [...FEATURES, ...(o.features ?? [])].map(make => make(deps))
  const app = createApp(features, deps, o.texts, statuses, alarms)
  const connections = createConnections(o, app, statuses)
  const leases = createLeases(leasesOptions(o, statuses, { connections, alarms, delivery: () => delivery, leases: () => leases }))
  const backlog = createBacklog({ steady, clock: o.clock, alarms, leases, statuses, isKnown: name => adapters.has(name) })
  alarms.add(platformNews(deps, statuses), hearing(deps, features), ...features.flatMap(feature => feature.alarms))
  alarms.add(
    ...ownAlarms(
      deps,
      () => delivery,
      () => leases,
    ),
  )
  const delivery = startDelivery({
    ...{ store: o.store, adapters, clock: o.clock, log: o.log, owner: o.owner, leases },
    render: (subjects, now) => render(o, app, adapters, subjects, now),
    hooks: {
      trouble: (tx, spaces) => notifyTrouble(tx, deps, spaces),
      gone: (tx, posts) => notifyDeleted(tx, deps, posts),
      moved: (tx, to) => app.spaceMoved(tx, to),
    },
  })
  return {
    ...{ deps, features, app, alarms, delivery, leases },
    states: () => connections.states(leases),
    async start(onStatus, onStandby = () => {}) {
      connections.tell(onStatus, onStandby)
      await leases.begin()
      await connections.settled()
    },
    async stop() {
      await alarms.end()
      // First what sends: a call on a platform that has stopped would look like one that may have arrived.
      await delivery.stop()
      await connections.end()
      await app.idle()
      await acts.end()
      await leases.end()
    },
  }
}

interface Around {
  readonly connections: Connections
  readonly alarms: Alarms
  readonly delivery: () => Delivery
  readonly leases: () => Leases
}

function leasesOptions(o: BotOptions, statuses: Statuses, { connections, alarms, delivery, leases }: Around): LeasesOptions {
  let held = ''
  return {
    pool: o.store.pool.options,
    platforms: o.adapters.map(({ platform }) => platform),
    me: thisProcess(o.owner, o.at?.place),
    onlyHere: o.store.kind === 'embedded',
    log: o.log,
    statuses: () => new Map([...statuses].map(([name, { state }]) => [name, state])),
    changed(isUnavailable) {
      connections.follow(leases(), isUnavailable)
      // What waits on a platform that has just become ours is ours to send.
      const now = [...leases().mine().keys()].join(' ')
      if (now !== held) alarms.poke()
      held = now
    },
    called() {
      delivery().poke()
      alarms.poke()
    },
    ...(o.at && { time: o.at.time }),
  }
}

/** The features draw for a language, a zone and a platform; the delivery knows addresses. */
async function render(
  o: BotOptions,
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
