import { botStanding, hasRight, isAdmin, privateChat } from './chats.ts'
import type { Posted } from './posted.ts'
import { bad, forbidden, Refusal } from './refusal.ts'
import type { ChatState, TopicState, World } from './world.ts'

export type ChatId = number | string

/** The chat that a request names, if the bot may act there; else what Telegram says. */
export function reach(world: World, id: ChatId): ChatState | Refusal {
  const found = find(world, id)
  if (found instanceof Refusal) return found
  if (found.movedTo !== undefined) {
    return new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: found.movedTo })
  }
  if (found.chat.type === 'private') return reachPerson(world, found)
  if (found.deleted) return forbidden('the group chat was deleted')
  const { status } = botStanding(world, found)
  const kind = found.chat.type === 'group' ? 'group chat' : 'supergroup chat'
  if (status === 'kicked') return forbidden(`bot was kicked from the ${kind}`)
  if (status === 'left') return forbidden(`bot is not a member of the ${kind}`)
  return found
}

function find(world: World, id: ChatId): ChatState | Refusal {
  if (id === '') return bad('chat_id is empty')
  if (typeof id === 'string' && id.startsWith('@')) return bad('chat not found')
  const number = Number(id)
  const person = world.people.get(number)
  const chat = person ? privateChat(world, person) : world.chats.get(number)
  return chat?.known ? chat : bad('chat not found')
}

function reachPerson(world: World, chat: ChatState): ChatState | Refusal {
  const person = world.people.get(chat.chat.id)
  if (!person) return bad('chat not found')
  if (person.deactivated) return forbidden('user is deactivated')
  if (person.blocked) return forbidden('bot was blocked by the user')
  return person.started ? chat : forbidden("bot can't initiate conversation with a user")
}

const kinds = { messages: 'text messages', photos: 'photos', documents: 'documents' } as const

/** Whether the bot may send this kind of thing there. */
export function checkMaySend(world: World, chat: ChatState, kind: keyof typeof kinds): Refusal | undefined {
  const standing = botStanding(world, chat)
  if (chat.chat.type === 'private' || isAdmin(standing)) return undefined
  const may = chat.allowed[kind] && (standing.status !== 'restricted' || standing.allowed[kind])
  return may ? undefined : bad(`not enough rights to send ${kinds[kind]} to the chat`)
}

export function checkMayPin(world: World, chat: ChatState): Refusal | undefined {
  const standing = botStanding(world, chat)
  if (chat.chat.type === 'private' || hasRight(standing, 'can_pin_messages')) return undefined
  const may = chat.allowed.pin && standing.status !== 'restricted'
  return may ? undefined : bad('not enough rights to manage pinned messages in the chat')
}

/** The topic that a request names; none for the general one, which has no number. */
export function findTopic(world: World, chat: ChatState, id: number | undefined): TopicState | Refusal | undefined {
  if (id === undefined) return undefined
  const topic = chat.topics?.get(id)
  if (!topic) return bad('message thread not found')
  if (topic.closed && !hasRight(botStanding(world, chat), 'can_manage_topics')) return bad('TOPIC_CLOSED')
  return topic
}

export interface ReplyParameters {
  readonly message_id?: number
  /** What a person said to the bot alone. */
  readonly ephemeral_message_id?: number
  readonly allow_sending_without_reply?: boolean
}

/** The message to answer; none when it is gone and the request can do without. */
export function findReplied(chat: ChatState, reply: ReplyParameters | undefined): Posted | Refusal | undefined {
  if (!reply) return undefined
  if (reply.message_id === undefined)
    return chat.ephemeral.has(reply.ephemeral_message_id ?? 0) ? undefined : bad('message to be replied not found')
  const found = chat.messages.get(reply.message_id)
  if (found || reply.allow_sending_without_reply) return found
  return bad('message to be replied not found')
}
