import { crc32, deflateSync } from 'node:zlib'
import type { FileIn } from '../../src/adapter.ts'

/** Small pictures that really are what they say. */

export interface Sample {
  readonly name: string
  readonly mime: string
  readonly content: Buffer
}

const chunk = (type: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A grey PNG. `notes`: chunks before the picture itself. */
export function png(width: number, height: number, shade = 128, notes: readonly Buffer[] = []): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((width + 1) * height, shade)
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0
  const parts = [chunk('IHDR', head), ...notes, chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}

export const pngNote = (type: 'eXIf' | 'tEXt' | 'iTXt', body: string): Buffer => chunk(type, Buffer.from(body, 'latin1'))

export const GARDEN: Sample = { name: 'garden.png', mime: 'image/png', content: png(8, 6) }
export const LIBRARY: Sample = { name: 'library.png', mime: 'image/png', content: png(6, 8, 40) }
/** Larger than what is fetched from any platform. */
export const HUGE: Sample = { name: 'huge.png', mime: 'image/png', content: Buffer.concat([png(8, 6), Buffer.alloc(9 * 1024 * 1024)]) }

/** The same as somebody sends it. `reads`: what becomes of each time that it is fetched. */
export function sent({ name, mime, content }: Sample, reads: string[] = []): FileIn {
  const read = async (): Promise<Uint8Array> => {
    reads.push(name)
    return content
  }
  return { name, mime, bytes: content.length, read }
}

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255])

/** The camera's notes of a JPEG, with which way is up and a place ("53.4772 N"). */
function exif(): Buffer {
  const place = Buffer.from('53.4772\0', 'latin1')
  const entry = (tag: number, type: number, count: number, value: number): Buffer => {
    const made = Buffer.alloc(12)
    made.writeUInt16LE(tag, 0)
    made.writeUInt16LE(type, 2)
    made.writeUInt32LE(count, 4)
    made.writeUInt32LE(value, 8)
    return made
  }
  const list = (...entries: Buffer[]): Buffer => Buffer.concat([Buffer.from([entries.length, 0]), ...entries, Buffer.alloc(4)])
  const first = list(entry(0x0112, 3, 1, 6), entry(0x8825, 4, 1, 8 + 2 + 24 + 4))
  const gps = list(entry(0x0002, 2, place.length, 8 + first.length + 2 + 12 + 4))
  return Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0', 'latin1'), first, gps, place])
}

/** As much of a JPEG as nobody decodes: its head, notes with a place in two kinds, and what stands for the picture. */
export function jpeg(width: number, height: number): Buffer {
  const segment = (marker: number, body: Buffer): Buffer => Buffer.concat([Buffer.from([0xff, marker]), u16(body.length + 2), body])
  const xmp = Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>53.4772</x:xmpmeta>', 'latin1')
  const frame = Buffer.concat([Buffer.from([8]), u16(height), u16(width), Buffer.from([1, 1, 0x11, 0])])
  const parts = [segment(0xe1, exif()), segment(0xe1, xmp), segment(0xc0, frame), segment(0xda, Buffer.alloc(6))]
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from('the picture itself'), Buffer.from([0xff, 0xd9])])
}

export const gif = (width: number, height: number): Buffer =>
  Buffer.concat([Buffer.from('GIF89a', 'latin1'), Buffer.from([width & 255, width >> 8, height & 255, height >> 8]), Buffer.alloc(20)])
