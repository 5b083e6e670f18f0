import { GrammyError, HttpError } from 'grammy'
import type { MessageRef, Sent } from '../../src/platform/adapter.ts'
import { spaceRef } from './refs.ts'

/** The call never left: too many others were waiting before it. */
export class TooBusy extends Error {}

type No = Extract<Sent, { readonly no: string }>

const no = (kind: No['no'], why: string): No => ({ no: kind, why })

/** Telegram's words for what it will not do, most telling first. What it answers holds no stable code, so its words are all there is. */
const refusals: readonly (readonly [RegExp, No])[] = [
  [/blocked by the user/, no('unreachable', 'the person has blocked the bot')],
  [/deactivated/, no('unreachable', 'the account is deleted')],
  [/can't initiate conversation|can't send messages to bots|PEER_ID_INVALID/, no('unreachable', 'the person has not started the bot')],
  [/kicked|not a member|was deleted/, no('gone', 'the bot is not in the chat')],
  [/chat not found/, no('gone', 'the chat is not there')],
  [/TOPIC_CLOSED/, no('forbidden', 'the topic is closed')],
  [/thread not found|TOPIC_DELETED|TOPIC_ID_INVALID/, no('gone', 'the topic is not there')],
  [
    /not enough rights|no rights|need administrator rights|WRITE_FORBIDDEN|CHAT_RESTRICTED|ADMIN_REQUIRED|_FORBIDDEN/,
    no('forbidden', 'the bot lacks the right'),
  ],
  [/message to \w+ not found|MESSAGE_ID_INVALID|message can't be edited/, no('gone', 'the message is not there')],
  [/message can't be deleted/, no('refused', 'the message can no longer be deleted')],
  [/is too long|_TOO_LONG/, no('refused', 'the message is too long')],
]

/** Error codes of connections that never were: nothing was sent. */
const unconnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** How long to leave it when Telegram does not say, in milliseconds. */
const laterMs = { busy: 3_000, away: 5_000, token: 60_000 } as const

/**
 * What a failed call means for the send or the change. A change may be repeated safely, a send that was cut off may not.
 * `chat` is positive for a private chat. Throws what did not come from Telegram or the way there.
 */
export function sentOf(
  error: unknown,
  doing: { readonly kind: 'send' | 'change'; readonly chat: number; readonly message?: MessageRef },
): Sent {
  const cut: Sent = doing.kind === 'send' ? 'unsure' : { later: laterMs.away }
  if (error instanceof TooBusy) return { later: laterMs.busy }
  if (error instanceof HttpError) return unconnected.has(codeOf(error)) ? { later: laterMs.away } : cut
  if (!(error instanceof GrammyError)) throw error
  const { error_code: code, description, parameters } = error
  if (parameters.migrate_to_chat_id !== undefined) return { moved: spaceRef(parameters.migrate_to_chat_id) }
  if (code === 429) return { later: (parameters.retry_after ?? 1) * 1000 }
  // A refused token stops the loop with a line for the operator; what waits to be sent waits on.
  if (code === 401 || code === 404) return { later: laterMs.token }
  if (code >= 500) return cut
  if (/message is not modified/.test(description) && doing.message) return { ok: doing.message }
  const refused = refusalOf(code, description, doing.chat)
  // For a change, `gone` says that the message is gone; a chat that we are out of is one where we may not.
  const chatGone = refused.no === 'gone' && refused.why !== 'the message is not there'
  return doing.kind === 'change' && chatGone ? no('forbidden', refused.why) : refused
}

function refusalOf(code: number, description: string, chat: number): No {
  const known = refusals.find(([words]) => words.test(description))?.[1]
  if (known?.no === 'gone' && known.why === 'the chat is not there' && chat > 0)
    return no('unreachable', 'the person has not started the bot')
  if (known?.why === 'the account is deleted' && chat < 0) return no('gone', 'the group was deleted')
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

/** The network's own error code; the error's message holds the address with the token in it and is never logged. */
export function codeOf(error: HttpError): string {
  const { error: inner } = error
  return typeof inner === 'object' && inner !== null && 'code' in inner && typeof inner.code === 'string' ? inner.code : 'unknown'
}
