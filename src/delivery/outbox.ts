import type { Capabilities } from '../platform/adapter.ts'
import type { Tx } from '../store/tx.ts'
import { fit } from '../view/fit.ts'
import { SPACE_GONE } from './outcome.ts'
import type { Post } from './post.ts'

/**
 * Puts posts into the outbox, inside the caller's transaction: they are there with the change that they tell of, or not at all. In the order given; a key
 * that is already there is left alone. One statement, however many.
 */
export async function post(tx: Tx, posts: readonly Post[], now: Date): Promise<void> {
  if (posts.length === 0) return
  const rows = posts.map(one => ({
    ...one,
    spaceId: 'spaceId' in one.to ? one.to.spaceId : null,
    personRef: 'personRef' in one.to ? one.to.personRef : null,
    part: one.part ?? 0,
    runAt: one.runAt ?? now,
    unsure: one.unsure ?? 'repeat',
    pin: one.pin ?? false,
  }))
  await tx.$executeRaw`
    INSERT INTO "Delivery" ("key", "networkId", "spaceId", "personRef", "platform", "lane", "subject", "part", "view", "runAt", "dueAt", "usefulUntil",
                            "unsure", "pin")
    SELECT "key", "networkId", "spaceId", "personRef", "platform", "lane", "subject", "part", "view", "runAt", "runAt", "usefulUntil", "unsure", "pin"
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS ("key" text, "networkId" text, "spaceId" text, "personRef" text,
      "platform" text, "lane" text, "subject" text, "part" int, "view" jsonb, "runAt" timestamptz, "usefulUntil" timestamptz, "unsure" "Unsure",
      "pin" boolean)) WITH ORDINALITY
    ORDER BY "ordinality"
    ON CONFLICT ("key") DO NOTHING`
}

/** A post with a finished view, cut into as many posts as the platform needs, in order: `key#0`, `key#1`, … Only the last one is pinned. */
export function fitParts(whole: Post, limits: Capabilities['limits']): readonly Post[] {
  if (!whole.view) return [whole]
  const views = fit(whole.view, limits)
  return views.map((view, part) => ({
    ...whole,
    key: `${whole.key}#${part}`,
    part,
    view,
    pin: whole.pin === true && part === views.length - 1,
  }))
}

/**
 * Says that what these subjects show has changed, in the transaction that changes it: their posts are edited soon. Costs one small row a subject, however
 * many posts there are, and never waits for another transaction.
 */
export async function touch(tx: Tx, subjects: readonly string[]): Promise<void> {
  if (subjects.length > 0) await tx.touched.createMany({ data: [...new Set(subjects)].map(subject => ({ subject })) })
}

/** Which posts: all of a subject, perhaps only those in one space. */
export interface Which {
  readonly subject: string
  readonly spaceId?: string
}

/** Takes posts away: what still waits is not sent, what was sent is deleted where the platform allows it. */
export async function retire(tx: Tx, which: Which, now: Date): Promise<void> {
  await tx.$executeRaw`
    WITH hit AS (
      SELECT "id" FROM "Delivery" WHERE "subject" = ${which.subject} AND "state" IN ('waiting', 'sent')
        AND (${which.spaceId ?? null}::text IS NULL OR "spaceId" = ${which.spaceId ?? null})
      ORDER BY "id" FOR UPDATE)
    UPDATE "Delivery" d SET "retired" = true,
      "state" = CASE WHEN d."message" IS NULL AND d."leaseBy" IS NULL AND d."sendingAt" IS NULL THEN 'removed' ELSE d."state" END,
      "dueAt" = CASE WHEN d."message" IS NULL AND d."leaseBy" IS NULL AND d."sendingAt" IS NULL THEN NULL
                     ELSE least(d."dueAt", ${now}::timestamptz) END
    FROM hit WHERE d."id" = hit."id"`
}

/** Call when a network is no longer paused, or a space's trouble is cleared: what waited for that is due now. */
export async function resume(tx: Tx, which: { readonly networkId: string; readonly spaceId?: string }, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Delivery" SET "dueAt" = greatest("runAt", ${now}::timestamptz)
    WHERE "networkId" = ${which.networkId} AND "state" IN ('waiting', 'sent') AND "dueAt" IS NOT NULL AND "leaseBy" IS NULL
      AND (${which.spaceId ?? null}::text IS NULL OR "spaceId" = ${which.spaceId ?? null})`
}

/** A space that was gone is there again: its posts that changed meanwhile, and could not be edited or wait for their next try, are looked at once more. */
export async function catchUp(tx: Tx, spaceIds: readonly string[], now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Delivery" SET "wanted" = "wanted" + 1, "dueAt" = ${now}::timestamptz, "why" = NULL
    WHERE "spaceId" = ANY (${[...spaceIds]}::text[]) AND "state" = 'sent' AND "view" IS NULL AND "message" IS NOT NULL
      AND "leaseBy" IS NULL AND ("dueAt" IS NOT NULL OR "why" = ${SPACE_GONE})`
}
