import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Commands, obey } from '../control.ts'
import type { Fault } from './faults.ts'
import type { GroupOptions } from './groups.ts'
import type { Posted } from './posted.ts'
import { type Press, press } from './press.ts'
import type { PersonOptions, Telegram } from './server.ts'
import type { AdminRights } from './world.ts'

interface PressAsked {
  readonly person: number
  readonly chat: number
  readonly message: number
  readonly data: string
}

/** What a driver in another process can do: POST /control/<name> with a JSON body. Every number is an id that this server gave. */
const commands: Commands<Telegram> = {
  /** `{ title, ...GroupOptions }` -> `{ id }` */
  group: (tg, asked: GroupOptions & { title: string }) => ({ id: tg.group(asked.title, asked).id }),
  /** `{ name, ...PersonOptions }` -> `{ id }` */
  person: (tg, asked: PersonOptions & { name: string }) => ({ id: tg.person(asked.name, asked).id }),
  /** `{ count, ...PersonOptions }` -> `{ ids }` */
  people: (tg, asked: PersonOptions & { count: number }) => ({
    ids: Array.from({ length: asked.count }, (_, at) => tg.person(`Resident ${at + 1}`, asked).id),
  }),
  /** `{ person, text, chat?, replyTo? }`, without a chat in private -> `{ message, update_id? }` */
  says: (tg, asked: { person: number; chat?: number; text: string; topic?: number; replyTo?: number }) => says(tg, asked),
  /** `{ person, payload? }` -> `{ message, update_id? }` */
  starts: (tg, asked: { person: number; payload?: string }) => {
    const { posted, update } = tg.personOf(asked.person).starts(asked.payload)
    return { message: posted.id, update_id: update?.update_id }
  },
  /** `{ presses: [{ person, chat, message, data }] }` -> `{ ids, updates }`, in the same order; all in one go */
  presses: (tg, asked: { presses: readonly PressAsked[] }) => {
    const made = asked.presses.map(one => pressed(tg, one))
    tg.world.changes.happened()
    return { ids: made.map(one => one.id), updates: made.map(one => one.update?.update_id) }
  },
  /** `{ ids }`: gives the updates of these presses once more, of those that were answered and whose update the bot has confirmed */
  again: (tg, asked: { ids: readonly string[] }) => {
    const first = tg.pending[0]?.update_id ?? 0
    for (const { id, update } of tg.answered) if (update && asked.ids.includes(id) && update.update_id < first) tg.redeliver(update)
  },
  /** `{ chat }` (a person's id for the private chat) -> what stands there */
  messages: (tg, asked: { chat: number }) => [...(tg.world.chats.get(asked.chat)?.messages.values() ?? [])].map(shown),
  /** `{ from? }` -> the answered presses, without the first `from` of all time */
  answered: (tg, asked: { from?: number }) => since(tg.answered, tg.world.answeredCount, asked.from),
  /** `{ method?, from? }` -> the requests, without the first `from` of all time */
  calls: (tg, asked: { method?: string; from?: number }) => {
    const { calls, counts } = tg.world
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return since(calls, total, asked.from).filter(call => asked.method === undefined || call.method === asked.method)
  },
  state: tg => state(tg),
  /** A `Fault` */
  fail: (tg, asked: Fault) => tg.fail(asked),
  heal: tg => tg.heal(),
  /** `{ ms }`: how long each answer waits */
  latency: (tg, asked: { ms: number }) => {
    tg.world.latencyMs = asked.ms
  },
  revoke: tg => tg.revokeToken(),
  /** Gives all updates that wait once more, beside their usual way */
  redeliver: tg => {
    for (const update of tg.pending) tg.redeliver(update)
  },
  /** `{ chat }` -> `{ id }` of the supergroup */
  migrate: (tg, asked: { chat: number }) => ({ id: tg.groupOf(asked.chat).migrate().id }),
  add: (tg, asked: { chat: number }) => tg.groupOf(asked.chat).add(),
  kick: (tg, asked: { chat: number }) => tg.groupOf(asked.chat).kick(),
  promote: (tg, asked: { chat: number; rights?: AdminRights | boolean }) => tg.groupOf(asked.chat).promote(asked.rights),
  /** `{ chat, person }` */
  admin: (tg, asked: { chat: number; person: number; rights?: AdminRights | boolean }) =>
    tg.groupOf(asked.chat).admin(tg.personOf(asked.person), asked.rights),
  /** `{ chat, name }` -> `{ id }` */
  topic: (tg, asked: { chat: number; name: string }) => tg.groupOf(asked.chat).topic(asked.name),
  /** `{ chat, message }` */
  remove: (tg, asked: { chat: number; message: number }) => {
    tg.world.chats.get(asked.chat)?.messages.delete(asked.message)
  },
  blocks: (tg, asked: { person: number }) => tg.personOf(asked.person).blocks(),
  unblocks: (tg, asked: { person: number }) => tg.personOf(asked.person).unblocks(),
}

/** What is remembered of a log of which `total` entries ever were. */
function since<T>(log: readonly T[], total: number, from = 0): readonly T[] {
  return log.slice(Math.max(0, from - (total - log.length)))
}

function says(tg: Telegram, asked: { person: number; chat?: number; text: string; topic?: number; replyTo?: number }): object {
  const person = tg.personOf(asked.person)
  const place = asked.chat === undefined ? 'private' : tg.groupOf(asked.chat)
  const replyTo = asked.replyTo === undefined ? undefined : tg.world.chats.get(asked.chat ?? person.id)?.messages.get(asked.replyTo)
  const how = { ...(asked.topic !== undefined && { topic: { id: asked.topic } }), ...(replyTo && { replyTo }) }
  const { posted, update } = person.says(place, asked.text, how)
  return { message: posted.id, update_id: update?.update_id }
}

function pressed(tg: Telegram, asked: PressAsked): Press {
  const person = tg.personOf(asked.person)
  const chat = asked.chat === asked.person ? person.chat : tg.world.chats.get(asked.chat)
  if (!chat) throw new Error(`there is no chat ${asked.chat}`)
  return press(tg.world, person.state, chat, asked.message, asked.data)
}

function shown(posted: Posted): object {
  const { id, chat, from, byBot, text, topic, replyTo, edits, pinned, at, keyboard, file } = posted
  return { id, chat, from, byBot, text, topic, replyTo, edits, pinned, at, keyboard, file: file && { name: file.name, mime: file.mime } }
}

function state(tg: Telegram): object {
  const { updates, presses, counts, faults, rates } = tg.world
  return {
    polled: updates.isPolled,
    pending: updates.pendingCount,
    conflicts: updates.conflicts,
    open: presses.size,
    answered: tg.world.answeredCount,
    calls: Object.fromEntries(counts),
    harmed: faults.done,
    tooMany: rates.refused,
  }
}

/** As `obey` says. */
export function answerControl(tg: Telegram, request: IncomingMessage, response: ServerResponse): Promise<void> {
  return obey(commands, tg, request, response)
}
