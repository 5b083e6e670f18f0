/** What fills a bucket: `burst` at once, then `perSecond`. */
interface Pace {
  readonly burst: number
  readonly perSecond: number
}

interface Bucket {
  left: number
  at: number
}

/** What Telegram's FAQ says: about 30 messages a second in all, one a second in a chat (short bursts are let through), 20 a minute in a group. */
const paces = {
  all: { burst: 30, perSecond: 30 },
  chat: { burst: 3, perSecond: 1 },
  group: { burst: 20, perSecond: 20 / 60 },
} as const satisfies Record<string, Pace>

/** Counts messages and edits against Telegram's rates, by the server's clock. */
export class Rates {
  readonly #now: () => Date
  readonly #buckets = new Map<string, Bucket>()
  /** How many requests were told to come back later. */
  refused = 0

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Seconds to wait, a whole number, or 0 when the request may go through (and is then counted). */
  wait(chat: number): number {
    const now = this.#now().getTime()
    const due: [string, Pace][] = [
      ['all', paces.all],
      [`chat ${chat}`, paces.chat],
    ]
    if (chat < 0) due.push([`group ${chat}`, paces.group])
    const buckets = due.map(([name, pace]) => ({ pace, bucket: this.#filled(name, pace, now) }))
    const seconds = Math.max(...buckets.map(({ pace, bucket }) => (bucket.left >= 1 ? 0 : (1 - bucket.left) / pace.perSecond)))
    if (seconds > 0) {
      this.refused += 1
      return Math.max(1, Math.ceil(seconds))
    }
    for (const { bucket } of buckets) bucket.left -= 1
    return 0
  }

  #filled(name: string, pace: Pace, now: number): Bucket {
    const bucket = this.#buckets.get(name) ?? { left: pace.burst, at: now }
    bucket.left = Math.min(pace.burst, bucket.left + ((now - bucket.at) / 1000) * pace.perSecond)
    bucket.at = now
    this.#buckets.set(name, bucket)
    return bucket
  }
}
