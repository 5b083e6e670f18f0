import { type Before, type Breakdown, breakDown } from '../../src/kit/breakdown/breakdown.ts'
import type { Ballot, Figures } from '../../src/kit/breakdown/table.ts'

/** Somebody who reads all that is shown, knows how it is made, and has cast one ballot; written without the code that is attacked. */

/** Answers by area (rows) and option (columns). */
export type Cells = readonly (readonly number[])[]

export interface Margins {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f']
export const add = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

export function figuresOf(rows: readonly number[], cells: Cells): ReadonlyMap<string, Figures> {
  const line = (row: number) => new Map((cells[row] ?? []).map((n, column) => [column + 1, n] as const))
  return new Map(rows.map((ballots, row) => [NAMES[row] ?? '', { ballots, options: line(row) }]))
}

export function look(rows: readonly number[], cells: Cells, ballot: Ballot, before?: Before): { shown: Breakdown; kept: Before } {
  const areas = figuresOf(rows, cells)
  const shown = breakDown({ areas, under: 5, ballot, before })
  return { shown, kept: { lines: shown.lines, areas } }
}

/** What is read, as one word. */
export const faceOf = ({ lines, others }: Breakdown): string =>
  JSON.stringify([lines.map(line => [line.area, line.ballots, line.options && [...line.options]]), others])

/** All ways to write `sum` as so many numbers, the greatest first. */
export function partitions(sum: number, many: number, most = sum): readonly (readonly number[])[] {
  if (many === 0) return sum === 0 ? [[]] : []
  const firsts = Array.from({ length: Math.min(sum, most) + 1 }, (_, i) => Math.min(sum, most) - i)
  return firsts.flatMap(first => partitions(sum - first, many - 1, first).map(rest => [first, ...rest]))
}

/** Every table with these ballots and totals. */
export function* tablesOf({ rows: [n, ...rest], columns }: Margins, ballot: Ballot): Generator<Cells> {
  if (n === undefined) {
    if (columns.every(left => left === 0)) yield []
    return
  }
  for (const line of linesOf(n, columns, ballot)) {
    const left = columns.map((have, column) => have - (line[column] ?? 0))
    for (const cells of tablesOf({ rows: rest, columns: left }, ballot)) yield [line, ...cells]
  }
}

function* linesOf(n: number, [have, ...left]: readonly number[], ballot: Ballot, sum = 0): Generator<readonly number[]> {
  if (have === undefined) {
    if (sum >= n * ballot.least && sum <= n * ballot.most) yield []
    return
  }
  for (let x = 0; x <= Math.min(n, have); x += 1) for (const line of linesOf(n, left, ballot, sum + x)) yield [x, ...line]
}

/**
 * All choices of somebody else that are certain to whoever must think all of these tables possible, and may have cast one of their ballots. What the totals
 * of this moment alone tell is left out. `rows`: the ballots of each row, where they may hold several options.
 */
export function claimsOf(worlds: readonly Cells[], ballot: Ballot, rows = worlds[0]?.map(add)): ReadonlySet<string> {
  const [first] = worlds
  if (!first || !rows) return new Set()
  const margins = { rows, columns: columnsOf(first) }
  return new Set(
    ballotsOf(margins.rows, margins.columns.length, ballot).flatMap(own => {
      const possible = own ? worlds.filter(cells => canBe(cells, margins.rows, own, ballot)) : worlds
      return possible.length > 0 ? [...margins.rows.keys()].flatMap(row => claimsIn(possible, margins, own, row, ballot)) : []
    }),
  )
}

function claimsIn(
  worlds: readonly Cells[],
  { rows, columns }: Margins,
  own: Own | undefined,
  row: number,
  ballot: Ballot,
): readonly string[] {
  const isOwn = own?.row === row
  const n = (rows[row] ?? 0) - (isOwn ? 1 : 0)
  const all = add(rows) - (own ? 1 : 0)
  return columns.flatMap((sum, column) => {
    const mine = own?.options.includes(column) ? 1 : 0
    const is = (count: number): boolean => worlds.every(cells => (cells[row]?.[column] ?? 0) - (isOwn ? mine : 0) === count)
    const isTold = n > 0 && ((sum - mine !== all && is(n)) || (ballot.most > 1 && sum !== mine && is(0)))
    return isTold ? [`${own ? `${own.row}:${own.options}` : 'nobody'} knows ${row} ${column}`] : []
  })
}

export const columnsOf = (cells: Cells): readonly number[] => (cells[0] ?? []).map((_, column) => add(cells.map(line => line[column] ?? 0)))

interface Own {
  readonly row: number
  readonly options: readonly number[]
}

function ballotsOf(rows: readonly number[], columns: number, { least, most }: Ballot): readonly (Own | undefined)[] {
  const sets = Array.from({ length: 2 ** columns }, (_, mask) => Array.from({ length: columns }, (_, i) => i).filter(i => mask & (1 << i)))
  const fitting = sets.filter(set => set.length >= least && set.length <= most)
  return [undefined, ...rows.flatMap((n, row) => (n > 0 ? fitting.map(options => ({ row, options })) : []))]
}

function canBe(cells: Cells, rows: readonly number[], { row, options }: Own, { least, most }: Ballot): boolean {
  const left = (rows[row] ?? 0) - 1
  const line = cells[row] ?? []
  const sum = add(line) - options.length
  return (
    left >= 0 && sum >= left * least && sum <= left * most && line.every((x, column) => (options.includes(column) ? x >= 1 : x <= left))
  )
}

/** The rows that have a line (in both, where there are two) are told apart; all others stand together. */
export function partsOf(shown: Breakdown | undefined, rows: number, other = shown): readonly (readonly number[])[] {
  const rowsIn = (one: Breakdown | undefined) => (one?.lines ?? []).map(line => NAMES.indexOf(line.area))
  const own = rowsIn(shown).filter(row => rowsIn(other).includes(row))
  const rest = Array.from({ length: rows }, (_, row) => row).filter(row => !own.includes(row))
  return [...own.map(row => [row]), rest].filter(part => part.length > 0)
}

/** A table with these rows together. */
export function together(cells: Cells, parts: readonly (readonly number[])[]): Cells {
  const width = cells[0]?.length ?? 0
  return parts.map(part => Array.from({ length: width }, (_, column) => add(part.map(row => cells[row]?.[column] ?? 0))))
}
