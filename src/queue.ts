/** How many things one person may have under way before the next is refused. */
const MOST = 40

/** `alone`: waits for everything of that person before it. `together`: only for what is `alone`; begun in order, it may run beside others of its kind. */
export type How = 'alone' | 'together'

export interface Queue {
  /** Returns undefined, without running the work, when that person already has too many waiting. */
  run<T>(who: string, work: () => Promise<T>, how: How): Promise<T> | undefined
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

interface Line {
  /** Ends when all have ended. */
  tail: Promise<unknown>
  /** The last one that was to be alone. */
  alone: Promise<unknown> | undefined
  waiting: number
}

/** Keeps each person's events in order, side by side with everybody else's. */
export function createQueue(): Queue {
  const lines = new Map<string, Line>()
  return {
    run(who, work, how) {
      const line = lines.get(who) ?? { tail: Promise.resolve(), alone: undefined, waiting: 0 }
      if (line.waiting >= MOST) return undefined
      line.waiting += 1
      lines.set(who, line)
      const before = how === 'together' ? line.alone : line.waiting > 1 ? line.tail : undefined
      // A work that fails does not hold up the next one; the caller sees the failure.
      const done = before ? before.then(work, work) : work()
      const ended = done
        .catch(() => undefined)
        .finally(() => {
          line.waiting -= 1
          if (line.waiting === 0) lines.delete(who)
        })
      if (how === 'alone') line.alone = ended
      line.tail = Promise.all([line.tail, ended])
      return done
    },
    async idle() {
      await Promise.all([...lines.values()].map(line => line.tail))
    },
  }
}
