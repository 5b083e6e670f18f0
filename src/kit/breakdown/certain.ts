import { isPossible } from './possible.ts'
import { type Ballot, type Bounds, columnsOf, sumOf, type Table } from './table.ts'

/**
 * What can be worked out: from the rounded figures, each area's number of answers, the exact totals, and one ballot of one's own. A choice of somebody
 * else is certain when in every table that agrees with all of that it is the same. What is asked here hangs on nothing but what is shown, and so that figures
 * are shown or missing tells nothing more.
 */

/** The rows in which somebody's choice may be certain to somebody, beyond what the exact totals alone give away. */
export function certainRows(table: Table, bounds: Bounds, ballot: Ballot): readonly number[] {
  const known: Known = {
    table,
    bounds,
    ballot,
    columns: columnsOf(table.cells),
    all: sumOf(table.ballots),
    owns: ownBallots(table, ballot).map(own => ({ own, bounds: own ? withOwn(bounds, table, own) : bounds })),
    agree: new Map(),
  }
  return table.cells.flatMap((line, row) => (line.some((_, column) => isCertain(known, row, column)) ? [row] : []))
}

interface Known {
  readonly table: Table
  readonly bounds: Bounds
  readonly ballot: Ballot
  readonly columns: readonly number[]
  readonly all: number
  readonly owns: readonly Knower[]
  /** Whether some table agrees with what this one knows: looked up when it is first asked. */
  readonly agree: Map<Knower, boolean>
}

/** Somebody with a ballot of their own, or none, and what that makes of the bounds. */
interface Knower {
  readonly own: Own | undefined
  readonly bounds: Bounds
}

/** A ballot of one's own: in which row, and which columns it holds. */
interface Own {
  readonly row: number
  readonly holds: ReadonlySet<number>
}

/** More kinds of ballots of several options than this are not told apart: then one option of one's own is taken for known, and the others not. */
const MOST_KINDS = 60

function ownBallots({ ballots, cells }: Table, { least, most }: Ballot): readonly (Own | undefined)[] {
  const columns = [...(cells[0] ?? []).keys()]
  const single = columns.map(column => [column])
  const kinds = most === 1 || columns.length > 6 ? single : setsOf(columns).filter(set => set.length >= least && set.length <= most)
  const known = kinds.length <= MOST_KINDS ? kinds : single
  return [undefined, ...ballots.flatMap((n, row) => (n > 0 ? known.map(holds => ({ row, holds: new Set(holds) })) : []))]
}

function setsOf(columns: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** columns.length }, (_, mask) => columns.filter(column => mask & (1 << column)))
}

/** Whether it can be that all others of a row chose an option, and then, to somebody, cannot be otherwise; of several options, also that none did. */
function isCertain(known: Known, row: number, column: number): boolean {
  const { table, columns, all, ballot } = known
  const n = table.ballots[row] ?? 0
  const total = columns[column] ?? 0
  const highest = Math.min(known.bounds.high[row]?.[column] ?? 0, total)
  const lowest = known.bounds.low[row]?.[column] ?? 0
  return known.owns.some(knower => {
    const { own } = knower
    const isHere = own?.row === row
    const mine = own?.holds.has(column) ? 1 : 0
    const others = isHere ? n - 1 : n
    const own1 = isHere ? mine : 0
    if (others <= 0) return false
    const all1 = all - (own ? 1 : 0)
    const mayAll = highest >= others + own1 && total - mine !== all1
    if (mayAll && isBound(known, knower, row, column, { low: 0, high: others + own1 - 1 })) return true
    return ballot.most > 1 && lowest <= own1 && total - mine !== 0 && isBound(known, knower, row, column, { low: own1 + 1, high: n })
  })
}

/** It is possible with this ballot, but not with that cell within these bounds. */
function isBound(
  known: Known,
  knower: Knower,
  row: number,
  column: number,
  within: { readonly low: number; readonly high: number },
): boolean {
  const { table, ballot } = known
  return !isPossible(table, narrowed(knower.bounds, row, column, within), ballot) && mayBe(known, knower)
}

function mayBe({ table, ballot, agree }: Known, knower: Knower): boolean {
  const known = agree.get(knower) ?? isPossible(table, knower.bounds, ballot)
  agree.set(knower, known)
  return known
}

function withOwn(bounds: Bounds, { ballots }: Table, own: Own): Bounds {
  const n = ballots[own.row] ?? 0
  return {
    low: bounds.low.map((line, row) =>
      row === own.row ? line.map((low, column) => (own.holds.has(column) ? Math.max(low, 1) : low)) : line,
    ),
    high: bounds.high.map((line, row) =>
      row === own.row ? line.map((high, column) => (own.holds.has(column) ? high : Math.min(high, n - 1))) : line,
    ),
  }
}

function narrowed({ low, high }: Bounds, row: number, column: number, within: { readonly low: number; readonly high: number }): Bounds {
  const put = (lines: Bounds['low'], of: (n: number) => number) =>
    lines.map((line, r) => (r === row ? line.map((n, c) => (c === column ? of(n) : n)) : line))
  return { low: put(low, n => Math.max(n, within.low)), high: put(high, n => Math.min(n, within.high)) }
}
