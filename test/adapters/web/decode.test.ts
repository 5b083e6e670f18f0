import { describe, expect, test } from 'vitest'
import { Act, type Around, decode, withMessage } from '../../../adapters/web/decode.ts'
import type { Kept } from '../../../adapters/web/journal.ts'
import { sample, say } from './tiny-bot.ts'

const ID = '3f2c8a34-5a0e-4d0f-9a3e-0c3f4b6f2a11'
const received = new Date('2026-11-22T10:00:00Z')
const at = received.toISOString()

const standing: Record<string, Kept> = {
  'web:ardwick/1': { ref: 'web:ardwick/1', chat: 'ardwick', n: 1, at, view: say('What matters most?') },
  'web:ardwick/2': { ref: 'web:ardwick/2', chat: 'ardwick', n: 2, at, by: 'chidi', text: 'The bins again' },
}
const around: Around = { received, locale: 'en-GB', ...sample, file: () => undefined, find: ref => standing[ref] }

const read = (chat: string, act: Act['act']) => decode(Act.parse({ id: ID, person: 'brendan', chat, act }), around)

describe('what an act comes to', () => {
  const cases: { name: string; chat: string; act: Act['act']; event: unknown; said: unknown }[] = [
    {
      name: 'a command in a group is not said aloud',
      chat: 'ardwick',
      act: { kind: 'text', text: '/Poll What now? | A | B' },
      event: { kind: 'command', name: 'poll', args: 'What now? | A | B' },
      said: undefined,
    },
    {
      name: 'a command in private stands in the chat',
      chat: 'private',
      act: { kind: 'text', text: '/mine' },
      event: { kind: 'command', name: 'mine', args: '' },
      said: { text: '/mine' },
    },
    {
      name: 'a command keeps the lines of its words',
      chat: 'ardwick',
      act: { kind: 'text', text: '/poll Two\nlines' },
      event: { kind: 'command', name: 'poll', args: 'Two\nlines' },
      said: undefined,
    },
    {
      name: 'a command in reply to somebody is about what they wrote',
      chat: 'ardwick',
      act: { kind: 'text', text: '/idea', replyTo: 'web:ardwick/2' },
      event: { kind: 'command', name: 'idea', args: '', about: { message: 'web:ardwick/2', text: 'The bins again' } },
      said: undefined,
    },
    {
      name: 'a slash that is no command is words',
      chat: 'private',
      act: { kind: 'text', text: '/ or not' },
      event: { kind: 'text', text: '/ or not' },
      said: { text: '/ or not' },
    },
    {
      name: 'plain words in a group are not for the bot',
      chat: 'ardwick',
      act: { kind: 'text', text: 'Hello all' },
      event: undefined,
      said: { text: 'Hello all' },
    },
    {
      name: 'a reply to the bot is for the bot, and for everybody',
      chat: 'ardwick',
      act: { kind: 'text', text: '2', replyTo: 'web:ardwick/1' },
      event: { kind: 'text', text: '2', replyTo: 'web:ardwick/1' },
      said: { text: '2', under: 'web:ardwick/1' },
    },
    {
      name: 'a reply to somebody else is not for the bot',
      chat: 'ardwick',
      act: { kind: 'text', text: 'So true', replyTo: 'web:ardwick/2' },
      event: undefined,
      said: { text: 'So true', under: 'web:ardwick/2' },
    },
    {
      name: 'words in private are for the bot',
      chat: 'private',
      act: { kind: 'text', text: 'Buses' },
      event: { kind: 'text', text: 'Buses' },
      said: { text: 'Buses' },
    },
    {
      name: 'a press says what it hangs on',
      chat: 'ardwick',
      act: { kind: 'press', token: 'poll_vote_1', message: 'web:ardwick/1' },
      event: { kind: 'press', token: 'poll_vote_1', message: 'web:ardwick/1' },
      said: undefined,
    },
    {
      name: 'a press on a whisper hangs on nothing',
      chat: 'ardwick',
      act: { kind: 'press', token: 'poll_back' },
      event: { kind: 'press', token: 'poll_back' },
      said: undefined,
    },
    {
      name: 'a form',
      chat: 'ardwick',
      act: { kind: 'submit', form: 'poll_new', values: { question: 'Q', areas: ['a', 'b'] }, message: 'web:ardwick/1' },
      event: { kind: 'submit', form: 'poll_new', values: { question: 'Q', areas: ['a', 'b'] } },
      said: undefined,
    },
    {
      name: 'suggestions',
      chat: 'ardwick',
      act: { kind: 'suggest', command: 'poll', typed: 'cl' },
      event: { kind: 'suggest', command: 'poll', typed: 'cl' },
      said: undefined,
    },
    { name: 'home', chat: 'private', act: { kind: 'home' }, event: { kind: 'home' }, said: undefined },
    {
      name: 'the private chat opened',
      chat: 'private',
      act: { kind: 'started', payload: '' },
      event: { kind: 'started', payload: '' },
      said: undefined,
    },
  ]
  test.each(cases)('$name', ({ chat, act, event, said }) => {
    const decoded = read(chat, act)
    expect(decoded?.inbound?.event).toEqual(event)
    expect(decoded?.said).toEqual(said)
    expect(decoded?.chat).toBe(chat === 'private' ? '@brendan' : chat)
  })

  test('who, where and when', () => {
    expect(read('ardwick', { kind: 'press', token: 'a_b' })?.inbound).toMatchObject({
      id: `web:${ID}`,
      received,
      place: { space: 'web:ardwick', title: 'Ardwick residents' },
      person: { ref: 'web:@brendan', name: 'Brendan', locale: 'en-GB' },
    })
    expect(read('private', { kind: 'home' })?.inbound?.place).toBe('private')
  })

  test('what is pressed in the home, or sent back from a form that opened there, says so; in a chat there is no home', () => {
    expect(read('private', { kind: 'press', token: 'a_b', home: true })?.inbound?.isHome).toBe(true)
    expect(read('private', { kind: 'submit', form: 'a_b', values: {}, home: true })?.inbound?.isHome).toBe(true)
    expect(read('private', { kind: 'press', token: 'a_b' })?.inbound?.isHome).toBeUndefined()
    expect(read('ardwick', { kind: 'press', token: 'a_b', home: true })?.inbound?.isHome).toBeUndefined()
  })

  test('the words’ own message is told with them', () => {
    const inbound = read('private', { kind: 'text', text: 'Buses' })?.inbound
    expect(inbound && withMessage(inbound, 'web:@brendan/9').event).toMatchObject({ message: 'web:@brendan/9' })
  })

  test.each([
    ['an unknown person', { id: ID, person: 'mallory', chat: 'ardwick', act: { kind: 'home' } }],
    ['an unknown chat', { id: ID, person: 'brendan', chat: 'moss-side', act: { kind: 'home' } }],
    ['somebody else’s private chat', { id: ID, person: 'brendan', chat: '@amina', act: { kind: 'home' } }],
    [
      'a message in another chat',
      { id: ID, person: 'brendan', chat: 'gorton', act: { kind: 'press', token: 'a_b', message: 'web:ardwick/1' } },
    ],
    [
      'a message in somebody else’s private chat',
      { id: ID, person: 'brendan', chat: 'private', act: { kind: 'press', token: 'a_b', message: 'web:@amina/1' } },
    ],
  ])('%s is not there', (_, body) => {
    expect(decode(Act.parse(body), around)).toBeUndefined()
  })
})

