import type { PersonRef } from '../platform/adapter.ts'
import type { View } from '../view/view.ts'

/** What becomes of a post: what it shows now, or that it goes, or that it stays as it is. */
export type Drawn = { readonly view: View } | 'remove' | 'leave'

/** One message to one space or person, to be sent once. The row that it becomes lives on and is edited. */
export interface Post {
  /** The same key is the same post, however often it is asked for. */
  readonly key: string
  readonly networkId: string
  readonly to: { readonly spaceId: string } | { readonly personRef: PersonRef }
  readonly platform: string
  /** As the adapter's `lane` says for that address. */
  readonly lane: string
  /** What it shows, in token grammar: `touch` it and the post is drawn anew. */
  readonly subject: string
  readonly part?: number
  /** A finished view, one that `fit` has made; without it the feature draws the newest state at the moment of sending. */
  readonly view?: View
  /** Not before then; default: now. */
  readonly runAt?: Date
  /** After that it is not sent any more but recorded as missed. */
  readonly usefulUntil?: Date
  /** Where a send was cut off and the platform cannot tell: send it again (and mark it) or let it be. Default: repeat. */
  readonly unsure?: 'repeat' | 'drop'
  readonly pin?: boolean
}

/** For whom a post is drawn. */
export interface Address {
  readonly spaceId: string | null
  readonly personRef: string | null
  readonly platform: string
  /** BCP 47 tag, of the space (or person), else of the network. */
  readonly locale: string
  /** IANA zone. */
  readonly zone: string
}

/** Draws the newest state of posts: one look at the store for all subjects. A subject that is not in the answer stays as it is. */
export type Render = (subjects: readonly string[], now: Date) => Promise<ReadonlyMap<string, (to: Address) => Drawn>>

/** What stands in the way of a row: `go` is nothing. Decided in the statement that claims it. */
export type Verdict = 'go' | 'gone' | 'paused' | 'joining' | 'unsure' | 'missed' | 'removed' | 'unreachable'

/** A row of the outbox that this process has taken, as it was. */
export interface Claimed {
  readonly id: bigint
  readonly key: string
  readonly networkId: string
  readonly spaceId: string | null
  readonly personRef: string | null
  readonly platform: string
  readonly lane: string
  readonly subject: string
  /** Null: to be drawn; or (never while it waits) its words are deleted. */
  readonly view: View | null
  readonly state: 'waiting' | 'sent'
  readonly wanted: number
  readonly shown: number
  readonly shownHash: string | null
  readonly message: string | null
  readonly attempts: number
  /** Set for a send: when the first send with this key that may have arrived began. */
  readonly sendingAt: Date | null
  /** The same before this claim: a send was cut off then and may have arrived. */
  readonly since: Date | null
  readonly unsure: string
  readonly pin: boolean
  readonly retired: boolean
  readonly verdict: Verdict
  /** The address of the space, or the person. */
  readonly ref: string
  readonly trouble: string | null
  readonly locale: string
  readonly zone: string
}
