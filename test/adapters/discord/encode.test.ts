import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import { encode } from '../../../adapters/discord/encode.ts'
import { escaped, swapped } from '../../../adapters/discord/escape.ts'
import { encodeForm } from '../../../adapters/discord/form.ts'
import type { Block, Button, Field, View } from '../../../src/view/view.ts'
import { form } from './harness.ts'

const view = (blocks: readonly Block[], buttons: readonly (readonly Button[])[] = []): View => ({
  blocks,
  buttons,
  brief: 'In *short*',
  lang: 'en',
})
const textOf = (given: View): string | undefined => {
  const [first] = encode(given).body.components
  return first?.type === ComponentType.TextDisplay ? first.content : undefined
}

test.each<{ name: string; blocks: readonly Block[]; text: string }>([
  {
    name: 'a poll',
    blocks: [
      { kind: 'title', text: 'What matters most? 👩‍👩‍👧' },
      { kind: 'text', text: 'One answer.' },
      { kind: 'bars', rows: [{ label: 'Buses', count: '41', share: 0.6 }] },
      { kind: 'quiet', text: '68 answers' },
    ],
    text: '### What matters most? 👩‍👩‍👧\nOne answer.\n\nBuses: 41 █████\n\n-# 68 answers',
  },
  {
    name: 'a quote of two lines, lists, facts',
    blocks: [
      { kind: 'quote', text: 'damp\nand cold' },
      { kind: 'list', items: ['one', 'two'], numbered: true },
      { kind: 'list', items: ['- x'] },
      { kind: 'facts', rows: [{ name: 'Owner', value: 'the landlord' }] },
    ],
    text: '> damp\n> and cold\n\n1. one\n2. two\n\n- \\- x\n\n**Owner:** the landlord',
  },
  {
    name: 'a moment, once: in the reader’s time, and how far off it is',
    blocks: [
      { kind: 'when', name: 'When', at: '2026-12-05T18:00:00Z', text: 'Saturday, 18:00 (UTC+0), 2 hours', clock: 'Saturday, 18:00' },
      { kind: 'when', name: '', at: '2026-12-05T18:00:00Z', text: 'It closes *soon*.', clock: 'Saturday, 18:00' },
    ],
    text: 'When: <t:1796493600:F> (<t:1796493600:R>), 2 hours\nIt closes \\*soon\\*.',
  },
  { name: 'a link of ours', blocks: [{ kind: 'link', label: 'Results', url: 'https://x.y/z' }], text: '[Results](<https://x.y/z>)' },
  { name: 'nothing but air', blocks: [{ kind: 'text', text: ' \n' }], text: 'In \\*short\\*' },
])('$name', ({ blocks, text }) => {
  expect(textOf(view(blocks))).toBe(text)
})

describe('words stay words', () => {
  test.each([
    ['*b* _i_ ~s~ ||h|| `c`', '\\*b\\* \\_i\\_ \\~s\\~ \\|\\|h\\|\\| \\`c\\`'],
    ['@everyone <@1> <#2> <t:3>', '\\@everyone \\<\\@1\\> \\<#2\\> \\<t:3\\>'],
    ['https://a.b@c.d', 'https\\://a.b\\@c.d'],
    ['/poll Buses? | Yes | No', '/poll Buses? | Yes | No'],
    ['in words: \\| and \\:', 'in words: \\\\| and \\\\:'],
    ['a || b |||', 'a \\|\\| b \\|\\|\\|'],
    ['# a\n - b\n1. c\n-# d', '\\# a\n \\- b\n1\\. c\n\\-# d'],
    ['well-known: 18:00, :bus:', 'well-known: 18:00, \\:bus:'],
    ['back\\slash', 'back\\\\slash'],
  ])('%s', (words, shown) => {
    expect(escaped(words)).toBe(shown)
    expect(swapped(words)).toHaveLength(words.length)
    expect(escaped(swapped(words))).toBe(swapped(words))
  })

  test('an address stays as it is, in brackets where something follows at once', () => {
    expect(escaped('[x](https://e.x) https://e.x/a_b @x https://e.x')).toBe('\\[x\\](<https://e.x>) https://e.x/a_b \\@x https://e.x')
    expect(textOf(view([{ kind: 'struck', text: 'See https://e.x' }]))).toBe('~~See <https://e.x>~~')
    expect(swapped('@x https://e.x/a_b@c')).toBe('＠x https://e.x/a_b@c')
  })

  test('a message full of marks fits without a character more', () => {
    const text = textOf(view([{ kind: 'text', text: '*_@'.repeat(1333) }]))
    expect(text).toBe('＊＿＠'.repeat(1333))
  })
})

