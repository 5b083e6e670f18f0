import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fit, TooLong } from '../../src/view/fit.ts'
import { sentence, view } from '../../src/view/make.ts'
import { plain } from '../../src/view/plain.ts'
import { sanitize, sanitizeLine, shorten } from '../../src/view/sanitize.ts'
import type { Block, Button } from '../../src/view/view.ts'

const limits = { text: 60, caption: 30, label: 10, token: 64, rows: 3, perRow: 2 }
const button = (label: string): Button => ({ label, token: 'a_b' })
const text = (words: string): Block => ({ kind: 'text', text: words })

describe('fit', () => {
  test('what fits stays one message, with its buttons', () => {
    const whole = sentence('en', 'Hello', [[button('Yes')]])
    expect(fit(whole, limits)).toEqual([whole])
  })

  test('long text is cut at a space, nothing is lost, and the buttons hang on the last part', () => {
    const words = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ')
    const parts = fit(sentence('en', words, [[button('Yes')]]), limits)
    expect(parts.map(plain).join(' ')).toBe(words)
    expect(parts.slice(0, -1).every(part => part.buttons.length === 0)).toBe(true)
    expect(parts.at(-1)?.buttons).toEqual([[button('Yes')]])
  })

  test('a poll never splits: too long is a fault of who made it', () => {
    expect(() => fit(view({ lang: 'en', blocks: [text('x'.repeat(61))], whole: true }), limits)).toThrow(TooLong)
  })

  test('more buttons than a row or a message takes go on, none is left out', () => {
    const labels = Array.from({ length: 8 }, (_, i) => `b${i}`)
    const parts = fit(
      sentence(
        'en',
        'Choose',
        labels.map(label => [button(label)]),
      ),
      limits,
    )
    expect(parts.flatMap(part => part.buttons.flat().map(one => one.label))).toEqual(labels)
    expect(parts.every(part => part.buttons.length <= 3 && part.buttons.every(row => row.length <= 2))).toBe(true)
  })

  test('a file is a message of its own', () => {
    const file: Block = { kind: 'file', name: 'a.json', mime: 'application/json', text: '{}', about: 'Your export' }
    expect(fit(view({ lang: 'en', blocks: [text('Here'), file, text('Bye')] }), limits).map(part => part.blocks.length)).toEqual([1, 1, 1])
  })

  test('whatever the blocks, every part fits and every word arrives', () => {
    const word = fc
      .string({ unit: fc.constantFrom('a', 'é', '👩‍👧', ' ', '\n', 'z'), minLength: 1, maxLength: 150 })
      .filter(one => one.trim() !== '')
    const block: fc.Arbitrary<Block> = fc.oneof(
      word.map(text),
      fc.array(word, { minLength: 1, maxLength: 5 }).map(items => ({ kind: 'list', items }) as const),
      fc.array(fc.record({ name: word, value: word }), { minLength: 1, maxLength: 4 }).map(rows => ({ kind: 'facts', rows }) as const),
    )
    const letters = (words: string) => words.replaceAll(/[\s•:.\d]/gu, '')
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), blocks => {
        const whole = view({ lang: 'en', blocks })
        const parts = fit(whole, limits)
        for (const part of parts) expect(plain(part).length).toBeLessThanOrEqual(60)
        expect(letters(parts.map(plain).join(''))).toBe(letters(plain(whole)))
      }),
    )
  })
})

describe('sanitize', () => {
  test.each([
    { name: 'NUL and controls go', from: 'a\u0000b\u0007c', to: 'abc' },
    { name: 'lone surrogates go', from: 'a\uD800b', to: 'ab' },
    { name: 'line ends are one kind', from: 'a\r\nb\rc', to: 'a\nb\nc' },
    { name: 'what turns the direction of text goes', from: 'a\u202Eb\u2066c', to: 'abc' },
    { name: 'emoji of several parts stay', from: '👩‍👧', to: '👩‍👧' },
    { name: 'letters are composed', from: 'e\u0301', to: 'é' },
  ])('$name', ({ from, to }) => {
    expect(sanitize(from)).toBe(to)
  })

  test('a line is one line', () => {
    expect(sanitizeLine('  a \n\t b  ')).toBe('a b')
  })

  test('a shortened text says that it is one, and never halves a character', () => {
    expect(shorten('Damp homes', 10)).toBe('Damp homes')
    expect(shorten('Damp homes!', 10)).toBe('Damp home…')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 40 }), (words, max) => {
        const short = shorten(words, max)
        expect(short.length).toBeLessThanOrEqual(max)
        expect(short.isWellFormed()).toBe(words.isWellFormed() || short.isWellFormed())
      }),
    )
  })
})

test('a picture and its words stay one message as long as they fit beside it; what does not fit stands apart', () => {
  const picture = { kind: 'picture', id: 'p', name: 'p.png', mime: 'image/png', about: 'A garden' } as const
  const of = (length: number) => ({ ...sentence('en', 'x'), blocks: [{ kind: 'text', text: 'a'.repeat(length) } as const, picture] })
  expect(fit(of(20), limits)).toHaveLength(1)
  expect(fit(of(21), limits).map(part => part.blocks.map(block => block.kind))).toEqual([['text'], ['picture']])
  expect(() => fit({ ...of(21), whole: true }, limits)).toThrow(TooLong)
})
