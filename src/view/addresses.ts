// An address that somebody typed in full comes out exactly as it was typed, as a link that shows where it leads: copied, it opens. Words that only look like one
// (`example.org`, `@name`) stay words, and so does what names another place than it shows first (`https://bank.example@evil.example`).

/** Ends before what closes a sentence, or a piece that stands by itself (`direction.ts`); brackets that belong to it stay with it. */
const ADDRESS_SOURCE =
  '(?<![\\p{L}\\p{N}])https?:\\/\\/(?![^\\s/?#]*@)[\\p{L}\\p{N}](?:\\([^\\s()<>"\\u2068\\u2069]*\\)|[^\\s<>"\\u2068\\u2069]){1,1500}?(?=[.,:;!?\'")\\]}*_~|`’”»…]*(?:[\\s<>"\\u2068\\u2069]|$))'

/** What an address begins with, however it is written: what begins so and is none is a word like any other. */
const BEGINS = /^https?:\/\//i

/** Finds addresses first, and then whatever `other` finds. */
export const addressesOr = (other: string): RegExp => new RegExp(`${ADDRESS_SOURCE}|${other}`, 'gimu')

/** Whether what `addressesOr` has found is an address. */
export const isAddress = (found: string): boolean => BEGINS.test(found)

const ADDRESS = new RegExp(ADDRESS_SOURCE, 'giu')

/** A text in pieces: words, and addresses. */
export function withAddresses(text: string): readonly { readonly text: string; readonly isAddress: boolean }[] {
  const pieces: { text: string; isAddress: boolean }[] = []
  let from = 0
  for (const { 0: found, index } of text.includes('://') ? text.matchAll(ADDRESS) : []) {
    if (index > from) pieces.push({ text: text.slice(from, index), isAddress: false })
    pieces.push({ text: found, isAddress: true })
    from = index + found.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isAddress: false })
  return pieces
}
