import { isPayload, ourLink } from '../press.ts'
import { bad, type Refusal } from '../refusal.ts'
import { limits } from '../text.ts'
import type { World } from '../world.ts'

export interface AnswerCallbackQuery {
  callback_query_id: string
  text?: string
  show_alert?: boolean
  url?: string
  cache_time?: number
}

/** A press is answered once and soon. A link may only lead to the bot itself (a game's is not done here). */
export function answerCallbackQuery(world: World, request: AnswerCallbackQuery): true | Refusal {
  const text = request.text ?? ''
  if (world.strict && text.length > limits.answer) return bad('MESSAGE_TOO_LONG')
  if (request.url !== undefined && !mayOpen(world, request.url)) return bad('URL_INVALID')
  const press = world.presses.get(request.callback_query_id)
  const isLate = press !== undefined && world.now().getTime() - press.at > world.answerWithinMs
  if (!press || isLate) return bad('query is too old and response timeout expired or query ID is invalid')
  press.settle({ text, alert: request.show_alert ?? false, url: request.url })
  return true
}

function mayOpen(world: World, url: string): boolean {
  const link = ourLink(world, url)
  return link?.kind === 'start' && isPayload(link.payload)
}
