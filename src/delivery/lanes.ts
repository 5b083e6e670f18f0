/** What this process remembers of lanes: only those that something is happening in. Nothing is lost when it is forgotten. */
export interface Lanes {
  /** A call is under way there. */
  take(platform: string, lane: string): void
  leave(platform: string, lane: string): void
  /** The platform said: nothing before `until` (milliseconds since 1970). */
  hold(platform: string, lane: string, until: number): void
  /** No edit before `until`. */
  pace(platform: string, lane: string, until: number): void
  /** Lanes in which nothing, and lanes in which no edit may be begun at `now`. */
  closed(platform: string, now: number): { readonly busy: readonly string[]; readonly paced: readonly string[] }
  /** When the next of them opens by itself. */
  next(now: number): number | undefined
  /** The clock was set back by so much: what was to open soon opens as soon. */
  back(ms: number): void
}

interface Lane {
  busy: boolean
  heldUntil: number
  pacedUntil: number
}

export function createLanes(): Lanes {
  const platforms = new Map<string, Map<string, Lane>>()
  const lanesOf = (platform: string) => {
    const known = platforms.get(platform)
    if (known) return known
    const made = new Map<string, Lane>()
    platforms.set(platform, made)
    return made
  }
  const change = (platform: string, name: string, by: (lane: Lane) => void) => {
    const lanes = lanesOf(platform)
    const lane = lanes.get(name) ?? { busy: false, heldUntil: 0, pacedUntil: 0 }
    by(lane)
    lanes.set(name, lane)
  }
  const closed = (platform: string, now: number) => {
    const busy: string[] = []
    const paced: string[] = []
    const lanes = lanesOf(platform)
    for (const [name, lane] of lanes) {
      if (lane.busy || lane.heldUntil > now) busy.push(name)
      else if (lane.pacedUntil > now) paced.push(name)
      else lanes.delete(name)
    }
    return { busy, paced }
  }
  const next = (now: number) => {
    let first: number | undefined
    for (const lanes of platforms.values()) {
      for (const { busy, heldUntil, pacedUntil } of lanes.values()) {
        // A lane with a call under way opens by that call's end, which is noticed anyway.
        const times = busy ? [] : [heldUntil, pacedUntil].filter(time => time > now)
        first = times.reduce<number | undefined>((least, time) => Math.min(least ?? time, time), first)
      }
    }
    return first
  }
  return {
    take: (platform, name) => change(platform, name, lane => Object.assign(lane, { busy: true })),
    leave: (platform, name) => change(platform, name, lane => Object.assign(lane, { busy: false })),
    hold: (platform, name, until) => change(platform, name, lane => Object.assign(lane, { heldUntil: Math.max(lane.heldUntil, until) })),
    pace: (platform, name, until) => change(platform, name, lane => Object.assign(lane, { pacedUntil: Math.max(lane.pacedUntil, until) })),
    closed,
    next,
    back(ms) {
      for (const lanes of platforms.values())
        for (const lane of lanes.values()) Object.assign(lane, { heldUntil: lane.heldUntil - ms, pacedUntil: lane.pacedUntil - ms })
    },
  }
}
