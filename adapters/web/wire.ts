import type { Choice, Form, View } from '../../src/view/view.ts'

/** What goes between the page and the server, as JSON. The page's scripts take their types from here. */

/** One message in one chat, as the page shows it. A message that changes comes again, whole. */
export interface Message {
  /** `web:<chat>/<number>`. */
  readonly ref: string
  /** A space's key, or `@` and a person's key: that person's private chat. */
  readonly chat: string
  /** The number of its newest state, counted over all chats: where a stream that was cut off goes on. */
  readonly n: number
  /** ISO 8601. */
  readonly at: string
  /** A person's key; left out for the bot. */
  readonly by?: string
  readonly text?: string
  readonly view?: View
  /** The message that this one hangs on. */
  readonly under?: string
  readonly pinned?: boolean
  /** Taken away: nothing of it is left but its address. */
  readonly removed?: boolean
}

/** What only the one who acted gets to see, in the answer to the act itself. It is written down nowhere. */
export type Answer =
  | { readonly kind: 'whisper' | 'update' | 'home'; readonly view: View }
  | { readonly kind: 'go private'; readonly view: View; readonly label: string; readonly payload: string }
  | { readonly kind: 'ask'; readonly form: Form }
  | { readonly kind: 'wrong'; readonly form: Form; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'suggest'; readonly choices: readonly Choice[] }

/** Everything the page needs to begin. */
export interface Start {
  readonly words: Readonly<Record<string, string>>
  readonly people: readonly { readonly key: string; readonly name: string; readonly note: string }[]
  readonly spaces: readonly { readonly key: string; readonly title: string; readonly area?: string }[]
  readonly commands: readonly { readonly name: string; readonly about: Readonly<Record<string, string>> }[]
  readonly messages: readonly Message[]
  /** The number up to which `messages` is complete. */
  readonly last: number
}
