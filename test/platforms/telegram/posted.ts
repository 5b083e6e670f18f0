import type { ForceReply, InlineKeyboardButton, Message, Update } from '@grammyjs/types'

/** A message as our server sends it: never in a bare channel, so it always has a sender. */
export type Said = Message & Update.NonChannel

/** A file as it came in or as a test puts it in. */
export interface Upload {
  readonly name: string
  readonly mime: string
  readonly content: Buffer
}

/** One message that stands in a chat now. Edits change it in place; deleting takes it out of `chat.messages`. */
export class Posted {
  raw: Said
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  edits = 0
  pinned = false
  /** Another takes its place where an edit brings one. */
  file: Upload | undefined
  /** Set when the bot asked for a forced reply with this message. */
  readonly asks: ForceReply | undefined
  /** The one person who sees it; undefined where all do. */
  readonly sees: number | undefined
  /** It is shown to the one it is for: some never arrive. */
  isShown = true

  constructor(raw: Said, at: number, more: { file?: Upload | undefined; asks?: ForceReply | undefined; sees?: number } = {}) {
    this.raw = raw
    this.at = at
    this.file = more.file
    this.asks = more.asks
    this.sees = more.sees
  }

  get id(): number {
    return this.raw.message_id
  }

  /** Telegram's number for one that only one person sees. */
  get ephemeralId(): number | undefined {
    return this.raw.ephemeral_message_id
  }

  get chat(): number {
    return this.raw.chat.id
  }

  /** The text, or the caption of a file; '' for service messages. */
  get text(): string {
    return this.raw.text ?? this.raw.caption ?? ''
  }

  get from(): number {
    return this.raw.from.id
  }

  get byBot(): boolean {
    return this.raw.from.is_bot && this.raw.sender_chat === undefined
  }

  /** Says that something happened; nobody wrote it. */
  get isService(): boolean {
    return this.raw.text === undefined && this.file === undefined
  }

  get topic(): number | undefined {
    return this.raw.is_topic_message ? this.raw.message_thread_id : undefined
  }

  /** The id of the message this one answers; the topic's own first message does not count. */
  get replyTo(): number | undefined {
    const to = this.raw.reply_to_message?.message_id
    return to === this.topic ? undefined : to
  }

  get keyboard(): readonly (readonly InlineKeyboardButton[])[] {
    return this.raw.reply_markup?.inline_keyboard ?? []
  }

  /** The labels, row by row. */
  get labels(): string[][] {
    return this.keyboard.map(row => row.map(button => button.text))
  }

  /** The button with this label, at this place, or none. */
  button(which: string | { row: number; col: number }): InlineKeyboardButton | undefined {
    if (typeof which !== 'string') return this.keyboard[which.row]?.[which.col]
    return this.keyboard.flat().find(button => button.text === which)
  }
}
