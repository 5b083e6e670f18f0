import type { PrismaClient } from '../store/generated/client.ts'
import type { Claimed } from './post.ts'

type Db = Pick<PrismaClient, '$queryRaw' | '$executeRaw'>

/** How long a platform surely recognises a repeated key, in milliseconds. */
export const KEY_HOLDS_MS = 180_000

const BATCH = 5_000

/** A little more than the time after which somebody else looks for what is due. */
const SOON_MS = 6_000

/** How many due rows one look sees on each platform; lanes beyond come into sight when these are busy. */
const WINDOW = 500

/**
 * Marks the posts of touched subjects for an edit; whether more touches are left. A post that is marked already is not written again, one with a call under
 * way is marked once more, because that call may show what was before.
 */
export async function expand(db: Db, now: Date): Promise<boolean> {
  const touched = await db.$queryRaw<{ id: bigint; subject: string }[]>`SELECT "id", "subject" FROM "Touched" ORDER BY "id" LIMIT ${BATCH}`
  if (touched.length === 0) return false
  // Only rows that were committed are seen and deleted, so a touch that is being written meanwhile is left for the next time.
  await db.$executeRaw`
    WITH done AS (
      DELETE FROM "Touched" WHERE "id" IN (
        SELECT "id" FROM "Touched" WHERE "id" = ANY (${touched.map(row => row.id)}::bigint[]) ORDER BY "id" FOR UPDATE SKIP LOCKED)),
    hit AS (
      SELECT "id" FROM "Delivery"
      WHERE "subject" = ANY (${[...new Set(touched.map(row => row.subject))]}::text[]) AND "view" IS NULL AND "state" IN ('waiting', 'sent')
        AND ("dueAt" IS NULL OR "leaseBy" IS NOT NULL)
      ORDER BY "id" FOR UPDATE)
    UPDATE "Delivery" d SET "wanted" = d."wanted" + 1,
      "dueAt" = coalesce(d."dueAt", ${now}::timestamptz),
      "state" = CASE WHEN d."message" IS NULL THEN 'waiting' ELSE d."state" END,
      "runAt" = CASE WHEN d."message" IS NULL AND d."state" = 'sent' THEN ${now}::timestamptz ELSE d."runAt" END
    FROM hit WHERE d."id" = hit."id"`
  return touched.length === BATCH
}

/** What may be begun on one platform. */
export interface Slot {
  readonly platform: string
  readonly free: number
  /** The platform recognises a repeated key. */
  readonly keyed: boolean
  readonly busy: readonly string[]
  readonly paced: readonly string[]
}

export interface Taken {
  readonly rows: readonly Claimed[]
  /** Lanes where something is due but stands behind a post that waits for its next try. */
  readonly stuck: readonly string[]
}

/**
 * Takes what is due: at most one row a lane, the longest due lanes first, in a lane the sends before the edits and each place's sends in order. A send is
 * marked as under way by the same statement, before any call. What may have been sent comes first of all: a platform does not recognise its key for ever, and
 * the lane would stand behind all that fell due while it waited for its next try. One statement for all platforms. It reads a window of what is due, then for
 * each lane the posts that wait there, and never the history: in `pick`, IS TRUE keeps the planner, whose statistics lag behind, from reading all that is due once more.
 * Where a space is still joining, nothing but what makes it join is sent. A process that was asleep while another took a platform over takes nothing there, whatever it believes.
 */
