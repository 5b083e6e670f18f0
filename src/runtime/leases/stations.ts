import type { Log } from '../../base/log.ts'
import type { Adapter } from '../../platform/adapter.ts'

/** The adapters, each running while its platform is ours. */
export interface Stations {
  /** Starts those of these platforms, stops the others. Resolves when that is done; rejects with what a start threw. */
  follow(platforms: ReadonlySet<string>): Promise<void>
}

interface Station {
  readonly adapter: Adapter
  wanted: boolean
  running: boolean
  working: Promise<void> | undefined
}

/** `begin` starts one; `ended` is told when one is to stop, before it does. A start that failed is tried again when `follow` is called again. */
export function createStations(
  adapters: readonly Adapter[],
  begin: (adapter: Adapter) => Promise<void>,
  ended: (platform: string) => void,
  log: Log,
): Stations {
  const stations = adapters.map((adapter): Station => ({ adapter, wanted: false, running: false, working: undefined }))

  async function work(one: Station): Promise<void> {
    while (one.wanted !== one.running) {
      const { wanted, adapter } = one
      if (wanted) await begin(adapter)
      else {
        ended(adapter.platform)
        await adapter.stop().catch((err: unknown) => log.error({ err, platform: adapter.platform }, 'A platform did not stop well'))
      }
      one.running = wanted
    }
  }

  function follow(platforms: ReadonlySet<string>): Promise<void> {
    const works = stations.map(one => {
      one.wanted = platforms.has(one.adapter.platform)
      one.working ??= work(one).finally(() => {
        one.working = undefined
      })
      return one.working
    })
    return Promise.all(works).then(() => undefined)
  }

  return { follow }
}
