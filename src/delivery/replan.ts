import type { Tx } from '../store/tx.ts'

/** The posts of one subject. `networkId` guards against a subject of another network. */
export interface Plan {
  readonly networkId: string
  readonly subject: string
  readonly runAt: Date
  readonly usefulUntil: Date
}

/** Moves posts that still wait for their time to another; how many that are. What is under way, or may have been sent, stays. */
export async function replan(tx: Tx, { networkId, subject, runAt, usefulUntil }: Plan): Promise<number> {
  return tx.$executeRaw`
    UPDATE "Delivery" SET "runAt" = ${runAt}::timestamptz, "dueAt" = ${runAt}::timestamptz, "usefulUntil" = ${usefulUntil}::timestamptz
    WHERE "networkId" = ${networkId} AND "subject" = ${subject} AND "state" = 'waiting' AND "leaseBy" IS NULL AND "sendingAt" IS NULL`
}

/** Posts that still wait are not sent any more. What is under way, or was sent, stays. */
export async function dropWaiting(tx: Tx, { networkId, subject }: Pick<Plan, 'networkId' | 'subject'>): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Delivery" SET "state" = 'removed', "dueAt" = NULL
    WHERE "networkId" = ${networkId} AND "subject" = ${subject} AND "state" = 'waiting' AND "leaseBy" IS NULL AND "sendingAt" IS NULL`
}

/** Posts to be sent once more. `usefulUntil`: they get that long anew; without it only those that are still useful are sent. */
export interface Again {
  readonly networkId: string
  readonly subjects: readonly string[]
  readonly now: Date
  readonly usefulUntil?: Date
}

/** Sends once more what has failed for good, and what came too late where there is new time for it; how many that are. Not what has lost its words. */
export async function sendAgain(tx: Tx, { networkId, subjects, now, usefulUntil }: Again): Promise<number> {
  const until = usefulUntil ?? null
  return tx.$executeRaw`
    UPDATE "Delivery" SET "state" = 'waiting', "attempts" = 0, "why" = NULL, "runAt" = ${now}::timestamptz, "dueAt" = ${now}::timestamptz,
      "usefulUntil" = coalesce(${until}::timestamptz, "usefulUntil")
    WHERE "networkId" = ${networkId} AND "subject" = ANY (${[...subjects]}::text[]) AND ("view" IS NULL OR "view" <> 'null') AND (
      ("state" = 'failed' AND (${until}::timestamptz IS NOT NULL OR "usefulUntil" IS NULL OR "usefulUntil" > ${now}::timestamptz))
      OR (${until}::timestamptz IS NOT NULL AND ("state" = 'missed'
        OR ("state" = 'waiting' AND "usefulUntil" < ${now}::timestamptz AND "leaseBy" IS NULL AND "sendingAt" IS NULL))))`
}
