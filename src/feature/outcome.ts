import type { Secret } from '../base/secret.ts'
import type { GoPrivate, Reply } from '../platform/adapter.ts'
import type { View } from '../view/view.ts'

/**
 * A view that tells of a choice in a secret poll. `opens`: a token that names the poll and shows the same in the private chat, drawn when it is opened.
 * `ifLost`: words that name the poll and tell no choice, kept in its place where it did not arrive.
 */
export interface Unkept {
  readonly secret: Secret<View>
  readonly opens: string
  readonly ifLost: View
}

/** Such a view as a reply: it is shown at once or not at all, and never kept. */
export interface SecretReply extends Unkept {
  readonly kind: 'secret'
  readonly how: 'say' | 'whisper' | 'update' | 'home'
  /** As of a reply. */
  readonly isReceipt?: boolean
  readonly instead?: GoPrivate
}

export type Answer = Reply | SecretReply

/**
 * What a handler answers. A plain list is kept with the repeat guard, and a repeated delivery gets the same again; so it holds nothing secret. `again`:
 * nothing was changed, or something that counts once by itself, so a repeated delivery is simply handled again.
 */
export type Outcome = readonly Reply[] | { readonly again: readonly Answer[] }
