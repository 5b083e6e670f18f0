import { FILE_BYTES, FILE_MB } from '../platform/download.ts'
import type { TextKey } from '../texts/keys.ts'
import { mimeOf } from '../view/pictured.ts'

/** What is looked at before a picture goes to the library that reads pictures. Pure, and short work whatever the file. */

/** Why a picture is not taken: a text for the person. */
export interface PictureRefusal {
  readonly key: TextKey
  readonly args?: Readonly<Record<string, string | number>>
}

/** `bytes`, `megabytes`: of a file; `ratio`: of the longer side to the shorter; `frames`: of a picture that moves, which is kept as its first. */
export const TAKEN = { bytes: FILE_BYTES, megabytes: FILE_MB, ratio: 20, frames: 1_000 } as const

/** Pixels, by how they are decoded: line by line, which needs little memory; as a whole; and as a whole with a lot beside it. */
export const MOST_PIXELS = { lines: 52_000_000, whole: 20_000_000, heavy: 8_000_000 } as const

/** What the library calls them. */
const FORMATS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'heif',
}

export interface Guarded {
  readonly mime: string
  /** What the library gets. */
  readonly bytes: Buffer
}

/** The picture as the library may have it, or why it may not. */
export function guard(file: Uint8Array): Guarded | PictureRefusal {
  if (file.byteLength > TAKEN.bytes) return tooLarge(file.byteLength)
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (/^ftyp(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(bytes.toString('latin1', 4, 12))) return { key: 'pictures-wrong-heic' }
  const mime = mimeOf(bytes)
  if (!mime) return { key: 'pictures-wrong-kind' }
  // The library looks for each frame of a WebP from the first one on.
  if (mime === 'image/webp' && holds(bytes, 'ANMF', TAKEN.frames)) return tooManyFrames
  if (mime !== 'image/png') return { mime, bytes }
  const bare = withoutNotes(bytes)
  return bare ? { mime, bytes: bare } : { key: 'pictures-wrong-broken' }
}

export const tooLarge = (bytes: number): PictureRefusal => ({
  key: 'pictures-wrong-large',
  args: { max: TAKEN.megabytes, size: Math.ceil(bytes / 1024 ** 2) },
})

const tooManyFrames: PictureRefusal = { key: 'pictures-wrong-frames', args: { max: TAKEN.frames } }

/** Whether these letters stand there more often than that. */
function holds(bytes: Buffer, letters: string, most: number): boolean {
  let found = -1
  for (let i = 0; i <= most; i++) {
    found = bytes.indexOf(letters, found + 1, 'latin1')
    if (found < 0) return false
  }
  return true
}

/** The chunks of a PNG that say how it looks. */
const LOOKS = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'eXIf'])
const MOST_CHUNKS = 20_000

/** Its notes may be packed, a thousand to one, and the library unpacks each: they do not reach it. Undefined: more chunks than any program writes. */
function withoutNotes(png: Buffer): Buffer | undefined {
  const parts = [png.subarray(0, 8)]
  let at = 8
  for (let count = 0; count < MOST_CHUNKS; count++) {
    if (at + 12 > png.length) return Buffer.concat(parts)
    const end = at + 12 + png.readUInt32BE(at)
    if (LOOKS.has(png.toString('latin1', at + 4, at + 8))) parts.push(png.subarray(at, end))
    at = end
  }
  return undefined
}

/** What the library says of a picture before it decodes it. */
export interface Head {
  readonly format: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Frames, of one that moves. */
  readonly pages?: number | undefined
  readonly isProgressive: boolean
}

/** Why a picture with this head is not decoded, if it is not. */
export function wrongHead({ format, width, height, pages = 1, isProgressive }: Head, mime: string): PictureRefusal | undefined {
  if (format !== FORMATS[mime]) return { key: 'pictures-wrong-kind' }
  if (pages > TAKEN.frames) return tooManyFrames
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  if (short < 1) return { key: 'pictures-wrong-broken' }
  if (long / short > TAKEN.ratio) return { key: 'pictures-wrong-shape', args: { width, height, most: TAKEN.ratio } }
  const most = mostPixels(mime, isProgressive)
  return width * height > most ? { key: 'pictures-wrong-pixels', args: { width, height, most: most / 1_000_000 } } : undefined
}

function mostPixels(mime: string, isProgressive: boolean): number {
  if (mime === 'image/avif') return MOST_PIXELS.heavy
  return !isProgressive && (mime === 'image/jpeg' || mime === 'image/png') ? MOST_PIXELS.lines : MOST_PIXELS.whole
}
