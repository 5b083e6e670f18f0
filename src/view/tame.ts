// Characters that a person's words may not carry into the house: NUL and other controls (a database error, or a forged line), lone surrogates
// (refused by every platform), and the bidirectional overrides that could make one word look like another.
const UNWANTED = /(?![\t\n])\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu

/** Words that need nothing done: most of them. */
const HARMLESS = /^[\n\x20-\x7E]*$/

/** Words from outside, safe to keep and to show: no control characters, no lone surrogates, line ends as `\n`, NFC. */
export function tame(text: string): string {
  if (HARMLESS.test(text)) return text
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replaceAll(UNWANTED, '')
    .replaceAll('\u{FFFD}', '')
    .normalize('NFC')
}

/** The same on one line: runs of white space become one space. */
export function tameLine(text: string): string {
  return tame(text).replaceAll(/\s+/gu, ' ').trim()
}

/** Whole characters (never half of an emoji) up to `max` UTF-16 units; a shortened text ends in "…", so that the cut is seen. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  let short = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (short.length + segment.length > max - 1) break
    short += segment
  }
  return `${short.trimEnd()}…`
}

/** Whether it names a language (BCP 47), as far as it goes: nothing else is kept as one. */
export function isLanguage(code: string | null | undefined): code is string {
  if (!code || code.length > 35) return false
  try {
    return Intl.getCanonicalLocales(code).length === 1
  } catch {
    return false
  }
}
