/** How many of one person's answers may wait. */
const MOST = 10

/**
 * One person's answers go one after the other, so that a storm of presses by one person delays nobody else's. When more wait, the oldest is let go, since
 * the newest tells how things stand; Telegram ends the waiting circle of the others by itself.
 */
export interface Turns {
  /** Runs the work when this person's earlier ones have ended: `done` is what it made, or `whenLate` where it was let go. `isNext`: it need not wait. */
  take<T>(who: string, whenLate: T, work: () => Promise<T>): { readonly done: Promise<T>; readonly isNext: boolean }
}

export function createTurns(): Turns {
  const lines = new Map<string, ((isMine: boolean) => void)[]>()

  async function run<T>(who: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } finally {
      const next = lines.get(who)?.shift()
      if (next) next(true)
      else lines.delete(who)
    }
  }

  return {
    take(who, whenLate, work) {
      const line = lines.get(who)
      if (!line) {
        lines.set(who, [])
        return { done: run(who, work), isNext: true }
      }
      if (line.length >= MOST) line.shift()?.(false)
      const turn = new Promise<boolean>(resolve => line.push(resolve))
      return { done: turn.then(isMine => (isMine ? run(who, work) : whenLate)), isNext: false }
    },
  }
}
