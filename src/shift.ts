import type { Adapter, Fate, Inbound, Reply } from './adapter.ts'
import { type App, Retry } from './app.ts'
import type { Holding } from './holding/holding.ts'
import { createStations } from './holding/stations.ts'
import type { HouseOptions, OnFate, OnStandby } from './house.ts'

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
  let told: { readonly fate: OnFate; readonly standby: OnStandby } = { fate: () => {}, standby: () => {} }
  let holds: (platform: string) => boolean = () => false
  let waiting = ''
  let following: Promise<void> = Promise.resolve()
  let isOver = false

  const begin = (adapter: Adapter): Promise<void> => {
    const { platform } = adapter
    const connection = {}
    connected.set(platform, connection)
    const receive = async (inbound: Inbound): Promise<readonly Reply[]> => {
      // Its new holder gets it again.
      if (!holds(platform)) throw new Retry('This platform is another process’s now.')
      o.onEvent(platform, inbound.event.kind)
      return app.receive(adapter, inbound)
    }
    return adapter.start(app.commands, receive, (state, why) => {
      if (connected.get(platform) !== connection) return
      app.fate(platform, state)
      told.fate(platform, state, why)
    })
  }
  const ended = (platform: string): void => {
    connected.delete(platform)
    fates.delete(platform)
  }
  const stations = createStations(o.adapters, begin, ended, o.log)

  function tellStandby(platforms: ReadonlySet<string>, isAway: boolean): void {
    const open = o.adapters.map(({ platform }) => platform).filter(platform => !platforms.has(platform))
    const now = open.length > 0 ? `${open} ${isAway}` : ''
    if (now !== waiting && open.length > 0) told.standby(open, isAway)
    waiting = now
  }

  return {
    tell(fate, standby) {
      told = { fate, standby }
    },
    follow(holding, isAway) {
      if (isOver) return
      holds = holding.has
      const platforms = new Set(holding.mine().keys())
      tellStandby(platforms, isAway)
      following = stations.follow(platforms)
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
