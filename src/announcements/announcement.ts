import { type Readable, readRow, readRows, type Source } from '../base/readable.ts'
import { token } from '../feature/token.ts'
import { KeptPlaces } from '../kit/audience.ts'
import { KeptPicture } from '../pictures/pictures.ts'
import type { Announcement, Prisma, PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'

export type WholeAnnouncement = Omit<Announcement, 'places' | 'picture'> & {
  readonly places: KeptPlaces
  readonly picture: KeptPicture | null
}

/** Announcements of one network (or of all, for the bot's own work), without those that cannot be read. */
export async function loadAnnouncements(
  { tx, log }: Source<Tx | PrismaClient>,
  where: Prisma.AnnouncementWhereInput,
  o: { readonly first: 'asc' | 'desc'; readonly most?: number } = { first: 'desc' },
): Promise<Readable<WholeAnnouncement>> {
  const rows = await tx.announcement.findMany({
    where,
    orderBy: [{ postsAt: o.first }, { id: 'asc' }],
    ...(o.most === undefined ? {} : { take: o.most }),
  })
  return readRows(log, 'Announcement', rows, wholeAnnouncement)
}

/** A row as a whole announcement. Throws where its JSON is not what it should be. */
export function wholeAnnouncement(row: Announcement): WholeAnnouncement {
  return { ...row, places: KeptPlaces.parse(row.places), picture: KeptPicture.nullable().parse(row.picture) }
}

/** One announcement. Throws `Unreadable`. */
export async function loadAnnouncement(tx: Tx | PrismaClient, id: string | undefined): Promise<WholeAnnouncement | undefined> {
  const found = id ? await tx.announcement.findUnique({ where: { id } }) : null
  return found ? readRow('Announcement', found, wholeAnnouncement) : undefined
}

/** The subject of its posts. */
export function postsOf(id: string): string {
  return token('announcements', 'post', id)
}
