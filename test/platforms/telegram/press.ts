import type { CallbackQuery, InlineKeyboardButton, Update } from '@grammyjs/types'
import type { Posted } from './posted.ts'
import { type ChatState, type PersonState, remember, type World } from './world.ts'

/** What the bot said to a press: shown for a moment, or as a box, or a link that opens. */
export interface Answer {
  readonly text: string
  readonly alert: boolean
  readonly url: string | undefined
}

/** One tap on a button, until the bot has answered it and after. */
export class Press {
  readonly id: string
  readonly data: string
  readonly person: number
  readonly chat: number
  readonly message: number
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  /** What was given to the bot; undefined when it takes no callback queries. */
  readonly update: Update | undefined
  answered: Answer | undefined
  answeredAt: number | undefined
  readonly #world: World

  constructor(world: World, query: CallbackQuery, where: { chat: number; message: number }, update: Update | undefined) {
    this.#world = world
    this.id = query.id
    this.data = query.data ?? ''
    this.person = query.from.id
    this.chat = where.chat
    this.message = where.message
    this.at = world.now().getTime()
    this.update = update
  }

  /** Resolves once the bot answers; rejects where none ever comes. */
  get answer(): Promise<Answer> {
    return this.#world.changes.until(
      () => this.answered,
      () => `an answer to the press "${this.data}" of ${this.person}`,
    )
  }

  settle(answer: Answer): void {
    this.answered = answer
    this.answeredAt = this.#world.now().getTime()
    this.#world.presses.delete(this.id)
    this.#world.answeredCount += 1
    remember(this.#world.answered, this, this.#world.remember)
  }

  toJSON(): object {
    const { id, data, person, chat, message, at, answered, answeredAt, update } = this
    return { id, data, person, chat, message, at, answered, answeredAt, update_id: update?.update_id }
  }
}

/** A press with this data on this message; the message may be gone by now, or never have had such a button. */
export function press(world: World, person: PersonState, chat: ChatState, messageId: number, data: string, alone?: Posted): Press {
  const posted = alone ?? chat.messages.get(messageId)
  const query = {
    id: String(4_000_000_000_000_000 + world.nextNumber()),
    from: person.user,
    message: posted?.raw ?? { chat: chat.chat, message_id: messageId, date: 0 as const },
    chat_instance: chat.instance,
    data,
  } satisfies CallbackQuery
  const update = world.updates.push('callback_query', query)
  const made = new Press(world, query, { chat: chat.chat.id, message: messageId }, update)
  world.presses.set(made.id, made)
  return made
}

/** The button to press, or an error that names those that are there: a test that presses nothing is wrong. */
export function findButton(message: Posted, which: string | { row: number; col: number }): InlineKeyboardButton {
  const button = message.button(which)
  if (button) return button
  const asked = typeof which === 'string' ? `"${which}"` : `${which.row}/${which.col}`
  throw new Error(`no button ${asked} under "${message.text}"; there are: ${JSON.stringify(message.labels)}`)
}

/** Where a link of ours leads: /start or /startgroup with its payload. */
export function ourLink(world: World, url: string): { kind: 'start' | 'startgroup'; payload: string } | undefined {
  const link = URL.canParse(url) ? new URL(url) : undefined
  const isOurs = link?.hostname === 't.me' && link.pathname.toLowerCase() === `/${world.me.username.toLowerCase()}`
  if (!link || !isOurs) return undefined
  const kind = link.searchParams.has('startgroup') ? 'startgroup' : 'start'
  const payload = link.searchParams.get(kind) ?? ''
  return { kind, payload }
}

/** Telegram passes on payloads of at most 64 of these signs and drops others. */
export const isPayload = (payload: string): boolean => /^[A-Za-z0-9_-]{0,64}$/.test(payload)
