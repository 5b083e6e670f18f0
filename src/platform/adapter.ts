import type { Log } from '../base/log.ts'
import type { Choice, Form, View } from '../view/view.ts'
import type { Missed } from './missed.ts'
import type { Waits } from './waits.ts'

/**
 * The contract that every chat platform keeps. Adapters translate and send; they decide nothing, remember nothing that matters, and have no words
 * of their own. Few methods, none optional.
 */

/** An address such as `web:ardwick` or `platform:-1001234:17`. It holds whatever makes it unique; only the adapter that made it takes it apart. */
export type Ref<Kind extends string> = `${string}:${string}` & { readonly kind?: Kind }
export type SpaceRef = Ref<'space'>
export type PersonRef = Ref<'person'>
export type MessageRef = Ref<'message'>

/** Which platform an address belongs to: the word before the first colon. */
export function platformOf(ref: Ref<string>): string {
  return ref.slice(0, ref.indexOf(':'))
}

/** How platforms differ, as data: flows ask it, `fit` obeys it, the contract suite proves it, the README's matrix is printed from it. */
export interface Capabilities {
  /** `native`: the platform has a command box with our commands in it; `text`: a command is a message. */
  readonly commands: 'native' | 'text'
  readonly suggest: boolean
  readonly shortcuts: boolean
  readonly home: boolean
  readonly threads: boolean
  readonly files: boolean
  /** `out`: posts can hold one; `in`: people can send one in a form; `alt`: what it shows, in words, has a place of its own that screen readers read. */
  readonly pictures: { readonly out: boolean; readonly in: boolean; readonly alt: boolean }
  /** May delete its own messages, and other people's where an admin allows it. */
  readonly remove: boolean
  readonly pin: boolean
  /** A chat belongs to a calendar of the app's own, in which a view with an `event` stands instead of in the chat. */
  readonly events: boolean
  readonly forms: { readonly fields: number; readonly chain: boolean; readonly errors: boolean } | 'questions'
  /**
   * An answer that only one person sees, in a group. `to`: in answer to what, or `each says`: each event says it by `mayWhisper`. `text`: its most characters;
   * `brief`: those of one without buttons, which every press can have there.
   */
  readonly whisper: {
    readonly to: 'presses' | 'everything' | 'each says'
    readonly text: number
    readonly buttons: boolean
    readonly brief?: number
  }
  /** Keeps all that people did until it is told that it was taken, for a day: what could not be written down is done later, even after a restart. */
  readonly keeps: boolean
  /** Writing to a person first. */
  readonly tell: 'always' | 'once started' | 'may refuse'
  /** `key`: a repeated send with the same key is recognised by the platform; `unsure`: a send cut off in flight may stand twice. */
  readonly once: 'key' | 'unsure'
  /** The platform tells in which chats somebody is together with the bot. */
  readonly chats: boolean
  /** Times are shown in each reader's own zone. */
  readonly readersTime: boolean
  readonly limits: {
    /** UTF-16 units of text in one message. */
    readonly text: number
    /** The same beside a picture. */
    readonly caption: number
    /** Characters of a button's label that a phone shows. */
    readonly label: number
    /** Bytes of a button's token. */
    readonly token: number
    readonly rows: number
    readonly perRow: number
  }
  /** The least time between two edits in one lane, in milliseconds. */
  readonly editEveryMs: number
}

/** One thing that a person (or a chat) did. */
export interface Inbound {
  /** The platform's own delivery id with the platform's name before it, so that a repeated delivery is recognised. */
  readonly id: string
  readonly received: Date
  /** When it was done: only where the platform says so. */ readonly at?: Date
  readonly place: Place
  /** A network id carried in a link, form or button that we made. A claim, not a proof. */
  readonly network?: string
  /** `isPartial`: the platform told only the account's own name and no language, so what is known already stands. */
  readonly person: { readonly ref: PersonRef; readonly name: string; readonly locale?: string; readonly isPartial?: boolean }
  /** Whether the person runs the place, and whether an answer for them alone can stand there; each only where the event says so. */
  readonly isAdmin?: boolean
  readonly mayWhisper?: boolean
  /** In a group, but seen by nobody else. */
  readonly isUnseen?: boolean
  /** Done in the home of the app: what is answered to this person stands there. */
  readonly isHome?: boolean
  readonly event: Event
}

