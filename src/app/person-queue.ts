/** How many things one person may have under way, and do within one span, before the next is refused. */
const MOST = 40
const SPAN_MS = 8_000

/**
 * Keeps each person's events in order, side by side with everybody else's. Both ways return undefined, without running the work, when that person already
 * has too many waiting, or does too much: a storm by one person costs the others nothing, since what is refused touches no store. What waits behind a failure fails with it, so that both come again in order.
 */
export interface Queue {
  /** Runs when everything that this person did before has ended. */
  run<T>(who: string, work: () => Promise<T>): Promise<T> | undefined
  /** The same for what happens to chats and is nobody's storm: never refused. */
  always<T>(who: string, work: () => Promise<T>): Promise<T>
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

/** @param now milliseconds */
export function createQueue(now: () => number): Queue {
  const lines = new Map<string, Line>()
  /** What each has done in the present span, which is the same for all. */
  let done = new Map<string, number>()
  let began = now()

  function isTooMuch(who: string): boolean {
    if (Math.abs(now() - began) >= SPAN_MS) {
      done = new Map()
      began = now()
    }
    const count = done.get(who) ?? 0
    done.set(who, count + 1)
    return count >= MOST
  }

  const lineOf = (who: string): Line => lines.get(who) ?? { all: Promise.resolve(), barrier: undefined, waiting: 0 }

  const mayEnter = (who: string): boolean => !isTooMuch(who) && lineOf(who).waiting < MOST

  function enter<T>(who: string, begin: (line: Line) => Promise<T>): Promise<T> {
    const line = lineOf(who)
    line.waiting += 1
    lines.set(who, line)
    const work = begin(line)
    const leave = (): void => {
      line.waiting -= 1
      if (line.waiting === 0) lines.delete(who)
    }
    work.then(leave, leave)
    return work
  }

  const always: Queue['always'] = (who, work) =>
    enter(who, line => {
      const done = line.waiting === 1 ? work() : line.all.then(work)
      line.all = done
      line.barrier = done
      return done
    })

  const along = <T>(who: string, work: () => Promise<T>): Promise<T> =>
    enter(who, line => {
      const done = line.barrier ? line.barrier.then(work) : work()
      line.all = line.waiting === 1 ? done : Promise.all([line.all, done])
      // A failure is seen by who waits behind it; with nobody there it is the caller's alone.
      line.all.catch(() => undefined)
      return done
    })

  return {
    run: (who, work) => (mayEnter(who) ? always(who, work) : undefined),
    always,
    along: (who, work) => (mayEnter(who) ? along(who, work) : undefined),
    async idle() {
      await Promise.allSettled([...lines.values()].map(line => line.all))
    },
  }
}
