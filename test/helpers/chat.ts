import type { Adapter, Capabilities, Inbound, MessageRef, PersonRef, Receive, Reply, Sent, SpaceRef } from '../../src/platform/adapter.ts'
import { plainBlock } from '../../src/view/plain.ts'
import type { Form, View } from '../../src/view/view.ts'

/** One thing that stands in a chat, as one or all people there see it. */
export interface Shown {
  readonly ref: MessageRef
  /** The address of the space, or of the person whose private chat it is. */
  readonly at: string
  /** Only this person sees it. */
  readonly only?: PersonRef
  view: View
  edits: number
  pinned: boolean
  gone: boolean
  /** The button of a `go private` answer. */
  readonly payload?: string
}

/** A chat platform in memory: takes what it is sent, keeps what everybody sees, answers what it is asked, and fails as it is told. */
export interface TestChat extends Adapter {
  readonly shown: readonly Shown[]
  /** What the platform says when it is asked about people and rights. */
  readonly admins: Map<string, Set<string>>
  readonly lacks: Map<string, readonly string[]>
  /** In which spaces people are. Of others it cannot be asked. */
  readonly members: Map<string, readonly SpaceRef[]>
  /** Spaces that the bot cannot look into. */
  readonly unseen: Set<string>
  /** Asking who is an admin fails, as where the platform cannot be reached. */
  adminsUnknown: boolean
  /** Asking who is an admin takes until this resolves. */
  adminsWait: Promise<void> | undefined
  /** How many have asked who is an admin. */
  asked: number
  /** What somebody does here: handed to the app, as an adapter does. */
  receives(inbound: Inbound): Promise<readonly Reply[]>
  /** Every send to this address ends so from now on; undefined: all is well again. */
  refuses(address: string, sent: Sent | undefined): void
  /** Puts the bot's answers where this platform puts them; the form among them, if there is one. */
  place(inbound: Inbound, replies: readonly Reply[], pressed: Shown | undefined): Form | undefined
  /** These messages stand already, from before. */
  stands(all: readonly Shown[]): void
  /** This person has written to the bot, so that it may write to them. */
  opened(who: PersonRef): void
}

/** As rich as the browser chat, with short limits so that nothing passes by chance. */
export const rich: Capabilities = {
  commands: 'native',
  suggest: true,
  shortcuts: false,
  home: true,
  threads: false,
  files: true,
  pictures: { out: true, in: true, alt: true },
  remove: true,
  pin: true,
  events: false,
  forms: { fields: 5, chain: false, errors: false },
  whisper: { to: 'everything', text: 2_000, buttons: true },
  keeps: false,
  tell: 'always',
  once: 'key',
  chats: false,
  readersTime: false,
  limits: { text: 2_000, caption: 2_000, label: 80, token: 64, rows: 10, perRow: 5 },
  editEveryMs: 0,
}

/** The poorest: no forms, no commands of its own, whispers only as a short answer to a press. */
export const poor: Partial<Capabilities> = {
  commands: 'text',
  suggest: false,
  home: false,
  pictures: { out: true, in: true, alt: false },
  forms: 'questions',
  whisper: { to: 'presses', text: 200, buttons: false },
  keeps: true,
  tell: 'once started',
  once: 'unsure',
  limits: { text: 4_096, caption: 1_024, label: 34, token: 64, rows: 20, perRow: 3 },
}

