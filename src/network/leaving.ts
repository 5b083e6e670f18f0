import type { Deps } from '../feature/feature.ts'
import type { Turn } from '../runtime/alarm.ts'
import { forgetLonely } from './people.ts'
import type { Tools } from './permissions.ts'

/** Spaces that leave have left when their goodbye stands there, or cannot be posted. Costs one look while none does. */
export async function leavingDue({ store }: Deps, now: Date): Promise<void> {
  const open = await store.space.findFirst({ where: { state: 'leaving' }, select: { id: true } })
  if (!open) return
  await store.$executeRaw`
    WITH gone AS (UPDATE "Space" s SET "state" = 'left'
    WHERE s."state" = 'leaving' AND (s."trouble" IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM "Delivery" d WHERE d."subject" = 'network_goodbye_' || s."id" AND d."state" = 'waiting' AND d."usefulUntil" > ${now}::timestamptz)) RETURNING s."id")
    DELETE FROM "Acted" a USING gone WHERE a."spaceId" = gone."id"`
}

/** Networks that two coordinators have deleted go when their goodbyes are said, or cannot be. All of it in one transaction. */
export async function endingDue({ deps }: Tools, turn: Turn): Promise<void> {
  const { store, log } = deps
  const ending = await store.network.findMany({
    where: { state: 'deleting', spaces: { none: { state: 'leaving' } }, id: { notIn: [...turn.resting] } },
    select: { id: true, name: true },
    take: 5,
  })
  const rows = ending.map(({ id, name }) => ({ id, networkId: id, title: name }))
  await turn.each(rows, async ({ id }) => {
    const isGone = await store.$transaction(async tx => {
      // Another process may be at it.
      const mine = await tx.$queryRaw<unknown[]>`SELECT 1 AS mine FROM "Network" WHERE "id" = ${id} FOR UPDATE SKIP LOCKED`
      if (mine.length === 0) return false
      const members = await tx.membership.findMany({ where: { networkId: id }, select: { identityRef: true } })
      const refs = members.map(member => member.identityRef)
      for (const feature of deps.features()) await feature.forgetNetwork(tx, id, deps.clock.now())
      await tx.network.delete({ where: { id } })
      await tx.identity.updateMany({ where: { networkId: id }, data: { networkId: null } })
      await forgetLonely(tx, refs)
      return true
    })
    if (isGone) log.info({ network: id }, 'A network was deleted by its coordinators')
  })
}
