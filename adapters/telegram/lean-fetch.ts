import { type Agent as HttpAgent, request as httpRequest } from 'node:http'
import { type Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { ApiClientOptions } from 'grammy'

type Fetch = NonNullable<ApiClientOptions['fetch']>

/** What grammY gives to `fetch` for a call without files. */
interface Asked {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

/**
 * As much of `fetch` as grammY's calls without files need. For answers to presses: there is one for each vote, and the whole of `fetch` costs more than the
 * vote does. Rejects as `fetch` does, with the network's own error; an answer that is no JSON is an error too.
 */
export function leanFetch(agent: HttpAgent | HttpsAgent): Fetch {
  const call = (url: string, { headers = {}, body = '', signal }: Asked): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const request = url.startsWith('https:') ? httpsRequest : httpRequest
      const options = { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }
      const asked = request(url, options, response => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.once('error', reject)
        response.once('end', () => resolve({ json: async () => JSON.parse(Buffer.concat(parts).toString('utf8')) }))
      })
      asked.once('error', reject)
      signal?.addEventListener('abort', () => asked.destroy(new Error('The call took too long.')), { once: true })
      asked.end(body)
    })
  // grammY calls it as (address, options) and reads `json()` of what it gives, nothing else.
  return call as unknown as Fetch
}
