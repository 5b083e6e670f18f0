import { describe, expect, test } from 'vitest'
import { parseMarkup } from './markup.ts'
import { Refusal } from './refusal.ts'
import { clean, withFound } from './text.ts'

/** "bold: damp", so that a table reads well. */
function marks(mode: 'HTML' | 'MarkdownV2', source: string): [string, string[]] {
  const parsed = parseMarkup(mode, source)
  if (parsed instanceof Refusal) return [parsed.description, []]
  const { text, entities } = parsed
  return [text, entities.map(({ type, offset, length }) => `${type}: ${text.slice(offset, offset + length)}`)]
}

describe('marked text', () => {
  test.each([
    ['HTML', '<b>damp</b> &lt;homes&gt; &amp; &#127968;', 'damp <homes> & 🏠', ['bold: damp']],
    ['HTML', '<b>all <i>damp</i></b>', 'all damp', ['bold: all damp', 'italic: damp']],
    ['HTML', '<a href="https://example.org">here</a> <code>x</code>', 'here x', ['text_link: here', 'code: x']],
    ['HTML', '<b>a</i>', 'Bad Request: can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"', []],
    ['MarkdownV2', '*all _damp_* homes\\.', 'all damp homes.', ['bold: all damp', 'italic: damp']],
    [
      'MarkdownV2',
      '__under__ ||hidden|| ~gone~ `a*b`',
      'under hidden gone a*b',
      ['underline: under', 'spoiler: hidden', 'strikethrough: gone', 'code: a*b'],
    ],
    ['MarkdownV2', '[here](https://example.org/a\\)b)', 'here', ['text_link: here']],
    ['MarkdownV2', 'a - b', "Bad Request: can't parse entities: Character '-' is reserved and must be escaped with the preceding '\\'", []],
  ] as const)('%s %s', (mode, source, text, found) => {
    expect(marks(mode, source)).toEqual([text, found])
  })
})

test('what Telegram finds by itself', () => {
  const { text, entities } = withFound({
    text: '/poll@folkmoot_bot ask @amina about #damp at https://example.org/a, not a/b',
    entities: [],
  })
  expect(entities.map(({ type, offset, length }) => `${type}: ${text.slice(offset, offset + length)}`)).toEqual([
    'bot_command: /poll@folkmoot_bot',
    'mention: @amina',
    'hashtag: #damp',
    'url: https://example.org/a',
  ])
})

test('cleaning moves the marks along', () => {
  const { text, entities } = clean({ text: ' \r\nDamp\u0000homes \u202e!', entities: [{ type: 'bold', offset: 3, length: 4 }] })
  expect(text).toBe('Damp homes !')
  expect(entities).toEqual([{ type: 'bold', offset: 0, length: 4 }])
})
