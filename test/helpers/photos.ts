import sharp from 'sharp'
import { png } from './samples.ts'

/** Pictures as cameras and programs really write them, and as nobody but an attacker does. */

/** Stands in every note of every picture here. */
export const PLACE = '53.4772'

const plain = (width: number, height: number, background: string | { r: number; g: number; b: number; alpha: number } = '#336699') =>
  sharp({ create: { width, height, channels: typeof background === 'string' ? 3 : 4, background } })

/** All of one colour. */
export const photo = (width: number, height: number): Promise<Buffer> => plain(width, height).jpeg().toBuffer()
export const still = (kind: 'gif' | 'webp' | 'avif' | 'tiff', width = 40, height = 30): Promise<Buffer> =>
  plain(width, height).toFormat(kind).toBuffer()
/** With holes in it, and so that no program writes it small. */
export const glass = (width: number, height: number): Promise<Buffer> =>
  plain(width, height, { r: 200, g: 0, b: 0, alpha: 0 }).png().toBuffer()

/** Every pixel another: nothing makes it small. Each run of the tests has the same. */
export async function noise(width: number, height: number): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3)
  let state = 1
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    data[i] = state >>> 24
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer()
}

/** Left half red, right half blue; a moment later the other way round. */
export async function moving(kind: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all(['#ff0000', '#0000ff', '#00ff00'].map(colour => plain(40, 30, colour).png().toBuffer()))
  return sharp(frames, { join: { animated: true } })
    .toFormat(kind)
    .toBuffer()
}

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255])

export const segment = (marker: number, body: Buffer | string): Buffer => {
  const bytes = Buffer.from(body)
  return Buffer.concat([Buffer.from([0xff, marker]), u16(bytes.length + 2), bytes])
}

/** A JPEG with these segments in front. */
export const fronted = (jpeg: Buffer, ...segments: readonly Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

/** The camera's notes, with which way is up (6: the top is at the right) and a place. */
export function exif(up = 6): Buffer {
  const place = Buffer.from(`${PLACE}\0`, 'latin1')
  const entry = (tag: number, type: number, count: number, value: number): Buffer => {
    const made = Buffer.alloc(12)
    made.writeUInt16LE(tag, 0)
    made.writeUInt16LE(type, 2)
    made.writeUInt32LE(count, 4)
    made.writeUInt32LE(value, 8)
    return made
  }
  const list = (...entries: Buffer[]): Buffer => Buffer.concat([Buffer.from([entries.length, 0]), ...entries, Buffer.alloc(4)])
  const first = list(entry(0x0112, 3, 1, up), entry(0x8825, 4, 1, 8 + 2 + 24 + 4))
  const gps = list(entry(0x0002, 2, place.length, 8 + first.length + 2 + 12 + 4))
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0', 'latin1'), first, gps, place]))
}

const xmp = segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">${PLACE}</x:xmpmeta>`)
const iptc = segment(0xed, `Photoshop 3.0\u00008BIM${PLACE}`)

/** All kinds of notes that a JPEG can have. */
export const noted = async (width: number, height: number): Promise<Buffer> =>
  fronted(await photo(width, height), exif(), xmp, iptc, segment(0xec, `Ducky${PLACE}`), segment(0xfe, `Taken at ${PLACE}`))

/** As phones write portraits and HDR: a second picture behind the first, with the camera's notes again. */
export async function doubled(width: number, height: number): Promise<Buffer> {
  const second = fronted(await photo(width / 2, height / 2), exif(1), xmp)
  return Buffer.concat([fronted(await photo(width, height), segment(0xe2, 'MPF\0II*\0\b\0\0\0')), second])
}

/** A WebP that says it moves, in so many frames of 8 by 8. */
export async function restless(frames: number): Promise<Buffer> {
  const u24 = (value: number): Buffer => Buffer.from([value & 255, (value >> 8) & 255, value >> 16])
  const riff = (id: string, ...parts: readonly Buffer[]): Buffer => {
    const body = Buffer.concat(parts)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(body.length)
    return Buffer.concat([Buffer.from(id, 'latin1'), length, body, Buffer.alloc(body.length & 1)])
  }
  const bits = (await plain(8, 8).webp({ lossless: true }).toBuffer()).subarray(12)
  const frame = riff('ANMF', u24(0), u24(0), u24(7), u24(7), u24(10), Buffer.from([0]), bits)
  const head = riff('VP8X', Buffer.from([2, 0, 0, 0]), u24(7), u24(7))
  return riff('RIFF', Buffer.from('WEBP', 'latin1'), head, riff('ANIM', Buffer.alloc(6)), ...Array.from({ length: frames }, () => frame))
}

/** A PNG with these chunks, so many times, before the picture itself. */
export const crowded = (note: Buffer, times: number): Buffer => png(8, 6, 128, [Buffer.concat(Array.from({ length: times }, () => note))])

/** What a picture is, as somebody else's eyes see it; `corner`: red, green, blue (and how opaque) at the upper left. */
export async function looks(bytes: Uint8Array): Promise<{ format: string; width: number; height: number; corner: readonly number[] }> {
  const { format, width, height } = await sharp(bytes).metadata()
  const corner = await sharp(bytes).toColourspace('srgb').extract({ left: 0, top: 0, width: 1, height: 1 }).raw().toBuffer()
  return { format, width, height, corner: [...corner] }
}
