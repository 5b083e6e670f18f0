import { PATIENCE_MS } from '../helpers/patience.ts'

/** Milliseconds between two looks at what the server does not know of: what a client has received, say. */
const lookMs = 50

/** Tells whoever waits that something in the server changed, so that tests wait for a state and never sleep. */
export class Changes {
  readonly #waiting = new Set<() => void>()

  /** Call after anything that a test could be waiting for. Costs nothing while nobody waits. */
  happened(): void {
    for (const look of this.#waiting) look()
  }

  /**
   * Resolves with what `look` gives as soon as that is truthy; looks at once, after every change, and now and then.
   * @param within milliseconds of real time; then it rejects and says `what` was waited for.
   */
  until<T>(look: () => T, what: () => string, within: number = PATIENCE_MS): Promise<NonNullable<T>> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer)
        clearInterval(looking)
        this.#waiting.delete(check)
      }
      const check = (): void => {
        try {
          const found = look()
          if (!found) return
          done()
          resolve(found)
        } catch (cause) {
          done()
          reject(new Error('the condition itself failed', { cause }))
        }
      }
      const timer = setTimeout(() => {
        done()
        reject(new Error(`waited ${within} ms in vain for ${what()}`))
      }, within)
      const looking = setInterval(check, lookMs)
      this.#waiting.add(check)
      check()
    })
  }
}
