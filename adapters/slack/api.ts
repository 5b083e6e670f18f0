import { setTimeout as wait } from 'node:timers/promises'
import { LogLevel, webApi } from '@slack/bolt'

/** How long one call may take. A send of up to three calls stays below 20 s. */
const callMs = 6_000

const nothing = (): void => {}

/** The libraries' own lines hold people's words and addresses with secrets in them: none is written. */
export const silent = {
  ...{ debug: nothing, info: nothing, warn: nothing, error: nothing },
  ...{ setLevel: nothing, getLevel: () => LogLevel.ERROR, setName: nothing },
}

/** What every client is told: no repeats of its own (they post twice), no waiting, an end. */
export const clientOptions = (apiRoot: string) => ({
  ...{ slackApiUrl: apiRoot, timeout: callMs, logger: silent },
  ...{ retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
})

export const newClient = (token: string, apiRoot: string): webApi.WebClient => new webApi.WebClient(token, clientOptions(apiRoot))

/** Posts to a response address, which needs no token. False where Slack does not take it: it is good five times and for half an hour. */
export async function respond(url: string, body: object): Promise<boolean> {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  try {
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(callMs) })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

/** What the work comes to, or `late` where it takes longer than `ms`. */
export async function within<T>(ms: number, work: Promise<T>, late: T): Promise<T> {
  const end = new AbortController()
  const timer = wait(ms, late, { signal: end.signal }).catch(() => late)
  return Promise.race([work, timer]).finally(() => end.abort())
}
