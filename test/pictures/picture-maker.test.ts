import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Log } from '../../src/base/log.ts'
import { guard, wrongHead } from '../../src/pictures/picture-guard.ts'
import { createPictures, type Made, refusalOf } from '../../src/pictures/picture-maker.ts'
import { mimeOf } from '../../src/view/pictured.ts'
import {
  crowded,
  doubled,
  exif,
  fronted,
  glass,
  looks,
  moving,
  noise,
  noted,
  PLACE,
  photo,
  restless,
  segment,
  still,
} from '../helpers/photos.ts'
import { chunk, GARDEN, png, pngNote } from '../helpers/samples.ts'

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} }
const pictures = createPictures(quiet)

async function made(bytes: Buffer): Promise<Made> {
  const picture = await pictures.make(bytes)
  if ('key' in picture) throw new Error(`refused: ${JSON.stringify(picture)}`)
  return picture
}
const seen = async (bytes: Buffer) => looks((await made(bytes)).bytes)
const BLUE = [0x33, 0x66, 0x99]

/** A colour, give or take what a JPEG does to it. */
const near = (colour: readonly number[]) => colour.map(value => expect.closeTo(value, -1))

describe('what is taken', () => {
  test.each([
    ['a JPEG', () => photo(400, 300), { format: 'jpeg', width: 400, height: 300, corner: near(BLUE) }],
    ['a PNG', async () => png(64, 48), { format: 'png', width: 64, height: 48, corner: [128, 128, 128] }],
    ['a PNG that one can see through, on white', () => glass(64, 48), { format: 'png', width: 64, height: 48, corner: [255, 255, 255] }],
    ['a GIF', () => still('gif'), { format: 'png', width: 40, height: 30, corner: expect.anything() }],
    ['a WebP', () => still('webp'), { format: 'jpeg', width: 40, height: 30, corner: near(BLUE) }],
    ['an AVIF', () => still('avif'), { format: 'jpeg', width: 40, height: 30, corner: near(BLUE) }],
  ])('%s', async (_, file, as) => {
    const picture = await made(await file())
    expect(await looks(picture.bytes)).toEqual(as)
    expect(picture.mime).toBe(`image/${as.format}`)
  })

  test.each(['gif', 'webp'] as const)('of a moving %s the first picture, standing still', async kind => {
    const { bytes } = await made(await moving(kind))
    expect(await looks(bytes)).toMatchObject({ width: 40, height: 30 })
    expect((await looks(bytes)).corner.slice(0, 3)).toEqual(near([255, 0, 0]))
  })

  test.each([1, 3, 6, 8])('is turned upright: %i', async up => {
    const lying = up > 4
    expect(await seen(fronted(await photo(400, 300), exif(up)))).toMatchObject(
      lying ? { width: 300, height: 400 } : { width: 400, height: 300 },
    )
  })

  test('a large one becomes smaller, and one that no PNG makes small a JPEG', async () => {
    expect(await seen(await photo(8160, 6144))).toMatchObject({ width: 2560, height: 1928 })
    const { mime, bytes } = await made(await noise(1600, 1200))
    expect([mime, bytes.byteLength < 3 * 1024 * 1024]).toEqual(['image/jpeg', true])
  })

  test('what was only made invisible does not go out', async () => {
    const erased = await sharp(await noise(60, 60))
      .ensureAlpha(0)
      .png()
      .toBuffer()
    const pixels = await sharp((await made(erased)).bytes)
      .raw()
      .toBuffer()
    expect(pixels.equals(Buffer.alloc(pixels.length, 255))).toBe(true)
  })
})

describe('nothing of the file is left but what it shows', () => {
  test.each([
    ['notes of every kind in a JPEG', () => noted(400, 300)],
    ['a second picture behind a JPEG, with a place of its own', () => doubled(400, 300)],
    [
      'the notes of a PNG',
      async () =>
        png(8, 6, 128, [pngNote('tEXt', `Comment\0${PLACE}`), pngNote('eXIf', `II*\0${PLACE}`), pngNote('iTXt', `XML\0${PLACE}`)]),
    ],
    ['something behind the end', async () => Buffer.concat([await photo(40, 30), Buffer.from(`PK${PLACE}`)])],
  ])('%s', async (_, make) => {
    const file = await make()
    const bytes = Buffer.from((await made(file)).bytes)
    expect([file.includes(PLACE), bytes.includes(PLACE)]).toEqual([true, false])
    expect(bytes.toString('latin1').split('\xff\xd8\xff').length - 1).toBe(mimeOf(bytes) === 'image/jpeg' ? 1 : 0)
    const { exif: camera, icc, iptc, xmp, comments, orientation } = await sharp(bytes).metadata()
    expect([camera, icc, iptc, xmp, comments, orientation]).toEqual(Array.from({ length: 6 }, () => undefined))
  })
})

