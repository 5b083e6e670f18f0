/** By so much the clock must have been set back to be noticed, in milliseconds. */
const LEAST_MS = 1_000

/**
 * Returns a function that says whether this computer's clock was set back since it was last asked. Libraries that keep a platform's pace by the clock would wait until it
 * shows the old time again: they are then to forget what they counted.
 */
export function noticesSetBack(): () => boolean {
  const offset = (): number => Date.now() - performance.now()
  let known = offset()
  return () => {
    const now = offset()
    const isBack = now < known - LEAST_MS
    known = isBack ? now : Math.max(known, now)
    return isBack
  }
}