test('buttons: looks, links, and ids of their own', () => {
  const given = view(
    [],
    [
      [
        { label: 'A', token: 'a_b', look: 'main' },
        { label: 'B', token: 'a_b', chosen: true },
      ],
      [
        { label: '', token: 'a_c', look: 'danger' },
        { label: 'Web', url: 'https://x.y' },
      ],
      [],
    ],
  )
  expect(encode(given).body.components.slice(1)).toEqual([
    {
      type: ComponentType.ActionRow,
      components: [
        { type: ComponentType.Button, style: ButtonStyle.Primary, label: 'A', custom_id: 'a_b' },
        { type: ComponentType.Button, style: ButtonStyle.Success, label: 'B', custom_id: 'a_b~2' },
      ],
    },
    {
      type: ComponentType.ActionRow,
      components: [
        { type: ComponentType.Button, style: ButtonStyle.Danger, label: '…', custom_id: 'a_c' },
        { type: ComponentType.Button, style: ButtonStyle.Link, label: 'Web', url: 'https://x.y' },
      ],
    },
  ])
})

test('a file stands below its words, and a whisper is one', () => {
  const { body, files } = encode(view([{ kind: 'file', name: 'my results.csv', mime: 'text/csv', text: 'ä', about: 'The results' }]), true)
  expect(body.components).toMatchObject([
    { content: '-# The results' },
    { type: ComponentType.File, file: { url: 'attachment://my_results.csv' } },
  ])
  expect(files).toEqual([{ name: 'my_results.csv', data: Buffer.from('ä'), contentType: 'text/csv' }])
  expect(body.flags).toBe(MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral)
  expect(body.allowed_mentions).toEqual({ parse: [], replied_user: false })
})

describe('forms', () => {
  test('fields with their labels, hints and what stands in them', () => {
    expect(encodeForm(form, { options: 'Buses', area: ['g'] }).components).toMatchObject([
      {
        label: 'What do you want to ask?',
        description: 'One sentence',
        component: { custom_id: 'question', style: 1, max_length: 300, required: true },
      },
      { label: 'Answers', component: { custom_id: 'options', style: 2, value: 'Buses', required: false } },
      { component: { custom_id: 'area', min_values: 0, max_values: 1, options: [{ value: 'a' }, { value: 'g', default: true }] } },
    ])
  })

  test('a time can be picked below what is typed, of the first field that there is room for', () => {
    const lists = [
      { label: 'Or pick a day', choices: [{ value: '2026-12-05', label: 'Saturday 5 December' }] },
      { label: 'and an hour', choices: [{ value: '18:00', label: '18:00' }] },
    ]
    const when = (name: string) => ({ name, label: 'When?', kind: 'when', required: true, lists }) as const
    const line = { name: 'x', label: 'What?', kind: 'line', required: true } as const
    const ids = (fields: readonly Field[], intro?: string) =>
      encodeForm({ ...form, ...(intro && { intro }), fields }).components.map(one => ('component' in one ? one.component.custom_id : ''))
    expect(ids([line, when('a'), line])).toEqual(['x', 'a', 'a~1', 'a~2', 'x'])
    expect(ids([when('a'), when('b')])).toEqual(['a', 'a~1', 'a~2', 'b'])
    expect(ids([line, line, line, when('a')])).toEqual(['x', 'x', 'x', 'a'])
    expect(ids([line, line, when('a')], 'First this.')).toEqual(['', 'x', 'x', 'a'])
    expect(encodeForm({ ...form, fields: [when('a')] }).components).toMatchObject([
      { component: { custom_id: 'a', required: false } },
      {
        label: 'Or pick a day',
        component: { custom_id: 'a~1', required: false, min_values: 0, max_values: 1, options: [{ value: '2026-12-05' }] },
      },
      { label: 'and an hour', component: { custom_id: 'a~2' } },
    ])
  })

  test('a long label is told in whole below; an introduction stands first; six fields are too many', () => {
    const label = 'What would you like everybody in Ardwick to think about?'
    const field = { name: 'x', label, kind: 'line', required: true } as const
    expect(encodeForm({ ...form, intro: 'For *all*.', fields: [field] }).components).toMatchObject([
      { type: ComponentType.TextDisplay, content: 'For \\*all\\*.' },
      { label: `${label.slice(0, 44).trimEnd()}…`, description: label },
    ])
    expect(() => encodeForm({ ...form, fields: Array(6).fill(field) })).toThrow('more fields')
  })
})
