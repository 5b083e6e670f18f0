// Arabic, Urdu and Hebrew run from right to left. Within a sentence that runs the other way, a number, a `+`, a `%`, a `/` or a bracket beside such words is
// drawn on the wrong side of them. Two signs that nobody sees keep such words by themselves (an isolate), so that they and what stands beside them are read
// as they were written. They are set where words enter a sentence of ours, and nowhere else: what is kept or compared has none (`sanitize` drops them).

/** Begins a piece that has the direction of its own first letter. */
const OPEN = '\u2068'
const CLOSE = '\u2069'

const SCRIPTS = ['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Rohg', 'Adlm']
const SOURCE = `[${SCRIPTS.map(script => `\\p{sc=${script}}`).join('')}]`

/** A letter of a script that runs from right to left. */
export const RIGHT_TO_LEFT = new RegExp(`(?=\\p{L})${SOURCE}`, 'u')
const LEFT_TO_RIGHT = new RegExp(`(?!${SOURCE})\\p{L}`, 'u')

/** Most words. */
const PLAIN = /^[\0-\u058F]*$/

/** What a line ends with where a link could go on: nothing may stand behind it. */
const LAST_ADDRESS = /\S*:\/\/\S*\s*$/u

export type Direction = 'ltr' | 'rtl'

/** How a language runs: by its script, also where the tag leaves it out. */
export function directionOf(locale: string): Direction {
  return SCRIPTS.includes(new Intl.Locale(locale).maximize().script ?? '') ? 'rtl' : 'ltr'
}

/** Words from elsewhere as they may stand in a sentence that runs so: by themselves where they have letters that run the other way, else as they are. */
export function isolated(words: string, around: Direction = 'ltr'): string {
  if (around === 'ltr' && PLAIN.test(words)) return words
  const other = around === 'ltr' ? RIGHT_TO_LEFT : LEFT_TO_RIGHT
  // An isolate ends with its line.
  return words.includes('\n')
    ? words
        .split('\n')
        .map(line => alone(line, other))
        .join('\n')
    : alone(words, other)
}

/** "name: value" and the like: each by itself where it runs another way than what it stands beside. */
export function beside(words: string, other: string): string {
  return RIGHT_TO_LEFT.test(bare(other)) ? words : isolated(words)
}

/** "1. Buses": a number with the words that it stands for. */
export function numbered(number: number, words: string): string {
  return `${number}. ${isolated(words)}`
}

/** Words one after the other, each by itself. */
export function listed(all: readonly string[], between = ', '): string {
  return all.map(words => isolated(words)).join(between)
}

function alone(line: string, other: RegExp): string {
  const address = LAST_ADDRESS.exec(line)?.[0] ?? ''
  const words = line.slice(0, line.length - address.length)
  return other.test(bare(words)) ? `${OPEN}${words.trimEnd()}${CLOSE}${line.slice(words.trimEnd().length)}` : line
}

/** What does not stand by itself already. */
function bare(text: string): string {
  if (!text.includes(OPEN)) return text
  let depth = 0
  let out = ''
  for (const sign of text) {
    if (sign === OPEN) depth += 1
    else if (sign === CLOSE) depth -= 1
    else if (depth <= 0) out += sign
  }
  return out
}

/** The same words without the signs: for where there is no room for them, or where words are kept. */
export function withoutIsolates(text: string): string {
  return text.includes(OPEN) ? text.replaceAll(OPEN, '').replaceAll(CLOSE, '') : text
}

/** What closes the pieces that a cut has left open. */
export function closing(cut: string): string {
  const count = (sign: string): number => cut.split(sign).length - 1
  return cut.includes(OPEN) ? CLOSE.repeat(Math.max(0, count(OPEN) - count(CLOSE))) : ''
}
