import { createRequire } from 'node:module'
import type { ApiClientOptions } from 'grammy'
import type { Dispatcher, Pool } from 'undici'

type Fetch = NonNullable<ApiClientOptions['fetch']>

/** What grammY gives to `fetch` for a call without files. */
interface Asked {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

type Answered = (answer: { json(): Promise<unknown> }) => void

/**
 * As much of `fetch` as grammY's calls without files need, on connections of its own. For answers to presses: there is one for each vote, and the whole of
 * `fetch` costs more than the vote does. Rejects as `fetch` does, with the network's own error; an answer that is no JSON is an error too. `root`: what all
 * addresses begin with, as it was written.
 */
export function leanFetch(root: string, connections: number): Fetch {
  const { origin, pathname } = new URL(root)
  const base = pathname === '/' ? '' : pathname
  let pool: Pool | undefined
  const call = async (url: string, { headers = {}, body = '', signal }: Asked): Promise<unknown> => {
    // Loaded with the first press: the start does not wait for it.
    pool ??= openPool(origin, connections)
    const way = pool
    const { connection: _, ...sent } = headers
    return new Promise((resolve, reject) => {
      way.dispatch({ path: base + url.slice(root.length), method: 'POST', headers: sent, body }, reader(resolve, reject, signal))
    })
  }
  // grammY calls it as (address, options) and reads `json()` of what it gives, nothing else.
  return call as unknown as Fetch
}

/** The pool alone: the whole of undici would be everybody's in this process, and Discord's library, which has another version, could send no files. */
function openPool(origin: string, connections: number): Pool {
  const Made = createRequire(import.meta.url)('undici/lib/dispatcher/pool.js') as typeof Pool
  return new Made(origin, { connections, pipelining: 1 })
}

function reader(resolve: Answered, reject: (cause: Error) => void, signal: AbortSignal | undefined): Dispatcher.DispatchHandler {
  const parts: Buffer[] = []
  return {
    onRequestStart(controller) {
      const abort = (): void => controller.abort(new Error('The call took too long.'))
      if (signal?.aborted) abort()
      else signal?.addEventListener('abort', abort, { once: true })
    },
    onResponseData(_, part) {
      parts.push(part)
    },
    onResponseEnd() {
      resolve({ json: async () => JSON.parse(Buffer.concat(parts).toString('utf8')) })
    },
    onResponseError(_, cause) {
      reject(cause)
    },
  }
}
