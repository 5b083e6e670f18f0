import { type Readable, readRow, readRows, type Source } from '../../base/readable.ts'
import type { DueRow } from '../../runtime/alarm.ts'
import { Prisma, type PrismaClient } from '../../store/generated/client.ts'
import type { Tx } from '../../store/tx.ts'
import type { Series } from './series.ts'

/** The rows of things that repeat, whatever the feature keeps beside. */

/** What may be changed about a series by people. */
export type SeriesChange = Partial<Pick<Series, 'state' | 'rule' | 'start' | 'zone' | 'except' | 'moved' | 'doneTo'>>

/** What a turn leaves behind. `n`: how many dates were missed, the last of them at `last`. */
export interface TurnDone extends Pick<Series, 'id' | 'doneTo' | 'except' | 'moved' | 'nextAt'> {
  readonly n: number
  readonly last: Date | null
}

export interface SeriesTable<S extends Series> {
  /** One series, held until the end of the transaction: nobody changes it or makes one of its dates meanwhile. Throws `Unreadable`. */
  hold(tx: Tx, id: string): Promise<S | undefined>
  /** Without those that cannot be read. */
  load(source: Source<Tx>, ids: readonly string[]): Promise<Readable<S>>
  /** Those whose time has come, but those that rest. */
  due(
    store: PrismaClient,
    o: { readonly now: Date; readonly resting: readonly string[]; readonly most: number },
  ): Promise<readonly DueRow[]>
  /** Holds those of these that are still due, and that nobody else holds. `runs`: their network is not paused. */
  take(tx: Tx, ids: readonly string[], now: Date): Promise<readonly { readonly id: string; readonly runs: boolean }[]>
  /** They are looked at again then. */
  putOff(tx: Tx, ids: readonly string[], to: Date): Promise<void>
  /** Writes one that is held, and what it is now. */
  save(tx: Tx, one: Series, now: Date): Promise<S>
  moveOn(tx: Tx, done: readonly TurnDone[]): Promise<void>
}

interface Kept<Row, S> {
  /** A name of our own, never what somebody sent. */
  readonly name: string
  /** The column with the words by which people know it, and what is told of them in short. */
  readonly words: string
  nameOf(words: string): string
  /** Throws where its JSON is not what it should be. */
  read(row: Row): S
}

/**
 * A table that has these columns beside its feature's own, as `AnnouncementSeries` does: `id`, `networkId`, `createdBy`, `state` ("SeriesState"), `rule`, `start`,
 * `zone`, `except` (text[]), `moved` (jsonb), `doneTo`, `nextAt`, `dueAt` (with an index: when it is to be looked at), `missed`, `lastMissed`, `sequence` and
 * `changedAt`.
 */
export function seriesTable<
  Row extends { readonly id: string; readonly networkId: string; readonly except: readonly string[] },
  S extends Series,
>(kept: Kept<Row, S>): SeriesTable<S> {
  const table = Prisma.raw(`"${kept.name}"`)
  const words = Prisma.raw(`"${kept.words}"`)
  // A list that was never written is null in a row as it stands.
  const read = (row: Row): S => kept.read({ ...row, except: row.except ?? [] })
  const whole = (row: Row | undefined): S | undefined => row && readRow(kept.name, row, read)
  return {
    async hold(tx, id) {
      const [row] = await tx.$queryRaw<Row[]>`SELECT * FROM ${table} WHERE "id" = ${id} FOR UPDATE`
      return whole(row)
    },
    async load({ tx, log }, ids) {
      const rows = await tx.$queryRaw<
        Row[]
      >`SELECT * FROM ${table} WHERE "id" = ANY (${[...ids]}::text[]) ORDER BY "nextAt" NULLS LAST, "id"`
      return readRows(log, kept.name, rows, read)
    },
    async due(store, { now, resting, most }) {
      const rows = await store.$queryRaw<DueRow[]>`
        SELECT "id", "networkId", ${words} AS "title" FROM ${table}
        WHERE "dueAt" <= ${now}::timestamptz AND "id" <> ALL (${[...resting]}::text[]) ORDER BY "dueAt", "id" LIMIT ${most}`
      return rows.map(row => ({ ...row, title: kept.nameOf(row.title) }))
    },
    take: (tx, ids, now) => tx.$queryRaw`
      SELECT s."id", n."state" = 'active' AS "runs" FROM ${table} s JOIN "Network" n ON n."id" = s."networkId"
      WHERE s."id" = ANY (${[...ids]}::text[]) AND s."dueAt" <= ${now}::timestamptz ORDER BY s."dueAt", s."id" FOR UPDATE OF s SKIP LOCKED`,
    async putOff(tx, ids, to) {
      if (ids.length > 0) await tx.$executeRaw`UPDATE ${table} SET "dueAt" = ${to}::timestamptz WHERE "id" = ANY (${[...ids]}::text[])`
    },
    async save(tx, one, now) {
      const { id, state, rule, start, zone, except, moved, doneTo, nextAt } = one
      const [row] = await tx.$queryRaw<Row[]>`
        UPDATE ${table} SET "state" = ${state}::"SeriesState", "rule" = ${rule}, "start" = ${start}, "zone" = ${zone},
          "except" = ${[...except]}::text[], "moved" = ${JSON.stringify(moved)}::jsonb, "doneTo" = ${doneTo}::timestamptz,
          "nextAt" = ${nextAt}::timestamptz, "dueAt" = ${nextAt}::timestamptz, "sequence" = "sequence" + 1, "changedAt" = ${now}::timestamptz
        WHERE "id" = ${id} RETURNING *`
      const saved = whole(row)
      if (!saved) throw new Error('A series that was just changed is not there.')
      return saved
    },
    async moveOn(tx, done) {
      await tx.$executeRaw`
        UPDATE ${table} s SET "doneTo" = r."doneTo", "except" = r."except", "moved" = r."moved", "nextAt" = r."nextAt", "dueAt" = r."nextAt",
          "missed" = s."missed" + r."n", "lastMissed" = coalesce(r."last", s."lastMissed")
        FROM jsonb_to_recordset(${JSON.stringify(done)}::jsonb)
          AS r("id" text, "doneTo" timestamptz, "except" text[], "moved" jsonb, "nextAt" timestamptz, "n" int, "last" timestamptz)
        WHERE s."id" = r."id"`
    },
  }
}
