import { RecentMap } from '../../src/platform/remember.ts'

/** What a chat's own bucket holds at once, and after how many milliseconds it gets one more. */
export const groupPace = { most: 2, everyMs: 3500 } as const

interface Lane {
  /** Posts and edits that wait their turn or are under way. */
  open: number
  left: number
  /** By a steady clock. */
  at: number
}

/** What the paced way does in each chat, so that what may be left out can be sent in a gap: it delays nothing. */
export interface Lanes {
  /** Runs a post or an edit that waits its turn. */
  during<T>(chat: unknown, call: () => Promise<T>): Promise<T>
  /** One was let go. */
  went(chat: unknown): void
  /** Takes a turn where the chat is at rest and has had time to fill up; never waits for one. */
  take(chat: number): boolean
}

const mostLanes = 5_000
/** More posts and edits under way than this: others wait behind them for the turn of all chats. */
const busy = 10

export function createLanes(steady: () => number = () => performance.now()): Lanes {
  const lanes = new RecentMap<number, Lane>(mostLanes)
  let open = 0

  function laneOf(chat: unknown): Lane {
    const now = steady()
    const known = lanes.get(Number(chat)) ?? { open: 0, left: groupPace.most, at: now }
    known.left = Math.min(groupPace.most, known.left + (now - known.at) / groupPace.everyMs)
    known.at = now
    if (!lanes.has(Number(chat))) lanes.set(Number(chat), known)
    return known
  }

  return {
    async during(chat, call) {
      const lane = laneOf(chat)
      lane.open += 1
      open += 1
      try {
        return await call()
      } finally {
        lane.open -= 1
        open -= 1
      }
    },
    went(chat) {
      laneOf(chat).left -= 1
    },
    take(chat) {
      const lane = laneOf(chat)
      if (open > busy || lane.open > 0 || lane.left < groupPace.most) return false
      lane.left -= 1
      return true
    },
  }
}
