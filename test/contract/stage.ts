import { test as base } from 'vitest'
import type { Log } from '../../src/base/log.ts'
import type {
  Adapter,
  Capabilities,
  Command,
  Inbound,
  Meanwhile,
  MessageRef,
  PersonRef,
  PlatformStatus,
  Receive,
  Reply,
  SpaceRef,
  Workbench,
} from '../../src/platform/adapter.ts'
import { readCatalogues } from '../../src/texts/texts.ts'
import type { Choice, Form, View } from '../../src/view/view.ts'
import { PATIENCE_MS, until } from '../helpers/patience.ts'
import { GARDEN, LIBRARY, type Sample } from '../helpers/samples.ts'

/** A platform as the contract suite needs it. A new adapter joins with one of these. */
export interface Platform {
  readonly can: Capabilities
  /** The folder of the adapter's own texts. */
  readonly texts: URL
  /** What happens there beside what people say and press. What it has not is left out, and the report says so. */
  readonly has: {
    /** The bot is put into chats and thrown out. */
    readonly coming: boolean
    /** A chat may get another address. */
    readonly moving: boolean
    /** A person may close the private chat to the bot. */
    readonly closing: boolean
    /** What is done while the bot is away is kept for it by the platform. */
    readonly backlog: boolean
    /** In some chats the bot may do less than in others. */
    readonly rights: boolean
    /** What is done at once is handed over together; else one by one. */
    readonly batches: boolean
    /** It knows for itself what it has answered: that is heard once, however often it is delivered. */
    readonly answersOnce?: boolean
    /** People may send larger files than are fetched. They may unless it says false. */
    readonly hugeFiles?: boolean
    /** Replies to the bot's messages in chats reach it. They do unless it says false. */
    readonly replies?: boolean
    /** The stage waits for what follows an answer that was put off. It does unless it says false. */
    readonly following?: boolean
    /** A link opens the private chat and brings words along. It does unless it says false. */
    readonly links?: boolean
  }
  open(bench: Workbench): Promise<Stage>
}

/** One running platform with one bot account on it. Everything in it goes over the wire. */
export interface Stage {
  /** One more process of the bot. */
  adapter(): Adapter
  /** A process that has just come up knows what its platform can do. */
  ready?(): Promise<unknown>
  /** A chat where the bot may do all that it needs. */
  readonly space: SpaceRef
  /** One more such chat. */
  readonly other: SpaceRef
  /** A thread or topic of a chat; where `can.threads`. */
  thread?(): SpaceRef
  /** A chat where the bot may not write; where `has.rights`. */
  readonly bare?: SpaceRef
  /** A chat that the bot is not in. */
  readonly gone: SpaceRef
  /** Somebody to whom the bot may not write; unless it always may. */
  readonly stranger?: PersonRef
  /** Runs all chats. */
  readonly amina: Actor
  readonly brendan: Actor
  /** What everybody there sees now; in private the one person. Oldest first, only what the bot said. */
  reads(at: SpaceRef | PersonRef): Promise<readonly Seen[]>
  /** What stands in the calendar that `space` and `other` share; where `can.events`. */
  events?(): Promise<readonly { readonly name: string; readonly place: string; readonly at: string }[]>
  /** The names of the commands that the platform offers. */
  commands(): Promise<readonly string[]>
  /** How many deliveries the platform does not know to be taken. */
  waiting(): number
  /** Somebody deletes a message of the bot. */
  removes(message: MessageRef): Promise<void>
  /** Throws the bot out of `space`, puts it back, gives `space` another address, which it returns. */
  kick?(): void
  add?(): void
  move?(): SpaceRef
  close(): Promise<void>
}

/** Somebody with an account. What they do resolves when the platform has the bot's answer, or knows that there is none. */
export interface Actor {
  readonly ref: PersonRef
  readonly name: string
  /** Words or a command, in a chat or in private. */
  says(where: SpaceRef | 'private', text: string, replyTo?: MessageRef): Deed
  /** A button with this token; it need not stand there. */
  presses(message: MessageRef, token: string): Deed
  /** Opens the private chat by a link. */
  follows(link: string): Deed
  submits?(
    where: SpaceRef | 'private',
    form: string,
    values: Readonly<Record<string, string | readonly string[]>>,
    files?: Readonly<Record<string, Sample>>,
  ): Deed
  /** A picture with words; where forms are questions. */
  sends?(where: 'private', file: Sample, text: string): Deed
  suggests?(where: SpaceRef | 'private', command: string, typed: string): Deed
  goesHome?(): Deed
  /** Writes `text` there and begins a command from the message's own menu, where `label` stands; where `can.shortcuts`. */
  uses?(where: SpaceRef, text: string, label: string): Deed
  /** What stands in chats for this person alone; where each event says whether there can be such an answer to it. */
  seesAlone?(): readonly Seen[]
  closes?(): void
  opens?(): void
}

