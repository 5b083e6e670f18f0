import type { App } from '../app/app.ts'
import type { Adapter, PlatformStatus, Receive } from '../platform/adapter.ts'
import type { Leases } from './leases/leases.ts'
import { createStations } from './leases/stations.ts'
import type { BotOptions, OnStandby, OnStatus, Statuses } from './options.ts'

/** Which platforms are connected: those that are ours, from the moment at which they become so to the moment at which they are not. */
export interface Connections {
  tell(onStatus: OnStatus, onStandby: OnStandby): void
  /** Connects what is ours now, and no more. */
  follow(leases: Leases, isUnavailable: boolean): void
  /** What was begun by `follow` has ended; rejects with what the start of an adapter threw. */
  settled(): Promise<void>
  states(leases: Leases): ReadonlyMap<string, PlatformStatus | 'standby'>
  /** Disconnects all for good. */
  end(): Promise<void>
}

export function createConnections(o: BotOptions, app: App, statuses: Statuses): Connections {
  /** One for each connection: what an adapter says after it was stopped is not heard. */
  const connected = new Map<string, object>()
  /** Said to have stopped since the store is away. */
  const away = new Set<string>()
  let told: { readonly status: OnStatus; readonly standby: OnStandby } = { status: () => {}, standby: () => {} }
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
      app.status(platform, state)
      told.status(platform, state, why)
    })
  }
  const ended = (platform: string): void => {
    away.delete(platform)
    connected.delete(platform)
    statuses.delete(platform)
  }
  const stations = createStations(o.adapters, begin, ended, o.log)

  /** Those that went on hearing while the store was away are ours again: their state was told, but they were said to be ours no more. */
  function tellBack(platforms: ReadonlySet<string>): void {
    for (const platform of away) {
      const state = statuses.get(platform)?.state
      if (!platforms.has(platform) || !connected.has(platform) || !state) continue
      away.delete(platform)
      told.status(platform, state)
    }
  }

  function tellStandby(platforms: ReadonlySet<string>, isUnavailable: boolean): void {
    const open = o.adapters.map(({ platform }) => platform).filter(platform => !platforms.has(platform))
    const now = open.length > 0 ? `${open} ${isUnavailable}` : ''
    tellBack(platforms)
    if (now !== waiting && open.length > 0) told.standby(open, isUnavailable)
    if (isUnavailable) for (const platform of open) if (connected.has(platform)) away.add(platform)
    waiting = now
  }

  return {
    tell(status, standby) {
      told = { status, standby }
    },
    follow(leases, isUnavailable) {
      if (isOver) return
      holds = leases.has
      tellStandby(new Set(leases.mine().keys()), isUnavailable)
      following = stations.follow(leases.hears())
      following.catch((err: unknown) => o.log.error({ err }, 'A platform could not be started; it is tried again'))
    },
    settled: () => following,
    states: leases =>
      new Map(
        o.adapters.flatMap(({ platform }) => {
          const state = leases.has(platform) ? statuses.get(platform)?.state : 'standby'
          return state ? [[platform, state] as const] : []
        }),
      ),
    async end() {
      isOver = true
      await stations.follow(new Set()).catch(() => undefined)
    },
  }
}
