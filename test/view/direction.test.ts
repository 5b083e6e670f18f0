import { describe, expect, test } from 'vitest'
import { withAddresses } from '../../src/view/addresses.ts'
import { barLine } from '../../src/view/bar.ts'
import { beside, directionOf, isolated, listed } from '../../src/view/direction.ts'
import { fit } from '../../src/view/fit.ts'
import { plainBlock } from '../../src/view/plain.ts'
import { sameKey, sanitize, sanitizeLine, shorten } from '../../src/view/sanitize.ts'

const ARABIC = 'الحافلة +5'
const URDU = 'بس سروس (20%)'
const HEBREW = 'אוטובוס 3/4'
/** Words as they stand by themselves. */
const by = (words: string): string => `\u2068${words}\u2069`

describe('words from elsewhere in a sentence', () => {
  test.each([
    { name: 'Arabic with a plus', words: ARABIC, expects: by(ARABIC) },
    { name: 'Urdu with a bracket', words: URDU, expects: by(URDU) },
    { name: 'Hebrew with a slash', words: HEBREW, expects: by(HEBREW) },
    { name: 'a name among Latin ones', words: 'Bus 3 حافلة', expects: by('Bus 3 حافلة') },
    { name: 'Latin words', words: 'Buses (+5%)', expects: 'Buses (+5%)' },
    { name: 'Welsh, Bengali and signs', words: 'Tŷ র‍্যাব 👨‍👩‍👧‍👦 “…”', expects: 'Tŷ র‍্যাব 👨‍👩‍👧‍👦 “…”' },
    { name: 'nothing', words: '', expects: '' },
    { name: 'lines', words: `Buses\n${HEBREW}\n`, expects: `Buses\n${by(HEBREW)}\n` },
    { name: 'what stands by itself already', words: `“${by(URDU)}” is open`, expects: `“${by(URDU)}” is open` },
    { name: 'that among others', words: `${by(URDU)} ${HEBREW}`, expects: by(`${by(URDU)} ${HEBREW}`) },
    { name: 'an address', words: 'https://example.org/حافلة', expects: 'https://example.org/حافلة' },
    { name: 'an address at the end', words: `${URDU} https://example.org/a`, expects: `${by(URDU)} https://example.org/a` },
    { name: 'spaces at the end', words: `${URDU} `, expects: `${by(URDU)} ` },
  ])('$name', ({ words, expects }) => {
    expect(isolated(words)).toBe(expects)
    expect(isolated(isolated(words))).toBe(expects)
  })

  test.each([
    { words: 'Buses +5', expects: by('Buses +5') },
    { words: URDU, expects: URDU },
    { words: '+5 (20%)', expects: '+5 (20%)' },
  ])('in a language that runs from right to left: $words', ({ words, expects }) => expect(isolated(words, 'rtl')).toBe(expects))

  test.each(['ar', 'ur', 'he-IL', 'fa', 'pa-Arab'])('%s runs from right to left', locale => expect(directionOf(locale)).toBe('rtl'))
  test.each(['en', 'cy', 'bn', 'pa', 'az'])('%s does not', locale => expect(directionOf(locale)).toBe('ltr'))
})

describe('words beside others', () => {
  test('a name and a value, where one of them runs another way', () => {
    expect([beside(URDU, '41'), beside(URDU, HEBREW), beside('Place', URDU), beside(URDU, 'Place')]).toEqual([
      ...[by(URDU), URDU, 'Place', by(URDU)],
    ])
    expect(plainBlock({ kind: 'facts', rows: [{ name: 'Place', value: URDU }] })).toBe(`Place: ${by(URDU)}`)
  })

  test('a row of a tally, and a list', () => {
    expect(barLine({ label: URDU, count: '41', share: 0.1 })).toBe(`${by(URDU)}: 41 █`)
    expect(plainBlock({ kind: 'list', items: [HEBREW, 'Parks'], numbered: true })).toBe(`1. ${by(HEBREW)}\n2. Parks`)
    expect(listed([URDU, 'Parks', HEBREW])).toBe(`${by(URDU)}, Parks, ${by(HEBREW)}`)
  })
})

test('what people copy back from a sentence is what they wrote', () => {
  for (const words of [ARABIC, URDU, HEBREW]) {
    expect(sanitize(isolated(words))).toBe(words)
    expect(sanitizeLine(` ${isolated(words)} `)).toBe(words)
    expect(sameKey(isolated(words))).toBe(sameKey(words))
  }
})

describe('where there is little room', () => {
  test('the signs go before words do', () => {
    expect(shorten(by(HEBREW), HEBREW.length)).toBe(HEBREW)
    expect(shorten(by(HEBREW), HEBREW.length + 2)).toBe(by(HEBREW))
  })

  test('what is cut has no piece without an end', () => {
    for (let max = 1; max < 40; max += 1) {
      const cut = shorten(`Counted: ${by('א'.repeat(20))} and ${by('ב'.repeat(20))}.`, max)
      expect(cut.length).toBeLessThanOrEqual(max)
      expect(cut.split('\u2068').length).toBe(cut.split('\u2069').length)
    }
  })

  test('a label at its limit is whole', () => {
    const limits = { text: 4000, caption: 1000, label: 30, perRow: 5, rows: 5, token: 64 }
    const label = `1. ${'א'.repeat(27)}`
    const [made] = fit({ blocks: [], buttons: [[{ label: `1. ${by('א'.repeat(27))}`, token: 'a_b' }]], brief: '', lang: 'en' }, limits)
    expect(made?.buttons).toEqual([[{ label, token: 'a_b' }]])
  })
})

test('an address ends where a piece does', () => {
  const found = withAddresses(`${by('حافلة https://example.org/a')}, ${by('https://example.org/b.')}`).filter(({ isAddress }) => isAddress)
  expect(found.map(({ text }) => text)).toEqual(['https://example.org/a', 'https://example.org/b'])
})
