import { crc32, deflateSync } from 'node:zlib'
import type { FileIn } from '../../src/platform/adapter.ts'

/** Small pictures that really are what they say. */

export interface Sample {
  readonly name: string
  readonly mime: string
  readonly content: Buffer
}

export const chunk = (type: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A grey PNG. `notes`: chunks before the picture itself. */
export function png(width: number, height: number, shade = 128, notes: readonly Buffer[] = []): Buffer {
  const rows = Buffer.alloc((width + 1) * height, shade)
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0
  return Buffer.concat([pngHead(width, height), ...notes, chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

/** Where a PNG says how large it is. */
export function pngHead(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head)])
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
