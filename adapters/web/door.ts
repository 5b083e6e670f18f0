import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Who may come in: the one browser that used the newest link, also after a restart. */
export interface Door {
  /** The key in this start's link. */
  readonly key: string
  /** Whether this key would let a browser in. Uses nothing up. */
  opensWith(key: string): boolean
  /** Uses the key up and returns the secret for that browser's cookie; undefined for a wrong or used key. */
  enter(key: string): string | undefined
  knows(secret: string | undefined): boolean
}

const FILE = 'web-session'

/** Reads from `dir` who was in before. Only a hash is kept there. */
export function makeDoor(dir: string): Door {
  const path = join(dir, FILE)
  const key = secret()
  let fresh = true
  let inside = existsSync(path) ? readFileSync(path, 'utf8').trim() : ''
  const opensWith = (tried: string): boolean => fresh && same(hash(tried), hash(key))
  return {
    ...{ key, opensWith },
    enter(tried) {
      if (!opensWith(tried)) return undefined
      fresh = false
      const made = secret()
      inside = hash(made)
      mkdirSync(dir, { recursive: true, mode: 0o700 })
      writeFileSync(path, `${inside}\n`, { mode: 0o600 })
      return made
    },
    knows: tried => tried !== undefined && inside !== '' && same(hash(tried), inside),
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
