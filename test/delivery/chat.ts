import type { Clock } from '../../src/base/clock.ts'
import type { Adapter, Capabilities, MessageRef, PersonRef, Sent, SpaceRef } from '../../src/platform/adapter.ts'
import { plain } from '../../src/view/plain.ts'
import type { View } from '../../src/view/view.ts'

export interface Message {
  readonly to: string
  readonly key: string
  text: string
  edits: number
  pinned: boolean
}

export interface Heard {
  readonly what: 'send' | 'edit' | 'remove' | 'pin'
  readonly to: string
  readonly text: string
  readonly at: number
}

/** What the chat does instead of obeying; `but arrives`: the message stands there all the same. */
type Mood = Sent | 'throws' | 'hangs' | 'arrives, then hangs' | 'arrives, but unsure'

/** A chat platform in memory that keeps the contract: it takes what it is sent, recognises repeated keys if it says so, and misbehaves as it is told. */
export interface TestChat extends Adapter {
  readonly messages: Map<string, Message>
  readonly heard: Heard[]
  /** The next calls about this address end so, one after the other. */
  will(address: string, ...moods: Mood[]): void
  /** Every call about this address ends so from now on; undefined: all is well again. */
  always(address: string, mood: Mood | undefined): void
  hanging(): number
  /** Lets all calls that hang end. */
  letGo(sent: Sent): void
  texts(address: string): string[]
}

export interface ChatOptions {
  readonly once?: 'key' | 'unsure'
  readonly editEveryMs?: number
  readonly laneOf?: (to: string) => string
}

const base: Omit<Capabilities, 'once' | 'editEveryMs'> = {
  commands: 'native',
  suggest: false,
  shortcuts: false,
  home: false,
  threads: false,
  files: false,
  pictures: { out: true, in: true, alt: true },
  remove: true,
  pin: true,
  events: false,
  forms: 'questions',
  whisper: { to: 'everything', text: 1_000, buttons: true },
  keeps: false,
  tell: 'always',
  chats: false,
  readersTime: false,
  limits: { text: 200, caption: 100, label: 30, token: 64, rows: 10, perRow: 5 },
}

export function testChat(
  platform: string,
  clock: Clock,
  { once = 'unsure', editEveryMs = 0, laneOf = to => to }: ChatOptions = {},
): TestChat {
  const messages = new Map<string, Message>()
  const heard: Heard[] = []
  const moods = new Map<string, Mood[]>()
  const always = new Map<string, Mood>()
  const hanging: ((sent: Sent) => void)[] = []
  let count = 0

  const mind = async (address: string, does: () => Sent): Promise<Sent> => {
    const mood = moods.get(address)?.shift() ?? always.get(address)
    if (mood === undefined) return does()
    if (mood === 'throws') throw new Error('The chat broke.')
    if (mood === 'arrives, but unsure') does()
    if (mood === 'arrives, but unsure') return 'unsure'
    if (mood === 'arrives, then hangs') does()
    if (mood === 'hangs' || mood === 'arrives, then hangs') return new Promise(resolve => hanging.push(resolve))
    return mood
  }
  const place = (to: string, view: View, key: string): Sent => {
    const known = once === 'key' ? [...messages].find(([, message]) => message.key === key && message.to === to) : undefined
    if (known) return { ok: known[0] as MessageRef }
    count += 1
    const ref = `${platform}:m${count}` as const satisfies MessageRef
    messages.set(ref, { to, key, text: plain(view), edits: 0, pinned: false })
    return { ok: ref }
  }
  const change = (ref: MessageRef, how: View | 'remove' | 'pin'): Sent => {
    const message = messages.get(ref)
    if (!message) return { no: 'gone', why: 'message to edit not found' }
    if (how === 'remove') messages.delete(ref)
    else if (how === 'pin') message.pinned = true
    else Object.assign(message, { text: plain(how), edits: message.edits + 1 })
    return { ok: ref }
  }
  return {
    platform,
    can: { ...base, once, editEveryMs },
    start: async () => {},
    stop: async () => {},
    async send(to: SpaceRef | PersonRef, view: View, key: string) {
      heard.push({ what: 'send', to, text: plain(view), at: clock.now().getTime() })
      return mind(to, () => place(to, view, key))
    },
    async change(ref: MessageRef, how: View | 'remove' | 'pin') {
      const to = messages.get(ref)?.to ?? 'nowhere'
      const what = typeof how === 'string' ? how : 'edit'
      heard.push({ what, to, text: typeof how === 'string' ? '' : plain(how), at: clock.now().getTime() })
      return mind(to, () => change(ref, how))
    },
    isAdmin: async () => false,
    missing: async () => [],
    chatsOf: async () => [],
    lane: laneOf,
    privateLink: () => undefined,
    chatLink: () => undefined,
    messages,
    heard,
    will: (address, ...next) => void moods.set(address, [...(moods.get(address) ?? []), ...next]),
    always: (address, mood) => void (mood === undefined ? always.delete(address) : always.set(address, mood)),
    hanging: () => hanging.length,
    letGo: sent => {
      for (const resolve of hanging.splice(0)) resolve(sent)
    },
    texts: address => [...messages.values()].filter(message => message.to === address).map(message => message.text),
  }
}
