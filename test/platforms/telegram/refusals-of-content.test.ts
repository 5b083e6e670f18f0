import type { InlineKeyboardButton } from '@grammyjs/types'
import { InputFile } from 'grammy'
import { afterAll, describe, expect, test } from 'vitest'
import { type Case, outcome, type Stage, stage, tryAll } from './harness.ts'

const doesNotFit = "400 Bad Request: sendMessage does not fit Telegram's description: "

const send =
  (text: string, more: object = {}) =>
  (on: Stage) =>
    on.api.sendMessage(on.group.id, text, more)
const button = (buttons: InlineKeyboardButton[]) => send('Hello', { reply_markup: { inline_keyboard: [buttons] } })
const moment = (date_time_format: string, unix_time: number) =>
  send('Friday', { entities: [{ type: 'date_time', date_time_format, unix_time, offset: 0, length: 6 }] })
const raw = (fields: object) => (on: Stage) => on.api.raw.sendMessage(fields as never)
const bytes = (count: number) => button([{ text: 'Press', callback_data: 'é'.repeat(Math.floor(count / 2)) + 'x'.repeat(count % 2) }])

const texts: readonly Case[] = [
  { name: '4096 signs', call: send('x'.repeat(4096)), says: 'done' },
  { name: '4097 signs', call: send('x'.repeat(4097)), says: '400 Bad Request: message is too long' },
  { name: '2049 emoji, two units each', call: send('🏠'.repeat(2049)), says: '400 Bad Request: message is too long' },
  { name: 'tags do not count', call: send(`<b>${'x'.repeat(4096)}</b>`, { parse_mode: 'HTML' }), says: 'done' },
  { name: 'no text', call: send(''), says: '400 Bad Request: message text is empty' },
  { name: 'blanks and control signs only', call: send(' \n\u0000\u0007 '), says: '400 Bad Request: message text is empty' },
  { name: 'half a surrogate pair', call: send('broken \ud83d'), says: '400 Bad Request: strings must be encoded in UTF-8' },
  {
    name: 'half a pair deep in a keyboard',
    call: button([{ text: '\udc00', callback_data: 'x' }]),
    says: '400 Bad Request: strings must be encoded in UTF-8',
  },
  {
    name: 'a mark that ends after the text',
    call: send('Hello', { entities: [{ type: 'bold', offset: 3, length: 3 }] }),
    says: '400 Bad Request: entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 6',
  },
  {
    name: 'a mark through the middle of an emoji',
    call: send('🏠 home', { entities: [{ type: 'bold', offset: 1, length: 3 }] }),
    says: '400 Bad Request: entity beginning at UTF-16 offset 1 cuts a character in two',
  },
  { name: 'a moment', call: moment('wDt', 1_796_493_600), says: 'done' },
  { name: 'how far off a moment is', call: moment('r', 1_796_493_600), says: 'done' },
  {
    name: 'a moment in a form that there is not',
    call: moment('tw', 1_796_493_600),
    says: "400 Bad Request: can't parse entities: date_time has the invalid format tw",
  },
  {
    name: 'a moment in milliseconds',
    call: moment('t', 1_796_493_600_000),
    says: "400 Bad Request: can't parse entities: date_time has the invalid unix_time 1796493600000",
  },
  {
    name: 'an HTML tag that does not end',
    call: send('<b>damp', { parse_mode: 'HTML' }),
    says: '400 Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
  },
  {
    name: 'an unknown HTML tag',
    call: send('<buses>', { parse_mode: 'HTML' }),
    says: '400 Bad Request: can\'t parse entities: Unsupported start tag "buses" at byte offset 0',
  },
  {
    name: 'a dot without a backslash in MarkdownV2',
    call: send('Friday.', { parse_mode: 'MarkdownV2' }),
    says: "400 Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
  },
  {
    name: 'bold without an end in MarkdownV2',
    call: send('*damp', { parse_mode: 'MarkdownV2' }),
    says: "400 Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 0",
  },
]

const keyboards: readonly Case[] = [
  { name: '64 bytes of data', call: bytes(64), says: 'done' },
  { name: '65 bytes in 33 signs', call: bytes(65), says: '400 Bad Request: BUTTON_DATA_INVALID' },
  { name: 'no data', call: bytes(0), says: '400 Bad Request: BUTTON_DATA_INVALID' },
  {
    name: 'a button without a label',
    call: button([{ text: ' ', callback_data: 'x' }]),
    says: '400 Bad Request: inline keyboard button text must be non-empty',
  },
  {
    name: 'a button that does nothing',
    call: button([{ text: 'x' } as InlineKeyboardButton]),
    says: '400 Bad Request: text buttons are unallowed in the inline keyboard',
  },
  {
    name: 'a link to this machine',
    call: button([{ text: 'x', url: 'http://localhost/' }]),
    says: '400 Bad Request: BUTTON_URL_INVALID',
  },
  { name: 'no link at all', call: button([{ text: 'x', url: 'javascript:alert(1)' }]), says: '400 Bad Request: BUTTON_URL_INVALID' },
  {
    name: 'nine in a row',
    call: button(Array.from({ length: 9 }, () => ({ text: 'x', callback_data: 'x' }))),
    says: '400 Bad Request: reply markup is too long',
  },
  {
    name: '101 in all',
    call: send('Hello', { reply_markup: { inline_keyboard: Array.from({ length: 101 }, () => [{ text: 'x', callback_data: 'x' }]) } }),
    says: '400 Bad Request: reply markup is too long',
  },
]

const shapes: readonly Case[] = [
  {
    name: 'a field that Telegram does not know',
    call: send('x', { colour: 1 }),
    says: `${doesNotFit}the request must NOT have additional properties "colour"`,
  },
  { name: 'a number for a text', call: raw({ chat_id: 1, text: 5 }), says: `${doesNotFit}/text must be string` },
  { name: 'a missing field', call: raw({ chat_id: 1 }), says: `${doesNotFit}the request must have required property 'text'` },
  { name: 'a broken number', call: send('x', { message_thread_id: 1.5 }), says: `${doesNotFit}/message_thread_id must be integer` },
  {
    name: 'a field that this server does not do',
    call: send('x', { message_effect_id: '1' }),
    says: '400 Bad Request: this loop-back server does not do "message_effect_id" of sendMessage; teach it before using it',
  },
  {
    name: 'an unknown method',
    call: on => (on.api.raw as never as { sing: () => Promise<void> }).sing(),
    says: '404 Not Found: method not found',
  },
]

describe('texts', () => tryAll(texts))
describe('keyboards', () => tryAll(keyboards))
describe('the shape of a request', () => tryAll(shapes))

describe('without strictness', () => {
  let on: Stage
  afterAll(() => on.tg.stop())

  test('limits and shapes are not looked at', async () => {
    on = await stage({ strict: false })
    expect(await outcome(send('x'.repeat(5000), { colour: 1 })(on))).toBe('done')
    expect(await outcome(on.api.sendDocument(on.group.id, new InputFile(Buffer.from('x'), 'a.txt'), { caption: '17' }))).toBe('done')
    expect(on.group.messages.at(-1)?.text).toBe('17')
  })
})
