import type { OutgoingHttpHeaders } from 'node:http'
import { type Refusal, tooMany } from './refusal.ts'

interface Window {
  left: number
  /** Milliseconds since 1970 at which it is full again. */
  until: number
}

/** `most` requests in each window of `perMs`. */
interface Pace {
  readonly most: number
  readonly perMs: number
}

/** What was seen of Discord's buckets; the first that fits counts. `major` parts of the path share nothing with others. */
const paces: readonly { readonly method: string; readonly route: string; readonly pace: Pace }[] = [
  { method: 'POST', route: '/channels/:channel/messages', pace: { most: 5, perMs: 5000 } },
  { method: 'PATCH', route: '/channels/:channel/messages/:message', pace: { most: 5, perMs: 5000 } },
  { method: 'DELETE', route: '/channels/:channel/messages/:message', pace: { most: 5, perMs: 1000 } },
  { method: '*', route: '/channels/:channel/messages/pins/:message', pace: { most: 5, perMs: 4000 } },
  { method: '*', route: '/webhooks/:app/:token', pace: { most: 5, perMs: 2000 } },
  { method: '*', route: '/webhooks/:app/:token/messages/:message', pace: { most: 5, perMs: 2000 } },
  { method: 'POST', route: '/users/@me/channels', pace: { most: 10, perMs: 10_000 } },
]
const usual: Pace = { most: 20, perMs: 1000 }
const overall: Pace = { most: 50, perMs: 1000 }

/** One request, as far as rates look at it. `major`: channel, guild or webhook id (with token); empty for none. */
export interface Paced {
  readonly method: string
  readonly route: string
  readonly major: string
  /** Without a bot token: interaction answers, which the overall rate leaves alone. */
  readonly free: boolean
}

/** Counts requests against Discord's buckets, by the server's clock. */
export class Rates {
  readonly #now: () => Date
  readonly #windows = new Map<string, Window>()
  #blockedUntil = 0
  /** How many requests were told to come back later. */
  refused = 0

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Every request with the bot token is refused for so many seconds, whatever the buckets say. */
  block(seconds: number): void {
    this.#blockedUntil = this.#now().getTime() + seconds * 1000
  }

  unblock(): void {
    this.#blockedUntil = 0
  }

  /** Only the block on demand. */
  blocked(request: Paced): Refusal | undefined {
    const left = this.#blockedUntil - this.#now().getTime()
    if (request.free || left <= 0) return undefined
    this.refused += 1
    return tooMany(left / 1000, 'global')
  }

  /** Counts the request; the headers of its answer, or the refusal. Interaction answers have no bucket. */
  take(request: Paced): { headers: OutgoingHttpHeaders; refusal?: Refusal } {
    if (request.route === '/interactions/:interaction/:token/callback') return { headers: {} }
    const now = this.#now().getTime()
    const { method, route, major } = request
    const pace = paces.find(one => one.route === route && (one.method === '*' || one.method === method))?.pace ?? usual
    const bucket = Buffer.from(`${method} ${route}`).toString('hex').slice(-32)
    const window = this.#window(`${method} ${route} ${major}`, pace, now)
    if (window.left <= 0) {
      const seconds = Math.max(1, window.until - now) / 1000
      this.refused += 1
      return { headers: headersOf(pace, window, bucket, now), refusal: tooMany(seconds, 'user') }
    }
    const all = request.free ? undefined : this.#window('all', overall, now)
    if (all && all.left <= 0) {
      this.refused += 1
      return { headers: {}, refusal: tooMany(Math.max(1, all.until - now) / 1000, 'global') }
    }
    window.left -= 1
    if (all) all.left -= 1
    return { headers: headersOf(pace, window, bucket, now) }
  }

  #window(name: string, pace: Pace, now: number): Window {
    const known = this.#windows.get(name)
    if (known && known.until > now) return known
    const fresh = { left: pace.most, until: now + pace.perMs }
    this.#windows.set(name, fresh)
    return fresh
  }
}

function headersOf(pace: Pace, window: Window, bucket: string, now: number): OutgoingHttpHeaders {
  return {
    'x-ratelimit-limit': String(pace.most),
    'x-ratelimit-remaining': String(window.left),
    'x-ratelimit-reset': (window.until / 1000).toFixed(3),
    'x-ratelimit-reset-after': (Math.max(0, window.until - now) / 1000).toFixed(3),
    'x-ratelimit-bucket': bucket,
  }
}
