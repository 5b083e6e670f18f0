import type { SpaceRef } from '../platform/adapter.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { moveSpace } from './move.ts'
import { type Decided, type Effect, SPACE_GONE } from './outcome.ts'
import type { Claimed } from './post.ts'

/** What others want to know, told inside the transaction that records it, so that what they write is there with it or not at all. */
export interface Hooks {
  /** Spaces that have just got into trouble: somebody else must hear of it, for the space cannot. */
  trouble(tx: Tx, spaces: readonly { readonly id: string; readonly networkId: string; readonly trouble: string }[]): Promise<void>
  /** Messages of ours that somebody deleted. */
  gone(tx: Tx, posts: readonly Claimed[]): Promise<void>
  /** A space that turned out to have a new address. */
  moved(tx: Tx, to: SpaceRef): Promise<void>
}

export interface Settled {
  readonly row: Claimed
  readonly decided: Decided
}

export interface Ledger {
  readonly prisma: PrismaClient
  readonly owner: string
  readonly hooks: Hooks
  readonly laneOf: (platform: string, ref: SpaceRef) => string
}

const PAUSE_MS = 60_000

/** Records how rows ended, all together: one statement, and a few more only if a result tells about more than its row. */
export async function record(ledger: Ledger, batch: readonly Settled[], now: Date): Promise<void> {
  const effects = batch.flatMap(settled => settled.decided.effects.map(effect => ({ ...effect, row: settled.row })))
  if (effects.length === 0) return update(ledger.prisma, ledger.owner, batch, now)
  await ledger.prisma.$transaction(async tx => {
    await update(tx, ledger.owner, batch, now)
    await follow(tx, ledger, effects, now)
  })
}

// A row whose lease another process has taken over meanwhile is that process's: its mark "may be doubled" stands. What was said in private leaves the row
// when it was surely sent.
async function update(db: Tx | PrismaClient, owner: string, batch: readonly Settled[], now: Date): Promise<void> {
  const rows = batch.map(({ row, decided }) => ({
    ...decided.outcome,
    id: String(row.id),
    sent: row.state === 'waiting' && decided.outcome.state === 'sent',
  }))
  await db.$executeRaw`
    WITH r AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id bigint, state "DeliveryState", message text, shown int, "shownHash" text, attempts int,
        "dueAt" timestamptz, "sendingAt" timestamptz, why text, pin boolean, keep boolean, sent boolean)
    ), mine AS (
      SELECT d.id FROM "Delivery" d WHERE d.id IN (SELECT r.id FROM r) AND d."leaseBy" = ${owner} ORDER BY d.id FOR UPDATE)
    UPDATE "Delivery" d SET state = r.state, message = r.message, shown = r.shown, "shownHash" = r."shownHash", attempts = r.attempts,
      "sendingAt" = r."sendingAt", why = r.why, pin = r.pin, retired = d.retired AND NOT r.keep, "leaseBy" = NULL, "leaseUntil" = NULL,
      view = CASE WHEN r.state = 'sent' AND d."personRef" IS NOT NULL AND d.view IS NOT NULL THEN 'null' ELSE d.view END,
      "sentAt" = CASE WHEN r.sent THEN ${now}::timestamptz ELSE d."sentAt" END,
      "dueAt" = CASE WHEN r."dueAt" IS NOT NULL THEN r."dueAt"
        WHEN r.state = 'sent' AND (d.wanted > r.shown OR r.pin OR (d.retired AND NOT r.keep)) THEN ${now}::timestamptz END
    FROM r JOIN mine ON mine.id = r.id WHERE d.id = r.id`
}

type Cause = Effect & { readonly row: Claimed }

async function follow(tx: Tx, ledger: Ledger, effects: readonly Cause[], now: Date): Promise<void> {
  await troubles(tx, ledger.hooks, effects)
  await recoveries(tx, effects)
  await goneSpaces(tx, effects, now)
  await pauses(tx, effects, now)
  await closedPersons(tx, effects, now)
  const gone = effects.filter(effect => effect.kind === 'gone message').map(effect => effect.row)
  if (gone.length > 0) await ledger.hooks.gone(tx, gone)
  // One by one: a chat gets a new address once in its life.
  for (const effect of effects) {
    if (effect.kind !== 'moved') continue
    await moveSpace(tx, effect.from, effect.to, ledger.laneOf(effect.row.platform, effect.to), now)
    await ledger.hooks.moved(tx, effect.to)
  }
}

