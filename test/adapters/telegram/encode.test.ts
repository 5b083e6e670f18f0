import { describe, expect, test } from 'vitest'
import { encode, joined, swapped } from '../../../adapters/telegram/encode.ts'
import type { Block, Button, View } from '../../../src/view/view.ts'

const view = (blocks: readonly Block[], buttons: readonly (readonly Button[])[] = []): View => ({
  blocks,
  buttons,
  brief: 'In short',
  lang: 'en',
})
const text = (words: string): Block => ({ kind: 'text', text: words })

interface Row {
  readonly name: string
  readonly input: View
  readonly expects: Partial<ReturnType<typeof encode>>
}

test.each<Row>([
  {
    name: 'a poll',
    input: view([
      { kind: 'title', text: 'What matters most? 👩‍👩‍👧' },
      text('One answer.'),
      {
        kind: 'bars',
        rows: [
          { label: 'Buses', count: '41', share: 0.6 },
          { label: 'Parks', count: '27', share: 0.4 },
        ],
      },
      { kind: 'quiet', text: '68 answers' },
    ]),
    expects: {
      text: 'What matters most? 👩‍👩‍👧\nOne answer.\n\nBuses: 41 █████\nParks: 27 ███\n\n68 answers',
      entities: [
        { type: 'bold', offset: 0, length: 27 },
        { type: 'italic', offset: 72, length: 10 },
      ],
    },
  },
  {
    name: 'a quote, a list, facts and a moment',
    input: view([
      { kind: 'quote', text: 'damp in the flats' },
      { kind: 'list', items: ['one', 'two'], numbered: true },
      { kind: 'facts', rows: [{ name: 'Owner', value: 'the landlord' }] },
      { kind: 'when', name: 'Opens', at: '2026-12-01T18:00:00Z', text: 'Tuesday 1 December, 6 pm', clock: '' },
      { kind: 'when', name: 'Closes', at: '2026-12-05T18:00:00Z', text: '😀 Saturday, 18:00 (UTC+0), x', clock: 'Saturday, 18:00' },
    ]),
    expects: {
      text: 'damp in the flats\n\n1. one\n2. two\n\nOwner: the landlord\n\nOpens: Tuesday 1 December, 6 pm\nCloses: 😀 Saturday, 18:00 (UTC+0), x',
      entities: [
        { type: 'blockquote', offset: 0, length: 17 },
        // In UTF-16 units; what an app shows that is too old for it is the words as they are.
        { type: 'date_time', date_time_format: 'wDt', unix_time: 1796493600, offset: 98, length: 15 },
        { type: 'date_time', date_time_format: 'r', unix_time: 1796493600, offset: 115, length: 5 },
      ],
    },
  },
  {
    name: 'markup is only words',
    input: view([{ kind: 'title', text: '<b>*_`[x](y) &amp;' }]),
    expects: { text: '<b>*_`[x](y) &amp;', entities: [{ type: 'bold', offset: 0, length: 18 }] },
  },
  {
    name: "people's names and links are only words, with marks in the right place behind them",
    input: view([text('😀 @alice t.me/x'), { kind: 'quiet', text: 'ask' }]),
    expects: { text: '😀 @\u2060alice t.\u2060me/x\n\nask', entities: [{ type: 'italic', offset: 20, length: 3 }] },
  },
  {
    name: 'a link of ours is a link under its label',
    input: view([text('Results:'), { kind: 'link', label: 'moot.example', url: 'https://moot.example/r/1' }]),
    expects: {
      text: 'Results:\n\nmoot.example',
      entities: [{ type: 'text_link', url: 'https://moot.example/r/1', offset: 10, length: 12 }],
    },
  },
  {
    name: 'buttons',
    input: view(
      [text('x')],
      [
        [
          { label: 'Buses', token: 'polls_v_1', look: 'main' },
          { label: 'Stop', token: 'polls_x', look: 'danger' },
        ],
        [],
        [{ label: '✓ Parks', token: 'polls_v_2', chosen: true }],
        [{ label: 'Page', url: 'https://moot.example' }],
      ],
    ),
    expects: {
      markup: {
        inline_keyboard: [
          [
            { text: 'Buses', callback_data: 'polls_v_1', style: 'primary' },
            { text: 'Stop', callback_data: 'polls_x', style: 'danger' },
          ],
          [{ text: '✓ Parks', callback_data: 'polls_v_2', style: 'success' }],
          [{ text: 'Page', url: 'https://moot.example' }],
        ],
      },
    },
  },
  { name: 'no buttons', input: view([text('x')]), expects: { markup: undefined } },
  { name: 'buttons alone stand under the brief', input: view([]), expects: { text: 'In short', entities: [] } },
  { name: 'nothing to mark', input: view([{ kind: 'title', text: ' ' }, text('x')]), expects: { entities: [] } },
  {
    name: 'a file',
    input: view([{ kind: 'file', name: 'results.csv', mime: 'text/csv', text: 'a,b', about: 'The results' }]),
    expects: { text: 'The results', files: [{ name: 'results.csv', text: 'a,b', about: 'The results' }] },
  },
])('$name', ({ input, expects }) => expect(encode(input)).toMatchObject(expects))

describe('a message filled to the brim stays within it', () => {
  test('the empty lines go first', () => {
    const { text: made, entities } = encode(view([text('a'.repeat(2000)), text('b'.repeat(2095))]))
    expect(made).toHaveLength(4096)
    expect(entities).toEqual([])
  })

  test('look-alikes stand in for what would need a character more', () => {
    const { text: made } = encode(view([text(`@x ${'a'.repeat(4090)} @y`.slice(0, 4096))]))
    expect(made).toHaveLength(4096)
    expect(made).toMatch(/^＠x /)
  })
})

describe('words that Telegram would turn into links by itself', () => {
  test.each([
    { name: 'a mention', input: 'ask @alice', expects: 'ask @\u2060alice', full: 'ask ＠alice' },
    { name: 'a page', input: 'see example.org/x', expects: 'see example.\u2060org/x', full: 'see example․org/x' },
    {
      name: 'a whole address stays',
      input: '(https://a.example/x.y).',
      expects: '(https://a.example/x.y).',
      full: '(https://a.example/x.y).',
    },
    {
      name: 'one that hides where it leads',
      input: 'https://a.b@c.d',
      expects: 'https:\u2060//a.\u2060b@\u2060c.\u2060d',
      full: 'https：//a․b＠c․d',
    },
    { name: "Telegram's own", input: 'tg://resolve?domain=x', expects: 'tg:\u2060//resolve?domain=x', full: 'tg：//resolve?domain=x' },
    { name: 'a page in another script', input: 'пример.рф', expects: 'пример.\u2060рф', full: 'пример․рф' },
    { name: 'an address to write to', input: 'a@b.org', expects: 'a@\u2060b.\u2060org', full: 'a＠b․org' },
    { name: 'a sentence', input: 'Yes. At 6: come! @ home', expects: 'Yes. At 6: come! @ home', full: 'Yes. At 6: come! @ home' },
    { name: 'a command stays one', input: '/poll list', expects: '/poll list', full: '/poll list' },
  ])('$name', ({ input, expects, full }) => {
    expect(joined(input)).toBe(expects)
    expect(swapped(input)).toBe(full)
    expect(swapped(input)).toHaveLength(input.length)
  })
})
