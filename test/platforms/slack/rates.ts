/** What fills a bucket: `burst` at once, then `perSecond`. */
interface Pace {
  readonly burst: number
  readonly perSecond: number
}

interface Bucket {
  left: number
  at: number
}

const perMinute = (calls: number): Pace => ({ burst: calls, perSecond: calls / 60 })

/**
 * Slack's tiers, each counted for one method in one workspace. Posting has rules of its own: one a second in a channel, short bursts let through, and some
 * hundred a minute in all channels of a workspace.
 */
const paces = {
  posting: { burst: 3, perSecond: 1 },
  workspace: { burst: 15, perSecond: 5 },
  tier1: perMinute(1),
  tier2: perMinute(20),
  tier3: perMinute(50),
  tier4: perMinute(100),
} as const satisfies Record<string, Pace>

export type Tier = Exclude<keyof typeof paces, 'workspace'> | 'free'

/** Counts calls against Slack's rates, by the server's clock. */
export class Rates {
  readonly #now: () => Date
  readonly #buckets = new Map<string, Bucket>()
  /** How many requests were told to come back later. */
  refused = 0

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Seconds to wait, a whole number, or 0 when the request may go through (and is then counted). */
  wait(tier: Tier, team: string, method: string, channel: unknown): number {
    if (tier === 'free') return 0
    const due: readonly (readonly [string, Pace])[] =
      tier === 'posting'
        ? [
            [`${team} ${String(channel)}`, paces.posting],
            [`${team} posting`, paces.workspace],
          ]
        : [[`${team} ${method}`, paces[tier]]]
    const buckets = due.map(([name, pace]) => ({ pace, bucket: this.#filled(name, pace) }))
    const seconds = Math.max(...buckets.map(({ pace, bucket }) => (bucket.left >= 1 ? 0 : (1 - bucket.left) / pace.perSecond)))
    if (seconds > 0) {
      this.refused += 1
      return Math.max(1, Math.ceil(seconds))
    }
    for (const { bucket } of buckets) bucket.left -= 1
    return 0
  }

  #filled(name: string, pace: Pace): Bucket {
    const now = this.#now().getTime()
    const bucket = this.#buckets.get(name) ?? { left: pace.burst, at: now }
    bucket.left = Math.min(pace.burst, bucket.left + ((now - bucket.at) / 1000) * pace.perSecond)
    bucket.at = now
    this.#buckets.set(name, bucket)
    return bucket
  }
}
