import { addressesOr, isAddress } from '../../src/view/addresses.ts'

/** Turns people's words into words that Discord shows as they are. */
export type Harmless = (words: string) => string

/**
 * All that Discord gives a meaning: marks, mentions, links and emoji by their names anywhere, headings and lists at the start of a line. One bar has none: only
 * two hide what is between them, and a line such as "Buses? | Yes | No" is copied as it is shown.
 */
const meaning = addressesOr('[\\\\*_~`<>[\\]@]|\\|(?=\\|)|(?<=\\|)\\||:(?=\\/\\/|[\\w+-]+:)|(?<=^[ \\t]*)[-+#]|(?<=^[ \\t]*\\d+)[.)]')

/** With a backslash before each such sign, which is not shown. Addresses stay: in angle brackets, which are not shown either, where something follows at once (`isFollowed`: behind these words). */
export const escaped = (words: string, isFollowed = false): string =>
  words.replaceAll(meaning, (found, at: number) => {
    if (!isAddress(found)) return `\\${found}`
    const next = words.charAt(at + found.length)
    return (next === '' ? isFollowed : !/\s/.test(next)) ? `<${found}>` : found
  })

const twins: Readonly<Record<string, string>> = {
  ...{ '\\': '＼', '*': '＊', _: '＿', '~': '～', '|': '｜', '`': '｀', '<': '＜', '>': '＞', '[': '［', ']': '］', '@': '＠', ':': '：' },
  ...{ '-': '‐', '+': '＋', '#': '＃', '.': '․', ')': '）' },
}

/** The same without a character more, with look-alikes: for words that fill the message to the brim. */
export const swapped: Harmless = words => words.replaceAll(meaning, found => twins[found] ?? found)