/** `again` delivers the same once more, as a platform does when it did not hear that it was taken. */
export interface Deed {
  readonly answer: Promise<Answered>
  again(): Promise<Answered>
}

/** What only the one who acted got to see. */
export interface Answered {
  readonly whispers: readonly string[]
  readonly form?: Form
  readonly wrong?: Readonly<Record<string, string>>
  readonly choices?: readonly Choice[]
  readonly home?: string
  /** The way into the private chat. */
  readonly goPrivate?: () => Deed
}

export interface Seen {
  readonly ref: MessageRef
  /** As a reader sees it. */
  readonly text: string
  readonly rows: readonly (readonly { readonly label: string; readonly token?: string; readonly url?: string }[])[]
  readonly pinned: boolean
  readonly under?: MessageRef
  readonly file?: { readonly name: string; readonly text: string }
  /** `about`: what a screen reader says of it, apart from the text. */
  readonly picture?: { readonly content: Buffer; readonly about?: string }
  /** Names, links and the like that the platform made live by itself. */
  readonly live: readonly string[]
  /** Moments that it shows in the reader's own time. */
  readonly moments: readonly string[]
}

/** A stage with a bot behind the adapter that answers what a test says. */
export interface Scene {
  readonly stage: Stage
  readonly adapter: Adapter
  readonly heard: Inbound[]
  readonly statuses: PlatformStatus[]
  /** What the bot answers. */
  reply: (inbound: Inbound, tell: Meanwhile['tell']) => readonly Reply[] | Promise<readonly Reply[]>
  /** Starts it (or another process in its place) and waits until it is up. */
  start(adapter?: Adapter): Promise<void>
  stop(adapter?: Adapter): Promise<void>
}

export const COMMANDS: readonly Command[] = [
  { name: 'poll', about: { en: 'Ask everybody' }, shortcut: { en: 'Make this a poll' } },
  { name: 'guide', about: { en: 'What this bot is' } },
]

/** Tests that get a scene of their own on this platform. */
export function testOn(platform: Platform) {
  return base.extend<{ on: Scene }>({
    on: async ({ task: _ }, use) => {
      const stage = await platform.open(benchFor(platform))
      const adapters = new Set<Adapter>()
      const on: Scene = {
        ...{ stage, adapter: stage.adapter(), heard: [], statuses: [] },
        reply: () => [],
        async start(adapter = on.adapter) {
          adapters.add(adapter)
          const before = on.statuses.length
          await adapter.start(COMMANDS, receive, status => void on.statuses.push(status))
          await until(() => on.statuses.length > before && on.statuses.at(-1) === 'up')
          await stage.ready?.()
        },
        async stop(adapter = on.adapter) {
          adapters.delete(adapter)
          await adapter.stop()
        },
      }
      const receive: Receive = async (inbound, { tell }) => {
        on.heard.push(inbound)
        return on.reply(inbound, tell)
      }
      await on.start()
      await use(on)
      for (const adapter of adapters) await adapter.stop()
      await stage.close()
    },
  })
}

const samples = new Map([
  ['garden', GARDEN],
  ['library', LIBRARY],
])

function benchFor({ texts }: Platform): Workbench {
  const catalogues = readCatalogues([texts])
  const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  return {
    words: (locale, key, args) => catalogues.in(locale).named(key, args),
    log,
    now: () => new Date(),
    notice: () => {},
    unread: () => {},
    picture: async id => samples.get(id)?.content,
    answerMs: PATIENCE_MS,
  }
}

export const view = (text: string, buttons: View['buttons'] = [], blocks: View['blocks'] = [{ kind: 'text', text }]): View => ({
  ...{ blocks, buttons, lang: 'en' },
  brief: text.slice(0, 190) || 'x',
})

export const isIn =
  (space: SpaceRef) =>
  (inbound: Inbound): boolean =>
    inbound.place !== 'private' && inbound.place.space === space

/** A promise that a test keeps. */
export function held<T>(): { readonly promise: Promise<T>; readonly give: (value: T) => void } {
  let give: (value: T) => void = () => undefined
  const promise = new Promise<T>(resolve => {
    give = resolve
  })
  return { promise, give }
}

/** A post with one button in `space`. */
export async function posted({ adapter, stage }: Scene): Promise<MessageRef> {
  const sent = await adapter.send(stage.space, view('What matters most?', [[{ label: 'Buses', token: 'polls_v_1' }]]), 'post')
  if (sent === 'unsure' || !('ok' in sent)) throw new Error(`not sent: ${JSON.stringify(sent)}`)
  return sent.ok
}
