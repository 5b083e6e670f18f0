import { IANAZone } from 'luxon'
import { tameLine } from '../view/tame.ts'

/** Rules for the words that coordinators give. Pure. */

export const LIMITS = { network: { min: 2, max: 80 }, area: { min: 1, max: 60 }, contact: 500, hideUnder: { min: 3, max: 20 } } as const

/** A name on one line, or undefined where it is too short or too long. */
export function readName(words: string, { min, max }: { readonly min: number; readonly max: number }): string | undefined {
  const name = tameLine(words)
  return name.length >= min && name.length <= max ? name : undefined
}

/** What makes two names the same to people. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** "Europe/London", "europe/london" or "London" as an IANA zone; undefined for anything else (an offset is no zone: it knows no summer time). */
export function readZone(words: string): string | undefined {
  const said = tameLine(words).replaceAll(' ', '_')
  if (!/^[A-Za-z]/.test(said)) return undefined
  const all = Intl.supportedValuesOf('timeZone')
  const whole = all.find(zone => sameName(zone, said))
  if (whole) return whole
  const byCity = all.filter(zone => sameName(zone.slice(zone.lastIndexOf('/') + 1), said))
  if (byCity.length === 1) return byCity[0]
  // Zones under an older name, and UTC, are not in the list.
  return IANAZone.isValidZone(said) ? new Intl.DateTimeFormat('en', { timeZone: said }).resolvedOptions().timeZone : undefined
}

/** A whole number between 3 and 20, or undefined. */
export function readHideUnder(words: string): number | undefined {
  const n = /^\d{1,2}$/.test(words.trim()) ? Number(words) : 0
  return n >= LIMITS.hideUnder.min && n <= LIMITS.hideUnder.max ? n : undefined
}

/** A language in its own words: "English", "polski". */
export function languageName(locale: string): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale
}
