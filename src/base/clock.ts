import { randomBytes, randomInt } from 'node:crypto'

/** Time comes in as a parameter, so that tests need no waiting. */
export interface Clock {
  now(): Date
}

/** Randomness comes in as a parameter too. */
export interface Ids {
  /** Ten characters of a-z and 0-9: names a row, guards nothing. */
  id(): string
  /** A one-time secret to type or paste, such as `7KQ2-M9XR-C4TD` (60 bits, no letters that look alike). */
  code(): string
  /** A uniform whole number from 0 to `below` - 1. */
  below(below: number): number
}

export const systemClock: Clock = { now: () => new Date() }

const ID = 'abcdefghijklmnopqrstuvwxyz0123456789'
const CODE = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

export const systemIds: Ids = {
  id: () => spell(ID, 10),
  code: () => [spell(CODE, 4), spell(CODE, 4), spell(CODE, 4)].join('-'),
  below: below => randomInt(below),
}

/** Random letters: bytes that would favour some letters are thrown away. */
function spell(letters: string, length: number): string {
  const fair = 256 - (256 % letters.length)
  let out = ''
  while (out.length < length) {
    for (const byte of randomBytes(length)) if (byte < fair && out.length < length) out += letters[byte % letters.length]
  }
  return out
}
