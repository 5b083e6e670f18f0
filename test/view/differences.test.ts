import { expect, test } from 'vitest'
import type { Capabilities } from '../../src/platform/adapter.ts'
import { asOn, differences } from '../../src/view/differences.ts'
import type { Block, View } from '../../src/view/view.ts'
import { rich } from '../helpers/chat.ts'

const text = (length: number): Block => ({
  kind: 'text',
  text: 'Damp homes. '
    .repeat(length)
    .slice(0, length - 1)
    .concat('!'),
})
const picture: Block = { kind: 'picture', id: 'p', name: 'p.png', mime: 'image/png', about: 'A garden' }
const when: Block = { kind: 'when', name: 'Closes', at: '2026-12-04T18:00:00.000Z', text: 'Friday, 18:00', clock: 'Friday, 18:00' }
const post = (blocks: readonly Block[], more: Partial<View> = {}): View => ({ blocks, buttons: [], brief: 'x', lang: 'en', ...more })
const limits = { ...rich.limits, text: 100, caption: 40, label: 10 }

const table: readonly [string, View, Partial<Capabilities>, boolean, readonly string[]][] = [
  ['all as it was made', post([text(50), picture, when]), { readersTime: true }, true, []],
  ['two messages', post([text(150)]), { limits }, false, ['app-differs-parts']],
  ['one that may not be cut', post([text(150)], { whole: true }), { limits }, false, ['app-differs-too-long']],
  ['less room beside a picture', post([text(60), picture]), { limits }, false, ['app-differs-parts']],
  ['no pictures', post([picture]), { pictures: { out: false, in: false, alt: false } }, false, ['app-differs-no-picture']],
  ['no place for what a picture shows', post([picture]), { pictures: { out: true, in: true, alt: false } }, false, ['app-differs-alt']],
  ['no reader’s time', post([when]), { readersTime: false }, false, ['app-differs-time']],
  ['short labels', post([], { buttons: [[{ label: 'Somewhere else', token: 'a_b' }]] }), { limits }, false, ['app-differs-labels']],
  ['no pins', post([]), { pin: false }, true, ['app-differs-pin']],
  ['no pins, and none wanted', post([]), { pin: false }, false, []],
  ['nothing can be deleted', post([]), { remove: false }, false, ['app-differs-remove']],
]

test.each(table)('%s', (_, view, can, pin, keys) => {
  expect(differences(view, { ...rich, ...can }, { pin }).map(({ key }) => key)).toEqual(keys)
})

test('what is too long beside a picture comes after it, whole', () => {
  const parts = asOn(post([text(60), picture]), { ...rich, limits })
  expect(parts.map(part => part.blocks)).toEqual([[text(60)], [picture]])
})
