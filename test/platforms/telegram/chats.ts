import type { Update, User } from '@grammyjs/types'
import { Posted, type Said, type Upload } from './posted.ts'
import type { AdminRight, Allowed, ChatState, PersonState, Place, Standing, TopicState, World } from './world.ts'

const everythingAllowed: Allowed = { messages: true, photos: true, documents: true, pin: false }

/** In groups made without more ado every member may pin; in supergroups Telegram's default is that only admins do. */
export function openChat(world: World, chat: Place, topics: boolean): ChatState {
  const state: ChatState = {
    chat,
    messages: new Map(),
    ephemeral: new Map(),
    standings: new Map(),
    topics: topics ? new Map() : undefined,
    instance: String(7_000_000_000_000 + world.nextNumber()),
    allowed: { ...everythingAllowed, pin: chat.type === 'group' },
    lastId: 0,
    movedTo: undefined,
    deleted: false,
    known: true,
  }
  world.chats.set(chat.id, state)
  return state
}

/** The private chat with a person; made when it is first needed. */
export function privateChat(world: World, person: PersonState): ChatState {
  const { id, first_name, username } = person.user
  return world.chats.get(id) ?? openChat(world, { id, type: 'private', first_name, ...(username && { username }) }, false)
}

export const standingOf = (chat: ChatState, user: number): Standing => chat.standings.get(user) ?? { status: 'left' }

export const botStanding = (world: World, chat: ChatState): Standing => standingOf(chat, world.me.id)

export const isIn = (standing: Standing): boolean => standing.status !== 'left' && standing.status !== 'kicked'

export function hasRight(standing: Standing, right: AdminRight): boolean {
  if (standing.status === 'creator') return true
  return standing.status === 'administrator' && standing.rights[right] === true
}

export const isAdmin = (standing: Standing): boolean => standing.status === 'creator' || standing.status === 'administrator'

/** What the one who writes decides; the rest of a message is the server's. */
export type Saying = Partial<Omit<Said, 'message_id' | 'date' | 'chat' | 'reply_to_message'>> & Pick<Said, 'from'>

/** Where in the chat: a topic, under a message. */
export interface Under {
  readonly topic?: TopicState | undefined
  readonly replyTo?: Posted | undefined
  readonly file?: Upload | undefined
  readonly asks?: Posted['asks']
}

/** Puts a message into a group that only `sees` is shown. Its number is the lowest that is free: one is used again once its message is gone. */
export function postAlone(world: World, chat: ChatState, saying: Saying, sees: number, under: Under & { readonly receiver: User }): Posted {
  const at = world.now().getTime()
  const { topic, receiver } = under
  let number = 1
  while (chat.ephemeral.has(number)) number += 1
  const raw = {
    ...{ message_id: 0, ephemeral_message_id: number, receiver_user: receiver },
    ...{ date: Math.floor(at / 1000), chat: chat.chat, ...saying },
    ...(topic && { message_thread_id: topic.id, is_topic_message: true as const }),
  } satisfies Said
  const posted = new Posted(raw, at, { file: under.file, asks: under.asks, sees })
  chat.ephemeral.set(number, posted)
  return posted
}

/** Puts a message into a chat. Ids count up in each supergroup; basic groups and private chats share one row of numbers. */
export function post(world: World, chat: ChatState, saying: Saying, under: Under = {}): Posted {
  const at = world.now().getTime()
  const { topic } = under
  const answered = under.replyTo ?? topic?.opening
  chat.lastId = chat.chat.type === 'supergroup' ? chat.lastId + 1 : world.nextNumber()
  const raw = {
    message_id: chat.lastId,
    date: Math.floor(at / 1000),
    chat: chat.chat,
    ...saying,
    ...(topic && { message_thread_id: topic.id, is_topic_message: true as const }),
    ...(answered && { reply_to_message: withoutReply(answered.raw) }),
  } satisfies Said
  const posted = new Posted(raw, at, { file: under.file, asks: under.asks })
  chat.messages.set(posted.id, posted)
  return posted
}

/** Telegram shows a message that is answered without what that one answers. */
function withoutReply(raw: Said): NonNullable<Said['reply_to_message']> {
  const { reply_to_message: _, ...rest } = raw
  return rest as NonNullable<Said['reply_to_message']>
}

/** Tells the bot of a message, if it may see it. Gives the update, or undefined when privacy mode or membership keeps it back. */
export function show(world: World, chat: ChatState, posted: Posted): Update | undefined {
  return botSees(world, chat, posted.raw) ? world.updates.push('message', posted.raw) : undefined
}

/** Telegram's privacy mode: in groups only commands, answers to the bot, and service messages; all of it for an admin. */
export function botSees(world: World, chat: ChatState, raw: Said): boolean {
  if (chat.chat.type === 'private') return true
  const standing = botStanding(world, chat)
  if (!isIn(standing)) return false
  if (!world.privacy || isAdmin(standing)) return true
  if (raw.text === undefined && raw.caption === undefined && raw.document === undefined && raw.photo === undefined) return true
  if (raw.is_automatic_forward) return true
  if (raw.reply_to_message?.from?.id === world.me.id) return true
  return isCommandFor(world, raw.text ?? raw.caption ?? '')
}

/** "/poll" and "/poll@our_bot" are for us, "/poll@other_bot" is not. */
function isCommandFor(world: World, text: string): boolean {
  const command = /^\/[a-zA-Z0-9_]{1,32}(?:@(\w+))?(?:\s|$)/.exec(text)
  if (!command) return false
  return command[1] === undefined || command[1].toLowerCase() === world.me.username.toLowerCase()
}
