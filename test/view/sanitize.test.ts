import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alike, beginsAlike, lengthOf, sameKey, sanitize, sanitizeLine, tooLong } from '../../src/view/sanitize.ts'

/** Characters that nobody sees, by name. */
const UNSEEN: Readonly<Record<string, string>> = {
  ...{ 'zero-width space': '\u200B', 'word joiner': '\u2060', 'byte order mark': '\uFEFF', 'soft hyphen': '\u00AD' },
  ...{ 'grapheme joiner': '\u034F', 'vowel separator': '\u180E', 'free variation': '\u180B', 'khmer vowel': '\u17B5' },
  ...{ 'hangul filler': '\u3164', 'narrow hangul filler': '\uFFA0', 'first jamo filler': '\u115F', 'second jamo filler': '\u1160' },
  ...{ 'blank of Braille': '\u2800', 'empty note head': '\u{1D159}', 'inverse object': '\uFFFC', 'invisible times': '\u2062' },
  ...{ override: '\u202E', embedding: '\u202B', isolate: '\u2067', 'end of isolate': '\u2069', 'end of embedding': '\u202C' },
  ...{ 'left mark': '\u200E', 'right mark': '\u200F', 'arabic mark': '\u061C', joiner: '\u200D', 'non-joiner': '\u200C' },
  ...{ 'text selector': '\uFE0E', 'emoji selector': '\uFE0F', 'far selector': '\u{E0101}', tag: '\u{E0067}', 'end tag': '\u{E007F}' },
  ...{
    nul: '\u0000',
    escape: '\u001B',
    'line separator': '\u2028',
    annotation: '\uFFF9',
    'hieroglyph joiner': '\u{13430}',
    noncharacter: '\uFFFE',
  },
}
const unseen = Object.entries(UNSEEN)

describe('what people write is kept as they typed it', () => {
  test.each([
    { name: 'a Bengali word with a joiner', words: 'র‍্যাব' },
    { name: 'a Bengali word with a non-joiner', words: 'উদ্‌যাপন' },
    { name: 'a Persian word with a non-joiner', words: 'می‌خواهم' },
    { name: 'an Urdu sentence', words: 'ہم‌آہنگی کے لیے؟' },
    { name: 'a Malayalam name that ends in a joiner', words: 'അനില്‍' },
    { name: 'Hebrew with a mark of direction', words: 'שלום!\u200F C++\u200E' },
    { name: 'Khmer, which has no spaces between words', words: 'ផ្ទះ\u200Bសំបែង' },
    { name: 'a Mongolian vowel', words: 'ᠬᠠᠨ\u180Eᠠ' },
    { name: 'two words in Braille', words: '⠃⠥⠎⠀⠏⠁⠗⠅' },
    { name: 'a Japanese name with its own form of a letter', words: '葛\u{E0100}城' },
    { name: 'an Arabic number sign', words: '\u0600١٢' },
    { name: 'a family', words: '👨‍👩‍👧‍👦' },
    { name: 'a flag of many colours', words: '🏳️‍🌈' },
    { name: 'a person with a tone of skin and a job', words: '👩🏽‍⚕️' },
    { name: 'the flags of Scotland, Wales and England', words: '🏴󠁧󠁢󠁳󠁣󠁴󠁿🏴󠁧󠁢󠁷󠁬󠁳󠁿🏴󠁧󠁢󠁥󠁮󠁧󠁿' },
    { name: 'a heart in colour and one in ink', words: '❤️ ❤︎' },
    { name: 'keys', words: '1️⃣ #️⃣' },
    { name: 'lines and tabs', words: 'one\n\ttwo' },
  ])('$name', ({ words }) => {
    expect(sanitize(words)).toBe(words.normalize('NFC'))
    expect(sameKey(words)).not.toBe('')
  })

  test.each(unseen)('but not %s alone, nor beside a word, nor beside itself', (_name, sign) => {
    expect(sanitizeLine(sign)).toBe('')
    expect(sanitizeLine(`${sign} ${sign}${sign} \n${sign}`)).toBe('')
    expect(sanitizeLine(`${sign} Buses ${sign}`)).toBe('Buses')
    expect(sanitizeLine(`${sign}Buses`)).toBe('Buses')
    expect(sanitizeLine(`${sign}میز`)).toBe(/[\u200E\u200F\u061C]/.test(sign) ? `${sign}میز` : 'میز')
  })

  test.each([
    { name: 'a joiner at the end', from: 'می‌خواهم\u200C', to: 'می‌خواهم' },
    { name: 'a joiner before a space', from: 'می\u200C خواهم', to: 'می خواهم' },
    { name: 'one joiner of several', from: 'می\u200C\u200C\u200Dخواهم', to: 'می\u200Cخواهم' },
    { name: 'a row of selectors', from: '❤\uFE0F\uFE0E\u{E0101}\u{E0102}', to: '❤\uFE0F' },
    { name: 'a selector where there is one form only', from: 'B\uFE0Fuses', to: 'Buses' },
    { name: 'tags that make no flag', from: 'Ardwick\u{E0041}\u{E0042}', to: 'Ardwick' },
    { name: 'a flag that does not end', from: '🏴\u{E0067}\u{E0062}!', to: '🏴!' },
    { name: 'a mark of direction where nothing is written from the right', from: '\u200FBuses\nשלום\u200F', to: 'Buses\nשלום\u200F' },
    { name: 'a direction within Arabic', from: '\u202Aحافلة\u202C \u2067Bus\u2069', to: 'حافلة Bus' },
    { name: 'a blank cell beside no cell', from: 'Big\u2800lottery', to: 'Biglottery' },
  ])('$name does not stay', ({ from, to }) => {
    expect(sanitize(from)).toBe(to)
  })
})

