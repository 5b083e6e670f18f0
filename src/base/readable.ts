import type { Log } from './log.ts'

/** Rows that hold JSON of ours, read into whole things. One that cannot be read stands in the way of no other. */

/** A row whose JSON is not what it should be. Its error and the log name the table, the row and the sort of error: no words of anybody. */
export class Unreadable extends Error {
  readonly table: string
  readonly row: string
  readonly networkId: string | undefined
  /** The class of the error that came of reading it. */
  readonly why: string

  constructor(table: string, row: Named, cause: unknown) {
    super('unreadable row')
    this.name = 'Unreadable'
    this.table = table
    this.row = row.id
    this.networkId = row.networkId
    this.why = cause instanceof Error ? cause.name : typeof cause
  }
}

interface Named {
  readonly id: string
  readonly networkId?: string
}

/** Where rows come from, and whoever hears of those that cannot be read. An event (`Ctx`) is one. */
export interface Source<Store> {
  readonly tx: Store
  readonly log: Log
}

/** Those that could be read, and how many could not. */
export type Readable<Whole> = readonly Whole[] & { readonly unread: number }

/** One row, asked for by itself. Throws `Unreadable`. */
export function readRow<Row extends Named, Whole>(table: string, row: Row, read: (row: Row) => Whole): Whole {
  try {
    return read(row)
  } catch (cause) {
    throw new Unreadable(table, row, cause)
  }
}

/** Rows of a list: those that cannot be read are left out, counted and logged. */
export function readRows<Row extends Named, Whole>(
  log: Log,
  table: string,
  rows: readonly Row[],
  read: (row: Row) => Whole,
): Readable<Whole> {
  const all = rows.flatMap(row => {
    try {
      return [readRow(table, row, read)]
    } catch (err) {
      if (!(err instanceof Unreadable)) throw err
      logUnreadable(log, err)
      return []
    }
  })
  return Object.assign(all, { unread: rows.length - all.length })
}

/** Says which row it is, and nothing that stands in it. */
export function logUnreadable(log: Log, { table, row, why }: Unreadable): void {
  log.error({ table, row, why }, 'A row cannot be read')
}

/** For a file of everything: rows as they stand; one that cannot be read says so. */
export function markUnread<Row extends object>(
  rows: readonly Row[],
  read: (row: Row) => unknown,
): (Row & { readonly unreadable?: true })[] {
  return rows.map(row => {
    try {
      read(row)
      return row
    } catch {
      return { ...row, unreadable: true }
    }
  })
}
