import { expect, test } from 'vitest'
import { encode } from '../../../adapters/slack/encode.ts'
import { encodeForm } from '../../../adapters/slack/forms.ts'
import type { Block, View } from '../../../src/view/view.ts'
import { form } from './harness.ts'

const show = (blocks: readonly Block[], more: Partial<View> = {}) => encode({ blocks, buttons: [], brief: 'In short', lang: 'en', ...more })

test.each([
  [
    { kind: 'title', text: '*Buses*' },
    { type: 'header', text: { type: 'plain_text', text: '*Buses*', emoji: false } },
  ],
  [
    { kind: 'text', text: '<!channel>' },
    { type: 'section', text: { type: 'plain_text', text: '<!channel>', emoji: false } },
  ],
  [
    { kind: 'quiet', text: ':wave:' },
    { type: 'context', elements: [{ type: 'plain_text', text: ':wave:', emoji: false }] },
  ],
  [
    { kind: 'quote', text: 'a & b' },
    { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: 'a & b' }] }] },
  ],
  [
    { kind: 'link', label: 'a < b | c', url: 'https://x.example/?a=1&b=2' },
    { type: 'section', text: { type: 'mrkdwn', text: '<https://x.example/?a=1&amp;b=2|a &lt; b ¦ c>', verbatim: true } },
  ],
  [
    { kind: 'link', label: 'x', url: 'javascript:x' },
    { type: 'section', text: { type: 'plain_text', text: 'x: javascript:x' } },
  ],
] as const)('%j is %j', (block, native) => {
  expect(show([block])?.blocks).toMatchObject([native])
})

test('a time is drawn on the reader’s own clock, inside the words around it', () => {
  const when = { kind: 'when', name: 'When', at: '2026-12-04T18:00:00.000Z', clock: 'Friday, 18:00' } as const
  const date = { type: 'date', timestamp: 1796407200, format: '{date_long_pretty}, {time}', fallback: 'Friday, 18:00 (UTC+0)' }
  const section = (elements: readonly object[]) => [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]
  expect(show([{ ...when, text: 'Friday, 18:00 (UTC+0), *2* hours' }])?.blocks).toMatchObject(
    section([{ type: 'text', text: 'When: ' }, date, { type: 'text', text: ', *2* hours' }]),
  )
  expect(show([{ ...when, text: 'soon', clock: '' }])?.blocks).toMatchObject(section([{ type: 'text', text: 'When: soon' }]))
})

test('what stands beside the blocks pings nobody', () => {
  expect(show([], { brief: '<!channel> & <@U1>' })?.text).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;')
})

test('a long text is cut into sections between whole characters; too long a one is not sent', () => {
  const text = `${'x'.repeat(2999)}😀${'y'.repeat(3000)}`
  const texts = show([{ kind: 'text', text }])?.blocks.map(block => (block.type === 'section' ? block.text?.text : ''))
  expect(texts?.join('')).toBe(text)
  expect(texts?.every(part => (part?.length ?? 0) <= 3000 && part?.isWellFormed())).toBe(true)
  expect(show([{ kind: 'text', text: 'x'.repeat(9001) }])).toBeUndefined()
})

test('more parts than a message has blocks become fewer, and none is lost', () => {
  const blocks = Array.from({ length: 70 }, (_, i) => ({ kind: 'text' as const, text: `line ${i}` }))
  const shown = show(blocks, { buttons: [[{ label: 'Go', token: 'a_b' }]] })
  expect(shown?.blocks.length).toBeLessThanOrEqual(50)
  expect(JSON.stringify(shown?.blocks)).toContain('line 69')
})

test('buttons: the token is the value, every action has an id of its own, a link has no value', () => {
  const buttons = [
    [
      { label: 'Buses', token: 'polls_v_1', chosen: true },
      { label: 'End', token: 'polls_end', look: 'danger' as const },
    ],
    [{ label: 'Page', url: 'https://x.example' }],
  ]
  expect(show([], { buttons })?.blocks.slice(1)).toMatchObject([
    {
      elements: [
        { action_id: 'r0:0', value: 'polls_v_1', style: 'primary' },
        { action_id: 'r0:1', value: 'polls_end', style: 'danger' },
      ],
    },
    { elements: [{ action_id: 'r1:0', url: 'https://x.example' }] },
  ])
})

test('a form: titles are shortened and then said in full, up to ten choices stand open, more are a menu', () => {
  const choices = Array.from({ length: 11 }, (_, i) => ({ value: `v${i}`, label: `Area ${i}` }))
  const dialog = encodeForm(
    {
      ...form,
      title: 'What matters most in your street?',
      fields: [
        { name: 'one', label: 'One', kind: 'choice', required: true, choices: choices.slice(0, 10), value: 'v2' },
        { name: 'any', label: 'Any', kind: 'choices', required: false, choices },
      ],
    },
    { channel: 'C1' },
    ['Too short.'],
  )
  expect(dialog.title.text).toHaveLength(24)
  expect(dialog.private_metadata).toBe('{"channel":"C1"}')
  expect(dialog.blocks).toMatchObject([
    { text: { text: 'What matters most in your street?' } },
    { text: { text: 'Too short.' } },
    { block_id: 'one', optional: false, element: { type: 'radio_buttons', initial_option: { value: 'v2' } } },
    { block_id: 'any', optional: true, element: { type: 'multi_static_select' } },
  ])
})

test('a time is a picker that stands on a moment, with a hint of its own; without a moment it stands empty', () => {
  const when = { name: 'closes', label: 'Closes', kind: 'when', required: false, hint: 'Friday 6pm', max: 60, value: 'friday' } as const
  const block = (more: object) => encodeForm({ ...form, fields: [{ ...when, ...more }] }, {}).blocks[0]
  expect(block({ at: '2026-11-27T18:00:30.999Z', pick: 'Leave it empty for never' })).toMatchObject({
    ...{ optional: true, hint: { text: 'Leave it empty for never' } },
    element: { type: 'datetimepicker', action_id: 'value', initial_date_time: 1_795_802_430 },
  })
  expect(block({})).toMatchObject({ hint: { text: 'Friday 6pm' }, element: { type: 'datetimepicker', action_id: 'value' } })
  expect(block({})).not.toHaveProperty('element.initial_date_time')
})
