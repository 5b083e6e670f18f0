import { expect, test } from 'vitest'
import { sizeOf, withoutPlace } from '../../src/network/picture-bytes.ts'
import { mimeOf } from '../../src/view/pictured.ts'
import { gif, jpeg, png, pngNote } from '../helpers/samples.ts'

test.each([
  ['image/png', png(640, 480), { width: 640, height: 480 }],
  ['image/jpeg', jpeg(4000, 3000), { width: 4000, height: 3000 }],
  ['image/gif', gif(320, 200), { width: 320, height: 200 }],
])('%s is known by its first bytes, and says how large it is', (mime, bytes, size) => {
  expect(mimeOf(bytes)).toBe(mime)
  expect(sizeOf(bytes, mime)).toEqual(size)
})

test.each([
  ['a program', Buffer.from('MZ\u0090\0')],
  ['a page', Buffer.from('<html><img src=x onerror=alert(1)>')],
  ['a drawing in XML, which may hold a program', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['WebP, which not every chat app shows', Buffer.from('RIFF\u0010\0\0\0WEBPVP8 ')],
  ['nothing', Buffer.alloc(0)],
])('is no picture for posts: %s', (_, bytes) => {
  expect(mimeOf(bytes)).toBeUndefined()
})

test('a picture that is cut off in its head has no size', () => {
  expect(sizeOf(png(6, 6).subarray(0, 18), 'image/png')).toBeUndefined()
  expect(sizeOf(gif(6, 6).subarray(0, 7), 'image/gif')).toBeUndefined()
  for (let length = 2; length < 150; length++) expect(() => sizeOf(jpeg(6, 6).subarray(0, length), 'image/jpeg')).not.toThrow()
})

test('the place where a JPEG was taken goes; which way is up and the picture itself stay', () => {
  const before = jpeg(400, 300)
  const after = withoutPlace(before, 'image/jpeg')
  expect([before.includes('53.4772'), after.includes('53.4772'), after.includes('xmpmeta')]).toEqual([true, false, false])
  const up = Buffer.from([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0])
  expect([after.includes(up), after.includes('the picture itself')]).toEqual([true, true])
  expect(sizeOf(after, 'image/jpeg')).toEqual({ width: 400, height: 300 })
})

test('notes that cannot be read go as a whole', () => {
  const broken = jpeg(400, 300)
  // The list of the place is said to lie far behind the end.
  broken.writeUInt32LE(0x7fffffff, broken.indexOf(Buffer.from([0x25, 0x88])) + 8)
  const after = withoutPlace(broken, 'image/jpeg')
  expect([after.includes('Exif'), after.includes('53.4772')]).toEqual([false, false])
  expect(sizeOf(after, 'image/jpeg')).toEqual({ width: 400, height: 300 })
})

test('the notes of a PNG go', () => {
  const notes = [pngNote('tEXt', 'Comment\u000053.4772'), pngNote('eXIf', 'II*\u000053.4772'), pngNote('iTXt', 'XML\u000053.4772')]
  expect(withoutPlace(png(6, 6, 128, notes), 'image/png').equals(png(6, 6))).toBe(true)
})

test('a picture without notes stays byte for byte', () => {
  expect(withoutPlace(png(6, 6), 'image/png').equals(png(6, 6))).toBe(true)
  expect(withoutPlace(gif(6, 6), 'image/gif').equals(gif(6, 6))).toBe(true)
})
