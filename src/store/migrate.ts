import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { codeOf, StoreError } from './store-error.ts'

/** One folder of prisma/migrations. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

interface Recorded {
  readonly migration_name: string
  readonly checksum: string
  readonly finished_at: Date | null
}

// The advisory lock that Prisma's own migrate takes, so that the two never work at once.
const lock = 72707369

const folder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** The migrations that this version knows, oldest first. `dir` is for tests. */
export function readMigrations(dir = folder): readonly Migration[] {
  const entries = fs.readdirSync(dir, { withFileTypes: true }).filter(entry => entry.isDirectory())
  const names = entries.map(entry => entry.name).sort()
  return names.map(name => ({ name, sql: fs.readFileSync(path.join(dir, name, 'migration.sql'), 'utf8') }))
}

/**
 * Applies what the database does not have yet, in Prisma's own format (folders, table, checksums), each in a transaction.
 * Returns the names of those applied now. `before` is waited for first where the database had others already: what it throws leaves it as it was. Throws a StoreError when the database is ahead of this version, or when a migration
 * was changed after it had been applied.
 */
export async function migrate(
  pool: pg.Pool,
  migrations = readMigrations(),
  before: () => Promise<void> = async () => {},
): Promise<string[]> {
  if (pending(migrations, await recorded(pool)).length === 0) return []
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lock])
    const applied = await applyAll(client, migrations, before)
    await client.query('SELECT pg_advisory_unlock($1)', [lock])
    client.release()
    return applied
  } catch (error) {
    // Ending the connection gives the lock up, whatever happened.
    client.release(true)
    throw error
  }
}

async function applyAll(client: pg.PoolClient, migrations: readonly Migration[], before: () => Promise<void>): Promise<string[]> {
  await client.query(createTable)
  const applied: string[] = []
  const done = await recorded(client)
  const todo = pending(migrations, done)
  if (done.length > 0 && todo.length > 0) await before()
  for (const migration of todo) {
    await apply(client, migration)
    applied.push(migration.name)
  }
  return applied
}

/** The names of the migrations that a database has, oldest first. */
export async function appliedMigrations(client: pg.Pool | pg.PoolClient): Promise<string[]> {
  return (await recorded(client)).map(row => row.migration_name).sort()
}

async function recorded(client: pg.Pool | pg.PoolClient): Promise<Recorded[]> {
  const query = 'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL'
  try {
    return (await client.query<Recorded>(query)).rows
  } catch (error) {
    if (codeOf(error) === '42P01') return []
    throw error
  }
}

function pending(migrations: readonly Migration[], done: readonly Recorded[]): Migration[] {
  const known = new Map(migrations.map(migration => [migration.name, migration]))
  for (const row of done) {
    const migration = known.get(row.migration_name)
    if (!migration) throw new StoreError(tooNew(row.migration_name))
    if (!row.finished_at) throw new StoreError(halfDone(row.migration_name))
    if (!checksums(migration.sql).includes(row.checksum)) throw new StoreError(changed(row.migration_name))
  }
  const names = new Set(done.map(row => row.migration_name))
  return migrations.filter(migration => !names.has(migration.name))
}

const tooNew = (name: string) =>
  `The store was last used by a newer version of the bot (it has the change ${name}, which this version does not know): install that version again, or set STATE_DIR or DATABASE_URL to another store.`
const halfDone = (name: string) =>
  `The change ${name} of the database was begun by another tool and did not finish: restore a backup into an empty store (set STATE_DIR or DATABASE_URL to it).`
const changed = (name: string) =>
  `The file prisma/migrations/${name}/migration.sql was changed after this store had used it: put the file back as it was, or set STATE_DIR or DATABASE_URL to another store.`

// A checkout may write line ends either way; the first is what gets recorded.
function checksums(sql: string): string[] {
  const unix = sql.replaceAll('\r\n', '\n')
  return [unix, unix.replaceAll('\n', '\r\n')].map(text => createHash('sha256').update(text).digest('hex'))
}

async function apply(client: pg.PoolClient, { name, sql }: Migration): Promise<void> {
  const record =
    'INSERT INTO "_prisma_migrations"(id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)'
  try {
    await client.query('BEGIN')
    await client.query(sql)
    await client.query(record, [randomUUID(), checksums(sql)[0], name])
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw new Error(`The migration ${name} failed and was undone`, { cause })
  }
}

const createTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`
