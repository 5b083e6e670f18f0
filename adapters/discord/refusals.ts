import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import type { Sent } from '../../src/platform/adapter.ts'

type No = Extract<Sent, { readonly no: string }>

/** Discord's numbers for what it will not do. */
const refusals: Readonly<Record<string, No>> = {
  10003: { no: 'gone', why: 'the channel is not there' },
  10004: { no: 'gone', why: 'the server is not there' },
  10008: { no: 'gone', why: 'the message is not there' },
  10013: { no: 'unreachable', why: 'the account is not there' },
  10070: { no: 'gone', why: 'the event is not there' },
  30038: { no: 'forbidden', why: 'the server has as many events as it can' },
  40005: { no: 'refused', why: 'the file is too large' },
  50001: { no: 'forbidden', why: 'the bot cannot see the channel' },
  50005: { no: 'refused', why: 'the message is not the bot’s own' },
  50007: { no: 'unreachable', why: 'the person takes no private messages' },
  50013: { no: 'forbidden', why: 'the bot lacks the right' },
  50083: { no: 'forbidden', why: 'the thread is archived' },
  50278: { no: 'unreachable', why: 'the person shares no server with the bot' },
  180000: { no: 'gone', why: 'the event is over' },
  160005: { no: 'forbidden', why: 'the thread is locked' },
}

/** Numbers of requests for a reply that would go through without the message that it hangs on. */
const unread = new Set<unknown>([50013, 160002])

/** Error codes of connections that never were: nothing was sent. */
const unconnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** How long to leave it when Discord does not say, in milliseconds. */
export const laterMs = { away: 5_000, token: 60_000 } as const

/**
 * What a failed call means for the send or the change. A change (or the opening of a private channel) may be repeated safely, a send that was cut
 * off may not. `isOurs`: whether the bot is in the channel's server.
 */
export function sentOf(error: unknown, doing: { readonly kind: 'send' | 'open' | 'change'; readonly isOurs?: boolean }): Sent {
  if (error instanceof RateLimitError) return { later: Math.max(Math.ceil(error.retryAfter), 1) }
  const cut: Sent = doing.kind === 'send' ? 'unsure' : { later: laterMs.away }
  if (!(error instanceof DiscordAPIError)) return unconnected.has(codeOf(error)) ? { later: laterMs.away } : cut
  if (isRefusedToken(error)) return { later: laterMs.token }
  const known = refusals[error.code]
  if (error.code === 50001 && doing.kind === 'send' && doing.isOurs === false) return { no: 'gone', why: 'the bot is not in the server' }
  return (
    known ??
    (error.status === 403
      ? { no: 'forbidden', why: 'Discord forbids it' }
      : { no: 'refused', why: `Discord does not take it (${error.code})` })
  )
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

/** A number or word for the log. An error's own text may hold the words of a message, or a token in an address. */
export function codeOf(error: unknown): string {
  if (error instanceof DiscordAPIError) return String(error.code)
  if (error instanceof HTTPError) return `HTTP ${error.status}`
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** An error that may be logged as it is. */
export const unasked = (error: unknown): Error => new Error('Discord could not be asked.', { cause: codeOf(error) })
