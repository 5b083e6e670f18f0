import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { PrismaClient } from './generated/client.ts'
import { type Migration, migrate } from './migrate.ts'
import { codeOf, StoreError } from './store-error.ts'
import { saveBefore } from './upgrade.ts'

/** The database and the two ways to speak to it, which share their connections. */
export interface Store {
  readonly prisma: PrismaClient
  readonly pool: pg.Pool
  readonly kind: 'embedded' | 'server'
  /** The names of the migrations that were applied at this start. */
  readonly applied: readonly string[]
  /** Ends the connections, and the embedded server when no other program uses it. */
  close(): Promise<void>
}

/**
 * `databaseUrl` names a PostgreSQL server; without it the store is the embedded one in `stateDir`. `unsaved`: brought up to date
 * without a backup. `migrations` is for restore and tests; 'unchecked' opens the store as it is. `now` is for tests.
 */
export interface OpenOptions {
  readonly stateDir: string
  readonly databaseUrl?: string | undefined
  readonly log: Log
  readonly migrations?: readonly Migration[] | 'unchecked'
  readonly unsaved?: boolean | undefined
  readonly now?: () => Date
}

// A connection that ends like this met the embedded server while another program was just stopping it.
const stopping = ['57P01', '57P03', 'ENOENT', 'ECONNREFUSED', 'ECONNRESET']

/** Opens the store and brings it up to date; if it holds anything, not before a backup is written. Throws a StoreError, with what to do, for what a person can put right. */
export async function openStore(o: OpenOptions): Promise<Store> {
  if (o.databaseUrl) {
    return connect(o, undefined).catch(cause => {
      throw fromServer(cause)
    })
  }
  for (let left = 5; ; left--) {
    try {
      return await openEmbedded(o)
    } catch (error) {
      if (left === 0 || !stopping.includes(codeOf(error))) throw error
      await sleep(100)
    }
  }
}

async function openEmbedded(o: OpenOptions): Promise<Store> {
  let store: Store | undefined
  const onBack = () => {
    // One connection shows the other programs that the server is used.
    store?.pool.query('SELECT 1').catch((error: unknown) => o.log.warn({ err: error }, 'the store does not answer'))
  }
  const embedded = await startEmbedded({ ...o, onBack })
  store = await connect(o, embedded)
  return store
}

/**
 * Milliseconds until a transaction must have begun, and until it must have ended. Prisma's own, two and five seconds, fail work on a busy or small machine
 * that would have been done.
 */
const transactionOptions = { maxWait: 30_000, timeout: 60_000 } as const

async function connect(o: OpenOptions, embedded: Embedded | undefined): Promise<Store> {
  const { now = () => systemClock.now() } = o
  const pool = createPool(embedded, o)
  try {
    const applied = o.migrations === 'unchecked' ? [] : await migrate(pool, o.migrations, () => saveBefore(pool, { ...o, now: now() }))
    if (o.migrations === 'unchecked') await pool.query('SELECT 1')
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions })
    const close = async () => {
      await prisma.$disconnect()
      await closeAll(pool, embedded)
    }
    return { prisma, pool, kind: embedded ? 'embedded' : 'server', applied, close: once(close) }
  } catch (error) {
    await closeAll(pool, embedded)
    throw error
  }
}

function createPool(embedded: Embedded | undefined, { databaseUrl, log }: OpenOptions): pg.Pool {
  const pool = new pg.Pool({
    ...(embedded ? embedded.connection : { connectionString: databaseUrl }),
    application_name: `folkmoot-${randomUUID()}`,
    max: 8,
    // One connection always stays, so that the embedded server can tell that this program still uses it.
    min: 1,
    connectionTimeoutMillis: 30_000,
    options: '-c TimeZone=UTC -c idle_in_transaction_session_timeout=60000',
  })
  // The pool looks after idle connections only. One that is lost in use fails its own query; unheard, it would end the process.
  pool.on('connect', client => void client.on('error', () => undefined))
  pool.on('error', error => {
    if (!pool.ending) log.warn({ err: error }, 'a connection to the store was lost')
  })
  return pool
}

async function closeAll(pool: pg.Pool, embedded: Embedded | undefined): Promise<void> {
  const alone = embedded !== undefined && !(await hasOthers(pool))
  await pool.end()
  if (alone) await embedded.stop()
  else await embedded?.leave()
}

/** Whether another program uses the same embedded server. A command line tool may share it with the bot: the last one out stops it. */
export async function hasOthers(pool: pg.Pool): Promise<boolean> {
  const mine = `current_setting('application_name')`
  const query = `SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> ${mine} LIMIT 1`
  return pool.query(query).then(
    result => result.rowCount !== 0,
    () => false,
  )
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= action()
    return done
  }
}

const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'ENOENT', '57P03']
const refused: Readonly<Record<string, string>> = {
  '28P01': 'does not accept the password',
  '28000': 'does not let this user in',
  '3D000': 'has no database of that name',
  '42501': 'does not let this user create tables',
  '53300': 'has no connection free',
}

// What a wrong DATABASE_URL leads to. The address itself is not repeated, because it holds a password.
function fromServer(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof StoreError) return cause
  const inner = cause instanceof AggregateError ? cause.errors[0] : codeOf(cause) ? cause : (cause.cause ?? cause)
  const code = codeOf(inner)
  if (unreachable.includes(code) || /timeout|Connection terminated/.test(cause.message)) {
    return new StoreError(`The server in DATABASE_URL cannot be reached (${code || cause.message}): start it, or put the address right.`, {
      cause,
    })
  }
  const why = refused[code]
  return why ? new StoreError(`The server in DATABASE_URL ${why}: put DATABASE_URL or the server right.`, { cause }) : cause
}
