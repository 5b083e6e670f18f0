import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/polls/domain.ts'
import { show, type Tally } from '../../src/polls/gate.ts'
import type { WholePoll } from '../../src/polls/poll.ts'
import { outcomeView, postView } from '../../src/polls/view-post.ts'
import { readCatalogues } from '../../src/texts/texts.ts'
import { plain } from '../../src/view/plain.ts'

const now = new Date('2026-11-22T10:00:00Z')
const texts = readCatalogues([new URL('../../src/', import.meta.url)]).in('en')
const speech = { texts, locale: 'en', zone: 'Europe/London', now }
/** What the tightest platform takes, with room for what encoders put between letters. */
const TIGHTEST = 3_900

function poll(o: Partial<WholePoll> & { words?: number } = {}): WholePoll {
  const long = (letter: string, n: number) => letter.repeat(n)
  const { words = 5, ...rest } = o
  return {
    id: 'abcdefghij',
    networkId: 'n',
    state: 'open',
    question: words > 5 ? long('q', LIMITS.question) : 'What matters most?',
    changedAt: null,
    min: 1,
    max: 1,
    secret: true,
    results: 'live',
    addOptions: false,
    voters: 'everyone',
    opensAt: now,
    closesAt: new Date('2026-12-04T18:00:00Z'),
    closedAt: null,
    remindMinutes: null,
    remindAt: null,
    outcome: null,
    hideUnder: 5,
    createdBy: null,
    createdAt: now,
    options: Array.from({ length: words > 5 ? LIMITS.options : 3 }, (_, i) => ({
      pollId: 'abcdefghij',
      number: i + 1,
      text: words > 5 ? `${long('o', LIMITS.option - 2)}${i}` : (['Buses', 'Parks', 'Damp homes'][i] ?? ''),
      changedAt: words > 5 ? now : null,
      hiddenAt: null,
      addedBy: null,
    })),
    network: {
      id: 'n',
      name: 'East',
      locale: 'en',
      zone: 'Europe/London',
      state: 'active',
      sample: false,
      contact: '',
      hideUnder: 5,
      createdAt: now,
      deleteAskedAt: null,
      deleteAskedBy: null,
      areas: [{ id: 'a', networkId: 'n', name: 'Ardwick', key: 'ardwick', retiredAt: null }],
    },
    spaces: [],
    ...rest,
  }
}

const options = new Map([
  [1, 41],
  [2, 27],
  [3, 68],
])
const tally: Tally = {
  ballots: 136,
  options,
  areas: {
    lines: [
      {
        area: 'a',
        ballots: 30,
        options: new Map([
          [1, 10],
          [2, 10],
          [3, 0],
        ]),
      },
    ],
    others: 106,
  },
  movesAt: 140,
  tooFew: false,
}

describe('a post', () => {
  test('reads like this while it is open', () => {
    const one = poll()
    expect(plain(postView(one, show(tally, one, { voted: false }), speech))).toBe(
      [
        'What matters most?',
        'One answer each.',
        'Closes: Friday 4 December, 18:00 (UTC+0)',
        '1. Buses: 41',
        '2. Parks: 27',
        '3. Damp homes: 68',
        '136 answers',
        '• Ardwick (30): Buses 10 · Parks 10 · Damp homes under 3',
        '• Other answers: 106',
        'Numbers by area are rounded to the nearest 5, so that nobody can be made out. Sums may differ.',
        'The numbers stand as of 136 answers. They move next at 140 answers, or when this closes.',
        'Only totals are shown. Until this closes, the people who run this bot’s server could look up a choice; after that nobody can. The chat app itself sees your tap.',
      ].join('\n'),
    )
  })

  test.each([
    { results: 'live', state: 'open', voted: false, seen: true },
    { results: 'voted', state: 'open', voted: false, seen: false },
    { results: 'voted', state: 'open', voted: true, seen: true },
    { results: 'closed', state: 'open', voted: true, seen: false },
    { results: 'closed', state: 'closed', voted: false, seen: true },
    { results: 'live', state: 'scheduled', voted: true, seen: false },
    { results: 'live', state: 'withdrawn', voted: true, seen: false },
  ] as const)('the gate: results $results, $state, voted $voted: $seen', ({ results, state, voted, seen }) => {
    expect(show(tally, { results, state }, { voted }) !== undefined).toBe(seen)
  })

  test('the longest poll there may be fits one message of every platform, open and closed', () => {
    const lines = Array.from({ length: 40 }, () => ({ area: 'a', ballots: 1_000_000, options: new Map([[1, 999_999]]) }))
    const figures: Tally = {
      ballots: 40_000_000,
      options: new Map(Array.from({ length: 20 }, (_, i) => [i + 1, 1_999_999])),
      areas: { lines, others: 0 },
      movesAt: undefined,
      tooFew: false,
    }
    const open = poll({ words: 6, changedAt: now, max: 20, voters: 'steering' })
    const closed = poll({ words: 6, changedAt: now, state: 'closed', closedAt: now, outcome: 'x'.repeat(LIMITS.outcome) })
    for (const view of [
      postView(open, show(figures, open, { voted: false }), speech),
      postView(closed, show(figures, closed, { voted: false }), speech),
      outcomeView(closed, show(figures, closed, { voted: false }), true, speech),
    ]) {
      expect(plain(view).length).toBeLessThanOrEqual(TIGHTEST)
      expect(view.buttons.flat().length).toBeLessThanOrEqual(25)
      expect(view.brief.length).toBeLessThanOrEqual(190)
    }
  })
})
