import type { Update } from '@grammyjs/types'
import { botStanding, isAdmin, isIn, postAlone, type Saying, standingOf } from './chats.ts'
import type { Posted } from './posted.ts'
import type { Press } from './press.ts'
import { bad, type Refusal } from './refusal.ts'
import type { ChatState, PersonState, TopicState, World } from './world.ts'

/** What one person alone sees in a group. */

export interface EphemeralParameters {
  readonly receiver_user_id: number
  readonly callback_query_id?: string
  readonly replace_callback_query_message?: boolean
}

interface Asked {
  readonly ephemeral_message_parameters?: EphemeralParameters
  readonly reply_parameters?: { readonly ephemeral_message_id?: number }
}

/** The one it is for, if it may be sent to them now; undefined for a message to all. */
export function receiverOf(world: World, chat: ChatState, asked: Asked): PersonState | Refusal | undefined {
  const { ephemeral_message_parameters: to, reply_parameters: reply } = asked
  const answered = reply?.ephemeral_message_id
  if (!to) return answered === undefined ? undefined : bad('a reply to an ephemeral message must be an ephemeral message')
  if (chat.chat.type === 'private') return bad('ephemeral messages can be sent only to groups and supergroups')
  const person = world.people.get(to.receiver_user_id)
  if (!person) return bad('user not found')
  if (to.replace_callback_query_message) return bad('this loop-back server replaces no pressed message; teach it before using it')
  if (isRecent(world, at(world, chat, person, to, answered))) return person
  if (!isAdmin(botStanding(world, chat))) return bad('not enough rights to send ephemeral messages to the chat')
  return isIn(standingOf(chat, person.user.id)) ? person : bad('USER_NOT_PARTICIPANT')
}

/** When the person did what this answers. */
function at(world: World, chat: ChatState, person: PersonState, to: EphemeralParameters, answered: number | undefined): number | undefined {
  const id = to.callback_query_id
  const isOwn = (press: Press): boolean => press.id === id && press.person === person.user.id && press.chat === chat.chat.id
  const press = id === undefined ? undefined : ([...world.presses.values()].find(isOwn) ?? world.answered.findLast(isOwn))
  const asked = answered === undefined ? undefined : chat.ephemeral.get(answered)
  return press?.at ?? (asked?.from === person.user.id ? asked.at : undefined)
}

const isRecent = (world: World, when: number | undefined): boolean =>
  when !== undefined && world.now().getTime() - when <= world.answerWithinMs

/** The bot shows something to one person. Whether it reaches them, nobody says. */
export function showAlone(
  world: World,
  chat: ChatState,
  saying: Saying,
  person: PersonState,
  under: Parameters<typeof postAlone>[4] | { readonly topic?: TopicState | undefined },
): Posted {
  const posted = postAlone(world, chat, saying, person.user.id, { ...under, receiver: person.user })
  posted.isShown = !person.oldApp && world.lost === 0
  if (world.lost > 0) world.lost -= 1
  return posted
}

/** Whether a command that this person picks goes to the bot alone: the newest list that has it says so, and their app knows how. */
export function isAlone(world: World, person: PersonState, text: string): boolean {
  const name = /^\/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s|$)/i.exec(text)
  if (!name || world.isOld || person.oldApp) return false
  if (name[2] !== undefined && name[2].toLowerCase() !== world.me.username.toLowerCase()) return false
  return world.commands.some(list => list.commands.some(one => one.command === name[1]?.toLowerCase() && one.is_ephemeral === true))
}

/** A person says something to the bot that nobody else sees. What it replies to, Telegram may leave out; here it always does. */
export function speakAlone(
  world: World,
  chat: ChatState,
  saying: Saying,
  under: { readonly topic?: TopicState | undefined; readonly file?: Posted['file'] },
): { posted: Posted; update: Update | undefined } {
  const posted = postAlone(world, chat, saying, saying.from.id, { ...under, receiver: world.meInChats })
  const update = isIn(botStanding(world, chat)) ? world.updates.push('message', posted.raw) : undefined
  return { posted, update }
}

export interface NamedAlone {
  readonly chat_id: number | string
  readonly receiver_user_id: number
  readonly ephemeral_message_id: number
}

/** What the bot showed to this person and they may still see. */
export function findAlone(world: World, chat: ChatState, named: NamedAlone, what: 'edit' | 'delete'): Posted | Refusal {
  const posted = chat.ephemeral.get(named.ephemeral_message_id)
  const isIts = posted?.from === world.me.id && posted.sees === named.receiver_user_id
  return posted && isIts ? posted : bad(`message to ${what} not found`)
}

/** Telegram's open bug: whatever its words say, an edit takes no more than a caption does. */
export const longestEdit = 1024
