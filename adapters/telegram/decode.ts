import type { CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User } from 'grammy/types'
import type { Event, FileIn, Inbound, MessageRef, Place, Quoted, SpaceRef } from '../../src/platform/adapter.ts'
import { FILE_BYTES } from '../../src/platform/download.ts'
import { mustBe } from '../../src/platform/frames.ts'
import { isLanguage, sanitize, sanitizeLine } from '../../src/view/sanitize.ts'
import { messageRef, personRef, spaceRef } from './refs.ts'
import { membership, message, numbered, press, pressed } from './shapes.ts'

/** The bot, as far as reading needs it. `commands`: the names that it answers to. */
export interface Me {
  readonly id: number
  readonly username: string
  readonly commands: ReadonlySet<string>
  /** What topics are called, as far as it was told since the start. What only the bot sees does not say it. */
  readonly topics: { get(space: SpaceRef): string | undefined; set(space: SpaceRef, name: string): unknown }
  /** Fetches a file by Telegram's id. */
  fetch(file: string): Promise<Uint8Array>
}

/** What Telegram is asked for: exactly what is read here. */
export const reads = ['message', 'callback_query', 'my_chat_member'] as const satisfies (keyof Update)[]

type Read = Omit<Inbound, 'id' | 'received'>

/**
 * What an update means, or undefined for one that is none of our business: it is dropped here, before anything is logged or kept. A bot with admin
 * rights is sent every message of its groups, whatever its privacy mode says.
 * @throws Error for one that is not as Telegram describes it
 */
export function decode(update: Update, me: Me, received: Date): Inbound | undefined {
  const { update_id } = mustBe(numbered, update)
  const read = readUpdate(update, me)
  return read && { id: `telegram:${me.id}:${update_id}`, received, ...read }
}

/** The number by which it is confirmed; undefined where it has none that can be read. */
export const numberOf = (update: unknown): number | undefined => numbered.safeParse(update).data?.update_id

/** The press that waits for an answer, whatever else can be read of it. */
export const pressIn = (update: unknown): string | undefined => pressed.safeParse(update).data?.callback_query.id

/** Telegram's number for what only one person sees: what was pressed, or what they said. To be asked of what was read. */
export const unseenIn = ({ message, callback_query: pressed }: Update): number | undefined =>
  (pressed?.message as Partial<Message> | undefined)?.ephemeral_message_id ?? message?.ephemeral_message_id

/** Each is looked at before it is read: after that it has the fields that Telegram's own types promise, as far as they are used here. */
function readUpdate(update: Update, me: Me): Read | undefined {
  if (update.callback_query !== undefined) {
    mustBe(press, update.callback_query)
    return readPress(update.callback_query, me)
  }
  if (update.my_chat_member !== undefined) {
    mustBe(membership, update.my_chat_member)
    return readMembership(update.my_chat_member)
  }
  if (update.message === undefined) return undefined
  mustBe(message, update.message)
  return readMessage(update.message, me)
}

/** Telegram says no time for a press. One on a message that it no longer shows us (`date` 0) counts too. */
function readPress({ data, from, message }: CallbackQuery, me: Me): Read | undefined {
  const place = message && placeOf(message.chat, message.date === 0 ? {} : topicOf(message, me))
  if (data === undefined || !place) return undefined
  const read = { place, person: personOf(from) }
  const event = { kind: 'press', token: sanitize(data) } as const
  // Of a message that Telegram no longer shows us only its number is told.
  if ('ephemeral_message_id' in message && message.ephemeral_message_id !== undefined) return { ...read, isUnseen: true, event }
  return { ...read, event: { ...event, message: messageRef(message.chat.id, message.message_id) } }
}

