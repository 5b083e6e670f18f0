import { describe, expect, test } from 'vitest'
import { capabilities } from '../../../adapters/web/capabilities.ts'
import { encodeAnswer, encodeMessage, encodeView, refusal } from '../../../adapters/web/encode.ts'
import type { Reply } from '../../../src/platform/adapter.ts'
import type { Button, View } from '../../../src/view/view.ts'
import { say } from './tiny-bot.ts'

const link = (url: string): View => ({ ...say(''), blocks: [{ kind: 'link', label: 'The minutes', url }] })
const button = (label = 'A', token = 'a_b'): Button => ({ label, token })

describe('what the page draws', () => {
  test.each(['https://example.org/a', 'http://127.0.0.1:1/#start=x', 'mailto:a@example.org', 'tel:+44161'])(
    'a link to %s stays a link',
    url => {
      expect(encodeView(link(url))).toEqual(link(url))
    },
  )

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'no address'])('%s is only shown as words', url => {
    expect(encodeView(link(url)).blocks).toEqual([{ kind: 'text', text: `The minutes: ${url}` }])
    expect(encodeView(say('x', [[{ label: 'Go', url }, button()]])).buttons).toEqual([[button()]])
  })

  test('what people wrote is data: it is passed on as it is', () => {
    expect(encodeView(say('<img src=x onerror=alert(1)> @everyone **bold**')).blocks).toEqual([
      { kind: 'text', text: '<img src=x onerror=alert(1)> @everyone **bold**' },
    ])
  })

  test('the key of a message stays here', () => {
    expect(encodeMessage({ ref: 'web:ardwick/1', chat: 'ardwick', n: 1, at: '', key: 'secret', text: 'Hi' })).toEqual({
      ref: 'web:ardwick/1',
      chat: 'ardwick',
      n: 1,
      at: '',
      text: 'Hi',
    })
  })
})

describe('what only the one who acted gets', () => {
  const form = { token: 'a_b', title: 'T', submit: 'S', fields: [], lang: 'en' }
  test.each<[Reply, unknown]>([
    [
      { kind: 'whisper', view: say('x') },
      { kind: 'whisper', view: say('x') },
    ],
    [
      { kind: 'update', view: say('x') },
      { kind: 'update', view: say('x') },
    ],
    [
      { kind: 'home', view: say('x') },
      { kind: 'home', view: say('x') },
    ],
    [
      { kind: 'go private', view: say('x'), label: 'Go', payload: 'p' },
      { kind: 'go private', view: say('x'), label: 'Go', payload: 'p' },
    ],
    [
      { kind: 'ask', form },
      { kind: 'ask', form },
    ],
    [
      { kind: 'wrong', form, fields: { a: 'b' } },
      { kind: 'wrong', form, fields: { a: 'b' } },
    ],
    [
      { kind: 'suggest', choices: [] },
      { kind: 'suggest', choices: [] },
    ],
    [{ kind: 'say', view: say('x') }, undefined],
  ])('%o', (reply, answer) => {
    expect(encodeAnswer(reply)).toEqual(answer)
  })
})

describe('what is refused as too much', () => {
  test.each<[string, View, boolean]>([
    ['10,000 characters', say('x'.repeat(10_000)), true],
    ['10,001 characters', say('x'.repeat(10_001)), false],
    [
      '30 rows',
      say(
        'x',
        Array.from({ length: 30 }, () => [button()]),
      ),
      true,
    ],
    [
      '31 rows',
      say(
        'x',
        Array.from({ length: 31 }, () => [button()]),
      ),
      false,
    ],
    ['6 buttons in a row', say('x', [Array.from({ length: 6 }, () => button())]), false],
    ['a label of 81', say('x', [[button('x'.repeat(81))]]), false],
    ['a token of 65', say('x', [[button('A', 'x'.repeat(65))]]), false],
  ])('%s', (_, view, fits) => {
    expect(refusal(view, capabilities.limits) === undefined).toBe(fits)
  })
})
