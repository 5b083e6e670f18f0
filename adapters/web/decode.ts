import { z } from 'zod'
import type { Event, FileIn, Inbound, MessageRef, Quoted } from '../../src/platform/adapter.ts'
import { plain } from '../../src/view/plain.ts'
import type { Kept } from './journal.ts'
import { personRef, type SamplePerson, spaceRef } from './settings.ts'

const words = z.string().max(10_000)
const token = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const message = z.templateLiteral(['web:', z.string().max(80), '/', z.int().positive()])

/** What the page sends. `id` is made by the page, once for each act, and stays the same when the page tries again. */
export const Act = z.strictObject({
  id: z.uuid(),
  /** The key of the person whom the page plays. */
  person: z.string().max(64),
  /** A space's key or `private`. */
  chat: z.string().max(64),
  act: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), text: words.min(1), replyTo: message.optional() }),
    /** `home`: in the home of the app. */
    z.strictObject({ kind: z.literal('press'), token, message: message.optional(), home: z.literal(true).optional() }),
    /** `message`: the one whose button opened the form. */
    z.strictObject({
      kind: z.literal('submit'),
      form: token,
      values: z.record(z.string().max(64), z.union([words, z.array(words).max(100)])),
      message: message.optional(),
      home: z.literal(true).optional(),
      /** What was sent up before, by the field's name. */
      files: z.record(z.string().max(64), z.uuid()).optional(),
    }),
    z.strictObject({ kind: z.literal('suggest'), command: z.string().regex(/^[a-z0-9_-]{1,32}$/), typed: words }),
    z.strictObject({ kind: z.literal('home') }),
    z.strictObject({ kind: z.literal('started'), payload: z.union([token, z.literal('')]) }),
  ]),
})
export type Act = z.infer<typeof Act>

export interface Around {
  readonly received: Date
  readonly locale?: string
  readonly people: readonly SamplePerson[]
  readonly spaces: readonly { readonly key: string; readonly title: string }[]
  /** The message at an address, where it still stands. */
  find(ref: string): Kept | undefined
  file(id: string): FileIn | undefined
}

/** What an act comes to: words that stand in the chat, and what the bot hears of it. */
export interface Decoded {
  /** The chat's key: a space's, or `@` and the person's. */
  readonly chat: string
  readonly person: SamplePerson
  /** The message whose button was pressed, or opened the form. */
  readonly origin: MessageRef | undefined
  readonly said: { readonly text: string; readonly under?: MessageRef } | undefined
  /** Undefined: plain words in a group are not for the bot. */
  readonly inbound: Inbound | undefined
}

const COMMAND = /^\/([A-Za-z0-9_-]{1,32})(?:\s+([\s\S]*))?$/

/** Reads one act. Undefined: it speaks of a person, a chat or a message that is not there for it. */
export function decode({ id, act, ...where }: Act, around: Around): Decoded | undefined {
  const person = around.people.find(one => one.key === where.person)
  const space = around.spaces.find(one => one.key === where.chat)
  if (!person || (!space && where.chat !== 'private')) return undefined
  const chat = space ? space.key : `@${person.key}`
  const origin = 'message' in act ? act.message : undefined
  const hangsOn = act.kind === 'text' ? act.replyTo : origin
  if (hangsOn !== undefined && !hangsOn.startsWith(`web:${chat}/`)) return undefined
  const event = eventOf(act, !space, around)
  const inbound = event && {
    id: `web:${id}`,
    received: around.received,
    place: space ? { space: spaceRef(space.key), title: space.title } : ('private' as const),
    person: { ref: personRef(person.key), name: person.name, ...(around.locale ? { locale: around.locale } : {}) },
    ...('home' in act && act.home && !space && { isHome: true }),
    event,
  }
  return { chat, person, origin, said: saidBy(act, space !== undefined && event?.kind === 'command'), inbound }
}

/** A command in a group is typed into the command box, not said; in private everything is said. */
function saidBy(act: Act['act'], quietly: boolean): Decoded['said'] {
  if (act.kind !== 'text' || quietly) return undefined
  return { text: act.text, ...(act.replyTo ? { under: act.replyTo } : {}) }
}

function eventOf(act: Act['act'], inPrivate: boolean, around: Around): Event | undefined {
  switch (act.kind) {
    case 'text':
      return textOf(act, inPrivate, ref => around.find(ref))
    case 'press':
      return { kind: 'press', token: act.token, ...(act.message ? { message: act.message } : {}) }
    case 'submit':
      return { kind: 'submit', form: act.form, values: act.values, ...filesOf(act.files, around) }
    case 'suggest':
    case 'home':
    case 'started':
      return act
  }
}

function filesOf(sent: Readonly<Record<string, string>> = {}, around: Around): { files?: Readonly<Record<string, FileIn>> } {
  const found = Object.entries(sent).flatMap(([name, id]): (readonly [string, FileIn])[] => {
    const file = around.file(id)
    return file ? [[name, file]] : []
  })
  return found.length > 0 ? { files: Object.fromEntries(found) } : {}
}

function textOf(act: Extract<Act['act'], { kind: 'text' }>, inPrivate: boolean, find: Around['find']): Event | undefined {
  const replied = act.replyTo === undefined ? undefined : find(act.replyTo)
  const [, name, args = ''] = COMMAND.exec(act.text) ?? []
  if (name) return { kind: 'command', name: name.toLowerCase(), args, ...(replied ? { about: quote(replied) } : {}) }
  const toBot = replied !== undefined && replied.by === undefined
  if (!inPrivate && !toBot) return undefined
  return { kind: 'text', text: act.text, ...(toBot ? replyTo(replied) : {}) }
}

function replyTo({ ref, view }: Kept): Pick<Extract<Event, { kind: 'text' }>, 'replyTo' | 'tokens'> {
  const tokens = (view?.buttons.flat() ?? []).flatMap(button => ('token' in button && button.token ? [button.token] : []))
  return { replyTo: ref, ...(tokens.length > 0 && { tokens }) }
}

function quote(message: Kept): Quoted {
  return { message: message.ref, text: message.text ?? (message.view ? plain(message.view) : '') }
}

/** The same event, with the message in which the person's words now stand. */
export function withMessage(inbound: Inbound, message: MessageRef): Inbound {
  const { event } = inbound
  return event.kind === 'text' || event.kind === 'command' ? { ...inbound, event: { ...event, message } } : inbound
}
