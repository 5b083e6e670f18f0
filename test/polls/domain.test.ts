import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkWords, counted, decide, mayBecome, readOption, readPollText } from '../../src/polls/domain.ts'

describe('a wish on a ballot', () => {
  const one = { max: 1 }
  const three = { max: 3 }
  test.each([
    { name: 'first choice', ballot: [], wish: { choose: 2 }, rules: one, options: [2], what: 'counted' },
    { name: 'another choice takes its place', ballot: [2], wish: { choose: 1 }, rules: one, options: [1], what: 'changed' },
    { name: 'the same press twice changes nothing', ballot: [2], wish: { choose: 2 }, rules: one, options: [2], what: 'same' },
    { name: 'several answers add up, in order', ballot: [3], wish: { choose: 1 }, rules: three, options: [1, 3], what: 'added' },
    { name: 'no more than may be', ballot: [1, 2, 3], wish: { choose: 4 }, rules: three, options: [1, 2, 3], what: 'full' },
    { name: 'one is taken back', ballot: [1, 2], wish: { drop: 1 }, rules: three, options: [2], what: 'dropped' },
    { name: 'what is not there cannot be taken back', ballot: [1], wish: { drop: 2 }, rules: three, options: [1], what: 'nothing to drop' },
    { name: 'all is taken back', ballot: [1, 2], wish: 'drop all', rules: three, options: [], what: 'dropped' },
    { name: 'nothing is taken back', ballot: [], wish: 'drop all', rules: three, options: [], what: 'nothing to drop' },
  ] as const)('$name', ({ ballot, wish, rules, options, what }) => {
    expect(decide(ballot, wish, rules)).toEqual({ options, what })
  })

  test('a ballot counts from the least number on, without hidden options', () => {
    expect(counted([1, 2], { min: 2 }, new Set())).toEqual([1, 2])
    expect(counted([1], { min: 2 }, new Set())).toEqual([])
    expect(counted([1, 2], { min: 2 }, new Set([2]))).toEqual([])
    expect(counted([], { min: 0 }, new Set())).toEqual([])
  })

  test('whatever is pressed, a ballot never holds an option twice or too many', () => {
    const wish = fc.oneof(
      fc.record({ choose: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ drop: fc.integer({ min: 1, max: 6 }) }),
      fc.constant('drop all' as const),
    )
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (wishes, max) => {
        let ballot: readonly number[] = []
        for (const one of wishes) ballot = decide(ballot, one, { max }).options
        expect(new Set(ballot).size).toBe(ballot.length)
        expect(ballot.length).toBeLessThanOrEqual(max)
      }),
    )
  })
})

describe('words', () => {
  test.each([
    {
      name: 'a message with a list',
      text: 'Which day?\n- Monday\n* Tuesday\n3. Friday\n\n2nd Sunday',
      question: 'Which day?',
      options: ['Monday', 'Tuesday', 'Friday', '2nd Sunday'],
    },
    { name: 'a poll in one line', text: 'What matters? | Buses || Parks | ', question: 'What matters?', options: ['Buses', 'Parks'] },
    { name: 'one line', text: ' The lift is broken again ', question: 'The lift is broken again', options: [] },
    { name: 'a picture without words', text: '', question: '', options: [] },
    {
      name: 'too long for a form',
      text: `${'q'.repeat(400)}\n${'o'.repeat(90)}`,
      question: `${'q'.repeat(299)}…`,
      options: [`${'o'.repeat(79)}…`],
    },
  ])('$name is read as a poll', ({ text, question, options }) => {
    expect(readPollText(text)).toEqual({ question, options })
  })

  const options = ['Buses', 'Parks', 'Damp homes', '2'].map((text, i) => ({ number: i + 1, text }))
  test.each([
    { words: '3', number: 3 },
    { words: 'damp homes.', number: 3 },
    { words: '  BUSES ', number: 1 },
    { words: '2', number: 2 },
    { words: '9', number: undefined },
    { words: 'trams', number: undefined },
    { words: '', number: undefined },
  ])('"$words" means option $number', ({ words, number }) => {
    expect(readOption(words, options)).toBe(number)
  })

  test.each([
    { name: 'no question', question: '', options: ['A', 'B'], key: 'polls-wrong-no-question' },
    { name: 'one option', question: 'Q', options: ['A'], key: 'polls-wrong-two-options' },
    { name: '21 options', question: 'Q', options: Array.from({ length: 21 }, (_, i) => `o${i}`), key: 'polls-wrong-many-options' },
    { name: 'the same twice', question: 'Q', options: ['Parks', 'parks. '], key: 'polls-wrong-same-option' },
    { name: 'a long option', question: 'Q', options: ['A', 'b'.repeat(81)], key: 'polls-wrong-option-long' },
    { name: 'a long question', question: 'q'.repeat(10_000), options: ['A', 'B'], key: 'polls-wrong-question-long' },
    { name: '80 trees in an option', question: '🌳'.repeat(300), options: ['A', '🌳'.repeat(80)], key: undefined },
    { name: '81 trees', question: 'Q', options: ['A', '🌳'.repeat(81)], key: 'polls-wrong-option-long' },
    {
      name: 'more than one message holds',
      question: '🌳'.repeat(300),
      options: Array.from({ length: 20 }, (_, i) => `${'🌳'.repeat(78)}${i}`),
      key: 'polls-wrong-together',
    },
    { name: 'all fine', question: 'Q', options: ['A', 'B'], key: undefined },
  ])('$name', ({ question, options, key }) => {
    expect(checkWords(question, options)?.key).toBe(key)
  })
})

test('secret never becomes named, figures are never shown earlier', () => {
  const rules = { min: 1, max: 1, secret: true, results: 'voted', addOptions: false, voters: 'everyone' } as const
  expect(mayBecome(rules, { ...rules, secret: false })?.key).toBe('polls-wrong-secret-stays')
  expect(mayBecome(rules, { ...rules, results: 'live' })?.key).toBe('polls-wrong-results-stay')
  expect(mayBecome(rules, { ...rules, results: 'closed' })).toBeUndefined()
})
