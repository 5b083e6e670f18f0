import { type KeptSettings, type Kind, keptMs, USUAL } from '../base/kept.ts'
import type { PrismaClient } from '../store/generated/client.ts'

/** Rows of one kind that go in one statement: so that no sweep is long, however much has gathered. */
const BATCH = 2_000

type Db = Pick<PrismaClient, '$executeRaw'>

type Step = (store: Db, before: (kind: Kind) => Date, now: Date) => Promise<number>

/**
 * Deletes what has been kept for long enough (`KEPT`), a batch of each kind; whether more is left. Each batch is a statement of its own, found by an index,
 * and passes over rows that somebody has in hand. What a feature or the guard keeps for itself (pictures, access needs, links, wrong codes) it sweeps itself.
 */
export async function sweep(store: Db, now: Date, settings: KeptSettings = USUAL): Promise<boolean> {
  const before = (kind: Kind): Date => new Date(now.getTime() - keptMs(kind, settings))
  let isMore = false
  for (const step of STEPS) if ((await step(store, before, now)) >= BATCH) isMore = true
  return isMore
}

const STEPS: readonly Step[] = [
  drafts,
  left,
  questions,
  waiting,
  seen,
  joinCodes,
  invitations,
  wordsInPrivate,
  privateRows,
  wordsInPosts,
  endedPosts,
  unusedActs,
  actsOfLeft,
]

function drafts(store: Db, before: (kind: Kind) => Date): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "id" FROM "Draft" WHERE "updatedAt" < ${before('drafts')}::timestamptz ORDER BY "updatedAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    DELETE FROM "Draft" d USING old WHERE d."id" = old."id"`
}

// What somebody without the role has left for a coordinator (`kit/left.ts`): nobody is offered it any more.
function left(store: Db, before: (kind: Kind) => Date): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "id" FROM "Draft" WHERE "updatedAt" < ${before('left')}::timestamptz AND "feature" LIKE 'left-%' LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    DELETE FROM "Draft" d USING old WHERE d."id" = old."id"`
}

// The term is in `expiresAt` already: each answer puts it off.
function questions(store: Db, _before: unknown, now: Date): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "identityRef", "place" FROM "Asking" WHERE "expiresAt" < ${now}::timestamptz ORDER BY "expiresAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    DELETE FROM "Asking" a USING old WHERE a."identityRef" = old."identityRef" AND a."place" = old."place"`
}

function waiting(store: Db, before: (kind: Kind) => Date): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "id" FROM "Waiting" WHERE "createdAt" < ${before('waiting')}::timestamptz ORDER BY "createdAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    DELETE FROM "Waiting" w USING old WHERE w."id" = old."id"`
}

// No platform repeats a delivery for so long.
function seen(store: Db, before: (kind: Kind) => Date): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "id" FROM "Seen" WHERE "day" < ${before('answers').toISOString().slice(0, 10)}::date ORDER BY "day" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    DELETE FROM "Seen" s USING old WHERE s."id" = old."id"`
}

// Codes that are over get the same answer as codes that never were.
function joinCodes(store: Db, before: (kind: Kind) => Date): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "hash" FROM "JoinCode" WHERE "expiresAt" < ${before('codes')}::timestamptz ORDER BY "expiresAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    DELETE FROM "JoinCode" c USING old WHERE c."hash" = old."hash"`
}

function invitations(store: Db, before: (kind: Kind) => Date): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "hash" FROM "Invitation" WHERE "expiresAt" < ${before('codes')}::timestamptz ORDER BY "expiresAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    DELETE FROM "Invitation" i USING old WHERE i."hash" = old."hash"`
}

// They go as soon as a message was sent; these were sent by a version that kept them.
function wordsInPrivate(store: Db): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "id" FROM "Delivery" WHERE "personRef" IS NOT NULL AND "state" = 'sent' AND "view" <> 'null' LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    UPDATE "Delivery" d SET "view" = 'null' FROM old WHERE d."id" = old."id"`
}

// Also what could not be sent in all that time.
function privateRows(store: Db, before: (kind: Kind) => Date, now: Date): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "id" FROM "Delivery" WHERE "personRef" IS NOT NULL AND "runAt" < ${before('private')}::timestamptz
        AND ("leaseBy" IS NULL OR "leaseUntil" <= ${now}::timestamptz)
      ORDER BY "runAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    DELETE FROM "Delivery" d USING old WHERE d."id" = old."id"`
}

// The row of a post that stands stays: without it, a tap on that post could not be told from one on somebody's own card.
function wordsInPosts(store: Db, before: (kind: Kind) => Date): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "id" FROM "Delivery" WHERE "spaceId" IS NOT NULL AND "view" <> 'null' AND "runAt" < ${before('posts')}::timestamptz AND "dueAt" IS NULL
      ORDER BY "runAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    UPDATE "Delivery" d SET "view" = 'null' FROM old WHERE d."id" = old."id"`
}

function endedPosts(store: Db, before: (kind: Kind) => Date): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "id" FROM "Delivery" WHERE "spaceId" IS NOT NULL AND "state" NOT IN ('waiting', 'sent') AND "runAt" < ${before('records')}::timestamptz
        AND "dueAt" IS NULL
      ORDER BY "runAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    DELETE FROM "Delivery" d USING old WHERE d."id" = old."id"`
}

function unusedActs(store: Db, before: (kind: Kind) => Date): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT "personId", "spaceId" FROM "Acted" WHERE "month" < ${before('acts').toISOString().slice(0, 10)}::date LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    DELETE FROM "Acted" a USING old WHERE a."personId" = old."personId" AND a."spaceId" = old."spaceId"`
}

// They go with the space as a rule; one may have been written in that moment, or its hello never stood.
function actsOfLeft(store: Db): Promise<number> {
  return store.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT a."personId", a."spaceId" FROM "Space" s JOIN "Acted" a ON a."spaceId" = s."id" WHERE s."state" = 'left'
      LIMIT ${BATCH} FOR UPDATE OF a SKIP LOCKED)
    DELETE FROM "Acted" a USING old WHERE a."personId" = old."personId" AND a."spaceId" = old."spaceId"`
}
