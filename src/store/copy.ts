import type pg from 'pg'
import { StoreError } from './store-error.ts'

/** A table of the store. `type` is the column's type as PostgreSQL spells it. Generated columns are left out; `key`: the primary key, `index`: its index. */
export interface Table {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly key: readonly string[]
  readonly index: string | null
}

/** One row: a JSON array that holds each column as PostgreSQL writes it as text, or null. Exact for every type. */
export type Row = string

/** The last value that each sequence has given out. */
export type Sequences = Readonly<Record<string, string>>

// How values are spelled, whatever the server or the user is set to.
const spelling = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL idle_in_transaction_session_timeout = 0`

/** Runs `work` in one transaction in which nothing that others write is seen. */
export function reading<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  return transaction(pool, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work)
}

/** Runs `work` in one transaction; when it throws, nothing was written. */
export function writing<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  return transaction(pool, 'BEGIN', work)
}

async function transaction<Result>(pool: pg.Pool, begin: string, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  try {
    await client.query(`${begin}; ${spelling}`)
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    // Ending the connection undoes the transaction, also when it is the connection that failed.
    client.release(true)
    throw error
  }
}

/** All tables of the store by name, without the list of migrations. */
export async function listTables(client: pg.PoolClient): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    SELECT c.relname AS name, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum) AS columns,
      (SELECT coalesce(json_agg(k.attname ORDER BY k.attnum), '[]') FROM pg_index i JOIN pg_attribute k ON k.attrelid = i.indexrelid
       WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
      (SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisprimary) AS index
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
    GROUP BY c.oid ORDER BY c.relname`)
  return rows
}

/** Rows at once; where they hold files, each may have megabytes. */
const portions = { light: 250, heavy: 4 } as const

/**
 * The rows of a table in portions, so that a table never has to fit into memory. In the order of the primary key: the order in
 * which rows were written would tell who cast which secret ballot. Only inside a transaction.
 */
export async function* readRows(client: pg.PoolClient, table: Table): AsyncGenerator<Row[]> {
  const portion = table.columns.some(({ type }) => type === 'bytea') ? portions.heavy : portions.light
  const values = table.columns.map(column => `${quote(column.name)}::text`).join(', ')
  const order = table.key.length > 0 ? table.key.map(quote).join(', ') : '1'
  const query = `SELECT to_json(ARRAY[${values}]::text[])::text AS row FROM ${quote(table.name)} ORDER BY ${order}`
  await client.query(`DECLARE rows NO SCROLL CURSOR FOR ${query}`)
  for (;;) {
    const { rows } = await client.query<{ row: Row }>(`FETCH ${portion} FROM rows`)
    if (rows.length === 0) break
    yield rows.map(each => each.row)
  }
  await client.query('CLOSE rows')
}

/** Writes rows as `readRows` gave them. */
export async function writeRows(client: pg.PoolClient, table: Table, rows: readonly Row[]): Promise<void> {
  const names = table.columns.map(column => quote(column.name)).join(', ')
  const values = table.columns.map((column, index) => `(row ->> ${index})::${column.type}`).join(', ')
  const into = `INSERT INTO ${quote(table.name)} (${names}) OVERRIDING SYSTEM VALUE`
  await client.query(`${into} SELECT ${values} FROM json_array_elements($1::json) AS row`, [`[${rows.join(',')}]`])
}

/**
 * Runs `fill` while no foreign key and no trigger of these tables is in force, so that the order of rows does not matter; then
 * puts them back, which checks every row against the keys. Only inside a transaction.
 */
export async function filling<Result>(client: pg.PoolClient, tables: readonly Table[], fill: () => Promise<Result>): Promise<Result> {
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(`
    SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conparentid = 0 ORDER BY conname`)
  for (const key of keys) await client.query(`ALTER TABLE ${key.table} DROP CONSTRAINT ${quote(key.name)}`)
  for (const table of tables) await client.query(`ALTER TABLE ${quote(table.name)} DISABLE TRIGGER USER`)
  const result = await fill()
  for (const table of tables) await client.query(`ALTER TABLE ${quote(table.name)} ENABLE TRIGGER USER`)
  for (const key of keys) await client.query(`ALTER TABLE ${key.table} ADD CONSTRAINT ${quote(key.name)} ${key.definition}`)
  return result
}

/** Where the sequences of the store stand. Those that were never used are left out. */
export async function readSequences(client: pg.PoolClient): Promise<Sequences> {
  const query = 'SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1'
  const { rows } = await client.query<{ name: string; last: string | null }>(query)
  return Object.fromEntries(rows.flatMap(row => (row.last === null ? [] : [[row.name, row.last]])))
}

/** Lets the sequences go on from there. */
export async function writeSequences(client: pg.PoolClient, sequences: Sequences): Promise<void> {
  for (const [name, last] of Object.entries(sequences)) await client.query('SELECT setval($1::regclass, $2::bigint)', [quote(name), last])
}

/** Throws a StoreError when one of these tables has a row. */
export async function refuseUnlessEmpty(client: pg.PoolClient, tables: readonly Table[]): Promise<void> {
  const name = await firstFilled(client, tables)
  if (name === undefined) return
  const message = `The store to write into is not empty (there are rows in ${name}): set STATE_DIR to an empty folder, or DATABASE_URL to an empty database.`
  throw new StoreError(message)
}

/** Whether none of these tables has a row. */
export async function isEmpty(client: pg.PoolClient, tables: readonly Table[]): Promise<boolean> {
  return (await firstFilled(client, tables)) === undefined
}

async function firstFilled(client: pg.PoolClient, tables: readonly Table[]): Promise<string | undefined> {
  for (const { name } of tables) {
    const { rowCount } = await client.query(`SELECT 1 FROM ${quote(name)} LIMIT 1`)
    if (rowCount !== 0) return name
  }
  return undefined
}

/** A name as it stands in SQL. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
