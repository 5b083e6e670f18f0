import type { Answer, Outcome } from '../feature/outcome.ts'
import type { Reply } from '../platform/adapter.ts'
import type { Prisma, PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { twiceInConflict } from '../store/unavailable.ts'

/** `given`: what is given once beside an answer that is not kept (it waited for the person), so a repeated delivery gets it again. */
export type Handled = Outcome | { readonly given: readonly Reply[]; readonly again: readonly Answer[] }

/** What is kept: a whole answer, or what was given beside one that is made again. */
type Kept = readonly Reply[] | { readonly given: readonly Reply[] }

/**
 * Does a piece of work once for each delivery id, in one transaction with the guard: a repeated delivery gets the first one's replies, or (where these
 * were not kept) is handled again. Two deliveries of the same id at once wait for each other. Where another transaction did it in, it is done once more.
 */
export async function once(store: PrismaClient, id: string, now: Date, work: (tx: Tx) => Promise<Handled>): Promise<readonly Answer[]> {
  const guarded = async (tx: Tx): Promise<readonly Answer[]> => {
    const day = now.toISOString().slice(0, 10)
    const fresh = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO "Seen" ("id", "day") VALUES (${id}, ${day}::date) ON CONFLICT DO NOTHING RETURNING "id"`
    const before = fresh.length === 0 ? await kept(tx, id) : undefined
    if (before && !('given' in before)) return before
    const earlier = before?.given ?? []
    const outcome = await work(tx)
    if (!('again' in outcome)) return keep(tx, id, [...earlier, ...outcome])
    const more = 'given' in outcome ? outcome.given : []
    const given = [...earlier, ...more]
    if (more.length > 0) await keep(tx, id, { given })
    return [...given, ...outcome.again]
  }
  return twiceInConflict(() => store.$transaction(guarded))
}

async function kept(tx: Tx, id: string): Promise<Kept | undefined> {
  const before = await tx.seen.findUnique({ where: { id } })
  // We wrote these replies ourselves, below.
  return (before?.replies ?? undefined) as unknown as Kept | undefined
}

async function keep<What extends Kept>(tx: Tx, id: string, what: What): Promise<What> {
  const replies: Prisma.InputJsonValue = JSON.parse(JSON.stringify(what))
  await tx.seen.update({ where: { id }, data: { replies } })
  return what
}
