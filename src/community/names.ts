import { IANAZone } from 'luxon'
import { alike, lengthOf, sameKey, sanitizeLine, tooLong } from '../view/sanitize.ts'

/** Rules for the words that coordinators give. Pure. */

/**
 * Letters; or how many a network has at the most: `areas` in use, `areasEver` with those that are retired, `chats`, people `inRole` of each kind. What reads
 * all of them at once relies on it.
 */
export const LIMITS = {
  network: { min: 2, max: 80 },
  area: { min: 1, max: 60 },
  areas: 200,
  areasEver: 1_000,
  chats: 1_000,
  inRole: 100,
  contact: 500,
  hideUnder: { min: 5, max: 20 },
} as const

/** A name on one line, or undefined where it is too short or too long. */
export function readName(words: string, { min, max }: { readonly min: number; readonly max: number }): string | undefined {
  const name = sanitizeLine(words)
  return lengthOf(name) >= min && tooLong(name, max) === undefined ? name : undefined
}

/** The one that words name: spelled as it is, else the first that is the same to people. */
export function named<T extends { readonly name: string }>(all: readonly T[], words: string): T | undefined {
  const name = sanitizeLine(words)
  return all.find(one => one.name === name) ?? all.find(one => alike(one.name, name))
}

/** "Europe/London", "europe/london" or "London" as an IANA zone; undefined for anything else (an offset is no zone: it knows no summer time). */
export function readZone(words: string): string | undefined {
  const said = sanitizeLine(words).replaceAll(' ', '_')
  if (!/^[A-Za-z]/.test(said)) return undefined
  const all = Intl.supportedValuesOf('timeZone')
  const whole = all.find(zone => alike(zone, said))
  if (whole) return whole
  const byCity = all.filter(zone => alike(zone.slice(zone.lastIndexOf('/') + 1), said))
  if (byCity.length === 1) return byCity[0]
  // Zones under an older name, and UTC, are not in the list.
  return IANAZone.isValidZone(said) ? new Intl.DateTimeFormat('en', { timeZone: said }).resolvedOptions().timeZone : undefined
}

/** A whole number between 5 and 20, or undefined. 3 and 4, which were allowed once, become 5. */
export function readHideUnder(words: string): number | undefined {
  const said = sameKey(words)
  const n = /^\d{1,2}$/.test(said) ? Number(said) : 0
  return n >= 3 && n <= LIMITS.hideUnder.max ? Math.max(n, LIMITS.hideUnder.min) : undefined
}

/** A language in its own words: "English", "polski". */
export function languageName(locale: string): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale
}