describe('what people write is compared as they see it', () => {
  test.each([
    { a: 'Buses', b: '  bUSES. ' },
    { a: 'Buses', b: 'Bu\u200Bses' },
    { a: 'Buses', b: 'Ｂｕｓｅｓ' },
    { a: 'Miles Platting', b: 'MILES\u00A0\u2003PLATTING!' },
    { a: 'Café', b: 'CAFE\u0301' },
    { a: 'Straße', b: 'STRASSE' },
    { a: 'GROẞ', b: 'groß' },
    { a: 'İstanbul', b: 'ISTANBUL' },
    { a: 'ısparta', b: 'ISPARTA' },
    { a: 'ΟΔΟΣ', b: 'οδος' },
    { a: 'ΟΔΟΣ', b: 'οδοσ' },
    { a: 'می‌خواهم', b: 'میخواهم' },
    { a: 'উদ্‌যাপন', b: 'উদ্যাপন' },
    { a: '❤️', b: '❤' },
    { a: '1️⃣', b: '1⃣' },
  ])('“$a” and “$b” are the same', ({ a, b }) => {
    expect(alike(a, b)).toBe(true)
  })

  test.each([
    { a: 'Buses', b: 'Bus es' },
    { a: 'Cafe', b: 'Café' },
    { a: '🏴󠁧󠁢󠁳󠁣󠁴󠁿', b: '🏴󠁧󠁢󠁷󠁬󠁳󠁿' },
    { a: '👍🏽', b: '👍🏿' },
    { a: '1️⃣', b: '1' },
    { a: '!', b: '!!' },
    { a: 'কমলা', b: 'কমল' },
  ])('“$a” and “$b” are not', ({ a, b }) => {
    expect(alike(a, b)).toBe(false)
  })

  test.each([
    { text: 'Straßenfest im Park', words: 'STRASSEN', begins: true },
    { text: 'Οδοσήμανση', words: 'ΟΔΟΣ', begins: true },
    { text: 'می‌خواهم ببینم', words: ' میخواهم', begins: true },
    { text: 'Dr. Smith', words: 'dr.', begins: true },
    { text: 'Drains', words: 'dr.', begins: false },
    { text: 'anything', words: '', begins: true },
  ])('“$text” begins with “$words”: $begins', ({ text, words, begins }) => {
    expect(beginsAlike(text, words)).toBe(begins)
  })
})

