import { expect, test } from 'vitest'
import type { Inbound, PersonRef, Reply, SpaceRef } from '../../src/platform/adapter.ts'
import { type Fate, lostIn } from '../../src/platform/lost.ts'
import { sentence } from '../../src/view/make.ts'

const view = sentence('en', 'Counted: Parks.')
const way = sentence('en', 'It did not get through.')
const press: Inbound = {
  ...{
    id: 'chat:1',
    received: new Date(0),
    place: { space: 'chat:1' as SpaceRef },
    person: { ref: 'chat:@amina' as PersonRef, name: 'Amina' },
  },
  event: { kind: 'press', token: 'polls_v_1_1' },
}
const isHanded = (reply: Reply, fate: Fate, inbound = press): boolean => lostIn(inbound, { reply, fate }, 0) !== undefined

test('what did not arrive is handed over, each under its own number', () => {
  expect(lostIn(press, { reply: { kind: 'whisper', view }, fate: 'lost' }, 2)).toMatchObject({
    id: 'chat:1/lost2',
    event: { kind: 'missed', view, isPress: false, isLost: true },
  })
})

test('what must not be kept is handed over in other words', () => {
  expect(lostIn(press, { reply: { kind: 'whisper', view, ifLost: way }, fate: 'lost' }, 0)?.event).toMatchObject({
    view: way,
    isWhole: true,
  })
})

test('of what perhaps arrived, words are handed over and receipts are not; of what did arrive nothing', () => {
  expect(isHanded({ kind: 'whisper', view }, 'unsure')).toBe(true)
  expect(isHanded({ kind: 'whisper', view, isReceipt: true }, 'lost')).toBe(true)
  expect(isHanded({ kind: 'whisper', view, isReceipt: true }, 'unsure')).toBe(false)
  expect(isHanded({ kind: 'whisper', view }, 'shown')).toBe(false)
  expect(isHanded({ kind: 'whisper', view }, 'answered')).toBe(false)
})

test('only what was for one person alone, in a group', () => {
  const onPost: Inbound = { ...press, event: { kind: 'press', token: 'polls_v_1_1', message: 'chat:m' } }
  expect(isHanded({ kind: 'update', view }, 'lost')).toBe(true)
  expect(isHanded({ kind: 'update', view }, 'lost', onPost)).toBe(false)
  expect(isHanded({ kind: 'say', view }, 'lost')).toBe(false)
  expect(isHanded({ kind: 'whisper', view }, 'lost', { ...press, place: 'private' })).toBe(false)
  expect(isHanded({ kind: 'whisper', view }, 'lost', { ...press, isHome: true })).toBe(false)
})