export function testChat(platform: string, can: Capabilities): TestChat {
  const shown: Shown[] = []
  const admins = new Map<string, Set<string>>()
  const lacks = new Map<string, readonly string[]>()
  const members = new Map<string, readonly SpaceRef[]>()
  const moods = new Map<string, Sent>()
  const keys = new Map<string, MessageRef>()
  const opened = new Set<string>()
  let taking: Receive | undefined

  const put = (at: string, view: View, more: { only?: PersonRef; payload?: string } = {}): Shown => {
    checkFits(view, can)
    const ref = `${platform}:m${shown.length + 1}` as const satisfies MessageRef
    const made: Shown = { ref, at, view, edits: 0, pinned: false, gone: false, ...more }
    shown.push(made)
    return made
  }
  const change = (ref: MessageRef, how: View | 'remove' | 'pin'): Sent => {
    const message = shown.find(one => one.ref === ref && !one.gone)
    if (!message) return { no: 'gone', why: 'no such message' }
    if (how === 'remove') message.gone = true
    else if (how === 'pin') message.pinned = true
    else {
      checkFits(how, can)
      message.view = how
      message.edits += 1
    }
    return { ok: ref }
  }
  const chat: TestChat = {
    platform,
    can,
    shown,
    admins,
    lacks,
    members,
    unseen: new Set(),
    adminsUnknown: false,
    adminsWait: undefined,
    asked: 0,
    async start(_commands, receive, status) {
      taking = receive
      status('up')
    },
    stop: async () => {},
    receives(inbound) {
      if (!taking) throw new Error('The app has not started.')
      return taking(inbound, { tell: () => {} })
    },
    async send(to: SpaceRef | PersonRef, view: View, key: string) {
      const mood = moods.get(to)
      if (mood) return mood
      if (can.tell === 'once started' && to.includes('@') && !opened.has(to))
        return { no: 'unreachable', why: 'the person has not written to us' }
      const known = can.once === 'key' ? keys.get(`${to} ${key}`) : undefined
      if (known) return { ok: known }
      const { ref } = put(to, view)
      keys.set(`${to} ${key}`, ref)
      return { ok: ref }
    },
    change: async (message, how) => change(message, how),
    async isAdmin(person, space) {
      chat.asked += 1
      await chat.adminsWait
      if (chat.adminsUnknown) throw new Error('The platform cannot be asked.')
      return chat.unseen.has(space) ? undefined : (admins.get(space)?.has(person) ?? false)
    },
    missing: async space => lacks.get(space) ?? [],
    async chatsOf(person) {
      const found = members.get(person)
      if (!found) throw new Error('The platform cannot be asked.')
      return found
    },
    lane: to => to,
    privateLink: payload => `https://chat.example/start?${payload}`,
    // As where a person in private can be led into a chat.
    chatLink: payload => (can.forms === 'questions' ? `https://chat.example/startgroup?${payload}` : undefined),
    refuses: (address, sent) => void (sent ? moods.set(address, sent) : moods.delete(address)),
    stands: all => void shown.push(...structuredClone(all)),
    opened: who => void opened.add(who),
    place(inbound, replies, pressed) {
      const spot: Spot = { who: inbound.person.ref, at: inbound.place === 'private' ? inbound.person.ref : inbound.place.space }
      for (const reply of replies) {
        if (reply.kind === 'update' && pressed) change(pressed.ref, reply.view)
        else if ('view' in reply && reply.kind !== 'home') put(spot.at, reply.view, seenBy(reply, spot))
      }
      const opens = replies.find(reply => reply.kind === 'ask' || reply.kind === 'wrong')
      return opens && 'form' in opens ? opens.form : undefined
    },
  }
  return chat
}

interface Spot {
  readonly who: PersonRef
  readonly at: string
}

/** In private all is between the two of them; in a space only what is said is for everybody. */
function seenBy(reply: Reply, { who, at }: Spot): { only?: PersonRef; payload?: string } {
  const only = at === who || reply.kind === 'say' ? {} : { only: who }
  return reply.kind === 'go private' ? { ...only, payload: reply.payload } : only
}

/** What a real platform would refuse. */
function checkFits(view: View, { limits }: Capabilities): void {
  const text = view.blocks.map(plainBlock).join('\n')
  const most = view.blocks.some(block => block.kind === 'picture') ? limits.caption : limits.text
  if (text.length > most) throw new Error(`Too long for this chat: ${text.length}`)
  if (view.brief.length > 190 || view.brief === '') throw new Error(`Not a brief: "${view.brief}"`)
  if (view.buttons.length > limits.rows) throw new Error(`Too many rows: ${view.buttons.length}`)
  for (const row of view.buttons) {
    if (row.length > limits.perRow || row.length === 0) throw new Error(`A row of ${row.length} buttons`)
    for (const button of row) {
      if (button.label.length > limits.label || button.label === '') throw new Error(`A label that does not fit: "${button.label}"`)
      if ('token' in button && !/^[A-Za-z0-9_-]{1,64}$/.test(button.token)) throw new Error(`A token that does not fit: ${button.token}`)
    }
  }
}