describe('whatever is written', () => {
  const sign = fc.constantFrom(...Object.values(UNSEEN))
  const piece = fc.oneof(
    { weight: 3, arbitrary: sign },
    fc.constantFrom(
      ...'aBıİißẞσςΣé\u0301\u0307\u0345\u20E3 \n\t\r.!1#❤🏴🏽👩🇬ف\u06CCکשক\u09CD\u09BEᠠខ\u17B4ㅏㅎ\u1100\u1161漢⠃\u0600\u0958\uFB01\uFB1D\u{2F801}\uD800',
    ),
    fc.string({ unit: 'binary', maxLength: 2 }),
  )
  const words = fc.array(piece, { maxLength: 14 }).map(parts => parts.join(''))
  const runs = { numRuns: 4_000 }

  test('cleaning it twice changes no more than once', () => {
    fc.assert(
      fc.property(words, text => {
        expect(sanitize(sanitize(text))).toBe(sanitize(text))
        expect(sanitizeLine(sanitizeLine(text))).toBe(sanitizeLine(text))
      }),
      runs,
    )
  })

  test('it is the same to people as what is kept of it', () => {
    fc.assert(
      fc.property(words, text => {
        expect(sameKey(sanitize(text))).toBe(sameKey(text))
        expect(sameKey(sanitizeLine(text))).toBe(sameKey(text))
        expect(sameKey(text) === '').toBe(sanitizeLine(text) === '')
      }),
      runs,
    )
  })

  test('nothing in it turns the words that stand around it', () => {
    fc.assert(
      fc.property(words, text => !/[\u202A-\u202E\u2066-\u2069]/.test(sanitize(text))),
      runs,
    )
  })

  test('what nobody sees, anywhere in a word, makes it no other word', () => {
    const latin = fc.string({ unit: fc.constantFrom(...'abcXYZéßöİıŁ 12'), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(latin, fc.array(fc.tuple(fc.nat(12), sign), { minLength: 1, maxLength: 5 }), (word, more) => {
        const letters = [...word]
        for (const [at, one] of more) letters.splice(at % (letters.length + 1), 0, one)
        expect(sameKey(letters.join(''))).toBe(sameKey(word))
      }),
      runs,
    )
  })
})

describe('characters are counted as people count them', () => {
  test.each([
    ['plain words', 'Damp homes', 10],
    ['a family', '👨‍👩‍👧‍👦', 1],
    ['a flag', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', 1],
    ['a letter with a mark of its own', 'e\u0301', 1],
    ['a Hindi greeting', 'नमस्ते', 3],
    ['nothing', '', 0],
  ])('%s', (_, words, length) => {
    expect(lengthOf(words)).toBe(length)
  })

  test.each([
    ['plain words that just fit', 'a'.repeat(80), undefined],
    ['one letter more', 'a'.repeat(81), 81],
    ['emoji of two units each', '🌳'.repeat(80), undefined],
    ['one of them more', '🌳'.repeat(81), 81],
    ['families, which take eleven units each: more than four times as many as the limit', '👨‍👩‍👧‍👦'.repeat(80), 220],
    ['some families among letters', `${'a'.repeat(60)}${'👨‍👩‍👧‍👦'.repeat(20)}`, undefined],
    ['one letter with very many marks', `e${'\u0323\u0301'.repeat(200)}`, 101],
  ])('%s, where 80 is the most', (_, words, length) => {
    expect(tooLong(words, 80)).toBe(length)
  })

  test('long words take no more units than the fields of all platforms hold', () => {
    expect(tooLong('🌳'.repeat(1_500), 3_000)).toBeUndefined()
    expect(tooLong('🌳'.repeat(1_501), 3_000)).toBe(3_002)
    expect(tooLong('🌳'.repeat(1_501), 1_600)).toBe(1_602)
  })
})
