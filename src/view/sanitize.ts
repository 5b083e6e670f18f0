import { closing, RIGHT_TO_LEFT, withoutIsolates } from './direction.ts'

// People's words have two sides. They are *kept* as they were typed (`sanitize`), but for what nobody sees and what turns the words around it: controls (a
// database error, or a forged line), lone surrogates (refused by every platform), overrides of direction, blank fillers. They are *compared* by a key
// (`sameKey`) in which nothing invisible counts, so that two names that look alike are one. Some invisible characters are at home in some words (Bengali,
// Urdu and Persian spell with joiners, emoji are made of them): there they stay, and nowhere else.

/** What shapes the letters or emoji before it: joiners, and selectors of variants. */
const SHAPER = /[\p{Join_Control}\p{Variation_Selector}]/u
/** Marks that say how a sign between two directions is read: part of how Arabic and Hebrew are written. */
const DIRECTION_MARK = /[\u061C\u200E\u200F]/u
/** Format characters that are drawn: number and verse signs. */
const DRAWN = /[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]/u
/** Blank or forbidden, and in none of Unicode's classes for that. */
const BLANK = /[\u2028\u2029\u2800\uFFFC\uFFFD\u{1D159}\p{Noncharacter_Code_Point}]/u
const STRAY = `(?![\\t\\n])\\p{Cc}|${BLANK.source}|(?!${SHAPER.source}|${DIRECTION_MARK.source}|${DRAWN.source})[\\p{Cf}\\p{Default_Ignorable_Code_Point}]`

/** Where such characters are at home: flags such as Scotland's, blank cells of Braille, Mongolian vowels, and the ends of words where no spaces are written. */
const AT_HOME = [
  /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}/u,
  /(?<=[\u2801-\u28FF])\u2800+(?=[\u2801-\u28FF])/u,
  /(?<=[\u1820-\u1878])\u180E(?=[\u1820-\u1878])/u,
  /(?<=(?![\u17B4\u17B5])[\p{sc=Khmr}\p{sc=Thai}\p{sc=Laoo}\p{sc=Mymr}])\u200B(?=(?![\u17B4\u17B5])[\p{sc=Khmr}\p{sc=Thai}\p{sc=Laoo}\p{sc=Mymr}])/u,
]
const STRAYS = new RegExp(`(${AT_HOME.map(one => one.source).join('|')})|${STRAY}`, 'gu')

const DIRECTION_MARKS = new RegExp(DIRECTION_MARK.source, 'gu')

/** Shapers with what stands on both sides of them, as far as it can be seen. */
const SHAPERS = new RegExp(`(?<=([^\\s\\p{Bidi_Control}])?)(${SHAPER.source}+)(?=([^\\s\\p{Bidi_Control}])?)`, 'gu')
/** What joins: letters with their marks, digits, emoji. Others have no variants to select: the alphabets whose letters always look the same, and marks. */
const JOINS = /[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{RI}]/u
const ALWAYS_ONE = /[\p{M}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}]/u
/** Signs that take the vowel from a letter: a joiner after one makes the letter another, also at the end of a word. */
const VIRAMA = /[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA]/u

/** What is left invisible in sanitize words and does not count when they are compared. */
const UNSEEN = new RegExp(`${SHAPER.source}|[\\p{Bidi_Control}\\u180E\\u200B]`, 'gu')

/** Words that need nothing done: most of them. */
const HARMLESS = /^[\n\x20-\x7E]*$/

/** Words from outside as they are kept and shown: nothing unseen but where it is at home, no lone surrogates, line ends as `\n`, NFC. */
export function sanitize(text: string): string {
  if (HARMLESS.test(text)) return text
  const plain = text.toWellFormed().replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll(STRAYS, '$1')
  return withoutMarks(plain).normalize('NFC').replaceAll(SHAPERS, shaping).normalize('NFC')
}

/** Marks of direction stay on lines where something is written from right to left. */
function withoutMarks(text: string): string {
  if (!DIRECTION_MARK.test(text)) return text
  const lines = text.split('\n').map(line => (RIGHT_TO_LEFT.test(line) ? line : line.replaceAll(DIRECTION_MARKS, '')))
  return lines.join('\n')
}

/** Of a run of shapers, those that have something to shape: at most one of each kind. */
function shaping(_all: string, before: string | undefined, run: string, after: string | undefined): string {
  if (before === undefined) return ''
  const [first = ''] = run
  const selector = /\p{Variation_Selector}/u.test(first) && !ALWAYS_ONE.test(before) ? first : ''
  const joins = JOINS.test(before) && (after !== undefined || VIRAMA.test(before))
  return `${selector}${joins ? (/\p{Join_Control}/u.exec(run)?.[0] ?? '') : ''}`
}

/** The same on one line: runs of white space become one space. */
export function sanitizeLine(text: string): string {
  return sanitize(text).replaceAll(/\s+/gu, ' ').trim()
}

/** Words as they are compared while somebody is still typing: without case, width and what cannot be seen, in no language's own way. */
export function folded(text: string): string {
  const seen = sanitize(text).replaceAll(UNSEEN, '').normalize('NFKC')
  // Up and down again, so that ß is ss; a small i has its dot already, and a sigma is one wherever it stands.
  const small = seen.toLowerCase().toUpperCase().toLowerCase()
  return small
    .replaceAll(/(?<=[ij])\u0307/gu, '')
    .replaceAll('ς', 'σ')
    .normalize('NFC')
    .replaceAll(/\s+/gu, ' ')
}

/** What two names, options or other words have in common that are the same to people. Full stops and the like at the end do not count either. */
export function sameKey(text: string): string {
  const key = folded(text).trim()
  return key.replace(/[.!\s]+$/u, '') || key
}

/** Whether words are the same to people. */
export function alike(a: string, b: string): boolean {
  return sameKey(a) === sameKey(b)
}

/** Whether a text begins with these words, to people. */
export function beginsAlike(text: string, words: string): boolean {
  return folded(text).trim().startsWith(folded(words).trim())
}

const CHARACTERS = new Intl.Segmenter()

/** How many characters people count: an emoji made of many signs is one, as is a letter with its marks. */
export function lengthOf(words: string): number {
  if (HARMLESS.test(words)) return words.length
  let count = 0
  for (const _ of CHARACTERS.segment(words)) count += 1
  return count
}

/** What one character may take on average, in UTF-16 units, and the most that the fields of all platforms hold. */
const UNITS = { each: 4, most: 3_000 } as const

/**
 * How long words are that are longer than `max` characters; undefined where they are not. Platforms count units: words that take many times as many as they
 * have characters are too long as well, and then count for what they take.
 */
export function tooLong(words: string, max: number): number | undefined {
  if (words.length <= max) return undefined
  const units = Math.max(max, Math.min(max * UNITS.each, UNITS.most))
  const length = Math.max(lengthOf(words), words.length > units ? Math.ceil((words.length * max) / units) : 0)
  return length > max ? length : undefined
}

/**
 * Whole characters (never half of an emoji) up to `max` UTF-16 units; a shortened text ends in "…", so that the cut is seen. Signs of direction go before
 * words do; of those that stay, each piece has its end.
 */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const bare = withoutIsolates(text)
  if (bare.length <= max) return bare
  let short = ''
  for (const { segment } of CHARACTERS.segment(text)) {
    const longer = short + segment
    if (longer.length + closing(longer).length > max - 1) break
    short = longer
  }
  return `${short.trimEnd()}${closing(short)}…`
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
