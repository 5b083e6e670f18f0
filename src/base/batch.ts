/** The most works in one group. */
const MOST = 400
/** How many times longer an action rests that is asked for again and again. */
const OFTEN = 3

/**
 * Group commit: while one group is being committed, whatever comes in gathers for the next. A group that fails is redone one by one, so that only the
 * guilty one's caller sees the failure; `isForAll`: a failure that each of them would see, so that none is redone.
 */
export function createBatch<Job, Result>(
  commit: (jobs: readonly Job[]) => Promise<readonly Result[]>,
  isForAll: (cause: unknown) => boolean = () => false,
): (job: Job) => Promise<Result> {
  interface Waiting {
    readonly job: Job
    resolve(result: Result): void
    reject(cause: unknown): void
  }
  let waiting: Waiting[] = []
  let running = false

  /** Returns the failure that everybody sees, if there was one. */
  async function group(jobs: readonly Waiting[]): Promise<{ cause: unknown } | undefined> {
    try {
      const results = await commit(jobs.map(one => one.job))
      for (const [i, one] of jobs.entries()) one.resolve(results[i] as Result)
      return undefined
    } catch (cause) {
      const forAll = isForAll(cause)
      if (jobs.length > 1 && !forAll) return oneByOne(jobs)
      // What has gathered meanwhile came later, and may not be done before what failed comes again.
      const behind = forAll ? waiting.splice(0) : []
      for (const one of [...jobs, ...behind]) one.reject(cause)
      return forAll ? { cause } : undefined
    }
  }

  async function oneByOne(jobs: readonly Waiting[]): Promise<{ cause: unknown } | undefined> {
    for (const [i, one] of jobs.entries()) {
      const failed = await group([one])
      if (!failed) continue
      for (const later of jobs.slice(i + 1)) later.reject(failed.cause)
      return failed
    }
    return undefined
  }

  async function drain(): Promise<void> {
    running = true
    // What arrived in the same turn of the event loop belongs together.
    await new Promise(setImmediate)
    while (waiting.length > 0) {
      const jobs = waiting.slice(0, MOST)
      waiting = waiting.slice(MOST)
      await group(jobs)
    }
    running = false
  }

  return job =>
    new Promise((resolve, reject) => {
      waiting.push({ job, resolve, reject })
      if (!running) void drain()
    })
}

/** An action that may be asked for thousands of times a second: it is done `ms` after the first time, and then, while it goes on being asked for, less often. */
export function soon(action: () => void, ms: number): () => void {
  let isAsked = false
  let acted = Number.NEGATIVE_INFINITY
  const act = () => {
    isAsked = false
    acted = performance.now()
    action()
  }
  return () => {
    if (isAsked) return
    isAsked = true
    const isOften = performance.now() - acted < OFTEN * ms
    setTimeout(act, isOften ? OFTEN * ms : ms).unref()
  }
}
