/** How many things one person may have under way before the next is refused. */
const MOST = 40

/**
 * Keeps each person's events in order, side by side with everybody else's. `run` returns undefined, without running the work, when that person
 * already has too many waiting.
 */
export function createQueue(): { run<T>(who: string, work: () => Promise<T>): Promise<T> | undefined; idle(): Promise<void> } {
  const tails = new Map<string, { tail: Promise<unknown>; waiting: number }>()
  return {
    run(who, work) {
      const line = tails.get(who) ?? { tail: Promise.resolve(), waiting: 0 }
      if (line.waiting >= MOST) return undefined
      line.waiting += 1
      // A work that fails does not hold up the next one; the caller sees the failure.
      const done = line.waiting === 1 ? work() : line.tail.then(work, work)
      line.tail = done
        .catch(() => undefined)
        .finally(() => {
          line.waiting -= 1
          if (line.waiting === 0) tails.delete(who)
        })
      tails.set(who, line)
      return done
    },
    async idle() {
      await Promise.all([...tails.values()].map(line => line.tail))
    },
  }
}
