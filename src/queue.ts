/** How many things one person may have under way before the next is refused. */
const MOST = 40

/**
 * Keeps each person's events in order, side by side with everybody else's. Both ways return undefined, without running the work, when that person already
 * has too many waiting. What waits behind a failure fails with it, so that both come again in order.
 */
export interface Queue {
  /** Runs when everything that this person did before has ended. */
  run<T>(who: string, work: () => Promise<T>): Promise<T> | undefined
  /** Works that keep their own order among themselves (votes, gathered for one commit): begins without waiting for other such works. */
  along<T>(who: string, work: () => Promise<T>): Promise<T> | undefined
  idle(): Promise<void>
}

interface Line {
  /** Ends when everything has. */
  all: Promise<unknown>
  /** Ends when everything that was not `along` has; undefined: nothing such is under way. */
  barrier: Promise<unknown> | undefined
  waiting: number
}

export function createQueue(): Queue {
  const lines = new Map<string, Line>()

  function enter<T>(who: string, begin: (line: Line) => Promise<T>): Promise<T> | undefined {
    const line = lines.get(who) ?? { all: Promise.resolve(), barrier: undefined, waiting: 0 }
    if (line.waiting >= MOST) return undefined
    line.waiting += 1
    lines.set(who, line)
    const done = begin(line)
    const leave = (): void => {
      line.waiting -= 1
      if (line.waiting === 0) lines.delete(who)
    }
    done.then(leave, leave)
    return done
  }

  return {
    run: (who, work) =>
      enter(who, line => {
        const done = line.waiting === 1 ? work() : line.all.then(work)
        line.all = done
        line.barrier = done
        return done
      }),
    along: (who, work) =>
      enter(who, line => {
        const done = line.barrier ? line.barrier.then(work) : work()
        line.all = Promise.all([line.all, done])
        // A failure is seen by who waits behind it; with nobody there it is the caller's alone.
        line.all.catch(() => undefined)
        return done
      }),
    async idle() {
      await Promise.allSettled([...lines.values()].map(line => line.all))
    },
  }
}
