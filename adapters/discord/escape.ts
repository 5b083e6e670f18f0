/** Turns people's words into words that Discord shows as they are. */
export type Harmless = (words: string) => string

/**
 * All that Discord gives a meaning: marks, mentions, links and emoji by their names anywhere, headings and lists at the start of a line.
 */
const meaning = /[\\*_~|`<>[\]@]|:(?=\/\/|[\w+-]+:)|(?<=^[ \t]*)[-+#]|(?<=^[ \t]*\d+)[.)]/gmu

/** With a backslash before each such sign, which is not shown. */
export const escaped: Harmless = words => words.replaceAll(meaning, '\\$&')

const twins: Readonly<Record<string, string>> = {
  ...{ '\\': '＼', '*': '＊', _: '＿', '~': '～', '|': '｜', '`': '｀', '<': '＜', '>': '＞', '[': '［', ']': '］', '@': '＠', ':': '：' },
  ...{ '-': '‐', '+': '＋', '#': '＃', '.': '․', ')': '）' },
}

/** The same without a character more, with look-alikes: for words that fill the message to the brim. */
export const swapped: Harmless = words => words.replaceAll(meaning, sign => twins[sign] ?? sign)
