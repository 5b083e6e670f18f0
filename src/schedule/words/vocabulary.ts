/** English words of dates and times, and what they come to. Pure. */

const FULL_DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const SHORT_DAYS = ['mon', 'tues', 'tue', 'weds', 'wed', 'thurs', 'thur', 'thu', 'fri', 'sat', 'sun']
const FULL_MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
]
const ORDINALS = [
  ...['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth'],
  ...['fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth'],
]
const NUMBERS: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12 },
  ...{ fifteen: 15, twenty: 20, 'twenty-five': 25, 'twenty five': 25, thirty: 30, forty: 40, 'forty-five': 45, 'forty five': 45 },
  ...{ fifty: 50, sixty: 60, ninety: 90 },
}

function any(words: readonly string[]): string {
  // The longest first: "tues" before "tue".
  return words.toSorted((a, b) => b.length - a.length).join('|')
}

/** Sources of patterns; each is to be put into brackets. */
export const DAY = `(?:${any([...FULL_DAYS, ...SHORT_DAYS])})\\.?`
export const MONTH = `(?:${any([...FULL_MONTHS, ...FULL_MONTHS.map(month => month.slice(0, 3)), 'sept'])})\\.?`
export const ORDINAL = `\\d{1,2}(?:st|nd|rd|th)|${any(ORDINALS)}`
export const NUMBER = `\\d{1,4}|${any(Object.keys(NUMBERS))}`
export const HOUR = '\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve'

/** 1 (Monday) to 7. */
export function weekdayOf(word: string): number {
  return FULL_DAYS.findIndex(day => day.slice(0, 3) === word.slice(0, 3)) + 1
}

/** 1 to 12. */
export function monthOf(word: string): number {
  return FULL_MONTHS.findIndex(month => month.slice(0, 3) === word.slice(0, 3)) + 1
}

export function ordinalOf(word: string): number {
  return /^\d/.test(word) ? Number.parseInt(word, 10) : ORDINALS.indexOf(word) + 1
}

export function numberOf(word: string): number {
  return /^\d/.test(word) ? Number(word) : (NUMBERS[word] ?? Number.NaN)
}

/** What a word that is written wrong is compared with. */
const KNOWN = [
  ...FULL_DAYS,
  ...FULL_MONTHS,
  ...[
    'today',
    'tomorrow',
    'tonight',
    'yesterday',
    'morning',
    'afternoon',
    'evening',
    'midnight',
    'midday',
    'noon',
    'quarter',
    'half',
    'past',
  ],
  ...['week', 'fortnight', 'month', 'hour', 'hours', 'minutes', 'days', 'weeks', 'months', 'next', 'every', "o'clock"],
]

/** The word that was meant, where one is near enough and no other as near. */
export function meant(word: string): string | undefined {
  if (word.length < 4) return undefined
  const near = KNOWN.map(known => ({ known, far: distance(word, known) })).sort((a, b) => a.far - b.far)
  const [best, other] = near
  if (!best || best.far > (word.length < 7 ? 1 : 2) || best.far === other?.far) return undefined
  return best.known
}

/** How many letters are to be put in, left out, changed, or swapped with the next. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= b.length; j += 1) {
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : changed
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, changed, swapped))
    }
  }
  return at(a.length, b.length)
}
