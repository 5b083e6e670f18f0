import type { Feature } from '../feature/feature.ts'
import type { Tx } from '../store/tx.ts'

/** A person goes, or two persons become one: in every feature, in the caller's transaction, and the person's row last. */

/** Holds people until the end of the transaction, so that nobody writes anything of theirs meanwhile; the networks of those who are there. */
async function hold(tx: Tx, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ networkId: string }[]>`
    SELECT "networkId" FROM "Person" WHERE "id" = ANY(${[...ids]}::text[]) ORDER BY "id" FOR UPDATE`
  return rows.map(row => row.networkId)
}

/** False when there is no such person. Whether a network can spare them (its last coordinator, say) is for the caller to know. */
export async function forgetPerson(
  tx: Tx,
  features: readonly Feature[],
  who: { readonly personId: string; readonly now: Date },
): Promise<boolean> {
  const held = await hold(tx, [who.personId])
  if (held.length === 0) return false
  for (const feature of features) await feature.forget(tx, who)
  await tx.person.delete({ where: { id: who.personId } })
  return true
}

/** `from` is `into` from now on. False when they are not two people of one network. */
export async function joinPeople(
  tx: Tx,
  features: readonly Feature[],
  who: { readonly from: string; readonly into: string; readonly now: Date },
): Promise<boolean> {
  const [one, other] = await hold(tx, [who.from, who.into])
  if (one === undefined || one !== other) return false
  for (const feature of features) await feature.join(tx, who)
  await tx.person.delete({ where: { id: who.from } })
  return true
}
