import type { Lost, MessageRef, Sent } from './adapter.ts'
import { pause } from './waiting.ts'

/** The platform says no, and will not say anything else. `why`: a few words for the operator. */
export type No = Extract<Sent, { readonly no: string }>

/** What was tried: a send, or a change, which may be repeated safely. */
export type Doing = 'send' | 'change'

/** How long to leave it, in milliseconds: while the platform is away, and while it takes no token. */
export const laterMs = { away: 5_000, token: 60_000 } as const

/** `how`: of a space, where the platform says it. */
export const no = (kind: No['no'], why: string, how?: Lost): No => ({ no: kind, why, ...(how && { how }) })

/** The message that stands, if one does. */
export const messageIn = (sent: Sent): MessageRef | undefined => (sent !== 'unsure' && 'ok' in sent ? sent.ok : undefined)

/** The refusal, if it is one. */
export const noIn = (sent: Sent): No | undefined => (sent !== 'unsure' && 'no' in sent ? sent : undefined)

/** How many milliseconds the platform wants it left, if it does. */
export const laterIn = (sent: Sent): number | undefined => (sent !== 'unsure' && 'later' in sent ? sent.later : undefined)

/** Error codes of connections that never were: nothing was sent. */
const unconnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

/** What a call comes to that broke on the way or was not answered. A send may have arrived all the same. `code`: the network's own, where there is one. */
export const cutOff = (doing: Doing, code?: string): Sent =>
  doing === 'change' || (code !== undefined && unconnected.has(code)) ? { later: laterMs.away } : 'unsure'

/** The network's own code ("ECONNREFUSED"), of the error or of what caused it. An error's message may hold an address with a token in it, a code never does. */
export function networkCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if ('code' in at && typeof at.code === 'string') return at.code
  return undefined
}

/** Of a change, `gone` says that the message is gone: where its place is, or the bot is out of it, the bot may not change it. */
export const ofChange = (refused: No): No => (refused.no === 'gone' ? no('forbidden', refused.why) : refused)

/**
 * For a reply, which has no row that would send it again: what the platform wants later is tried a second time, when that is within `patienceMs`
 * and the adapter does not stop before.
 */
export async function insist(patienceMs: number, call: () => Promise<Sent>, stopping?: AbortSignal): Promise<Sent> {
  const sent = await call()
  const later = laterIn(sent)
  if (later === undefined || later > patienceMs || stopping?.aborted) return sent
  await pause(later, stopping)
  return call()
}
