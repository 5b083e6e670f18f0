import type { Reply } from './adapter.ts'
import type { Outcome, Tx } from './feature.ts'
import { twiceInConflict } from './store/away.ts'
import type { PrismaClient } from './store/generated/client.ts'

const DAY = 86_400_000

/**
 * Does a piece of work once for each delivery id, in one transaction with the guard: a repeated delivery gets the first one's replies, or (where these
 * were not kept) is handled again. Two deliveries of the same id at once wait for each other. Where another transaction did it in, it is done once more.
 */
export async function once(store: PrismaClient, id: string, now: Date, work: (tx: Tx) => Promise<Outcome>): Promise<readonly Reply[]> {
  const guarded = async (tx: Tx): Promise<readonly Reply[]> => {
    const day = now.toISOString().slice(0, 10)
    const fresh = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO "Seen" ("id", "day") VALUES (${id}, ${day}::date) ON CONFLICT DO NOTHING RETURNING "id"`
    if (fresh.length === 0) {
      const before = await tx.seen.findUnique({ where: { id } })
      // We wrote these replies ourselves, below.
      if (before?.replies) return before.replies as unknown as readonly Reply[]
    }
    const outcome = await work(tx)
    if ('again' in outcome) return outcome.again
    await tx.seen.update({ where: { id }, data: { replies: JSON.parse(JSON.stringify(outcome)) } })
    return outcome
  }
  return twiceInConflict(() => store.$transaction(guarded, { timeout: 30_000, maxWait: 20_000 }))
}

/** Forgets deliveries of more than three days ago: no platform repeats one for so long. */
export async function sweepSeen(store: PrismaClient, now: Date): Promise<void> {
  await store.seen.deleteMany({ where: { day: { lt: new Date(now.getTime() - 3 * DAY) } } })
}