function readMembership({ chat, from, date, old_chat_member: before, new_chat_member: now }: ChatMemberUpdated): Read | undefined {
  const place = placeOf(chat)
  if (!place || isIn(before) === isIn(now)) return undefined
  const kinds = place === 'private' ? (['opened', 'closed'] as const) : (['joined', 'left'] as const)
  return { at: moment(date), place, person: personOf(from), event: { kind: isIn(now) ? kinds[0] : kinds[1] } }
}

const isIn = (member: ChatMember): boolean =>
  member.status === 'restricted' ? member.is_member : member.status !== 'left' && member.status !== 'kicked'

/** What people send that has no words, or need not have any. */
const WORDLESS = [
  ...(['voice', 'sticker', 'location', 'venue', 'contact', 'video', 'video_note', 'audio'] as const),
  ...(['animation', 'document', 'poll', 'dice', 'photo'] as const),
] satisfies (keyof Message)[]

function readMessage(message: Message, me: Me): Read | undefined {
  const { chat, from, date } = message
  const place = placeOf(chat, topicOf(message, me))
  if (!place || !from) return undefined
  const read = { at: moment(date), place, person: personOf(from) }
  if (message.migrate_to_chat_id !== undefined) return { ...read, event: { kind: 'moved', to: spaceRef(message.migrate_to_chat_id) } }
  if ((message.new_chat_title ?? message.forum_topic_edited?.name) !== undefined) return { ...read, event: { kind: 'renamed' } }
  const files = filesOf(message, me)
  // In private whatever somebody sends is said to us, also what has no words: a voice message, a sticker, a place.
  const isSaid = files.length > 0 || (place === 'private' && WORDLESS.some(kind => kind in message))
  const words = message.text ?? message.caption ?? (isSaid ? '' : undefined)
  if (words === undefined || isPassedOn(message, place)) return undefined
  // An anonymous admin or a channel writes through an account that all of them share.
  const nameless = message.sender_chat !== undefined
  if (from.is_bot && !nameless) return undefined
  const said = readWords(message, sanitize(words), place, me)
  const event = said?.kind === 'text' && files.length > 0 ? { ...said, files } : said
  if (!nameless) return event && { ...read, ...(isUnseen(message) && { isUnseen: true }), event }
  return event?.kind === 'command' ? { ...read, event: { kind: 'nameless' } } : undefined
}

/** In a group, words that were passed on are not said by the one who passes them on. */
function isPassedOn({ via_bot, is_automatic_forward, forward_origin }: Message, place: Place): boolean {
  return via_bot !== undefined || is_automatic_forward === true || (place !== 'private' && forward_origin !== undefined)
}

