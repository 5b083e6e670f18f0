import type { Source } from '../base/readable.ts'
import type { Speech } from '../feature/context.ts'
import type { BulletinItem, Period } from '../feature/parts.ts'
import type { Tx } from '../store/tx.ts'
import { loadAnnouncements, postsOf } from './announcement.ts'
import { nameOf } from './domain.ts'

/** So many at the most: the newest. */
const MOST = 200

/** What went out to residents in the period and still stands, oldest first: as it stands in a chat of theirs, by its first words. */
export async function announcementsForBulletin(
  source: Source<Tx>,
  { networkId, from, to }: Period,
  { now }: Speech,
): Promise<readonly BulletinItem[]> {
  const until = to < now ? to : now
  const out = await loadAnnouncements(
    source,
    { networkId, state: 'standing', postsAt: { gte: from, lt: until } },
    { first: 'desc', most: MOST },
  )
  // A chat of the steering group may have been given to residents since: what was meant for the group is still not theirs.
  const known = out.filter(one => one.places.audience !== 'steering')
  const posts = await source.tx.delivery.findMany({
    where: { subject: { in: known.map(one => postsOf(one.id)) }, state: 'sent', space: { audience: 'residents' } },
    select: { subject: true },
    distinct: ['subject'],
  })
  const there = new Set(posts.map(post => post.subject))
  return known
    .filter(one => there.has(postsOf(one.id)))
    .map(one => ({ at: one.postsAt, line: nameOf(one.words) }))
    .toReversed()
}