/** `title` is the chat's own name, where the platform sends it; `part` that of the topic in it which the space is. */
export type Place = { readonly space: SpaceRef; readonly title?: string; readonly part?: string } | 'private'

export type Quoted = { readonly message: MessageRef; readonly text: string }

export type Values = Readonly<Record<string, string | readonly string[]>>

/** A file that somebody sent. */
export interface FileIn {
  readonly name: string
  /** As the platform or the sender says. */
  readonly mime: string
  readonly bytes: number
  /** Fetches it from the platform: at most `FILE_BYTES`, in at most 15 s. Rejects where it is larger, takes longer or is not there any more. */
  read(): Promise<Uint8Array>
}

export type Event =
  | { readonly kind: 'command'; readonly name: string; readonly args: string; readonly message?: MessageRef; readonly about?: Quoted }
  /** `message`: the one that the button hangs on, where everybody in the place can see it; none where it was shown to this person alone. */
  | { readonly kind: 'press'; readonly token: string; readonly message?: MessageRef }
  /** `files`: by the name of their field. */
  | { readonly kind: 'submit'; readonly form: string; readonly values: Values; readonly files?: Readonly<Record<string, FileIn>> }
  /** In a group only a reply to the bot's own message reaches us; anything else is dropped in `decode`. `text`: empty where there is nothing to read, as in a voice message. */
  | {
      readonly kind: 'text'
      readonly text: string
      readonly message?: MessageRef
      readonly replyTo?: MessageRef
      /** Of the buttons under that message, where the platform tells. */ readonly tokens?: readonly string[]
      readonly files?: readonly FileIn[]
    }
  | { readonly kind: 'suggest'; readonly command: string; readonly typed: string }
  /** A command, begun from a message's own menu. */
  | { readonly kind: 'shortcut'; readonly name: string; readonly about: Quoted }
  | { readonly kind: 'home' }
  /**
   * The person opened the private chat, perhaps by a link of ours, or brought the bot into a chat by one; `payload` reads like a token. `message`: what all in
   * that chat can see of it.
   */
  | { readonly kind: 'started'; readonly payload: string; readonly message?: MessageRef }
  /** The bot itself came into a space, or went. `back`: it has the space again after `left`, with others: only those that had joined hear of it. `renamed`: see its place. */
  | { readonly kind: 'joined' | 'back' | 'renamed' }
  | { readonly kind: 'left'; readonly how?: Lost }
  /** The space has a new address. */
  | { readonly kind: 'moved'; readonly to: SpaceRef }
  /** The person closed or opened the private chat to us. */
  | { readonly kind: 'closed' | 'opened' }
  /** Somebody who cannot be told apart from others (an anonymous admin, a channel) tried to act. */
  | { readonly kind: 'nameless' }
  | Missed

/**
 * What to answer, in order. `say` speaks to the place, `whisper` only to the person there (`fit` has made it possible), `update` changes the message
 * that was pressed, `ask` opens a form, `wrong` shows a form again with its errors, `go private` offers the way into the private chat, where
 * `payload` comes back as `started`. `isReceipt`: its words are what matters; its buttons may be left out where they would keep others waiting. `instead`: what
 * to do where it cannot be shown, for what must not be kept; without one the adapter hands it over as `missed`. `ifLost`: what waits in its place where it was
 * to be shown and did not arrive; without one it waits itself.
 */
export type Reply =
  | { readonly kind: 'say' | 'home'; readonly view: View }
  | {
      readonly kind: 'whisper' | 'update'
      readonly view: View
      readonly isReceipt?: boolean
      readonly instead?: GoPrivate
      readonly ifLost?: View
    }
  | { readonly kind: 'ask'; readonly form: Form }
  | { readonly kind: 'wrong'; readonly form: Form; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'suggest'; readonly choices: readonly Choice[] }
  | GoPrivate

export type GoPrivate = { readonly kind: 'go private'; readonly payload: string; readonly view: View; readonly label: string }

/** How the bot lost a space, where the platform says it: somebody put it out, or the space is no more, or was put away. */
export type Lost = 'removed' | 'deleted' | 'archived'

/**
 * How a send ended. `gone`: the space or message is no more; `forbidden`: we may not; `unreachable`: the person cannot be written to;
 * `refused`: the platform will never take this; `later`: milliseconds to wait; `unsure`: it may or may not have arrived.
 */
