import type { Tx } from '../feature.ts'
import { KeptPlaces } from '../network/chosen-places.ts'
import { KeptPicture } from '../network/pictures.ts'
import type { Announcement, Prisma, PrismaClient } from '../store/generated/client.ts'
import { token } from '../token.ts'

export type WholeAnnouncement = Omit<Announcement, 'places' | 'picture'> & {
  readonly places: KeptPlaces
  readonly picture: KeptPicture | null
}

/** Announcements of one network (or of all, for the house's own work). */
export async function loadAnnouncements(
  tx: Tx | PrismaClient,
  where: Prisma.AnnouncementWhereInput,
  o: { readonly first: 'asc' | 'desc'; readonly most?: number } = { first: 'desc' },
): Promise<readonly WholeAnnouncement[]> {
  const rows = await tx.announcement.findMany({
    where,
    orderBy: [{ postsAt: o.first }, { id: 'asc' }],
    ...(o.most === undefined ? {} : { take: o.most }),
  })
  return rows.map(row => ({ ...row, places: KeptPlaces.parse(row.places), picture: KeptPicture.nullable().parse(row.picture) }))
}

export async function loadAnnouncement(tx: Tx | PrismaClient, id: string | undefined): Promise<WholeAnnouncement | undefined> {
  if (!id) return undefined
  const [found] = await loadAnnouncements(tx, { id })
  return found
}

/** The subject of its posts. */
export function postsOf(id: string): string {
  return token('announcements', 'post', id)
}
