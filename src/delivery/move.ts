import type { SpaceRef } from '../platform/adapter.ts'
import type { Tx } from '../store/tx.ts'

/**
 * Gives a space its new address; `lane`: that of the new address. Messages stay behind at the old one and cannot be edited there: a post is sent anew at its
 * next change. If the new address is known already, the old space is gone: in the same network the one that is there takes its waiting posts over,
 * except what it shows itself.
 */
export async function moveSpace(tx: Tx, from: SpaceRef, to: SpaceRef, lane: string, now: Date): Promise<void> {
  if (from === to) return
  const space = await tx.space.findUnique({ where: { ref: from } })
  if (!space) return
  const there = await tx.space.findUnique({ where: { ref: to } })
  if (!there) await tx.space.update({ where: { id: space.id }, data: { ref: to, trouble: null } })
  else await tx.space.update({ where: { id: space.id }, data: { state: 'gone', trouble: 'space-trouble-removed' } })
  if (there && (there.networkId !== space.networkId || there.state !== 'joined')) return
  const kept = there?.id ?? space.id
  await tx.$executeRaw`
    UPDATE "Delivery" d SET "spaceId" = ${kept}, lane = ${lane}, message = NULL,
      state = CASE WHEN d.state <> 'sent' OR d."dueAt" IS NULL THEN d.state WHEN d.retired THEN 'removed' ELSE 'waiting' END,
      "dueAt" = CASE WHEN d.retired AND d.state = 'sent' THEN NULL WHEN d.state = 'sent' AND d."dueAt" IS NOT NULL THEN ${now}::timestamptz ELSE d."dueAt" END
    WHERE d."spaceId" = ${space.id} AND d.state IN ('waiting', 'sent')
      AND NOT EXISTS (SELECT 1 FROM "Delivery" o WHERE o.subject = d.subject AND o."spaceId" = ${kept} AND d."spaceId" <> ${kept} AND o.part = d.part)`
}
