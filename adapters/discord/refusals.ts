import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import type { Sent } from '../../src/platform/adapter.ts'
import type { Fate } from '../../src/platform/lost.ts'
import { cutOff, type Doing, laterMs, type No, networkCode, no } from '../../src/platform/sent.ts'

/** Discord's numbers for what it will not do. */
const refusals: Readonly<Record<string, No>> = {
  10003: no('gone', 'the channel is not there', 'deleted'),
  10004: no('gone', 'the server is not there', 'deleted'),
  10008: no('gone', 'the message is not there'),
  10013: no('unreachable', 'the account is not there'),
  10070: no('gone', 'the event is not there'),
  30038: no('forbidden', 'the server has as many events as it can'),
  40005: no('refused', 'the file is too large'),
  50001: no('forbidden', 'the bot cannot see the channel'),
  50005: no('refused', 'the message is not the bot’s own'),
  50007: no('unreachable', 'the person takes no private messages'),
  50013: no('forbidden', 'the bot lacks the right'),
  50083: no('forbidden', 'the thread is archived'),
  50278: no('unreachable', 'the person shares no server with the bot'),
  180000: no('gone', 'the event is over'),
  160005: no('forbidden', 'the thread is locked'),
}

/** Numbers of requests for a reply that would go through without the message that it hangs on. */
const unread = new Set<unknown>([50013, 160002])

/** What a failed call means for the send or the change (to open a private channel is one). `isOurs`: whether the bot is in the channel's server. */
export function sentOf(error: unknown, doing: Doing, isOurs = true): Sent {
  if (error instanceof RateLimitError) return { later: Math.max(Math.ceil(error.retryAfter), 1) }
  if (!(error instanceof DiscordAPIError)) return cutOff(doing, networkCode(error))
  if (isRefusedToken(error)) return { later: laterMs.token }
  if (error.code === 50001 && doing === 'send' && !isOurs) return no('gone', 'the bot is not in the server', 'removed')
  const unknown = error.status === 403 ? no('forbidden', 'Discord forbids it') : no('refused', `Discord does not take it (${error.code})`)
  return refusals[error.code] ?? unknown
}

/** The bot token itself is no good; the token of an old interaction (50027) is another matter. */
export const isRefusedToken = (error: unknown): boolean => error instanceof DiscordAPIError && error.status === 401 && error.code !== 50027

/** Whether the same would perhaps go through without hanging on another message. */
export const mayStandAlone = (error: unknown): boolean => error instanceof DiscordAPIError && unread.has(error.code)

/** Whether the thread was archived. */
export const isPutAway = (error: unknown): boolean => error instanceof DiscordAPIError && error.code === 50083

/** Whether what is to be changed or taken away is there no more. */
export const isGone = (error: unknown): boolean => error instanceof DiscordAPIError && refusals[error.code]?.no === 'gone'

/** Whether an event has begun, so that its start is fixed. */
export const hasBegun = (error: unknown): boolean =>
  error instanceof DiscordAPIError && JSON.stringify(error.rawError).includes('SCHEDULE_INVALID_START_BY_STATUS')

/** Whether Discord does not take the message as it is made. */
export const isUnfit = (error: unknown): boolean => error instanceof DiscordAPIError && error.code === 50035

/** Whether Discord said no, by number. Anything else is trouble on the way there, and worth another try. */
export const isNo = (error: unknown): error is DiscordAPIError => error instanceof DiscordAPIError

/** What became of an answer whose call failed: lost where Discord said anything, or was never reached. */
export const fateOf = (error: unknown): Fate => (error instanceof HTTPError || sentOf(error, 'send') !== 'unsure' ? 'lost' : 'unsure')

/** A number or word for the log. An error's own text may hold the words of a message, or a token in an address. */
export function codeOf(error: unknown): string {
  if (error instanceof DiscordAPIError) return String(error.code)
  if (error instanceof HTTPError) return `HTTP ${error.status}`
  if (!(error instanceof Error)) return 'unknown'
  return networkCode(error) ?? error.name
}

/** An error that may be logged as it is. */
export const unasked = (error: unknown): Error => new Error('Discord could not be asked.', { cause: codeOf(error) })