describe('what is refused', () => {
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1/secret"/></svg>'
  const huge = png(8, 6).fill(Buffer.from('00007530000075300800000000', 'hex'), 16, 29)
  test.each([
    ['nothing', async () => Buffer.alloc(0), 'kind'],
    ['a zip', async () => Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1'), 'kind'],
    ['a drawing that fetches', async () => Buffer.from(svg), 'kind'],
    ['the same behind the mark of a JPEG', async () => Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.from(svg)]), 'broken'],
    ['a PDF', async () => Buffer.from('%PDF-1.7\n'), 'kind'],
    ['a TIFF', () => still('tiff'), 'kind'],
    ['a HEIC', async () => heic, 'heic'],
    ['a JPEG that breaks off', async () => (await noted(400, 300)).subarray(0, -600), 'broken'],
    ['a PNG that breaks off', async () => (await noise(60, 60)).subarray(0, 3000), 'broken'],
    ['a GIF that breaks off', async () => (await still('gif')).subarray(0, 30), 'broken'],
    ['a WebP that breaks off', async () => (await still('webp')).subarray(0, -30), 'broken'],
    ['an AVIF that breaks off', async () => (await still('avif')).subarray(0, -30), 'broken'],
    ['only the head of a PNG', async () => png(8, 6).subarray(0, 12), 'broken'],
    ['a small file that says it is 30,000 by 30,000', async () => fixed(huge), 'pixels'],
    ['very wide', async () => png(4200, 200), 'shape'],
    ['very tall', async () => png(200, 4200), 'shape'],
    ['a PNG of 400,000 pieces', async () => crowded(pngNote('tEXt', ''), 400_000), 'broken'],
    ['a WebP that moves in 1,001 steps', () => restless(1_001), 'frames'],
    ['9 MB', async () => Buffer.concat([png(8, 6), Buffer.alloc(9 * 1024 * 1024)]), 'large'],
  ])('%s', async (_, file, why) => {
    expect(await pictures.make(await file())).toMatchObject({ key: `pictures-wrong-${why}` })
  })

  /** With the sum of its head put right. */
  function fixed(file: Buffer): Buffer {
    return Buffer.concat([file.subarray(0, 8), chunk('IHDR', file.subarray(16, 29)), file.subarray(33)])
  }

  test.each([
    [{ format: 'svg' }, 'kind'],
    [{ format: 'png' }, 'kind'],
    [{ width: 8_160, height: 6_144 }, undefined],
    [{ width: 8_160, height: 6_144, isProgressive: true }, 'pixels'],
    [{ width: 10_000, height: 6_000 }, 'pixels'],
    [{ width: 0 }, 'broken'],
    [{ pages: 1_001 }, 'frames'],
  ])('by its head: %o', (differs, why) => {
    const head = { format: 'jpeg', width: 400, height: 300, isProgressive: false, ...differs }
    expect(wrongHead(head, 'image/jpeg')?.key).toBe(why && `pictures-wrong-${why}`)
  })

  test('one that moves in 1,000 steps is not', async () => {
    expect(await seen(await restless(1_000))).toMatchObject({ width: 8, height: 8 })
  })

  test('what the library says becomes a sentence', () => {
    expect(refusalOf(new Error('timeout: 3% complete'))).toEqual({ key: 'pictures-wrong-slow' })
    expect(refusalOf(new Error('Input buffer has corrupt header'))).toEqual({ key: 'pictures-wrong-broken' })
  })
})

describe('a picture that is made to stop the bot', () => {
  /** How often everybody else had a turn while it was at work. */
  async function turnsDuring(work: Promise<unknown>): Promise<number> {
    let turns = 0
    let isDone = false
    const done = work.finally(() => {
      isDone = true
    })
    while (!isDone) {
      turns += 1
      await new Promise(resolve => setImmediate(resolve))
    }
    await done
    return turns
  }

  test.each([
    ['2,000,000 empty segments', async () => fronted(await photo(64, 48), Buffer.alloc(8_000_000, segment(0xfe, '')))],
    ['400,000 empty segments for notes', async () => fronted(await photo(64, 48), Buffer.alloc(1_600_000, segment(0xe1, '')))],
  ])('does not: %s', async (_, make) => {
    const file = await make()
    expect(await turnsDuring(made(file))).toBeGreaterThan(20)
  })

  test('packed notes that would fill the memory never get to the library', () => {
    const packed = chunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(1_000_000, 'b'))]))
    const file = guard(crowded(packed, 1_000))
    expect('bytes' in file && file.bytes.equals(png(8, 6))).toBe(true)
  })

  test('is no more than one of many: they are made one after another', async () => {
    const files = await Promise.all([photo(400, 300), noted(300, 200), photo(30, 20)])
    const all = await Promise.all([Buffer.from('ffd8ff00', 'hex'), ...files].map(file => pictures.make(file)))
    expect(all.map(one => ('key' in one ? one.key : one.mime))).toEqual(['pictures-wrong-broken', 'image/jpeg', 'image/jpeg', 'image/jpeg'])
  })
})

test('a file for which the library cannot read anything is refused before it is loaded', async () => {
  let loads = 0
  const one = createPictures(quiet, () => {
    loads += 1
    return import('sharp')
  })
  expect([await one.make(Buffer.from('PK')), loads]).toEqual([{ key: 'pictures-wrong-kind' }, 0])
  await one.make(GARDEN.content)
  await one.make(GARDEN.content)
  expect(loads).toBe(1)
})
