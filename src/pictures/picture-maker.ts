import type { Sharp, SharpConstructor } from 'sharp'
import type { Log } from '../base/log.ts'
import { Wanted } from '../feature/wanted.ts'
import { guard, type PictureRefusal, wrongHead } from './picture-guard.ts'

/**
 * Makes of a picture that somebody sent one that may be posted: decoded and written anew, so that nothing of the file itself is left in it but what it shows.
 * A library does it, outside of the event loop, one picture at a time; it is loaded with the first one.
 */

/** A picture that may be posted. `mime`: image/jpeg or image/png. */
export interface Made {
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface Pictures {
  /**
   * What becomes of these bytes: a picture for posts, or why there is none. Throws `Wanted` when it is first asked for: a picture takes its time, and is
   * made while no transaction is open.
   */
  made(bytes: Uint8Array): Made | PictureRefusal
  /** The same, at once. Never rejects. */
  make(bytes: Uint8Array): Promise<Made | PictureRefusal>
  /** Whether this system can read pictures at all. */
  work(): Promise<boolean>
}

/** Of what is made. `side`: pixels, of the longer one; `bytes`: what all platforms take, and phones load without waiting. */
const MADE = { side: 2_560, bytes: 3 * 1024 * 1024 } as const
/** How long a step of the work may take. */
const MOST_SECONDS = 20
/** What of the library may read: nothing that draws, runs or fetches. */
const READERS = ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Heif'].map(name => `VipsForeignLoad${name}Buffer`)

/** `load`: the library. */
export function createPictures(log: Log, load: () => Promise<{ default: SharpConstructor }> = () => import('sharp')): Pictures {
  let loading: Promise<SharpConstructor | undefined> | undefined
  let last: Promise<unknown> = Promise.resolve()
  const known = new WeakMap<Uint8Array, Made | PictureRefusal>()

  const library = (): Promise<SharpConstructor | undefined> => {
    loading ??= load().then(
      ({ default: sharp }) => modest(sharp),
      err => {
        log.warn({ err }, 'Pictures cannot be read on this system')
        return undefined
      },
    )
    return loading
  }

  async function make(bytes: Uint8Array): Promise<Made | PictureRefusal> {
    const file = guard(bytes)
    if ('key' in file) return file
    const sharp = await library()
    if (!sharp) return { key: 'pictures-wrong-nowhere' }
    const turn = last.then(() => makeWith(sharp, file.bytes, file.mime)).catch(refusalOf)
    last = turn
    return turn
  }

  return {
    make,
    made(bytes) {
      const made = known.get(bytes)
      if (made) return made
      throw new Wanted(async () => {
        known.set(bytes, await make(bytes))
      })
    },
    work: async () => (await library()) !== undefined,
  }
}

/** Small in memory, on the cheapest server. */
function modest(sharp: SharpConstructor): SharpConstructor {
  sharp.concurrency(1)
  sharp.cache(false)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: READERS })
  return sharp
}

/** What the library's own words about a picture are to a person. */
export function refusalOf(cause: unknown): PictureRefusal {
  return { key: cause instanceof Error && cause.message.startsWith('timeout') ? 'pictures-wrong-slow' : 'pictures-wrong-broken' }
}

async function makeWith(sharp: SharpConstructor, bytes: Buffer, mime: string): Promise<Made | PictureRefusal> {
  // A head that says too much is refused below, in better words.
  const head = await sharp(bytes, { failOn: 'error', limitInputPixels: false }).metadata()
  const wrong = wrongHead(head, mime)
  if (wrong) return wrong
  const { data, info } = await sharp(bytes, { failOn: 'error', autoOrient: true, limitInputPixels: head.width * head.height })
    .resize({ width: MADE.side, height: MADE.side, fit: 'inside', withoutEnlargement: true })
    // In the dark nobody could read black letters on nothing, and what was only made invisible does not go out.
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .timeout({ seconds: MOST_SECONDS })
    .raw()
    .toBuffer({ resolveWithObject: true })
  // From here on there are only pixels.
  const { width, height, channels } = info
  const pixels = (): Sharp => sharp(data, { raw: { width, height, channels } }).timeout({ seconds: MOST_SECONDS })
  return written(pixels, head.hasAlpha || mime === 'image/png' || mime === 'image/gif')
}

/** `drawn`: not taken with a camera, so better as a PNG if that is small enough. */
async function written(pixels: () => Sharp, drawn: boolean): Promise<Made> {
  const ways = [
    ...(drawn ? [{ mime: 'image/png', picture: () => pixels().png() }] : []),
    ...[85, 60].map(quality => ({ mime: 'image/jpeg', picture: () => pixels().jpeg({ quality }) })),
  ]
  let made: Made | undefined
  for (const { mime, picture } of ways) {
    made = { mime, bytes: new Uint8Array(await picture().toBuffer()) }
    if (made.bytes.byteLength <= MADE.bytes) return made
  }
  if (!made) throw new Error('There is no way to write a picture.')
  return made
}
