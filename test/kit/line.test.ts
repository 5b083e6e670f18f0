import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KEYS, keyOf, type Line, readLine } from '../../src/kit/line/grammar.ts'

/** One grammar for what stands after every command. */

const line = (parts: Partial<Line>): Line => ({ words: '', plain: [], said: {}, twice: [], ...parts })

describe('a line is taken apart', () => {
  test.each([
    { typed: 'Litter pick on Saturday', is: line({ words: 'Litter pick on Saturday' }) },
    { typed: 'Cake or tea? | Cake | Tea', is: line({ words: 'Cake or tea?', plain: ['Cake', 'Tea'] }) },
    {
      typed: 'Cake or tea? | Cake | Tea | areas: Ardwick | when: Friday 6pm',
      is: line({ words: 'Cake or tea?', plain: ['Cake', 'Tea'], said: { areas: 'Ardwick', when: 'Friday 6pm' } }),
    },
    {
      typed: 'Tea | AREA: Ardwick ,Gorton & Abbey Hey | platform: one, two|audience:Steering|pin: Yes',
      is: line({ words: 'Tea', said: { areas: 'Ardwick ,Gorton & Abbey Hey', platforms: 'one, two', audience: 'Steering', pin: 'Yes' } }),
    },
    { typed: 'Tea: at ten\nin the hall | pin: no', is: line({ words: 'Tea: at ten\nin the hall', said: { pin: 'no' } }) },
    { typed: '| until: Friday', is: line({ said: { closes: 'Friday' } }) },
    { typed: 'Tea | link: https://example.org:8080/a?b=c', is: line({ words: 'Tea', said: { link: 'https://example.org:8080/a?b=c' } }) },
    { typed: 'Which day? | Monday: 6pm | Tuesday: 7pm', is: line({ words: 'Which day?', plain: ['Monday: 6pm', 'Tuesday: 7pm'] }) },
    { typed: 'Which? | closses: Friday', is: line({ words: 'Which?', said: { closes: 'Friday' } }) },
    { typed: 'Which? | aeras: Ardwick', is: line({ words: 'Which?', said: { areas: 'Ardwick' } }) },
    { typed: String.raw`Which? | Area\: 51 | Tea \| cake`, is: line({ words: 'Which?', plain: ['Area: 51', 'Tea | cake'] }) },
    { typed: String.raw`Tea \| cake?`, is: line({ words: 'Tea | cake?' }) },
    { typed: 'Tea | when:', is: line({ words: 'Tea', said: { when: '' } }) },
    { typed: 'Tea | area: Ardwick | areas: Gorton', is: line({ words: 'Tea', said: { areas: 'Ardwick' }, twice: ['areas'] }) },
    { typed: 'Tea | constructor: x | https://example.org', is: line({ words: 'Tea', plain: ['constructor: x', 'https://example.org'] }) },
    { typed: 'Tea | | ', is: line({ words: 'Tea' }) },
  ])('$typed', ({ typed, is }) => {
    expect(readLine(typed, KEYS)).toEqual(is)
  })

  test('a key that a command does not take is an option like any other', () => {
    expect(readLine('Where? | place: the park', ['areas', 'closes'])).toEqual(line({ words: 'Where?', plain: ['place: the park'] }))
  })

  test('an option a line', () => {
    expect(readLine('Cake or tea?\nCake\nTea\ncloses: Friday', KEYS, true)).toEqual(
      line({ words: 'Cake or tea?', plain: ['Cake', 'Tea'], said: { closes: 'Friday' } }),
    )
  })

  test('no letter is lost that counts: what has a sign in front of it comes out as it was', () => {
    const word = fc.stringMatching(/^[a-z |:]{1,20}$/).filter(said => said.trim() !== '')
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), words => {
        const typed = words.map(said => said.replaceAll(/[|:]/g, String.raw`\$&`)).join('|')
        const read = readLine(typed, KEYS)
        expect([read.words, ...read.plain]).toEqual(
          words.map(said => said.replaceAll(/ +/g, ' ').trim()).map((said, i) => (i === 0 ? (words[0] ?? '').trim() : said)),
        )
        expect(read.said).toEqual({})
      }),
    )
  })
})

test.each([
  ['areas', 'areas'],
  ['area', 'areas'],
  ['Areas', 'areas'],
  ['are', 'areas'],
  ['untill', 'closes'],
  ['close', 'closes'],
  ['open', 'opens'],
  ['wehn', 'when'],
  ['plaec', 'place'],
  ['monday', undefined],
  ['armada', undefined],
  ['a', undefined],
  ['', undefined],
  ['opened', undefined],
])('“%s” is the key %s', (word, key) => {
  expect(keyOf(word, KEYS)).toBe(key)
})
