import { expect, test } from 'vitest'
import { partsOf } from '../../src/platform/refs.ts'

const pattern = /^chat:(?<team>\w+)(?:\/(?<message>\d+))?$/

test('an address is taken apart', () => {
  expect({ ...partsOf('chat:leeds/17', pattern, 'a chat') }).toEqual({ team: 'leeds', message: '17' })
  expect(partsOf('chat:leeds', pattern, 'a chat')['message']).toBeUndefined()
})

test('one that is not of that kind is complained of, with it', () => {
  const odd = () => partsOf('other:leeds', pattern, 'a chat')
  expect(odd).toThrow(expect.objectContaining({ message: 'Not the address of a chat.', cause: { ref: 'other:leeds' } }))
})
