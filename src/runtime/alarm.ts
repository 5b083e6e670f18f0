import type { Prisma } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'

/** A row that something is to be done about. */
export interface DueRow {
  readonly id: string
  readonly networkId: string
  /** In people's own words; may be empty. */
  readonly title: string
}

/** One time that an alarm goes off. */
export interface Turn {
  readonly now: Date
  /** Ids of rows that failed and rest for a while: they are not to be asked for. */
  readonly resting: readonly string[]
  /** Does each of these rows, one after the other. One that fails rests and stands in no other's way. Rejects only where the store is away. */
  each<Row extends DueRow>(rows: readonly Row[], work: (row: Row) => Promise<unknown>): Promise<void>
  /** Does all of these rows at once; where that fails, each of them alone. */
  together<Row extends DueRow>(rows: readonly Row[], work: (rows: readonly Row[]) => Promise<unknown>): Promise<void>
}

/**
 * When an alarm goes off. `at`: at the instant (timestamptz, or null) that this expression has; it looks at one index and leaves out the rows that rest. `every`: so
 * many milliseconds after it last went well. `asked`: whenever that says so.
 */
export type When = { at(resting: readonly string[]): Prisma.Sql } | { readonly every: number } | { asked(): boolean }

/** Something that is to be done at its time, whatever becomes of all else. */
export interface Alarm {
  /** For the log and the counters, as `close-polls`. */
  readonly name: string
  /** Key of the text that says what could not be done, with `title`, and `named` (yes, no): whether there is one. */
  readonly trouble: TextKey
  readonly when: When
  /** It may take minutes, and is not counted among those that run at once. */
  readonly isLong?: true
  /** Does what is due. What it throws is its own fault alone: it rests for a while. */
  run(turn: Turn): Promise<void>
}

/** What failed and is tried again. */
export interface Trouble {
  readonly alarm: string
  /** As in `Alarm`. */
  readonly key: TextKey
  /** Undefined: not one row but all of it. */
  readonly row: DueRow | undefined
}
