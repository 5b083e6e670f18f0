import { z } from 'zod'
import type { Ctx } from '../feature/context.ts'
import { Wanted } from '../feature/wanted.ts'
import type { FileIn } from '../platform/adapter.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { sanitizeLine, shorten } from '../view/sanitize.ts'
import { type PictureRefusal, TAKEN, tooLarge } from './picture-guard.ts'
import type { Made } from './picture-maker.ts'

/** Pictures that people send for posts: made anew, kept as rows, swept when nothing refers to them any more. */

/** What a post keeps of its picture. */
export const KeptPicture = z.object({ id: z.string(), name: z.string(), mime: z.string(), about: z.string() })
export type KeptPicture = z.infer<typeof KeptPicture>

/** `about`: UTF-16 units of what it shows, in words. */
export const PICTURE = { about: 300 } as const

/**
 * Keeps a picture that somebody sent, in the network of `ctx`, or says why not. `about`: sanitized and not empty. May throw `Wanted`: call it after all
 * other checks, and before anything is written that is not undone with the transaction.
 */
export async function keepPicture(ctx: Ctx, file: FileIn, about: string): Promise<KeptPicture | PictureRefusal> {
  if (file.bytes > TAKEN.bytes) return tooLarge(file.bytes)
  const bytes = await file.read().catch((cause: unknown) => {
    if (cause instanceof Wanted) throw cause
    return undefined
  })
  if (!bytes) return { key: 'pictures-wrong-unread' }
  const made = ctx.pictures.made(bytes)
  return 'key' in made ? made : keepMade(ctx, made, file.name, about)
}

/** Keeps a picture that is as it shall be. `name`: of the file that it came in. */
export async function keepMade(ctx: Ctx, { mime, bytes }: Made, name: string, about: string): Promise<KeptPicture> {
  if (!ctx.network) throw new Error('A picture belongs to a network.')
  const picture = { id: ctx.ids.id(), name: nameOf(name, mime), mime, about }
  await ctx.tx.picture.create({ data: { ...picture, networkId: ctx.network.id, bytes, createdAt: ctx.speech.now } })
  return picture
}

/** The name that a file had, with the ending of what became of it. */
function nameOf(name: string, mime: string): string {
  const stem = shorten(sanitizeLine(name).replace(/\.[a-z]{3,4}$/i, ''), 96)
  return `${stem || 'picture'}.${mime === 'image/png' ? 'png' : 'jpg'}`
}

/** The bytes of a picture; undefined where it is no more. */
export async function readPicture(store: Tx | PrismaClient, id: string): Promise<Uint8Array | undefined> {
  return (await store.picture.findUnique({ where: { id }, select: { bytes: true } }))?.bytes
}