export async function claim(db: Db, slots: readonly Slot[], owner: string, now: Date, leaseMs: number): Promise<Taken> {
  const until = new Date(now.getTime() + leaseMs)
  const young = new Date(now.getTime() - KEY_HOLDS_MS)
  const found = await db.$queryRaw<((Claimed & { head: bigint }) | { head: bigint | null; lane: string; id: null })[]>`
    WITH slot AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) AS s(platform text, free int, keyed boolean, busy text[], paced text[])
    ), due AS (
      SELECT s.platform, s.keyed, l.lane, l.edit FROM slot s CROSS JOIN LATERAL (
        SELECT w.lane, (array_agg(w.id ORDER BY w."dueAt", w.id) FILTER (WHERE w.state = 'sent'))[1] AS edit FROM (
          (SELECT d.lane, d.state, d."dueAt", d.id, 0 AS turn FROM "Delivery" d
           WHERE d.platform = s.platform AND d."dueAt" <= ${now}::timestamptz AND d.state = 'waiting' AND d."sendingAt" IS NOT NULL AND d.lane <> ALL (s.busy)
           ORDER BY d."dueAt", d.id LIMIT ${WINDOW})
          UNION ALL
          (SELECT d.lane, d.state, d."dueAt", d.id, 1 AS turn FROM "Delivery" d
           WHERE d.platform = s.platform AND d."dueAt" <= ${now}::timestamptz AND d.lane <> ALL (s.busy) AND (d.state = 'waiting' OR d.lane <> ALL (s.paced))
           ORDER BY d."dueAt", d.id LIMIT ${WINDOW})) w
        GROUP BY w.lane ORDER BY min(w.turn), min(w."dueAt"), min(w.id) LIMIT s.free) l
    ), head AS (
      SELECT due.lane, due.keyed, coalesce(
        (SELECT h.id FROM (
           SELECT DISTINCT ON (d."spaceId", d."personRef") d.id, d."runAt", d."dueAt" FROM "Delivery" d
           WHERE d.lane = due.lane AND d.state = 'waiting' AND d.platform = due.platform AND d."runAt" <= ${now}::timestamptz
           ORDER BY d."spaceId", d."personRef", d."runAt", d.id) h
         WHERE h."dueAt" <= ${now}::timestamptz ORDER BY h."runAt", h.id LIMIT 1), due.edit) AS id
      FROM due
    ), pick AS (
      SELECT d.id, d."sendingAt" AS since, head.keyed AND d."sendingAt" > ${young}::timestamptz AS again,
        coalesce(s.ref, d."personRef") AS ref, s.trouble, coalesce(s.locale, i.locale, n.locale) AS locale, coalesce(s.zone, n.zone) AS zone,
        CASE WHEN s.state IN ('left', 'gone') THEN 'gone'
             WHEN n.state = 'paused' THEN 'paused'
             WHEN s.state = 'joining' AND d.subject NOT LIKE 'network\\_%' THEN 'joining'
             WHEN d.state = 'sent' THEN 'go'
             WHEN d."sendingAt" IS NOT NULL AND (d.retired OR d."usefulUntil" < ${now}::timestamptz
               OR (d.unsure = 'drop' AND NOT (head.keyed AND d."sendingAt" > ${young}::timestamptz))) THEN 'unsure'
             WHEN d.retired THEN 'removed'
             WHEN d."usefulUntil" < ${now}::timestamptz THEN 'missed'
             WHEN d."spaceId" IS NULL AND i.tell = 'closed' THEN 'unreachable'
             ELSE 'go' END AS verdict
      FROM head JOIN "Delivery" d ON d.id = head.id JOIN "Network" n ON n.id = d."networkId"
        LEFT JOIN "Space" s ON s.id = d."spaceId" LEFT JOIN "Identity" i ON i.ref = d."personRef"
      WHERE (d."dueAt" <= ${now}::timestamptz) IS TRUE AND (d."leaseBy" IS NULL OR d."leaseUntil" <= ${now}::timestamptz)
      FOR UPDATE OF d SKIP LOCKED
    ), taken AS (
      UPDATE "Delivery" d SET "leaseBy" = ${owner}, "leaseUntil" = ${until}::timestamptz,
        "sendingAt" = CASE WHEN d.state = 'sent' OR pick.verdict <> 'go' OR pick.again THEN d."sendingAt" ELSE ${now}::timestamptz END,
        doubled = d.doubled OR (d.state = 'waiting' AND pick.verdict = 'go' AND pick.since IS NOT NULL AND NOT pick.again)
      FROM pick WHERE d.id = pick.id
        AND EXISTS (SELECT 1 FROM "Holding" h WHERE h.platform = d.platform AND h.owner = ${owner})
      RETURNING d.id, d.key, d."networkId", d."spaceId", d."personRef", d.platform, d.subject, d.view, d.state, d.wanted, d.shown, d."shownHash",
        d.message, d.attempts, d."sendingAt", d.unsure, d.pin, d.retired, pick.since, pick.ref, pick.trouble, pick.locale, pick.zone, pick.verdict)
    SELECT head.id AS head, head.lane, taken.* FROM head LEFT JOIN taken ON taken.id = head.id ORDER BY head.id`
  const rows = found.filter(row => row.id !== null)
  return { rows, stuck: found.filter(row => row.head === null).map(row => row.lane) }
}

/** When the next post falls due on these platforms after `since`, if that is soon. */
export async function nextDue(db: Db, platforms: readonly string[], since: Date): Promise<Date | undefined> {
  const soon = new Date(since.getTime() + SOON_MS)
  const [next] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(d."dueAt") AS at FROM unnest(${[...platforms]}::text[]) AS p(platform) CROSS JOIN LATERAL (
      SELECT w."dueAt" FROM "Delivery" w WHERE w.platform = p.platform AND w."dueAt" > ${since}::timestamptz AND w."dueAt" <= ${soon}::timestamptz
      ORDER BY w."dueAt" LIMIT 1) d`
  return next?.at ?? undefined
}

/** Posts that stand behind one that waits for its next try wait as long: they would only be looked at in vain. How many that are. */
export async function queueBehind(db: Db, lanes: readonly string[], now: Date): Promise<number> {
  if (lanes.length === 0) return 0
  return db.$executeRaw`
    WITH first AS (
      SELECT DISTINCT ON (lane, "spaceId", "personRef") lane, "spaceId", "personRef", "dueAt" FROM "Delivery"
      WHERE lane = ANY (${[...lanes]}::text[]) AND state = 'waiting' AND "runAt" <= ${now}::timestamptz
      ORDER BY lane, "spaceId", "personRef", "runAt", id)
    UPDATE "Delivery" d SET "dueAt" = first."dueAt" FROM first
    WHERE d.lane = first.lane AND d.state = 'waiting' AND d."dueAt" <= ${now}::timestamptz AND first."dueAt" > ${now}::timestamptz
      AND d."spaceId" IS NOT DISTINCT FROM first."spaceId" AND d."personRef" IS NOT DISTINCT FROM first."personRef"`
}

/**
 * Frees what processes that are no more had in hand on these platforms, and what this one took without hearing so; `mine`: what it has in hand. How many
 * that are. Call only while the platforms are ours.
 */
export async function release(db: Db, platforms: readonly string[], mine: readonly bigint[]): Promise<number> {
  return db.$executeRaw`
    UPDATE "Delivery" SET "leaseBy" = NULL, "leaseUntil" = NULL
    WHERE platform = ANY (${[...platforms]}::text[]) AND "dueAt" IS NOT NULL AND "leaseBy" IS NOT NULL AND id <> ALL (${[...mine]}::bigint[])`
}
