import { webApi } from '@slack/bolt'
import type { Lost, MessageRef, Sent } from '../../src/platform/adapter.ts'
import { cutOff, type Doing, laterMs, type No, networkCode, no, ofChange } from '../../src/platform/sent.ts'

export const lostWorkspace = no('forbidden', 'no token of the workspace works')

/** Nothing of it is to be seen yet: it is worth another try. */
export class NotYet extends Error {}

/** Slack's error codes for what it will not do. Any other is `refused`. */
const kinds: Readonly<Record<string, No['no']>> = {
  ...{ channel_not_found: 'gone', is_archived: 'gone', message_not_found: 'gone' },
  ...{ not_in_channel: 'forbidden', is_inactive: 'forbidden', missing_scope: 'forbidden', no_permission: 'forbidden' },
  ...{ user_disabled: 'unreachable', user_not_found: 'unreachable', user_not_visible: 'unreachable' },
  ...{ cannot_dm_bot: 'unreachable', messages_tab_disabled: 'unreachable' },
}

/** Where the bot was: of `channel_not_found` it is not known, a private channel that it is out of is hidden from it. */
const lost: Readonly<Record<string, Lost>> = { not_in_channel: 'removed', is_archived: 'archived' }

/** The token, not the message, is what Slack does not take. */
const tokenCodes = new Set(['invalid_auth', 'account_inactive', 'token_revoked', 'token_expired', 'not_authed', 'not_allowed_token_type'])
const awayCodes = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])

/** How long to leave what comes too fast, where Slack does not say, in milliseconds. */
const busyMs = 1_000

/** Slack's own code ("channel_not_found"); undefined where it did not answer in its own words. */
export const codeOf = (error: unknown): string | undefined => (error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined)

export const isTokenCode = (code: string | undefined): boolean => code !== undefined && tokenCodes.has(code)

/** For so many milliseconds Slack wants nothing of this kind; undefined where the error says something else. */
export const retryAfter = (error: unknown): number | undefined =>
  error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter * 1000 : undefined

/**
 * What a failed call means for the send or the change (which may be of that message).
 * Throws what did not come from Slack or the way there.
 */
export function sentOf(error: unknown, doing: Doing, message?: MessageRef): Sent {
  if (error instanceof NotYet) return { later: laterMs.away }
  const later = retryAfter(error)
  if (later !== undefined) return { later }
  if (error instanceof webApi.WebAPIRequestError) return cutOff(doing, networkCode(error.original))
  if (error instanceof webApi.WebAPIHTTPError) return error.statusCode >= 500 ? cutOff(doing) : no('refused', 'Slack does not take it')
  const code = codeOf(error)
  if (code === undefined) throw error
  if (isTokenCode(code)) return { later: laterMs.token }
  if (code === 'ratelimited' || code === 'rate_limited') return { later: busyMs }
  if (awayCodes.has(code)) return cutOff(doing)
  if (code === 'already_pinned' && message) return { ok: message }
  const kind = code.startsWith('restricted_action') ? 'forbidden' : (kinds[code] ?? 'refused')
  const refused = no(kind, `Slack says ${code}`, lost[code])
  return doing === 'change' && code !== 'message_not_found' ? ofChange(refused) : refused
}

/** What went wrong, in a word for the log. The messages of such errors hold addresses and are never logged. */
export function reasonOf(error: unknown): string {
  if (error instanceof webApi.WebAPIRequestError) return networkCode(error.original) ?? 'unknown'
  if (error instanceof webApi.WebAPIHTTPError) return `status ${error.statusCode}`
  return codeOf(error) ?? (retryAfter(error) === undefined ? 'the connection broke' : 'it asks us to wait')
}

/** Errors of the app token's one method, which the bot token's does not have. */
const ofAppToken = new Set(['missing_scope', 'forbidden_team', 'team_disabled', 'access_denied', 'link_disabled'])

/** Whether connecting will not go better the next time. */
export const isHopeless = (error: unknown): boolean => isTokenCode(codeOf(error)) || ofAppToken.has(codeOf(error) ?? '')

/** Why a workspace is off or away, as one plain line for the operator. `which`: which of the token pairs ("first"). */
export const lines = {
  away: (error: unknown): string => `Slack cannot be reached (${reasonOf(error)}).`,
  bot: (which: string): string =>
    `Slack refuses the ${which} token in SLACK_BOT_TOKEN. Copy it again from the app's page "OAuth & Permissions" and start again.`,
  app: (which: string): string =>
    `Slack refuses the ${which} token in SLACK_APP_TOKEN. Copy it again from the app's page "Basic Information" and start again.`,
  twice: (which: string): string => `The ${which} pair of Slack tokens belongs to a workspace that another pair has already. Take it out.`,
} as const
