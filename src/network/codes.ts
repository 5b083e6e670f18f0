import { createHash } from 'node:crypto'
import { keptMs } from '../base/kept.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { reply, unchanged } from '../feature/replies.ts'
import type { Tx } from '../store/tx.ts'
import { sameKey } from '../view/sanitize.ts'

/** Codes that people type or paste: kept as hashes only, shown once, and not to be guessed. */

export const DAY = 86_400_000
const HOUR = keptMs('tries')
/** Wrong codes that one account may try in an hour. Counted as facts in the store, so that a restart forgives nothing. */
const MOST_WRONG = 10
const WRONG = 'network-wrong-code-'

/** A code as it is compared: its letters and digits alone, large. */
export function plainCode(words: string): string {
  return sameKey(words)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
}

/** What is kept of a code. */
export function hashOf(code: string): string {
  return createHash('sha256').update(plainCode(code)).digest('hex')
}

/** How a button names a code: enough of its hash, which leads nowhere. */
export function shortHash(hash: string): string {
  return hash.slice(0, 16)
}

/**
 * Looks up what somebody typed as a code. Unknown, expired, used and revoked codes get one and the same answer, so that nothing can be learnt by trying;
 * and after ten of them in an hour an account is not heard any more.
 */
export async function tryCode<Found>(
  ctx: Ctx,
  words: string,
  find: (hash: string) => Promise<Found | null | undefined>,
): Promise<{ readonly found: Found; readonly code: string } | { readonly refused: Outcome }> {
  const { tx, speech } = ctx
  const mine = `${WRONG}${hashOf(ctx.identity.ref).slice(0, 24)}-`
  const tried = await tx.fact.count({ where: { name: { startsWith: mine }, at: { gt: new Date(speech.now.getTime() - HOUR) } } })
  if (tried >= MOST_WRONG) return { refused: unchanged(ctx, 'network-code-too-many') }
  const code = plainCode(words)
  const found = code ? await find(hashOf(code)) : undefined
  if (found) return { found, code }
  await tx.fact.create({ data: { name: `${mine}${ctx.ids.id()}`, at: speech.now } })
  return { refused: reply(ctx, 'network-code-wrong') }
}

/** Nobody comes in any more by a code that this person has made; what they asked for is not asked any more. */
export async function closeDoors(tx: Tx, networkId: string, personId: string, now: Date): Promise<void> {
  const theirs = { networkId, createdBy: personId }
  await tx.invitation.deleteMany({ where: { ...theirs, usedAt: null } })
  await tx.joinCode.updateMany({ where: { ...theirs, revokedAt: null }, data: { revokedAt: now } })
  await tx.network.updateMany({
    where: { id: networkId, deleteAskedBy: personId, state: { not: 'deleting' } },
    data: { deleteAskedBy: null, deleteAskedAt: null },
  })
}

/** Forgets wrong codes of more than an hour ago. */
export async function sweepWrongCodes(tx: Pick<Tx, 'fact'>, now: Date): Promise<void> {
  await tx.fact.deleteMany({ where: { name: { startsWith: WRONG }, at: { lt: new Date(now.getTime() - HOUR) } } })
}
