import { joinActs } from '../community/acts.ts'
import type { Tx } from '../store/tx.ts'
import { closeDoors } from './codes.ts'

/** What becomes of roles, codes, drafts and accounts when a person is forgotten, or turns out to be another one. The row of the person goes last, after all features. */

/** An account that is in another network too stays known there, by its name. Wrong codes that it tried are forgotten within the hour anyway, not sooner. */
export async function forgetInNetwork(tx: Tx, { personId, now }: { readonly personId: string; readonly now: Date }): Promise<void> {
  const { networkId, name } = await tx.person.findUniqueOrThrow({ where: { id: personId } })
  await closeDoors(tx, networkId, personId, now)
  await tx.invitation.deleteMany({ where: { networkId, createdBy: personId } })
  await tx.joinCode.updateMany({ where: { networkId, createdBy: personId }, data: { createdBy: null } })
  await tx.network.updateMany({ where: { id: networkId, deleteAskedBy: personId }, data: { deleteAskedBy: null } })
  await tx.grant.deleteMany({ where: { personId } })
  await tx.draft.deleteMany({ where: { personId } })
  await tx.acted.deleteMany({ where: { personId } })
  const members = await tx.membership.findMany({ where: { personId }, select: { identityRef: true } })
  const refs = members.map(member => member.identityRef)
  await tx.membership.deleteMany({ where: { personId } })
  await tx.identity.updateMany({ where: { ref: { in: refs }, networkId }, data: { networkId: null } })
  // What is on its way to them in private, and where that stands.
  await tx.delivery.deleteMany({ where: { networkId, personRef: { in: refs } } })
  await forgetAnswers(tx, [personId, name, ...refs])
  await forgetLonely(tx, refs)
}

/** Accounts that are in no network any more are not known any more, and what waited for them goes too. */
export async function forgetLonely(tx: Tx, refs: readonly string[]): Promise<void> {
  const lonely = await tx.identity.findMany({ where: { ref: { in: [...refs] }, people: { none: {} } }, select: { ref: true } })
  const gone = lonely.map(one => one.ref)
  await tx.waiting.deleteMany({ where: { identityRef: { in: gone } } })
  await tx.asking.deleteMany({ where: { identityRef: { in: gone } } })
  await tx.identity.deleteMany({ where: { ref: { in: gone } } })
}

/** Answers that are kept for a delivery that may come again, if they speak of somebody: it gets no answer then, and is not handled anew. */
async function forgetAnswers(tx: Tx, words: readonly string[]): Promise<void> {
  // As they stand in JSON.
  const written = words.map(word => JSON.stringify(word).slice(1, -1))
  await tx.$executeRaw`
    UPDATE "Seen" SET "replies" = CASE jsonb_typeof("replies") WHEN 'object' THEN NULL ELSE '[]'::jsonb END
    WHERE "replies" IS NOT NULL AND EXISTS (SELECT 1 FROM unnest(${written}::text[]) AS w(word) WHERE strpos("replies"::text, w.word) > 0)`
}

/** `into` has the roles, drafts and accounts of both, and its own name; the area is its own where it has said one. */
export async function joinInNetwork(tx: Tx, { from, into }: { readonly from: string; readonly into: string }): Promise<void> {
  const old = await tx.person.findUniqueOrThrow({ where: { id: from } })
  const { networkId } = old
  await tx.person.updateMany({ where: { id: into, areaId: null }, data: { areaId: old.areaId } })
  await tx.$executeRaw`
    INSERT INTO "Grant" ("personId", "role", "grantedAt") SELECT ${into}, "role", "grantedAt" FROM "Grant" WHERE "personId" = ${from}
    ON CONFLICT ("personId", "role") DO UPDATE SET "grantedAt" = least("Grant"."grantedAt", EXCLUDED."grantedAt")`
  await tx.grant.deleteMany({ where: { personId: from } })
  await tx.draft.updateMany({ where: { personId: from }, data: { personId: into } })
  await joinActs(tx, { from, into })
  await tx.invitation.updateMany({ where: { networkId, createdBy: from }, data: { createdBy: into } })
  await tx.joinCode.updateMany({ where: { networkId, createdBy: from }, data: { createdBy: into } })
  await tx.network.updateMany({ where: { id: networkId, deleteAskedBy: from }, data: { deleteAskedBy: into } })
  await tx.membership.updateMany({ where: { personId: from }, data: { personId: into } })
  await forgetAnswers(tx, [from])
}
