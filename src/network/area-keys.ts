import type { Area } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { sameKey } from '../view/sanitize.ts'
import { lockNetwork } from './permissions.ts'

/** Areas are told apart by a key of their name, which the store keeps unique in a network: two that look alike are one, also when they are made at once. */

/** What is written with every name. */
export function withKey(name: string): { readonly name: string; readonly key: string } {
  return { name, key: sameKey(name) }
}

/**
 * All areas of a network, retired ones too (at most `LIMITS.areasEver`), held until the end of the transaction. Those whose key is not made of their name (they are older than keys, or than
 * the rules of today) get it now; of several that look alike one does, and the others are left with their id.
 */
export async function holdAreas(tx: Tx, networkId: string): Promise<readonly Area[]> {
  await lockNetwork(tx, networkId)
  const areas = await tx.area.findMany({ where: { networkId }, orderBy: { id: 'asc' } })
  const stale = areas.filter(area => area.key !== sameKey(area.name))
  const taken = new Set(areas.filter(area => !stale.includes(area)).map(area => area.key))
  const fresh = new Map<string, string>()
  for (const { id, name } of stale) {
    const key = sameKey(name)
    fresh.set(id, taken.has(key) ? id : key)
    taken.add(key)
  }
  if (stale.every(area => fresh.get(area.id) === area.key)) return areas
  const [ids, keys] = [[...fresh.keys()], [...fresh.values()]]
  // First out of each other's way: the store looks after every row.
  await tx.$executeRaw`UPDATE "Area" SET "key" = "id" WHERE "id" = ANY(${ids}) AND "key" <> "id"`
  await tx.$executeRaw`UPDATE "Area" SET "key" = f."key" FROM unnest(${ids}::text[], ${keys}::text[]) AS f("id", "key") WHERE "Area"."id" = f."id"`
  return areas.map(area => ({ ...area, key: fresh.get(area.id) ?? area.key }))
}
