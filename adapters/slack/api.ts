import { LogLevel, webApi } from '@slack/bolt'

/** How long one call may take. A send of up to three calls stays below 20 s. */
const callMs = 6_000

/** The libraries' own lines hold people's words and addresses with secrets in them: none is written. */
export const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
}

/** What every client is told: no repeats of its own (they post twice), no waiting, an end. */
export const clientOptions = (apiRoot: string) => ({
  slackApiUrl: apiRoot,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: callMs,
  logger: silent,
})

export const newClient = (token: string, apiRoot: string): webApi.WebClient => new webApi.WebClient(token, clientOptions(apiRoot))

/** Posts to a response address, which needs no token. False where Slack does not take it: it is good five times and for half an hour. */
export async function respond(url: string, body: object): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(callMs),
    })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}
