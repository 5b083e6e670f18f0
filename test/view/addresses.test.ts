import { expect, test } from 'vitest'
import { withAddresses } from '../../src/view/addresses.ts'

const found = (text: string): readonly string[] => withAddresses(text).flatMap(piece => (piece.isAddress ? [piece.text] : []))

test.each([
  ['https://a.example', ['https://a.example']],
  ['(see https://a.example/x_(y), or HTTP://b.example/?q=1&r=[2].)', ['https://a.example/x_(y)', 'HTTP://b.example/?q=1&r=[2']],
  ['“https://a.example/ä/ب”!', ['https://a.example/ä/ب']],
  ['a https://a.example\nhttps://b.example', ['https://a.example', 'https://b.example']],
  ['xhttps://a.example a.example tg://x javascript://x https:// https://-', []],
  ['https://bank.example@evil.example https://a:b@c.example/x', []],
])('%j has %j', (text, all) => {
  expect(found(text)).toEqual(all)
  expect(
    withAddresses(text)
      .map(piece => piece.text)
      .join(''),
  ).toBe(text)
})
