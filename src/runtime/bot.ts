import { type App, createApp } from '../app/app.ts'
import { askOwner, hearing, publish } from '../app/events.ts'
import type { Waits } from '../app/patience.ts'
import type { Clock, Ids } from '../base/clock.ts'
import { type KeptSettings, USUAL } from '../base/kept.ts'
import type { Log } from '../base/log.ts'
import { notifyDeleted, notifyTrouble } from '../community/notify.ts'
import { platformNews } from '../community/platform-news.ts'
import type { Address } from '../delivery/post.ts'
import { type Delivery, startDelivery } from '../delivery/worker.ts'
import type { MakeFeature } from '../feature/define.ts'
import type { Deps, Drawn, Feature } from '../feature/feature.ts'
import { FEATURES } from '../feature/features.ts'
import { createPictures, type Pictures } from '../pictures/picture-maker.ts'
import type { Adapter, PlatformStatus } from '../platform/adapter.ts'
import type { Store } from '../store/open.ts'
import type { Catalogues } from '../texts/texts.ts'
import { type Alarms, createAlarms } from './alarms.ts'
import { createConnections } from './connections.ts'
import { createLeases, type Leases, type Time } from './leases/leases.ts'
import { thisProcess } from './leases/place.ts'
import { ownAlarms } from './own-alarms.ts'

/** How long a close waits for what was done while a platform was away. */
const BACKLOG_MS = 120_000
/** How long after a sleep what was done meanwhile has come in. */
const AWAKE_MS = 10_000

export interface BotOptions {
  readonly store: Pick<Store, 'prisma' | 'pool' | 'kind'>
  readonly adapters: readonly Adapter[]
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly texts: Catalogues
  /** Under which others reach our pages, if they do. */
  readonly publicUrl?: string | undefined
  /** How long things are kept, if not as long as usual. */
  readonly kept?: KeptSettings
  /** Names this process among all that ever ran on this store. */
  readonly owner: string
  /** Where this process runs and what time it goes by, if not as it is. */
  readonly at?: { readonly place: string; readonly time: Time }
  readonly lastBackup: () => Promise<Date | undefined>
  /** Features beside those of the list. */
  readonly features?: readonly MakeFeature[]
  /** What reads pictures, if not the library. */
  readonly pictures?: Pictures
  /** How long people wait for a word when the store does not answer, if not as usual. */
  readonly waits?: Waits
  /** For the counters: which platform, what kind of event. */
  readonly onEvent: (platform: string, kind: string) => void
}

/** Who hears what becomes of the platforms. */
export type OnStatus = (platform: string, state: PlatformStatus, why?: string) => void

/** Platforms that this process stands by for, whenever these are others: another process has them, or (`isUnavailable`) the store has not answered for too long. */
export type OnStandby = (platforms: readonly string[], isUnavailable: boolean) => void

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
  const statuses = new Map<string, { state: PlatformStatus; since: Date }>()
  const steady = o.at?.time.steady ?? (() => performance.now())
  const began = { steady: steady(), wall: o.clock.now().getTime() }
  const alarms = createAlarms({ store: o.store.prisma, clock: o.clock, steady, log: o.log })
  const deps: Deps = {
    store: o.store.prisma,
    pool: o.store.pool,
    clock: o.clock,
    ids: o.ids,
    log: o.log,
    texts: o.texts,
    pictures: o.pictures ?? createPictures(o.log),
    waits: o.waits,
    publicUrl: o.publicUrl?.replace(/\/+$/, ''),
    kept: o.kept ?? USUAL,
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
    caughtUp(platforms, since) {
      const now = o.clock.now().getTime()
      // Either clock will do: the one may have been set back, the other may have stood.
      const upFor = Math.max(steady() - began.steady, now - began.wall)
      if (Math.min(now - since.getTime(), upFor) > BACKLOG_MS) return true
      const woken = alarms.woken()
      if (woken && since < woken.to && woken.ago < AWAKE_MS) return false
      return platforms.every(isIn)
    },
  }
  const features: readonly Feature[] = [...FEATURES, ...(o.features ?? [])].map(make => make(deps))
  const app = createApp(features, deps, o.texts, statuses, alarms)
  alarms.add(platformNews(deps, statuses), hearing(deps, features), ...features.flatMap(feature => feature.alarms))
  alarms.add(
    ...ownAlarms(
      deps,
      () => delivery,
      () => leases,
    ),
  )
  const shift = createConnections(o, app, statuses)
  let held = ''
  const leases = createLeases({
    ...{
      pool: o.store.pool.options,
      platforms: [...adapters.keys()],
      me: thisProcess(o.owner, o.at?.place),
      onlyHere: o.store.kind === 'embedded',
    },
    log: o.log,
    statuses: () => new Map([...statuses].map(([name, { state }]) => [name, state])),
    changed(isUnavailable) {
      shift.follow(leases, isUnavailable)
      // What waits on a platform that has just become ours is ours to send.
      const now = [...leases.mine().keys()].join(' ')
      if (now !== held) alarms.poke()
      held = now
    },
    called() {
      delivery.poke()
      alarms.poke()
    },
    ...(o.at && { time: o.at.time }),
  })
  const isIn = (name: string): boolean => {
    const state = leases.has(name) ? statuses.get(name)?.state : leases.elsewhere(name)
    return state === 'up' || state === 'dead' || (state === 'nobody' && !adapters.has(name))
  }
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
    states: () => shift.states(leases),
    async start(onStatus, onStandby = () => {}) {
      shift.tell(onStatus, onStandby)
      await leases.begin()
      await shift.settled()
    },
    async stop() {
      await alarms.end()
      // First what sends: a call on a platform that has stopped would look like one that may have arrived.
      await delivery.stop()
      await shift.end()
      await app.idle()
      await leases.end()
    },
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
