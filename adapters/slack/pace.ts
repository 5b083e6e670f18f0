import { capabilities } from './capabilities.ts'

/** When a message may be edited: Slack counts the edits of a whole workspace together. */
export interface Pace {
  /** Milliseconds until this message may be edited; 0: now. Who has to wait keeps a turn, so that all come round and none is passed over. */
  wait(message: string): number
  /** Slack wants no edits for so many milliseconds. */
  hold(ms: number): void
}

const everyMs = capabilities.editEveryMs
/** So many edits may go out together after a quiet time: the first answers of one poll in a few channels. */
const together = 5
/** A channel whose edit waits takes no posts meanwhile, so it is never told to wait longer than that at a time. */
const mostMs = 10_000
/** A turn that nobody came for is forgotten after so long. */
const goodForMs = 60_000

export function createPace(now: () => Date): Pace {
  const turns = new Map<string, number>()
  let next = 0
  return {
    wait(message) {
      const at = now().getTime()
      for (const [one, turn] of turns) if (turn < at - goodForMs) turns.delete(one)
      const kept = turns.get(message)
      const turn = kept ?? Math.max(next, at - (together - 1) * everyMs)
      if (kept === undefined) next = turn + everyMs
      if (turn > at) turns.set(message, turn)
      else turns.delete(message)
      return Math.min(Math.max(turn - at, 0), mostMs)
    },
    hold(ms) {
      turns.clear()
      next = Math.max(next, now().getTime() + ms)
    },
  }
}
