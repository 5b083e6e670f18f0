import type { Tx } from '../store/tx.ts'

/** Who made announcements: nobody any more, or another person. Of words that were said to everybody nothing goes. */
export async function passOn(tx: Tx, from: string, into: string | null): Promise<void> {
  const { networkId } = await tx.person.findUniqueOrThrow({ where: { id: from }, select: { networkId: true } })
  const theirs = { where: { networkId, createdBy: from }, data: { createdBy: into } }
  await tx.announcement.updateMany(theirs)
  await tx.announcementSeries.updateMany(theirs)
}
