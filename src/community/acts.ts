import type pg from 'pg'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Inbound } from '../platform/adapter.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'

/**
 * In which chats people act: a press, a command or a reply that the platform itself reported there, never what a link or a form says. It is kept in memory for some
 * seconds and written apart from what was done, several at once and in no order, so that it tells nobody when somebody answered. Who is killed loses it.
 */
export interface Acts {
  /** What somebody did, once it is done. */
  note(inbound: Inbound): void
  /** The addresses of the chats in which this account acted in the last seconds: they are not in the store yet. */
  lately(ref: string): readonly string[]
  /** Writes what is in memory. Rejects where the store does not take it: then it stays there. */
  write(): Promise<void>
  /** Writes the last of it, and nothing after that. */
  end(): Promise<void>
}

interface Parts {
  readonly store: PrismaClient
  readonly clock: Clock
  readonly log: Log
  /** From the first note until they are written, in milliseconds, if not as usual. */
  readonly gatherMs?: number | undefined
  /** Says that marks of before a close were written after all others had been set apart: it is to be done again. */
  cameLate(tx: Tx, late: Late): Promise<void>
}

interface Late {
  readonly networkId: string
  /** When that close was. */
  readonly at: Date
}

interface Note {
  readonly ref: string
  readonly space: string
  readonly at: Date
}

/** So long they gather as a rule. */
const GATHER_MS = 5_000
/** So many wait at the most, such as while the store is away; more are let go. */
const MOST = 20_000
/** So many are written by one statement. */
const BATCH = 1_000
/** Any fixed number will do that nothing else uses. */
const LOCK = 72707372
/** The fact that says up to which close all marks were written anew. */
const APART = 'acts-apart'

const KINDS: ReadonlySet<Inbound['event']['kind']> = new Set(['press', 'command', 'shortcut', 'text'])

export function createActs({ store, clock, log, cameLate, gatherMs = GATHER_MS }: Parts): Acts {
  /** By account, then by chat: the first note of those that are not written. */
  const waiting = new Map<string, Map<string, Note>>()
  let count = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let isOver = false

  function gather(): void {
    if (isOver || timer !== undefined || waiting.size === 0) return
    timer = setTimeout(() => {
      timer = undefined
      acts.write().catch((err: unknown) => log.warn({ err }, 'In which chats people act could not be written; it is tried again'))
    }, gatherMs).unref()
  }

  async function writeAll(): Promise<void> {
    const all = [...waiting.values()].flatMap(chats => [...chats.values()])
    for (let from = 0; from < all.length; from += BATCH) {
      const some = all.slice(from, from + BATCH)
      await store.$transaction(tx => save(tx, some, cameLate))
      for (const note of some) drop(note)
    }
  }

  function keep(note: Note): void {
    const chats = waiting.get(note.ref) ?? new Map<string, Note>()
    if (chats.has(note.space) || count >= MOST) return
    waiting.set(note.ref, chats.set(note.space, note))
    count += 1
  }

  function drop({ ref, space }: Note): void {
    const chats = waiting.get(ref)
    if (chats?.delete(space)) count -= 1
    if (chats?.size === 0) waiting.delete(ref)
  }

  const acts: Acts = {
    note({ place, person: { ref }, event }) {
      if (place === 'private' || !KINDS.has(event.kind) || isOver) return
      keep({ ref, space: place.space, at: clock.now() })
      gather()
    },
    lately: ref => [...(waiting.get(ref)?.keys() ?? [])],
    write() {
      // One after the other, and whoever asks waits for what was noted before.
      const done = writing.then(writeAll).finally(gather)
      writing = done.catch(() => undefined)
      return done
    },
    async end() {
      isOver = true
      clearTimeout(timer)
      await acts.write().catch((err: unknown) => log.warn({ err }, 'In which chats people acted last could not be written'))
    },
  }
  return acts
}

/** A mark that stands already is written again only in another month. What was done before a secret poll closed and comes after its marks were set apart says so. */
async function save(tx: Tx, notes: readonly Note[], cameLate: Parts['cameLate']): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${LOCK})`
  const months = notes.map(note => `${note.at.toISOString().slice(0, 7)}-01`)
  const written = await tx.$queryRaw<{ networkId: string }[]>`
    INSERT INTO "Acted" AS a ("personId", "spaceId", "month")
    SELECT * FROM (
      SELECT m."personId", s."id", max(n.month)
      FROM unnest(${notes.map(note => note.ref)}::text[], ${notes.map(note => note.space)}::text[], ${months}::date[]) AS n(ref, space, month)
        JOIN "Space" s ON s."ref" = n.space AND s."state" IN ('joining', 'joined')
        JOIN "Membership" m ON m."identityRef" = n.ref AND m."networkId" = s."networkId"
      GROUP BY m."personId", s."id") AS one
    ORDER BY gen_random_uuid()
    ON CONFLICT ("personId", "spaceId") DO UPDATE SET "month" = EXCLUDED."month" WHERE a."month" < EXCLUDED."month"
    RETURNING (SELECT s."networkId" FROM "Space" s WHERE s."id" = a."spaceId") AS "networkId"`
  const [first] = written
  if (!first) return
  const apart = await tx.fact.findUnique({ where: { name: APART } })
  const isLate = apart !== null && notes.some(note => note.at <= apart.at)
  if (isLate) await cameLate(tx, { networkId: first.networkId, at: apart.at })
}

/** After a close at that moment: all marks are written anew at once, so that none tells when it came. Nobody writes any meanwhile. */
export async function setActsApart(client: pg.PoolClient, at: Date): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK])
  await client.query('UPDATE "Acted" SET "month" = "month"')
  await client.query('INSERT INTO "Fact" ("name", "at") VALUES ($1, $2) ON CONFLICT ("name") DO UPDATE SET "at" = EXCLUDED."at"', [
    APART,
    at,
  ])
  await client.query('SELECT pg_advisory_unlock($1)', [LOCK])
}

/** What one person did is the other's too. */
export async function joinActs(tx: Tx, { from, into }: { readonly from: string; readonly into: string }): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Acted" AS a ("personId", "spaceId", "month") SELECT ${into}, "spaceId", "month" FROM "Acted" WHERE "personId" = ${from}
    ON CONFLICT ("personId", "spaceId") DO UPDATE SET "month" = greatest(a."month", EXCLUDED."month")`
  await tx.acted.deleteMany({ where: { personId: from } })
}

/** These spaces have left. */
export async function forgetActsIn(tx: Tx, spaceIds: readonly string[]): Promise<void> {
  await tx.acted.deleteMany({ where: { spaceId: { in: [...spaceIds] } } })
}
