import { type Readable, readRow, readRows, type Source } from '../base/readable.ts'
import { token } from '../feature/token.ts'
import { KeptPlaces } from '../kit/audience.ts'
import { KeptPicture } from '../pictures/pictures.ts'
import type { Forum, Prisma, PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { Was } from './was.ts'

export type WholeForum = Omit<Forum, 'places' | 'picture' | 'was'> & {
  readonly places: KeptPlaces
  readonly picture: KeptPicture | null
  readonly was: Was | null
}

/** Forums of one network (or of all, for the bot's own work), by their start; without those that cannot be read. */
export async function loadForums(
  { tx, log }: Source<Tx | PrismaClient>,
  where: Prisma.ForumWhereInput,
  o: { readonly first: 'asc' | 'desc'; readonly most?: number } = { first: 'asc' },
): Promise<Readable<WholeForum>> {
  const rows = await tx.forum.findMany({
    where,
    orderBy: [{ startsAt: o.first }, { id: 'asc' }],
    ...(o.most === undefined ? {} : { take: o.most }),
  })
  return readRows(log, 'Forum', rows, wholeForum)
}

/** One forum. Throws `Unreadable`. */
export async function loadForum(tx: Tx | PrismaClient, id: string | undefined): Promise<WholeForum | undefined> {
  const found = id ? await tx.forum.findUnique({ where: { id } }) : null
  return found ? readRow('Forum', found, wholeForum) : undefined
}

/** The same, held until the end of the transaction: places are given out by one at a time. */
export async function holdForum(tx: Tx, id: string | undefined): Promise<WholeForum | undefined> {
  if (!id) return undefined
  await tx.$queryRaw`SELECT 1 AS held FROM "Forum" WHERE "id" = ${id} FOR NO KEY UPDATE`
  return loadForum(tx, id)
}

/** A row as a whole forum. Throws where its JSON is not what it should be. */
export function wholeForum(row: Forum): WholeForum {
  return {
    ...row,
    places: KeptPlaces.parse(row.places),
    picture: KeptPicture.nullable().parse(row.picture),
    was: Was.nullable().parse(row.was),
  }
}

/** The subjects of its posts: the forum itself, its date in an app's calendar, news of a change, a reminder, what came out of it, its picture. */
export function postsOf(id: string): string {
  return token('forums', 'post', id)
}

export function eventOf(id: string): string {
  return token('forums', 'event', id)
}

export function newsOf(id: string): string {
  return token('forums', 'news', id)
}

export function remindersOf(id: string): string {
  return token('forums', 'reminder', id)
}

export function photoOf(id: string): string {
  return token('forums', 'photo', id)
}

export function summaryOf(id: string): string {
  return token('forums', 'summary', id)
}
