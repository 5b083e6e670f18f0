import type { App } from '../app/app.ts'
import type { Adapter, Fate, Receive } from '../platform/adapter.ts'
import type { HouseOptions, OnFate, OnStandby } from './bot.ts'
import type { Holding } from './leases/leases.ts'
import { createStations } from './leases/stations.ts'

/** Which platforms are connected: those that are ours, from the moment at which they become so to the moment at which they are not. */
export interface Shift {
  tell(onFate: OnFate, onStandby: OnStandby): void
  /** Connects what is ours now, and no more. */
  follow(holding: Holding, isAway: boolean): void
  /** What was begun by `follow` has ended; rejects with what the start of an adapter threw. */
  settled(): Promise<void>
  states(holding: Holding): ReadonlyMap<string, Fate | 'standby'>
  /** Disconnects all for good. */
  end(): Promise<void>
}

type Fates = Map<string, { state: Fate; since: Date }>

export function createShift(o: HouseOptions, app: App, fates: Fates): Shift {
  /** One for each connection: what an adapter says after it was stopped is not heard. */
  const connected = new Map<string, object>()
  /** Said to have stopped since the store is away. */
  const away = new Set<string>()
  let told: { readonly fate: OnFate; readonly standby: OnStandby } = { fate: () => {}, standby: () => {} }
  let holds: (platform: string) => boolean = () => false
  let waiting = ''
  let following: Promise<void> = Promise.resolve()
  let isOver = false

  const begin = (adapter: Adapter): Promise<void> => {
    const { platform } = adapter
    const connection = {}
    connected.set(platform, connection)
    const receive: Receive = (inbound, meanwhile) => {
      o.onEvent(platform, inbound.event.kind)
      return app.receive(adapter, inbound, meanwhile, () => holds(platform))
    }
    return adapter.start(app.commands, receive, (state, why) => {
      if (connected.get(platform) !== connection) return
      app.fate(platform, state)
      told.fate(platform, state, why)
    })
  }
  const ended = (platform: string): void => {
    away.delete(platform)
    connected.delete(platform)
    fates.delete(platform)
  }
  const stations = createStations(o.adapters, begin, ended, o.log)

  /** Those that went on hearing while the store was away are ours again: their state was told, but they were said to be ours no more. */
  function tellBack(platforms: ReadonlySet<string>): void {
    for (const platform of away) {
      const state = fates.get(platform)?.state
      if (!platforms.has(platform) || !connected.has(platform) || !state) continue
      away.delete(platform)
      told.fate(platform, state)
    }
  }

  function tellStandby(platforms: ReadonlySet<string>, isAway: boolean): void {
    const open = o.adapters.map(({ platform }) => platform).filter(platform => !platforms.has(platform))
    const now = open.length > 0 ? `${open} ${isAway}` : ''
    tellBack(platforms)
    if (now !== waiting && open.length > 0) told.standby(open, isAway)
    if (isAway) for (const platform of open) if (connected.has(platform)) away.add(platform)
    waiting = now
  }

  return {
    tell(fate, standby) {
      told = { fate, standby }
    },
    follow(holding, isAway) {
      if (isOver) return
      holds = holding.has
      tellStandby(new Set(holding.mine().keys()), isAway)
      following = stations.follow(holding.hears())
      following.catch((err: unknown) => o.log.error({ err }, 'A platform could not be started; it is tried again'))
    },
    settled: () => following,
    states: holding =>
      new Map(
        o.adapters.flatMap(({ platform }) => {
          const state = holding.has(platform) ? fates.get(platform)?.state : 'standby'
          return state ? [[platform, state] as const] : []
        }),
      ),
    async end() {
      isOver = true
      await stations.follow(new Set()).catch(() => undefined)
    },
  }
}
