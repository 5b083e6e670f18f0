import fs from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import type { Log } from '../base/log.ts'
import { listTables, reading, readRows, readSequences, type Sequences } from './copy.ts'
import { syncFolder } from './create.ts'
import { appliedMigrations } from './migrate.ts'
import { codeOf, fullDisk, saysFull } from './store-error.ts'

/** The first line of a backup. `migrations`: what the database had, oldest first. `leftOut`: tables whose rows are not in it. */
export interface Header {
  readonly folkmoot: 'backup'
  readonly format: 1
  readonly made: string
  readonly migrations: readonly string[]
  readonly leftOut: readonly string[]
}

/** Stands before the rows of a table; each row is a line of its own, a JSON array. */
export interface Heading {
  readonly table: string
  readonly columns: readonly string[]
}

/** The last line: without it the file was cut off. */
export interface End {
  readonly end: { readonly rows: number; readonly sequences: Sequences }
}

/** Those of the nights, and those from before an upgrade: neither pushes the other out. */
const SERIES = { nightly: { prefix: 'folkmoot-', keep: 7 }, upgrade: { prefix: 'before-upgrade-', keep: 3 } } as const
type Series = keyof typeof SERIES

/** `leaveOut`: tables whose rows must never be in a backup. `keep`: how many backups of that series stay in `dir`. */
export interface BackupOptions {
  readonly dir: string
  readonly now: Date
  readonly series?: Series
  readonly keep?: number
  readonly leaveOut?: readonly string[]
  readonly log: Log
}

const timed = /^(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})Z\.jsonl\.gz$/
const part = '.part'

// Any fixed number will do that nothing else uses.
const backupLock = 72707370

/**
 * Writes all tables as they are at one moment into `dir/folkmoot-<time>.jsonl.gz` (`before-upgrade-<time>.jsonl.gz`), readable by
 * its owner alone, and removes the oldest files of the same series beyond `keep`. A crash leaves no half file under that name. Throws a StoreError when the disk is full.
 */
export async function backup(store: { readonly pool: pg.Pool }, o: BackupOptions): Promise<{ file: string; rows: number }> {
  const { dir, now, series = 'nightly', keep = SERIES[series].keep, leaveOut = ['PollKey', 'Seen'], log } = o
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = path.join(dir, `${SERIES[series].prefix}${now.toISOString().replaceAll(':', '').replace(/\.\d+/, '')}.jsonl.gz`)
  const began = performance.now()
  const rows = await reading(store.pool, async client => {
    await takeTurn(client)
    return write(client, file, { now, leaveOut })
  })
  fs.renameSync(file + part, file)
  syncFolder(dir)
  const removed = sweep(dir, series, keep, now)
  log.info({ file, rows, removed, ms: Math.round(performance.now() - began) }, 'backup written')
  return { file, rows }
}

/** When the newest nightly backup in `dir` was made, or undefined without one. One that seems to be made after `now` (the clock was ahead then) does not count. */
export function lastBackup(dir: string, now: Date): Date | undefined {
  return list(dir, 'nightly')
    .map(name => madeAt(name, 'nightly'))
    .find(made => made <= now)
}

function madeAt(name: string, series: Series): Date {
  const [, day, hour, minute, second] = timed.exec(name.slice(SERIES[series].prefix.length)) ?? []
  return new Date(`${day}T${hour}:${minute}:${second}Z`)
}

// Newest first: the names sort by time.
function list(dir: string, series: Series): string[] {
  const { prefix } = SERIES[series]
  const names = fs.existsSync(dir) ? fs.readdirSync(dir) : []
  return names
    .filter(name => name.startsWith(prefix) && timed.test(name.slice(prefix.length)))
    .sort()
    .reverse()
}

/** One backup at a time: try again later. */
export class Busy extends Error {}

async function takeTurn(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS free', [backupLock])
  if (!rows[0]?.free) throw new Busy('Another backup is being written at this moment')
}

async function write(client: pg.PoolClient, file: string, { now, leaveOut }: { now: Date; leaveOut: readonly string[] }): Promise<number> {
  const counted = { rows: 0 }
  const target = fs.createWriteStream(file + part, { mode: 0o600, flush: true })
  try {
    await pipeline(Readable.from(lines(client, now, leaveOut, counted)), createGzip(), target)
    return counted.rows
  } catch (error) {
    fs.rmSync(file + part, { force: true })
    throw saysFull(codeOf(error)) ? fullDisk(path.dirname(file), error) : error
  }
}

async function* lines(client: pg.PoolClient, now: Date, leftOut: readonly string[], counted: { rows: number }): AsyncGenerator<string> {
  const tables = await listTables(client)
  const unknown = leftOut.find(name => !tables.some(table => table.name === name))
  // A renamed table must not slip into the backups.
  if (unknown !== undefined) throw new Error(`There is no table ${unknown} to leave out of the backup`)
  const migrations = await appliedMigrations(client)
  yield line({ folkmoot: 'backup', format: 1, made: now.toISOString(), migrations, leftOut } satisfies Header)
  for (const table of tables.filter(({ name }) => !leftOut.includes(name))) {
    yield line({ table: table.name, columns: table.columns.map(column => column.name) } satisfies Heading)
    for await (const rows of readRows(client, table)) {
      counted.rows += rows.length
      yield `${rows.join('\n')}\n`
    }
  }
  yield line({ end: { rows: counted.rows, sequences: await readSequences(client) } } satisfies End)
}

const line = (value: object) => `${JSON.stringify(value)}\n`

// Also removes what a backup that was killed has left. Those that a clock ahead has made push out only their like.
function sweep(dir: string, series: Series, keep: number, now: Date): number {
  const halves = fs.readdirSync(dir).filter(name => name.endsWith(`.jsonl.gz${part}`))
  const isAhead = (name: string): boolean => madeAt(name, series) > now
  const all = list(dir, series)
  const past = all.filter(name => !isAhead(name))
  const ahead = all.filter(isAhead)
  const old = [...past.slice(keep), ...ahead.slice(keep), ...halves]
  for (const name of old) fs.rmSync(path.join(dir, name), { force: true })
  return old.length
}
