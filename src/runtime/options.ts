import type { Waits } from '../app/patience.ts'
import type { Clock, Ids } from '../base/clock.ts'
import type { KeptSettings } from '../base/kept.ts'
import type { Log } from '../base/log.ts'
import type { MakeFeature } from '../feature/define.ts'
import type { Pictures } from '../pictures/picture-maker.ts'
import type { Adapter, PlatformStatus } from '../platform/adapter.ts'
import type { Store } from '../store/open.ts'
import type { Catalogues } from '../texts/texts.ts'
import type { Time } from './leases/leases.ts'

/** What a bot is made of. */
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
  /** For how long it gathers in which chats people act before that is written, if not as usual. */
  readonly gatherMs?: number
  /** For the counters: which platform, what kind of event. */
  readonly onEvent: (platform: string, kind: string) => void
}

/** Who hears what becomes of the platforms. */
export type OnStatus = (platform: string, state: PlatformStatus, why?: string) => void

/** Platforms that this process stands by for, whenever these are others: another process has them, or (`isUnavailable`) the store has not answered for too long. */
export type OnStandby = (platforms: readonly string[], isUnavailable: boolean) => void

/** What became of each platform, and since when. */
export type Statuses = Map<string, { state: PlatformStatus; since: Date }>
