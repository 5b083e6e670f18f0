import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
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

/** Kept open for the next answer. */
const pool = { keepAlive: true, maxSockets: 64 } as const
const plain = { request: httpRequest, agent: new HttpAgent(pool) }
const secure = { request: httpsRequest, agent: new HttpsAgent(pool) }

/**
 * Posts to a response address, which needs no token. False where Slack does not take it: it is good five times and for half an hour. By Node's own means:
 * there is one for each vote, and the whole of `fetch` costs more than the vote does.
 */
export function respond(url: string, body: object): Promise<boolean> {
  const { request, agent } = url.startsWith('https:') ? secure : plain
  const content = JSON.stringify(body)
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(content) }
  return new Promise(resolve => {
    const asked = request(url, { method: 'POST', agent, headers }, answer => {
      const { statusCode = 0 } = answer
      answer.once('error', () => resolve(false))
      answer.once('end', () => resolve(statusCode >= 200 && statusCode < 300)).resume()
    })
    const late = setTimeout(() => asked.destroy(), callMs)
    asked.once('error', () => resolve(false))
    // Also after an answer that broke off: what was said first counts.
    asked.once('close', () => {
      clearTimeout(late)
      resolve(false)
    })
    asked.end(content)
  })
}
