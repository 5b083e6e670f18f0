/** Work that was begun and has not ended, so that a stop can wait for it. */
export interface UnderWay {
  /** Gives the work back. What it rejects with is for whoever waits for it. */
  track<T>(work: Promise<T>): Promise<T>
  /** Resolves when all has ended, also what was begun meanwhile. Never rejects. */
  ended(): Promise<void>
}

export function createUnderWay(): UnderWay {
  const all = new Set<Promise<unknown>>()
  return {
    track(work) {
      all.add(work)
      const over = (): void => void all.delete(work)
      work.then(over, over)
      return work
    },
    async ended() {
      while (all.size > 0) await Promise.allSettled(all)
    },
  }
}