export type Sent =
  | { readonly ok: MessageRef }
  | { readonly no: 'gone' | 'forbidden' | 'unreachable' | 'refused'; readonly why: string; readonly how?: Lost }
  | { readonly moved: SpaceRef }
  | { readonly later: number }
  | 'unsure'

/**
 * `behind`: connected, what was done while we were away is still coming in; `up`: all caught up; `down`: away, trying again by itself;
 * `dead`: will not come back without a person (a refused token), `why` is one plain line for the operator.
 */
export type PlatformStatus = 'behind' | 'up' | 'down' | 'dead'

/**
 * A command as a platform's command list shows it: `about` in each language (BCP 47 tag, `en` always there). `shortcut`: it can also be begun from
 * somebody's message; the words, in each language, stand in the message's own menu (at most 24 characters in English).
 */
export interface Command {
  readonly name: string
  readonly about: Readonly<Record<string, string>>
  readonly shortcut?: Readonly<Record<string, string>>
}

/** What goes with a delivery, for when it cannot be written down at once. */
export interface Meanwhile {
  /** Tells the person meanwhile. Called at most once for each delivery, also where it comes again; the replies themselves may still follow. */
  tell(replies: readonly Reply[]): void
  /** What this person did before: nothing is begun until it has ended. Where it rejects, nothing is done at all, as while the store is away. */
  readonly after?: Promise<unknown>
}

/**
 * Takes what somebody did. Rejects only while the store is away (`retry: true`): nothing was done, and the same is to be handed over again, in the order in
 * which that person did it.
 */
export type Receive = (inbound: Inbound, meanwhile: Meanwhile) => Promise<readonly Reply[]>

export interface Adapter {
  readonly platform: string
  readonly can: Capabilities
  /**
   * Connects and returns once that is under way; never throws for a refused token (that is status `dead`). Calls `receive` for every Inbound in order without
   * waiting for the one before; the promise resolves after the commit, and only then may the platform be told that the delivery was taken. What `tell` is
   * given goes to the one who acted, there and then, as far as the platform lets it.
   */
  start(commands: readonly Command[], receive: Receive, status: (state: PlatformStatus, why?: string) => void): Promise<void>
  /** Stops taking, waits for what is under way, disconnects. It can be started again. */
  stop(): Promise<void>
  /** Sends a view that `fit` has made to fit. `key`: the idempotency key; `under`: the message to hang it on. Takes at most 20 s. */
  send(to: SpaceRef | PersonRef, view: View, key: string, under?: MessageRef): Promise<Sent>
  change(message: MessageRef, how: View | 'remove' | 'pin'): Promise<Sent>
  /** Asked of the platform at the moment of use; undefined where the bot cannot see the space. Throws where the platform cannot be asked. */
  isAdmin(person: PersonRef, space: SpaceRef): Promise<boolean | undefined>
  /** What the bot may not do in that space: keys of texts that say what to click. Empty: nothing is missing. */
  missing(space: SpaceRef): Promise<readonly string[]>
  /** In which spaces this person is together with the bot. Throws where the platform cannot be asked; none where it never tells. */
  chatsOf(person: PersonRef): Promise<readonly SpaceRef[]>
  /** Where the platform counts what goes to this address: a lane has one rate and one order. Addresses of spaces that share one begin with it. */
  lane(to: SpaceRef | PersonRef): string
  /** A link that opens a private chat with the bot and brings `payload` back as `started`; undefined where there is none or it is not known yet. */
  privateLink(payload: string): string | undefined
  /** A link that brings the bot into a chat that the reader chooses, and `payload` with it as `started` in that chat; undefined where there is none. */
  chatLink(payload: string): string | undefined
}

/** The few words that an adapter's own surface needs (a page's labels, a hint under a question), from the catalogues in `texts`, in that language or English. */
export type Words = (locale: string | undefined, key: string, args?: Readonly<Record<string, string | number>>) => string

/** What an adapter is given. */
export interface Workbench extends Waits {
  readonly words: Words
  readonly log: Log
  now(): Date
  /** One line for whoever runs the bot, beside the log: something that they need once (a link, say). Not for secrets. */
  notice(line: string): void
  /** A frame of that platform could not be read: for the count. */
  unread(platform: string): void
  /** The bytes of a picture by the id in its block; undefined where it is no more. */
  picture(id: string): Promise<Uint8Array | undefined>
}
