/**
 * A handler wants something of a platform (the bytes of a file, whether somebody is an admin, a message taken away), and no transaction waits for a platform:
 * all that the handler did is taken back, the platform is asked, and the event is handled anew with the answer at hand.
 */
export class Wanted extends Error {
  /** Asks. Never rejects: the handler's next question says how it went. */
  readonly bring: () => Promise<void>
  constructor(bring: () => Promise<void>) {
    super('wanted')
    this.bring = bring
  }
}

/** What is asked while one event is handled: each question once, however often the event is handled anew. */
export interface Asking {
  /** The answer, or what went wrong in asking; where it is not at hand, rejects with `Wanted`, which a handler lets pass. */
  ask<T>(question: string, call: () => Promise<T>): Promise<T>
  /** Throws for a question that is still open: a handler that took `Wanted` for an ordinary failure must not be committed. */
  check(): void
}

export function createAsking(): Asking {
  const answers = new Map<string, Promise<unknown>>()
  let open: Wanted | undefined
  return {
    ask<T>(question: string, call: () => Promise<T>): Promise<T> {
      // The same question is always asked by the same call.
      const known = answers.get(question) as Promise<T> | undefined
      if (known) return known
      open = new Wanted(async () => {
        open = undefined
        const asked = call()
        answers.set(question, asked)
        await asked.catch(() => undefined)
      })
      return Promise.reject(open)
    },
    check() {
      if (open) throw open
    },
  }
}

/** Does it, and again after each thing that it wants. */
export async function untilNothingIsWanted<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof Wanted)) throw cause
    await cause.bring()
    return untilNothingIsWanted(work)
  }
}
