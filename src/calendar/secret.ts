import { createHash } from 'node:crypto'
import type { Ids } from '../base/clock.ts'

/** What makes a link hard to guess: 36 characters of a-z and 2-9, over 170 bits. */
export function newSecret(ids: Ids): string {
  return [ids.code(), ids.code(), ids.code()].join('').replaceAll('-', '').toLowerCase()
}

/** What is kept of it. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
