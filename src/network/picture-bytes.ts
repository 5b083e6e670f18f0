/** What the bytes of a JPEG, PNG or GIF say, read by hand: no decoding, no library. Pure. */

export interface Size {
  readonly width: number
  readonly height: number
}

/** In pixels; undefined where the bytes do not say. */
export function sizeOf(bytes: Buffer, mime: string): Size | undefined {
  try {
    if (mime === 'image/png') return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    if (mime === 'image/gif') return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
    const frame = segments(bytes).find(({ marker }) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
    return frame && { width: bytes.readUInt16BE(frame.from + 7), height: bytes.readUInt16BE(frame.from + 5) }
  } catch {
    // Cut off in the middle of its head.
    return undefined
  }
}

/**
 * The same picture without the place where it was taken. Of a JPEG, the place goes out of the camera's notes (which way is up stays), and other notes go as
 * a whole; of a PNG all notes go. A GIF has none.
 */
export function withoutPlace(bytes: Buffer, mime: string): Buffer {
  if (mime === 'image/jpeg') return cutJpeg(bytes)
  return mime === 'image/png' ? cutPng(bytes) : bytes
}

interface Segment {
  readonly marker: number
  /** From its mark to its end. */
  readonly from: number
  readonly to: number
}

/** What stands before the picture itself. */
function segments(bytes: Buffer): Segment[] {
  const all: Segment[] = []
  for (let from = 2; from + 4 <= bytes.length && bytes[from] === 0xff; ) {
    const marker = bytes[from + 1] ?? 0
    if (marker === 0xff) {
      from += 1
      continue
    }
    if (marker === 0xda || marker === 0xd9) break
    const to = from + 2 + bytes.readUInt16BE(from + 2)
    all.push({ marker, from, to })
    from = to
  }
  return all
}

const EXIF = Buffer.from('Exif\0\0', 'latin1')
/** Marks of the segments that hold notes: APP1 (Exif, XMP) and APP13 (IPTC). */
const NOTES = [0xe1, 0xed]

function cutJpeg(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  let at = 0
  for (const { marker, from, to } of segments(bytes)) {
    if (!NOTES.includes(marker)) continue
    const body = Buffer.from(bytes.subarray(from + 4, to))
    const isExif = body.subarray(0, EXIF.length).equals(EXIF)
    const kept = isExif && wipeGps(body.subarray(EXIF.length))
    parts.push(bytes.subarray(at, from), ...(kept ? [bytes.subarray(from, from + 4), body] : []))
    at = to
  }
  return Buffer.concat([...parts, bytes.subarray(at)])
}

const GPS = 0x8825
/** Bytes of one value, by its type. */
const WIDTHS = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]

/** Empties the list of the place, in place. False: these notes cannot be read, and are better left out. */
function wipeGps(tiff: Buffer): boolean {
  try {
    const little = tiff.subarray(0, 2).toString('latin1') === 'II'
    const two = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
    const four = (at: number): number => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
    const entries = (list: number): number[] => Array.from({ length: two(list) }, (_, i) => list + 2 + 12 * i)
    const pointers = entries(four(4)).filter(entry => two(entry) === GPS)
    for (const list of pointers.map(entry => four(entry + 8))) {
      for (const entry of entries(list)) {
        const size = (WIDTHS[two(entry + 2)] ?? 8) * four(entry + 4)
        if (size > 4) tiff.fill(0, four(entry + 8), four(entry + 8) + size)
      }
      tiff.fill(0, list, list + 2 + 12 * two(list))
    }
    return true
  } catch {
    return false
  }
}

const PNG_NOTES = new Set(['eXIf', 'tEXt', 'iTXt', 'zTXt'])

function cutPng(bytes: Buffer): Buffer {
  const parts = [bytes.subarray(0, 8)]
  for (let at = 8; at < bytes.length; ) {
    const end = at + 12 <= bytes.length ? at + 12 + bytes.readUInt32BE(at) : bytes.length
    const isNote = PNG_NOTES.has(bytes.subarray(at + 4, at + 8).toString('latin1'))
    if (!isNote) parts.push(bytes.subarray(at, end))
    at = end
  }
  return Buffer.concat(parts)
}
