import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { apiThrottler, BottleneckStrategy } from '@grammyjs/transformer-throttler'
import { Api, type RawApi } from 'grammy'
import { noticesSetBack } from '../../src/platform/set-back.ts'
import { createLanes, groupPace, type Lanes } from './lanes.ts'
import { leanFetch } from './lean-fetch.ts'
import { TooBusy } from './refusals.ts'
import type { TelegramSettings } from './settings.ts'

/** A post or an edit: waits its turn, then runs with a signal that ends it in time. */
type Paced = <T>(call: (raw: RawApi, signal: Signal) => Promise<T>) => Promise<T>

/** The ways to Telegram. Each has its own connections, so that no vote waits behind an edit. */
export interface Ways {
  /** Answers to presses: nothing in between. */
  readonly answers: RawApi
  /** Fetching and questions. */
  readonly calls: RawApi
  /** Posts and edits, at Telegram's pace. Rejects with `TooBusy` what would have to wait for too long; that was never sent. */
  readonly paced: Paced
  readonly lanes: Lanes
}

/** Together below 20 s: how long a post may wait its turn, and how long the call itself may take. */
export const waitMs = 9_000
export const callMs = 10_000

/** What grammY takes for an AbortSignal; its types know only a look-alike of the one that Node has. */
export type Signal = NonNullable<Parameters<RawApi['getMe']>[0]>

/** A signal that ends a call after so many milliseconds. */
export const limited = (ms: number): Signal => AbortSignal.timeout(ms) as unknown as Signal

/** Runs a call that ends after so many milliseconds, or when `stop` does. (`AbortSignal.any` keeps what it made for as long as `stop` lives.) */
export async function stoppable<T>(stop: AbortSignal, ms: number, call: (signal: Signal) => Promise<T>): Promise<T> {
  const end = new AbortController()
  const abort = (): void => end.abort()
  const timer = setTimeout(abort, ms)
  stop.addEventListener('abort', abort)
  try {
    return await call(end.signal as unknown as Signal)
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', abort)
  }
}

/** Connections for answers, open at once: enough for what one fetch brings, but not one for each press of a burst. */
const answerSockets = 128

/** Bottleneck's bucket: `most` at once, then one every `ms`; one at a time, so that they stay in order. A full queue turns others away. */
const bucket = (most: number, ms: number, highWater: number) => ({
  maxConcurrent: 1,
  reservoir: most,
  reservoirIncreaseAmount: 1,
  reservoirIncreaseInterval: ms,
  reservoirIncreaseMaximum: most,
  highWater,
  strategy: BottleneckStrategy.OVERFLOW,
})

/**
 * About 30 a second in all, one a second in a chat (three at once are let through), 20 a minute in a group. A bucket may fill up right after it was
 * emptied: hence two, not three. The plugin's own numbers, 20 at once and then silence, would hold a post for up to a minute.
 */
const throttling = {
  global: { minTime: 33.5, highWater: 250, strategy: BottleneckStrategy.OVERFLOW },
  out: bucket(2, 1000, 8),
  group: bucket(groupPace.most, groupPace.everyMs, 3),
}

/** @throws Error when called without a token */
export function openWays({ TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: apiRoot }: TelegramSettings): Ways {
  if (!token) throw new Error('Telegram is off: TELEGRAM_TOKEN is not set.')
  const open = (maxSockets: number): HttpAgent | HttpsAgent =>
    apiRoot.startsWith('https:') ? new HttpsAgent({ keepAlive: true, maxSockets }) : new HttpAgent({ keepAlive: true, maxSockets })
  const connect = (agent: HttpAgent | HttpsAgent): Api =>
    new Api(token, { apiRoot, timeoutSeconds: 60, baseFetchConfig: { agent, compress: true } })
  const posts = open(64)
  const answers = new Api(token, { apiRoot, timeoutSeconds: callMs / 1000, fetch: leanFetch(apiRoot, answerSockets) })
  const lanes = createLanes()
  return { answers: answers.raw, calls: connect(open(32)).raw, paced: pace(() => connect(posts), lanes), lanes }
}

function pace(connect: () => Api, lanes: Lanes): Paced {
  const turns = new WeakMap<object, () => void>()
  const throttled = (): Api => {
    const api = connect()
    // The first one runs when the throttler lets a call go, the last one before it waits.
    api.config.use(
      (prev, method, payload, signal) => {
        if (signal) turns.get(signal)?.()
        lanes.went(chatIn(payload))
        return prev(method, payload, signal)
      },
      apiThrottler(throttling),
      (prev, method, payload, signal) => lanes.during(chatIn(payload), () => prev(method, payload, signal)),
    )
    return api
  }
  const isSetBack = noticesSetBack()
  let api = throttled()
  return call =>
    new Promise((resolve, reject) => {
      // The throttler counts by the clock, and would wait for the time that was lost. What waits in the old one ends in time.
      if (isSetBack()) api = throttled()
      const end = new AbortController()
      // By the clock too: a computer that slept must not let out what another process has sent meanwhile.
      const until = Date.now() + waitMs
      let timer = setTimeout(() => {
        end.abort()
        reject(new TooBusy())
      }, waitMs)
      turns.set(end.signal, () => {
        if (end.signal.aborted || Date.now() > until) throw new TooBusy()
        clearTimeout(timer)
        timer = setTimeout(() => end.abort(), callMs)
      })
      call(api.raw, end.signal as unknown as Signal)
        .then(resolve, cause => reject(isDropped(cause) ? new TooBusy('', { cause }) : cause))
        .finally(() => clearTimeout(timer))
    })
}

const chatIn = (payload: object): unknown => ('chat_id' in payload ? payload.chat_id : undefined)

/** The throttler's queue was full. It does not export its error. */
const isDropped = (cause: unknown): boolean => cause instanceof Error && /dropped by Bottleneck/.test(cause.message)
