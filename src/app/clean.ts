import type { Inbound } from '../platform/adapter.ts'
import { sanitize } from '../view/sanitize.ts'

/** Everything that people wrote, without what may not enter the bot. Most of what comes is clean already, and is not copied. */
export function sanitized(inbound: Inbound): Inbound {
  return isClean(inbound) ? inbound : (cleaned(inbound) as Inbound)
}

function isClean(value: unknown): boolean {
  if (typeof value === 'string') return sanitize(value) === value
  if (value === null || typeof value !== 'object' || value instanceof Date) return true
  for (const name in value) if (!isClean((value as Readonly<Record<string, unknown>>)[name])) return false
  return true
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return sanitize(value)
  if (Array.isArray(value)) return value.map(cleaned)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleaned(inner)]))
}
