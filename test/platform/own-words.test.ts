import { expect, test } from 'vitest'
import type { Capabilities, Event, Inbound, PersonRef } from '../../src/platform/adapter.ts'
import { say, sorry } from '../../src/platform/own-words.ts'

const bench = { words: (locale: string | undefined, key: string) => `${key} in ${locale}` }
const did = (event: Event): Inbound => ({
  ...{ id: 'chat:1', received: new Date(0), place: 'private', event },
  person: { ref: 'chat:@amina' as PersonRef, name: 'Amina', locale: 'de' },
})
const whispers = (to: 'presses' | 'everything'): Pick<Capabilities, 'whisper'> => ({ whisper: { to, text: 200, buttons: false } })

test('a text of the adapter is said in the language of the person, or in English', () => {
  expect(say(bench, 'de', 'chat-sorry')).toMatchObject({ lang: 'de', brief: 'chat-sorry in de', buttons: [] })
  expect(say(bench, undefined, 'chat-sorry').lang).toBe('en')
  const button = { label: 'Open', token: 'open' }
  expect(say(bench, 'de', 'chat-sorry', [[button]]).buttons).toEqual([[button]])
})

test.each<[Event, 'presses' | 'everything', string | undefined]>([
  [{ kind: 'press', token: 'x' }, 'presses', 'whisper'],
  [{ kind: 'press', token: 'x' }, 'everything', 'whisper'],
  [{ kind: 'command', name: 'x', args: '' }, 'presses', 'say'],
  [{ kind: 'command', name: 'x', args: '' }, 'everything', 'whisper'],
  [{ kind: 'text', text: 'x' }, 'presses', 'say'],
  [{ kind: 'started', payload: '' }, 'everything', 'whisper'],
  [{ kind: 'submit', form: 'x', values: {} }, 'everything', 'whisper'],
  [{ kind: 'suggest', command: 'x', typed: '' }, 'everything', undefined],
  [{ kind: 'left' }, 'everything', undefined],
  [{ kind: 'home' }, 'everything', undefined],
  [{ kind: 'opened' }, 'presses', undefined],
])('after %j, where whispers go to %s', (event, to, kind) => {
  const replies = sorry(bench, 'chat-sorry', whispers(to), did(event))
  expect(replies).toEqual(kind === undefined ? [] : [{ kind, view: say(bench, 'de', 'chat-sorry') }])
})
