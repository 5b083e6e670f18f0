import { setTimeout as pause } from 'node:timers/promises'

/**
 * Milliseconds of real time that a test waits for what must come: so many that no busy machine fails a test that would pass. A wait ends as soon as
 * what it waits for is there. Shorter than the limit of a test, so that the wait can say what was missing.
 */
export const PATIENCE_MS = 100_000

/** Milliseconds for a test that does thousands of things one after the other: seconds on an idle machine, minutes on a busy one. */
export const LONG_MS = 600_000

/**
 * Looks again and again until `look` gives something truthy, and resolves with that.
 * @param what is waited for, in the words of the error
 */
export async function until<T>(look: () => T | Promise<T>, what: string | (() => string) = 'a condition'): Promise<NonNullable<T>> {
  for (const began = performance.now(); ; ) {
    const found = await look()
    if (found) return found
    if (performance.now() - began > PATIENCE_MS) throw new Error(`Waited in vain for ${typeof what === 'string' ? what : what()}.`)
    await pause(10)
  }
}
