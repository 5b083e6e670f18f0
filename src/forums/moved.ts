import { touch } from '../delivery/outbox.ts'
import type { Tx } from '../feature.ts'
import { loadForums, postsOf } from './forum.ts'

/** A space has a new address: forums that are ahead and stood there are posted there again. */
export async function forumsMoved(tx: Tx, spaceId: string, now: Date): Promise<void> {
  const space = await tx.space.findUniqueOrThrow({ where: { id: spaceId }, select: { networkId: true } })
  const ahead = await loadForums(tx, { networkId: space.networkId, state: 'standing', startsAt: { gt: now }, postsAt: { lte: now } })
  const there = await tx.delivery.findMany({
    where: { spaceId, subject: { in: ahead.map(one => postsOf(one.id)) } },
    select: { subject: true },
  })
  await touch(
    tx,
    there.map(post => post.subject),
  )
}
