/** Chance that can be repeated: the same seed gives the same numbers (mulberry32). */
export interface Chance {
  /** 0 to 1, without 1. */
  next(): number
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number
  between(from: number, to: number): number
  /** Throws for an empty list. */
  pick<T>(from: readonly T[]): T
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (most: number) => Math.floor(next() * most)
  return {
    next,
    below,
    between: (from, to) => from + next() * (to - from),
    pick(from) {
      const found = from[below(from.length)]
      if (found === undefined) throw new Error('There is nothing to pick from.')
      return found
    },
  }
}