function readWords(message: Message, words: string, place: Place, me: Me): Event | undefined {
  const own = isUnseen(message) ? {} : { message: messageRef(message.chat.id, message.message_id) }
  const replied = repliedTo(message)
  const [, said, bot, args = ''] = /^\/(\w{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/.exec(words) ?? []
  if (said !== undefined) {
    const name = said.toLowerCase()
    if (bot === undefined ? place !== 'private' && !me.commands.has(name) : bot.toLowerCase() !== me.username.toLowerCase())
      return undefined
    if (name === 'start') return started(place, args.trim(), bot !== undefined, own)
    const about = replied && quoted(replied)
    return { kind: 'command', name, args: args.trim(), ...own, ...(about && { about }) }
  }
  const toUs = replied !== undefined && replied.from?.id === me.id
  // What only the bot sees is said to it; what it is a reply to may not be told.
  if (place !== 'private' && !toUs && !isUnseen(message)) return undefined
  return { kind: 'text', text: words, ...own, ...(toUs && !isUnseen(message) && replyOf(replied)) }
}

function replyOf(replied: NonNullable<Message['reply_to_message']>): Pick<Extract<Event, { kind: 'text' }>, 'replyTo' | 'tokens'> {
  const tokens = tokensOf(replied)
  return { replyTo: messageRef(replied.chat.id, replied.message_id), ...(tokens.length > 0 && { tokens }) }
}

/** Said in a group to the bot alone. */
const isUnseen = (message: Pick<Message, 'ephemeral_message_id'>): boolean => message.ephemeral_message_id !== undefined

/** By a link of ours: to the private chat, or (Telegram says it then for whoever brings the bot in) into a group. */
function started(place: Place, payload: string, isNamed: boolean, own: { readonly message?: MessageRef }): Event | undefined {
  if (place === 'private') return { kind: 'started', payload }
  return isNamed && payload !== '' ? { kind: 'started', payload, ...own } : undefined
}

function tokensOf({ reply_markup: markup }: NonNullable<Message['reply_to_message']>): readonly string[] {
  return (markup?.inline_keyboard ?? [])
    .flat()
    .flatMap(button => ('callback_data' in button && button.callback_data !== undefined ? [button.callback_data] : []))
}

/** A picture, sent as one (then Telegram has made several sizes of it) or as a file. */
function filesOf({ photo = [], document }: Message, me: Me): readonly FileIn[] {
  const size = photo.findLast(({ file_size = 0 }) => file_size <= FILE_BYTES) ?? photo[0]
  if (size) return [fileIn({ ...size, file_name: 'photo.jpg', mime_type: 'image/jpeg' }, me)]
  return document?.mime_type?.startsWith('image/') ? [fileIn(document, me)] : []
}

type Found = { readonly file_id: string; readonly file_name?: string; readonly mime_type?: string; readonly file_size?: number }

const fileIn = ({ file_id, file_name, mime_type, file_size }: Found, me: Me): FileIn => ({
  ...{ name: sanitizeLine(file_name ?? ''), mime: mime_type ?? '', bytes: file_size ?? 0 },
  read: () => me.fetch(file_id),
})

/** In a topic every message is a reply to the one that opened it, unless it is a reply to another. */
function repliedTo({ reply_to_message: replied }: Message): Message['reply_to_message'] {
  return replied?.forum_topic_created ? undefined : replied
}

function quoted(replied: NonNullable<Message['reply_to_message']>): Quoted | undefined {
  const words = replied.text ?? replied.caption
  return words === undefined ? undefined : { message: messageRef(replied.chat.id, replied.message_id), text: sanitize(words) }
}

/** Groups without topics number their reply threads too; only `is_topic_message` makes it a topic. */
function topicOf(message: InTopic, { topics }: Me): Topic {
  const { is_topic_message, message_thread_id: number, reply_to_message: opening } = message
  if (!is_topic_message || number === undefined) return {}
  const space = spaceRef(message.chat.id, number)
  const told = message.forum_topic_edited?.name ?? message.forum_topic_created?.name
  if (told !== undefined) topics.set(space, told)
  // What is no reply to anything else is one to the message that opened the topic, under its first name.
  return { number, name: topics.get(space) ?? opening?.forum_topic_created?.name }
}

type InTopic = Pick<
  Message,
  'chat' | 'is_topic_message' | 'message_thread_id' | 'reply_to_message' | 'forum_topic_created' | 'forum_topic_edited'
>
type Topic = { readonly number?: number | undefined; readonly name?: string | undefined }

function placeOf(chat: Chat, { number, name }: Topic = {}): Place | undefined {
  if (chat.type === 'private') return 'private'
  if (chat.type === 'channel' || chat.is_direct_messages) return undefined
  const title = sanitizeLine(chat.title ?? '')
  const part = number === undefined ? '' : sanitizeLine(name ?? '')
  return { space: spaceRef(chat.id, number), ...(title && { title }), ...(part && { part }) }
}

function personOf(user: User): Inbound['person'] {
  const name = sanitizeLine(`${user.first_name} ${user.last_name ?? ''}`) || user.username || String(user.id)
  return { ref: personRef(user.id), name, ...(isLanguage(user.language_code) && { locale: user.language_code }) }
}

const moment = (seconds: number): Date => new Date(seconds * 1000)
