import pg from 'pg'
import type { PlatformStatus } from '../../platform/adapter.ts'
import type { Who } from './place.ts'

/** Which process has a platform, as it stands in the store. */
export interface Row extends Omit<Who, 'owner'> {
  readonly platform: string
  /** Null: it was given back. */
  readonly owner: string | null
  readonly session: string
  readonly beat: number
  readonly status: PlatformStatus | null
  /** It is ours, and this look has given a sign of life for it. */
  readonly mine: boolean
  /** No other process has connections to this store. */
  readonly alone: boolean
}

/** What processes on one store tell each other. `due`: something was written that is to be delivered soon. `free`: a platform was given back. */
export type Word = 'due' | 'free'

/** The rows. They have a database connection of their own, so that a sign of life waits for nothing else. Every method rejects where the store does not answer in time. */
export interface Rows {
  /** Gives a sign of life for each platform that is ours, with its status; answers with the rows of all platforms. */
  look(statuses: ReadonlyMap<string, PlatformStatus>): Promise<readonly Row[]>
  /** Takes platforms whose rows have not changed since they were seen (by `beat`; undefined: there was no row); answers with those that are ours now. */
  take(seen: readonly { readonly platform: string; readonly beat: number | undefined }[]): Promise<readonly string[]>
  giveBack(platforms: readonly string[]): Promise<void>
  /** Ends the connections of another process: it may be asleep in the middle of a transaction, which locks rows. */
  cutOff(session: string): Promise<void>
  call(word: Word): Promise<void>
  close(): Promise<void>
}

/** How long the store may take to answer. */
const mostMs = 3_000
const channel = 'folkmoot'

export function openRows(pool: pg.PoolOptions, me: Who, heard: (word: string) => void, answerMs: number = mostMs): Rows {
  const session = pool.application_name ?? ''
  const { ask, close } = openLine(pool, heard, answerMs)

  return {
    look: statuses =>
      ask<Row & pg.QueryResultRow>(
        `WITH mine AS (
           UPDATE "Holding" SET "beat" = "beat" + 1, "fate" = $2::jsonb ->> "platform" WHERE "owner" = $1 RETURNING "platform"
         ) SELECT h.*, h."fate" AS "status", h."platform" IN (SELECT "platform" FROM mine) AS mine, NOT EXISTS (
           SELECT FROM pg_stat_activity
           WHERE datname = current_database() AND application_name LIKE 'folkmoot-%' AND application_name <> $3
         ) AS alone FROM "Holding" h`,
        [me.owner, JSON.stringify(Object.fromEntries(statuses)), session],
      ),
    async take(seen) {
      const taken = await ask<{ platform: string }>(
        `WITH seen AS (
           SELECT * FROM unnest($5::text[], $6::int[]) AS s(platform, beat)
         ), fresh AS (
           INSERT INTO "Holding" ("platform", "owner", "place", "pid", "session")
           SELECT s.platform, $1, $2, $3, $4 FROM seen s WHERE s.beat IS NULL ON CONFLICT DO NOTHING RETURNING "platform"
         ), taken AS (
           UPDATE "Holding" h SET "owner" = $1, "place" = $2, "pid" = $3, "session" = $4, "beat" = h."beat" + 1, "fate" = NULL
           FROM seen s WHERE h."platform" = s.platform AND h."beat" = s.beat RETURNING h."platform"
         ) SELECT "platform" FROM fresh UNION ALL SELECT "platform" FROM taken`,
        [me.owner, me.place, me.pid, session, seen.map(one => one.platform), seen.map(one => one.beat ?? null)],
      )
      return taken.map(row => row.platform)
    },
    async giveBack(platforms) {
      await ask(
        `UPDATE "Holding" SET "owner" = NULL, "fate" = NULL, "beat" = "beat" + 1 WHERE "owner" = $1 AND "platform" = ANY($2::text[])`,
        [me.owner, [...platforms]],
      )
    },
    async cutOff(other) {
      if (other === '' || other === session) return
      await ask('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [other])
    },
    async call(word) {
      await ask('SELECT pg_notify($1, $2)', [channel, word])
    },
    close,
  }
}

/** One connection to the store, made anew when it is next needed after it was lost. */
interface Line {
  /** One statement after the other. Rejects where the store does not answer in time. */
  ask<R extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<R[]>
  close(): Promise<void>
}

function openLine(pool: pg.PoolOptions, heard: (word: string) => void, answerMs: number): Line {
  // The password is named because a pool hides it from a copy of its options.
  const config = { ...pool, password: pool.password, connectionTimeoutMillis: answerMs, query_timeout: answerMs }
  let client: pg.Client | undefined
  let last: Promise<unknown> = Promise.resolve()

  const drop = (one: pg.Client): void => {
    if (client === one) client = undefined
    one.end().catch(() => undefined)
  }
  async function connect(): Promise<pg.Client> {
    const made = new pg.Client(config)
    made.on('error', () => drop(made))
    made.on('end', () => drop(made))
    made.on('notification', ({ payload }) => heard(payload ?? ''))
    await made.connect()
    client = made
    // A sign of life need not wait until it is on the disk: if the server loses power, it does not matter that one was lost.
    await made.query(`SET synchronous_commit = off; LISTEN ${channel}`)
    return made
  }
  async function run<R extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<R[]> {
    const one = client ?? (await connect())
    try {
      return (await one.query<R>(sql, values)).rows
    } catch (cause) {
      drop(one)
      throw cause
    }
  }

  return {
    ask<R extends pg.QueryResultRow>(sql: string, values: unknown[]) {
      const asked = last.then(() => run<R>(sql, values))
      last = asked.catch(() => undefined)
      return asked
    },
    async close() {
      await last
      await client?.end()
    },
  }
}
