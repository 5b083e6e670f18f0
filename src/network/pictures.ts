import { z } from 'zod'
import type { FileIn } from '../adapter.ts'
import type { Ctx, Tx } from '../feature.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import { mimeOf } from '../view/pictured.ts'
import { shorten, tameLine } from '../view/tame.ts'
import { Wanted } from '../wanted.ts'
import { sizeOf, withoutPlace } from './picture-bytes.ts'

/** Pictures that people send for posts: checked, kept as rows, swept when nothing refers to them any more. */

/** What a post keeps of its picture. */
export const KeptPicture = z.object({ id: z.string(), name: z.string(), mime: z.string(), about: z.string() })
export type KeptPicture = z.infer<typeof KeptPicture>

/** `bytes`: of a file; `about`: UTF-16 units of what it shows, in words; `sides`: pixels, both together; `ratio`: of the longer side to the shorter. */
export const PICTURE = { bytes: 5 * 1024 * 1024, about: 300, sides: 10_000, ratio: 20 } as const

const DAY = 86_400_000

export interface PictureRefusal {
  readonly key: string
  readonly args?: Readonly<Record<string, string | number>>
}

/**
 * Keeps a picture that somebody sent, in the network of `ctx`, or says why not. `about`: tamed and not empty. May throw `Wanted`: call it after all
 * other checks, and before anything is written that is not undone with the transaction.
 */
export async function keepPicture(ctx: Ctx, file: FileIn, about: string): Promise<KeptPicture | PictureRefusal> {
  if (!ctx.network) throw new Error('A picture belongs to a network.')
  if (file.bytes > PICTURE.bytes) return tooLarge(file.bytes)
  const bytes = await file.read().catch((cause: unknown) => {
    if (cause instanceof Wanted) throw cause
    return undefined
  })
  if (!bytes) return { key: 'pictures-wrong-unread' }
  const made = checked(Buffer.from(bytes))
  if ('key' in made) return made
  const picture = { id: ctx.ids.id(), name: nameOf(file), mime: made.mime, about }
  await ctx.tx.picture.create({ data: { ...picture, networkId: ctx.network.id, bytes: made.bytes, createdAt: ctx.speech.now } })
  return picture
}

const nameOf = ({ name }: FileIn): string => shorten(tameLine(name), 100) || 'picture'

const tooLarge = (bytes: number): PictureRefusal => ({
  key: 'pictures-wrong-large',
  args: { max: PICTURE.bytes / 1024 ** 2, size: Math.ceil(bytes / 1024 ** 2) },
})

function checked(bytes: Buffer): { readonly mime: string; readonly bytes: Uint8Array<ArrayBuffer> } | PictureRefusal {
  if (bytes.byteLength > PICTURE.bytes) return tooLarge(bytes.byteLength)
  const mime = mimeOf(bytes)
  const size = mime && sizeOf(bytes, mime)
  if (!mime || !size) return { key: 'pictures-wrong-kind' }
  const [short, long] = [Math.min(size.width, size.height), Math.max(size.width, size.height)]
  if (short < 1 || short + long > PICTURE.sides || long / short > PICTURE.ratio) return { key: 'pictures-wrong-shape', args: { ...size } }
  return { mime, bytes: new Uint8Array(withoutPlace(bytes, mime)) }
}

/** The bytes of a picture; undefined where it is no more. */
export async function readPicture(store: Tx | PrismaClient, id: string): Promise<Uint8Array | undefined> {
  return (await store.picture.findUnique({ where: { id }, select: { bytes: true } }))?.bytes
}

/**
 * Where pictures are referred to, as columns of JSON: a picture stands there as `picture.id`, or anywhere inside (`deep`). A feature that keeps pictures adds
 * its own line.
 */
const KEEPERS = [
  { table: 'Announcement', column: 'picture' },
  { table: 'AnnouncementSeries', column: 'picture' },
  { table: 'Forum', column: 'picture' },
  { table: 'Draft', column: 'data', path: ['picture'] },
  { table: 'Delivery', column: 'view', deep: true },
  { table: 'Waiting', column: 'view', deep: true },
] as const

/** Forgets pictures older than a day that nothing refers to. One statement. */
export async function sweepPictures(store: PrismaClient, now: Date): Promise<number> {
  const kept = KEEPERS.map(one => {
    if ('deep' in one)
      return `SELECT jsonb_path_query("${one.column}", '$.blocks[*] ? (@.kind == "picture").id') #>> '{}' FROM "${one.table}" WHERE "${one.column}" IS NOT NULL`
    const path = [...('path' in one ? one.path : []), 'id'].join(',')
    return `SELECT "${one.column}" #>> '{${path}}' FROM "${one.table}" WHERE "${one.column}" IS NOT NULL`
  })
  const sql = `DELETE FROM "Picture" WHERE "createdAt" < $1 AND NOT EXISTS (SELECT 1 FROM (${kept.join(' UNION ALL ')}) AS kept("id") WHERE kept."id" = "Picture"."id")`
  return store.$executeRawUnsafe(sql, new Date(now.getTime() - DAY))
}