describe('shapes that are not taken', () => {
  test.each([
    ['no id', { person: 'brendan', chat: 'ardwick', act: { kind: 'home' } }],
    ['an id that is none', { id: '1', person: 'brendan', chat: 'ardwick', act: { kind: 'home' } }],
    ['something more', { id: ID, person: 'brendan', chat: 'ardwick', act: { kind: 'home' }, admin: true }],
    ['an unknown kind', { id: ID, person: 'brendan', chat: 'ardwick', act: { kind: 'moved', to: 'web:gorton' } }],
    ['a token of 65', { id: ID, person: 'brendan', chat: 'ardwick', act: { kind: 'press', token: 'a'.repeat(65) } }],
    ['a token with a quote', { id: ID, person: 'brendan', chat: 'ardwick', act: { kind: 'press', token: 'a"b' } }],
    [
      'an address of another platform',
      { id: ID, person: 'brendan', chat: 'ardwick', act: { kind: 'press', token: 'a', message: 'other:1/1' } },
    ],
    ['no words', { id: ID, person: 'brendan', chat: 'ardwick', act: { kind: 'text', text: '' } }],
    ['too many words', { id: ID, person: 'brendan', chat: 'ardwick', act: { kind: 'text', text: 'x'.repeat(10_001) } }],
    ['nothing', undefined],
  ])('%s', (_, body) => {
    expect(Act.safeParse(body).success).toBe(false)
  })
})