// A space that we are out of already has its trouble: what was under way there when we were put out says nothing new.
async function troubles(tx: Tx, hooks: Hooks, effects: readonly Cause[]): Promise<void> {
  const spaces = effects.filter(effect => effect.kind === 'trouble').map(({ spaceId, trouble, gone }) => ({ spaceId, trouble, gone }))
  if (spaces.length === 0) return
  const changed = await tx.$queryRaw<{ id: string; networkId: string; trouble: string }[]>`
    UPDATE "Space" s SET trouble = r.trouble, state = CASE WHEN r.gone THEN 'gone' ELSE s.state END
    FROM (SELECT DISTINCT ON ("spaceId") * FROM jsonb_to_recordset(${JSON.stringify(spaces)}::jsonb) AS r("spaceId" text, trouble text, gone boolean)
          ORDER BY "spaceId", gone DESC, trouble DESC) r
    WHERE s.id = r."spaceId" AND s.state NOT IN ('left', 'gone') AND (s.trouble IS DISTINCT FROM r.trouble OR r.gone)
    RETURNING s.id, s."networkId", s.trouble`
  if (changed.length > 0) await hooks.trouble(tx, changed)
}

// An edit that works shows only that editing works.
async function recoveries(tx: Tx, effects: readonly Cause[]): Promise<void> {
  const well = effects.filter(effect => effect.kind === 'well')
  if (well.length === 0) return
  const spaces = JSON.stringify(well.map(({ spaceId, edit }) => ({ spaceId, edit })))
  await tx.$executeRaw`
    UPDATE "Space" s SET trouble = NULL FROM jsonb_to_recordset(${spaces}::jsonb) AS r("spaceId" text, edit boolean)
    WHERE s.id = r."spaceId" AND s.state NOT IN ('left', 'gone') AND (NOT r.edit OR s.trouble = 'space-trouble-edit')`
}

// What waits for the same gone spaces ends with it; what is planned for later ends when its time has come.
async function goneSpaces(tx: Tx, effects: readonly Cause[], now: Date): Promise<void> {
  const gone = effects.filter(effect => effect.kind === 'gone space')
  if (gone.length === 0) return
  await tx.$executeRaw`
    UPDATE "Delivery" SET "dueAt" = NULL, shown = wanted, why = ${SPACE_GONE},
      state = CASE WHEN retired THEN 'removed' WHEN state = 'waiting' THEN 'gone' ELSE state END
    WHERE lane = ANY (${gone.map(effect => effect.lane)}::text[]) AND "spaceId" = ANY (${gone.map(effect => effect.spaceId)}::text[])
      AND "dueAt" IS NOT NULL AND "runAt" <= ${now}::timestamptz AND "leaseBy" IS NULL AND state IN ('waiting', 'sent')`
}

// Looked at again after a while, in case that nobody calls `resume`.
async function pauses(tx: Tx, effects: readonly Cause[], now: Date): Promise<void> {
  const paused = effects.filter(effect => effect.kind === 'paused')
  if (paused.length === 0) return
  await tx.$executeRaw`
    UPDATE "Delivery" SET "dueAt" = ${new Date(now.getTime() + PAUSE_MS)}::timestamptz
    WHERE platform = ANY (${[...new Set(paused.map(effect => effect.row.platform))]}::text[]) AND "dueAt" <= ${now}::timestamptz
      AND "networkId" = ANY (${[...new Set(paused.map(effect => effect.networkId))]}::text[]) AND "leaseBy" IS NULL`
}

// Finished views wait for the person in /mine, and are in the row no more; what is drawn anew each time can be drawn there too.
async function closedPersons(tx: Tx, effects: readonly Cause[], now: Date): Promise<void> {
  const closed = effects.filter(effect => effect.kind === 'unreachable')
  if (closed.length === 0) return
  await tx.identity.updateMany({ where: { ref: { in: closed.map(effect => effect.personRef) } }, data: { tell: 'closed' } })
  await tx.$executeRaw`
    WITH lost AS (
      SELECT d.id, d."personRef", d.view FROM "Delivery" d
      WHERE d.id = ANY (${closed.map(effect => effect.row.id)}::bigint[]) AND d.state = 'failed' AND d.view <> 'null' ORDER BY d.id FOR UPDATE
    ), kept AS (
      INSERT INTO "Waiting" (id, "identityRef", view, "createdAt") SELECT 'delivery-' || id, "personRef", view, ${now}::timestamptz FROM lost
      ON CONFLICT (id) DO NOTHING)
    UPDATE "Delivery" d SET view = 'null' FROM lost WHERE d.id = lost.id`
}
