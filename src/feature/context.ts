import type { Ids } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Here } from '../community/members.ts'
import type { Pictures } from '../pictures/picture-maker.ts'
import type { Capabilities, Inbound, MessageRef, SpaceRef } from '../platform/adapter.ts'
import type { Whisper } from '../platform/whisper.ts'
import type { Tx } from '../store/tx.ts'
import type { Texts } from '../texts/texts.ts'

/** For whom a view is made: a space or a person. */
export interface Speech {
  readonly texts: Texts
  /** BCP 47 tag. */
  readonly locale: string
  /** IANA zone. */
  readonly zone: string
  readonly now: Date
}

/**
 * What a feature may ask of the place that an event came from, or of a space that it names. What returns a promise asks the platform, and no transaction waits
 * for that: the first time it rejects with `Wanted`, and the event is handled anew when the answer is at hand. A handler lets `Wanted` pass.
 */
export interface Chat {
  readonly can: Capabilities
  /** What an answer that only this person sees can hold, in this group; undefined where there is none. */
  readonly whisper: Whisper | undefined
  /** Undefined where the bot cannot see this place, and the event does not say. */
  isAdmin(): Promise<boolean | undefined>
  /** Keys of the adapter's own texts: what the bot may not do here. */
  missing(): Promise<readonly string[]>
  /** The chats in which they are together with the bot, as the platform says; none where it cannot tell. */
  chatsOf(): Promise<readonly SpaceRef[]>
  /** Of this place, or of another address on the same platform. */
  lane(ref?: SpaceRef): string
  privateLink(payload: string): string | undefined
  chatLink(payload: string): string | undefined
  /**
   * Takes a person's message away, where the bot may; says whether it is gone. It goes before the event is committed: where the bot is killed in between, the
   * event comes again and finds it gone.
   */
  remove(message: MessageRef): Promise<boolean>
}

/**
 * One event, looked up in the store: where it happened, who did it, what they may do. All that a handler writes through `tx` is committed together with the
 * repeat guard, or not at all.
 */
export interface Ctx extends Here {
  readonly inbound: Inbound
  readonly tx: Tx
  readonly chat: Chat
  readonly speech: Speech
  readonly ids: Ids
  readonly pictures: Pictures
  readonly log: Log
  /** The addresses of chats in which they acted just now: not in the store yet. */
  readonly lately: readonly string[]
  /** The same event in the network of a thing that it names; undefined where this person has no business there. */
  in(networkId: string): Promise<Ctx | undefined>
  /** The language of one space, with its zone. */
  speechFor(wish: { locale?: string | null; zone?: string | null }): Speech
}
