import { GrammyError, HttpError } from 'grammy'
import type { MessageRef, Sent } from '../../src/platform/adapter.ts'
import { cutOff, laterMs, type No, networkCode, no, ofChange } from '../../src/platform/sent.ts'
import { spaceRef } from './refs.ts'

/** The call never left: too many others were waiting before it. */
export class TooBusy extends Error {}

const chatGone = no('gone', 'the chat is not there', 'deleted')
const messageGone = no('gone', 'the message is not there')
const deleted = no('unreachable', 'the account is deleted')
const notStarted = no('unreachable', 'the person has not started the bot')

/** Telegram's words for what it will not do, most telling first. What it answers holds no stable code, so its words are all there is. */
const refusals: readonly (readonly [RegExp, No])[] = [
  [/blocked by the user/, no('unreachable', 'the person has blocked the bot')],
  [/deactivated/, deleted],
  [/can't initiate conversation|can't send messages to bots|PEER_ID_INVALID/, notStarted],
  [/was deleted/, no('gone', 'the group was deleted', 'deleted')],
  [/kicked|not a member/, no('gone', 'the bot is not in the chat', 'removed')],
  [/chat not found/, chatGone],
  [/TOPIC_CLOSED/, no('forbidden', 'the topic is closed')],
  [/thread not found|TOPIC_DELETED|TOPIC_ID_INVALID/, no('gone', 'the topic is not there', 'deleted')],
  [
    /not enough rights|no rights|need administrator rights|WRITE_FORBIDDEN|CHAT_RESTRICTED|ADMIN_REQUIRED|_FORBIDDEN/,
    no('forbidden', 'the bot lacks the right'),
  ],
  [/message to \w+ not found|MESSAGE_ID_INVALID|message can't be edited/, messageGone],
  [/message can't be deleted/, no('refused', 'the message can no longer be deleted')],
  [/is too long|_TOO_LONG/, no('refused', 'the message is too long')],
]

/** How long to leave what others wait before, in milliseconds. */
const busyMs = 3_000

/**
 * What a failed call means for the send, or for the change of that message. `chat` is positive for a private chat. Throws what did not come from Telegram or
 * the way there.
 */
export function sentOf(error: unknown, chat: number, message?: MessageRef): Sent {
  const doing = message ? 'change' : 'send'
  if (error instanceof TooBusy) return { later: busyMs }
  if (error instanceof HttpError) return cutOff(doing, codeOf(error))
  if (!(error instanceof GrammyError)) throw error
  const { error_code: code, description, parameters } = error
  if (parameters.migrate_to_chat_id !== undefined) return { moved: spaceRef(parameters.migrate_to_chat_id) }
  if (code === 429) return { later: (parameters.retry_after ?? 1) * 1000 }
  // A refused token stops the loop with a line for the operator; what waits to be sent waits on.
  if (code === 401 || code === 404) return { later: laterMs.token }
  if (code >= 500) return cutOff(doing)
  if (/message is not modified/.test(description) && message) return { ok: message }
  const refused = refusalOf(code, description, chat)
  return doing === 'change' && refused !== messageGone ? ofChange(refused) : refused
}

function refusalOf(code: number, description: string, chat: number): No {
  const known = refusals.find(([words]) => words.test(description))?.[1]
  if (known === chatGone && chat > 0) return notStarted
  if (known === deleted && chat < 0) return no('gone', 'the group was deleted', 'deleted')
  return known ?? (code === 403 ? no('forbidden', 'Telegram forbids it') : no('refused', 'Telegram does not take it'))
}

/** What is to be changed is no text but a file or a picture with words under it. */
export const hasNoText = (error: unknown): boolean => error instanceof GrammyError && /no text in the message/.test(error.description)

/** Telegram does not know its own id of a picture any more. */
export const isStalePhoto = (error: unknown): boolean => error instanceof GrammyError && /wrong (?:remote )?file/.test(error.description)

/** An error that may be logged as it is. */
export function unasked(error: unknown): Error {
  const cause = error instanceof HttpError ? codeOf(error) : error instanceof GrammyError ? error.description : error
  return new Error('Telegram could not be asked.', { cause })
}

/** The network's own error code. */
export const codeOf = ({ error }: HttpError): string => networkCode(error) ?? 'unknown'
