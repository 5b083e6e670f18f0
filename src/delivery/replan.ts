import type { Tx } from '../feature.ts'

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

/** Sends once more, from `runAt` on, what has failed for good or came too late; how many that are. */
export async function sendAgain(tx: Tx, { networkId, subject, runAt, usefulUntil }: Plan): Promise<number> {
  return tx.$executeRaw`
    UPDATE "Delivery" SET "state" = 'waiting', "attempts" = 0, "why" = NULL, "runAt" = ${runAt}::timestamptz, "dueAt" = ${runAt}::timestamptz,
      "usefulUntil" = ${usefulUntil}::timestamptz
    WHERE "networkId" = ${networkId} AND "subject" = ${subject} AND ("state" IN ('failed', 'missed')
      OR ("state" = 'waiting' AND "usefulUntil" < ${runAt}::timestamptz AND "leaseBy" IS NULL AND "sendingAt" IS NULL))`
}
