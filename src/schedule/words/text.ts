/** Small letters, one kind of dash, of apostrophe and of blank; no full stop at the end. Pure. */
export function tidied(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u2010-\u2015\u2212]/gu, '-')
    .replaceAll(/[\u2018\u2019`\u00b4]/gu, "'")
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/^[ ,;]+|[ ,;.!?]+$/gu, '')
}
