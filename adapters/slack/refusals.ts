import { webApi } from '@slack/bolt'
import type { MessageRef, Sent } from '../../src/adapter.ts'

type No = Extract<Sent, { readonly no: string }>
const no = (kind: No['no'], why: string): No => ({ no: kind, why })

/** Slack's error codes for what it will not do. */
const refusals: Readonly<Record<string, No>> = {
  channel_not_found: no('gone', 'the channel is not there'),
  is_archived: no('gone', 'the channel is archived'),
  message_not_found: no('gone', 'the message is not there'),
  not_in_channel: no('forbidden', 'the bot is not in the channel'),
  is_inactive: no('forbidden', 'the channel is archived'),
  missing_scope: no('forbidden', 'the app lacks a scope'),
  no_permission: no('forbidden', 'the app lacks the right'),
  user_disabled: no('unreachable', 'the account is deactivated'),
  user_not_found: no('unreachable', 'the person is not there'),
  user_not_visible: no('unreachable', 'the person cannot be seen'),
  cannot_dm_bot: no('unreachable', 'the person is a bot'),
  messages_tab_disabled: no('unreachable', 'the app has no messages tab'),
  cant_update_message: no('refused', 'the message is not ours'),
  cant_delete_message: no('refused', 'the message is not ours'),
  msg_too_long: no('refused', 'the message is too long'),
  msg_blocks_too_long: no('refused', 'the message is too long'),
}

/** The token, not the message, is what Slack does not take. */
const tokenCodes = new Set(['invalid_auth', 'account_inactive', 'token_revoked', 'token_expired', 'not_authed', 'not_allowed_token_type'])
const awayCodes = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])

/** Error codes of connections that never were: nothing was sent. */
const unconnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

/** How long to leave it when Slack does not say, in milliseconds. */
const laterMs = { busy: 1_000, away: 5_000, token: 60_000 } as const

/** Slack's own code ("channel_not_found"); undefined where it did not answer in its own words. */
export const codeOf = (error: unknown): string | undefined => (error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined)

export const isTokenCode = (code: string | undefined): boolean => code !== undefined && tokenCodes.has(code)

/**
 * What a failed call means for the send or the change. A change may be repeated safely, a send that was cut off may not.
 * Throws what did not come from Slack or the way there.
 */
export function sentOf(error: unknown, doing: 'send' | 'change', message?: MessageRef): Sent {
  const cut: Sent = doing === 'send' ? 'unsure' : { later: laterMs.away }
  if (error instanceof webApi.WebAPIRateLimitedError) return { later: error.retryAfter * 1000 }
  if (error instanceof webApi.WebAPIRequestError) return unconnected.has(networkCode(error)) ? { later: laterMs.away } : cut
  if (error instanceof webApi.WebAPIHTTPError) return error.statusCode >= 500 ? cut : no('refused', 'Slack does not take it')
  const code = codeOf(error)
  if (code === undefined) throw error
  if (isTokenCode(code)) return { later: laterMs.token }
  if (code === 'ratelimited' || code === 'rate_limited') return { later: laterMs.busy }
  if (awayCodes.has(code)) return cut
  if (code === 'already_pinned' && message) return { ok: message }
  if (code.startsWith('restricted_action')) return no('forbidden', 'the workspace forbids it')
  const known = refusals[code] ?? no('refused', `Slack does not take it: ${code}`)
  // For a change, `gone` says that the message is gone; a channel that we are out of is one where we may not.
  return doing === 'change' && known.no === 'gone' && code !== 'message_not_found' ? no('forbidden', known.why) : known
}

/** The network's own code ("ECONNREFUSED"); the messages of such errors hold addresses and are never logged. */
export function networkCode(error: webApi.WebAPIRequestError): string {
  for (let at: unknown = error.original; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
  }
  return 'unknown'
}
