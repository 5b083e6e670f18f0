import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Log } from '../base/log.ts'
import { listTables, quote, type Table } from './copy.ts'
import { codeOf } from './store-error.ts'

/**
 * 'done': what was deleted is in no file of the database any more. 'later': somebody was still reading the tables (a backup,
 * say), call again. 'partly': the tables are rewritten, but this server does not let us do all the rest.
 */
export type Scrubbed = 'done' | 'later' | 'partly'

// Any fixed number will do that nothing else uses.
const scrubLock = 72707371

const patience = { readers: 5_000, lock: 3_000 }

/**
 * `order`: tables that hold nothing secret, and are only rewritten in the order of their keys. `first`: what is to be done before, on the
 * same connection and by one process at a time; it may be done again.
 */
export interface Beside {
  readonly order?: readonly string[]
  readonly first?: (client: pg.PoolClient) => Promise<void>
}

/**
 * Rewrites these tables so that deleted rows are gone from their files and the others stand in the order of their keys, forgets the
 * samples that the planner took of them, and leaves behind the write-ahead log that held them. Holds each table for the time of the
 * rewrite. See docs/secrecy.md for what remains. Never in a transaction.
 */
export async function scrub(pool: pg.Pool, tables: readonly string[], log: Log, beside: Beside = {}): Promise<Scrubbed> {
  const client = await pool.connect()
  try {
    const result = await scrubOn(client, tables, log, beside)
    client.release()
    return result
  } catch (error) {
    client.release(true)
    // Somebody held the table, or waited for us as we did for them: nothing is lost by doing it again.
    if (!['55P03', '40P01'].includes(codeOf(error))) throw error
    log.info({ tables }, 'deleted rows are wiped later: the tables are in use')
    return 'later'
  }
}

async function scrubOn(client: pg.PoolClient, names: readonly string[], log: Log, { order = [], first }: Beside): Promise<Scrubbed> {
  const known = await listTables(client)
  const find = (wanted: readonly string[]) => known.filter(table => wanted.includes(table.name))
  const unknown = [...names, ...order].filter(name => !known.some(table => table.name === name))
  if (unknown.length > 0) throw new Error(`There is no table of one of these names: ${unknown.join(', ')}`)
  if (!(await isMyTurn(client))) return 'later'
  await client.query(`SET lock_timeout = ${patience.lock}`)
  await first?.(client)
  const result = await rewrite(client, find(names), find(order), log)
  await client.query('RESET lock_timeout')
  await client.query('SELECT pg_advisory_unlock($1)', [scrubLock])
  return result
}

// Another process may be at it.
async function isMyTurn(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [scrubLock])
  return rows[0]?.mine === true
}

async function rewrite(client: pg.PoolClient, tables: readonly Table[], order: readonly Table[], log: Log): Promise<Scrubbed> {
  const names = tables.map(table => table.name)
  if (!(await nobodyLooksBack(client))) {
    log.info({ tables: names }, 'deleted rows are wiped later: something still reads what was there before')
    return 'later'
  }
  for (const table of [...tables, ...order]) await client.query(inOrder(table))
  const steps: (() => Promise<unknown>)[] = [
    () => forgetSamples(client, tables),
    () => rewriteSamples(client),
    () => client.query('SELECT pg_switch_wal()'),
    () => client.query('CHECKPOINT'),
  ]
  const refused: string[] = []
  for (const step of steps) await step().catch((error: unknown) => refused.push(notAllowed(error)))
  if (refused.length === 0) return 'done'
  log.warn(
    { tables: names, refused },
    'deleted rows were wiped from the tables, but this server keeps traces that only its owner can remove',
  )
  return 'partly'
}

// The place of a row in its table would tell when it was written. Either statement leaves the deleted rows behind.
function inOrder({ name, index }: Table): string {
  return index === null ? `VACUUM (FULL) ${quote(name)}` : `CLUSTER ${quote(name)} USING ${quote(index)}`
}

// A rewrite keeps the deleted rows that an older snapshot may still read, so it waits until there is none.
async function nobodyLooksBack(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ now: string }>('SELECT pg_current_xact_id()::xid::text AS now')
  const older = `SELECT 1 FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()
    AND greatest(age(backend_xmin), age(backend_xid)) >= age($1::text::xid) LIMIT 1`
  const until = performance.now() + patience.readers
  while ((await client.query(older, [rows[0]?.now])).rowCount !== 0) {
    if (performance.now() > until) return false
    await sleep(20)
  }
  return true
}

// Samples of the columns (the most common values, and a histogram) would keep values that are deleted.
async function forgetSamples(client: pg.PoolClient, tables: readonly Table[]): Promise<void> {
  const clear = 'SELECT pg_clear_attribute_stats(current_schema()::text, $1::text, $2::text, false)'
  for (const table of tables) {
    for (const column of table.columns) await client.query(clear, [table.name, column.name])
  }
}

// PostgreSQL does not refuse this to others: it warns and does nothing.
async function rewriteSamples(client: pg.PoolClient): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper')
  if (rowCount === 0) throw new Refused('only a superuser may rewrite pg_statistic')
  await client.query('VACUUM (FULL) pg_catalog.pg_statistic')
}

class Refused extends Error {}

// 42501: no right to do that; 42883: a PostgreSQL before 18 has no such function. Anything else is a fault.
function notAllowed(error: unknown): string {
  if (error instanceof Refused || ['42501', '42883'].includes(codeOf(error))) return error instanceof Error ? error.message : ''
  throw error
}
