import fs from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { z } from 'zod'
import type { Log } from '../base/log.ts'
import type { End, Header, Heading } from './backup.ts'
import { isProgram, runProgram, storeFromEnv } from './command-line.ts'
import { filling, listTables, type Row, refuseUnlessEmpty, type Table, writeRows, writeSequences, writing } from './copy.ts'
import { appliedMigrations, type Migration, migrate, readMigrations } from './migrate.ts'
import { openStore, type Store } from './open.ts'
import { StoreError } from './store-error.ts'

const header = z.object({
  folkmoot: z.literal('backup'),
  format: z.literal(1),
  made: z.string(),
  migrations: z.array(z.string()),
  leftOut: z.array(z.string()),
}) satisfies z.ZodType<Header>
const heading = z.object({ table: z.string(), columns: z.array(z.string()) }) satisfies z.ZodType<Heading>
const end = z.object({ end: z.object({ rows: z.number(), sequences: z.record(z.string(), z.string()) }) }) satisfies z.ZodType<End>

const portion = { rows: 1000, characters: 4_000_000 }

/** What a restore needs; `migrations` (all that this version knows) is for tests. */
export interface RestoreOptions {
  readonly file: string
  readonly stateDir: string
  readonly databaseUrl?: string | undefined
  readonly log: Log
  readonly say?: (line: string) => void
  readonly migrations?: readonly Migration[]
}

/**
 * Loads a backup into an empty store, in one transaction, and brings it up to date. A backup of an older version is loaded into
 * the tables of that version first. Throws a StoreError when the store is not empty, or the file cannot be used.
 */
export async function restore(o: RestoreOptions): Promise<{ rows: number; made: string }> {
  const { file, say = () => {}, migrations: all = readMigrations() } = o
  const lines = readLines(file)
  const first = readHeader((await lines.next()).value, file)
  const store = await openStore({ ...o, migrations: 'unchecked' })
  try {
    await prepare(store, all, first, file)
    const rows = await writing(store.pool, client => load(client, lines, file, say))
    await migrate(store.pool, all)
    return { rows, made: first.made }
  } finally {
    await store.close()
  }
}

// Checked while the store is as it was found: empty, and not ahead of the backup.
async function prepare({ pool }: Store, all: readonly Migration[], { migrations }: Header, file: string): Promise<void> {
  const unknown = migrations.find(name => !all.some(migration => migration.name === name))
  if (unknown !== undefined) {
    throw new StoreError(
      `The backup ${file} was made by a newer version of the bot (it has the change ${unknown}): install that version, STATE_DIR may stay.`,
    )
  }
  await writing(pool, async client => refuseUnlessEmpty(client, await listTables(client)))
  if ((await appliedMigrations(pool)).some(name => !migrations.includes(name))) {
    const message = `The backup ${file} is older than the tables of this store: set STATE_DIR to a new folder, or DATABASE_URL to a new database, that no bot has opened yet.`
    throw new StoreError(message)
  }
  await migrate(
    pool,
    all.filter(migration => migrations.includes(migration.name)),
  )
}

async function load(client: pg.PoolClient, lines: AsyncIterable<string>, file: string, say: (line: string) => void): Promise<number> {
  const tables = await listTables(client)
  const finish = await filling(client, tables, () => loadRows(client, tables, lines, file, say))
  await writeSequences(client, finish.end.sequences)
  return finish.end.rows
}

async function loadRows(
  client: pg.PoolClient,
  tables: readonly Table[],
  lines: AsyncIterable<string>,
  file: string,
  say: (line: string) => void,
): Promise<End> {
  let filler: Filler | undefined
  let rows = 0
  for await (const line of lines) {
    if (line.startsWith('[')) {
      await filler?.add(line)
      continue
    }
    rows += (await filler?.finish(say)) ?? 0
    const entry = readEntry(line, file)
    if ('table' in entry) filler = new Filler(client, findTable(tables, entry))
    else if (entry.end.rows === rows) return entry
    else throw unusable(file, new Error(`${rows} rows instead of ${entry.end.rows}`))
  }
  throw unusable(file, new Error('The end is missing'))
}

/** Collects the rows of one table and writes them in portions. */
class Filler {
  private waiting: Row[] = []
  private characters = 0
  private written = 0
  private readonly client: pg.PoolClient
  private readonly table: Table

  constructor(client: pg.PoolClient, table: Table) {
    this.client = client
    this.table = table
  }

  async add(row: Row): Promise<void> {
    this.waiting.push(row)
    this.characters += row.length
    if (this.waiting.length >= portion.rows || this.characters >= portion.characters) await this.flush()
  }

  async finish(say: (line: string) => void): Promise<number> {
    await this.flush()
    say(`${this.table.name}: ${this.written} rows`)
    return this.written
  }

  private async flush(): Promise<void> {
    if (this.waiting.length > 0) await writeRows(this.client, this.table, this.waiting)
    this.written += this.waiting.length
    this.waiting = []
    this.characters = 0
  }
}

function findTable(tables: readonly Table[], { table: name, columns }: Heading): Table {
  const table = tables.find(each => each.name === name)
  if (!table) throw new Error(`The backup has a table ${name} that its migrations do not make`)
  const ordered = columns.map(column => table.columns.find(each => each.name === column))
  return { ...table, columns: ordered.filter(column => column !== undefined) }
}

function readHeader(line: string | undefined, file: string): Header {
  try {
    return header.parse(JSON.parse(line ?? ''))
  } catch (cause) {
    throw unusable(file, cause)
  }
}

function readEntry(line: string, file: string): End | Heading {
  try {
    return z.union([end, heading]).parse(JSON.parse(line))
  } catch (cause) {
    throw unusable(file, cause)
  }
}

const unusable = (file: string, cause: unknown) =>
  new StoreError(`The file ${file} is not a backup of this bot, or is damaged: use another one from STATE_DIR/backups.`, { cause })

// Only the line feed ends a line: people's words may hold the other characters that look like one.
async function* readLines(file: string): AsyncGenerator<string, undefined> {
  if (!fs.existsSync(file)) throw new StoreError(`There is no file ${file}: name one of the files in STATE_DIR/backups.`)
  const text = pipeline(fs.createReadStream(file), createGunzip(), () => {}).setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of text) {
      const parts = `${rest}${chunk}`.split('\n')
      rest = parts.pop() ?? ''
      yield* parts
    }
  } catch (cause) {
    throw cause instanceof StoreError ? cause : unusable(file, cause)
  }
}

if (isProgram(import.meta.url)) {
  await runProgram('Usage: npm run store:restore -- FILE (a file in STATE_DIR/backups)', 1, async ([file = ''], say, log) => {
    const { rows, made } = await restore({ file, ...storeFromEnv(), log, say })
    say(`Restored ${rows} rows. The backup was made at ${made}.`)
  })
}
