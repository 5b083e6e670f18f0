import type { Ctx } from '../../feature/context.ts'
import type { Deps } from '../../feature/feature.ts'
import type { Occurrence } from '../../schedule/recurrence/dates.ts'
import type { Tx } from '../../store/tx.ts'
import type { TextKey } from '../../texts/keys.ts'
import type { Block, Button } from '../../view/view.ts'
import type { Series } from './series.ts'
import type { SeriesTable } from './table.ts'

/** A sort of things that repeat: what its feature brings. */
export interface SeriesKind<S extends Series> {
  /** The feature: its tokens begin so. */
  readonly feature: string
  readonly table: SeriesTable<S>
  /** One in a short line. */
  nameOf(one: S): string
}

/** A series and one of its dates. */
export interface DateOf<S extends Series> {
  readonly series: S
  readonly date: Occurrence
}

/** How its dates become things. */
export interface Turning<S extends Series> extends SeriesKind<S> {
  /** After this a date is of no use any more. */
  usefulUntil(one: S, at: Date): Date
  /** Makes what these dates bring, all at once, and of each date one at the most; the ids of the series of those that were made. */
  make(tx: Tx, deps: Deps, dates: readonly DateOf<S>[], now: Date): Promise<ReadonlySet<string | null>>
  /** Begins the message about dates that passed while the bot was away; with `network`. */
  readonly missed: TextKey
}

/** How it is shown and managed. */
export interface Managed<S extends Series> extends SeriesKind<S> {
  /** What its card shows of the thing itself. */
  card(ctx: Ctx, one: S): Promise<CardParts>
  /** What somebody is told for whom it is not there. */
  readonly unknown: TextKey
}

/** What a feature puts on the card of a series. */
export interface CardParts {
  readonly head: readonly Block[]
  readonly facts: readonly Fact[]
  /** Buttons that change the thing itself. */
  readonly edit: readonly Button[]
  /** Where else to go from here. */
  readonly ways: readonly Button[]
}

export interface Fact {
  readonly name: string
  readonly value: string
}
