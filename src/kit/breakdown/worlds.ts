import { type Ballot, type Bounds, columnsOf, sumOf, type Table } from './table.ts'

/** More tables than this are not looked through one by one. */
const MOST = 1_500

/**
 * All tables with the same ballots in each row and the same totals, within these bounds; undefined when they are too many to be told one by one.
 * They are what somebody who knows only these numbers must think possible.
 */
export function tablesLike(table: Table, ballot: Ballot, bounds?: Bounds): readonly Table[] | undefined {
  const found: Table[] = []
  const { ballots } = table
  const fill = (cells: readonly (readonly number[])[], left: readonly number[]): boolean => {
    const row = cells.length
    if (row === ballots.length) {
      if (left.every(n => n === 0)) found.push({ ballots, cells })
      return found.length <= MOST
    }
    const rest = ballots.slice(row + 1)
    return linesOf(ballots[row] ?? 0, left, ballot, { low: bounds?.low[row], high: bounds?.high[row] }, rest).every(line =>
      fill(
        [...cells, line],
        left.map((n, column) => n - (line[column] ?? 0)),
      ),
    )
  }
  return isSmall(table) && fill([], columnsOf(table.cells)) ? found : undefined
}

/** A great table has too many others for sure, and is not even begun. */
function isSmall({ ballots, cells }: Table): boolean {
  return sumOf(ballots) <= 30 && (cells[0]?.length ?? 0) <= 6
}

/** Every way to spread a row's ballots over the columns, of which `left` is still to be had, and must not be more than the rows after it can hold. */
function linesOf(
  n: number,
  left: readonly number[],
  ballot: Ballot,
  within: { readonly low: readonly number[] | undefined; readonly high: readonly number[] | undefined },
  rest: readonly number[],
): readonly (readonly number[])[] {
  const room = sumOf(rest)
  const spread = (column: number, sum: number): readonly (readonly number[])[] => {
    if (column === left.length) return sum >= n * ballot.least ? [[]] : []
    const have = left[column] ?? 0
    const from = Math.max(0, have - room, within.low?.[column] ?? 0)
    const to = Math.min(n, have, n * ballot.most - sum, within.high?.[column] ?? n)
    const lines: (readonly number[])[] = []
    for (let x = from; x <= to; x += 1) for (const line of spread(column + 1, sum + x)) lines.push([x, ...line])
    return lines
  }
  return spread(0, 0)
}

/** Every table of one answer each that lies within this one, cell by cell, and has these totals; `fits`: whether a row may be so. */
export function tablesWithin(
  { cells }: Table,
  totals: readonly number[],
  fits: (row: number, line: readonly number[]) => boolean,
): readonly Table[] {
  const found: Table[] = []
  const fill = (lines: readonly (readonly number[])[], left: readonly number[]): void => {
    const row = lines.length
    if (row === cells.length) {
      if (left.every(n => n === 0)) found.push({ ballots: lines.map(sumOf), cells: lines })
      return
    }
    for (const line of linesUpTo(cells[row] ?? [], left))
      if (fits(row, line))
        fill(
          [...lines, line],
          left.map((n, column) => n - (line[column] ?? 0)),
        )
  }
  fill([], totals)
  return found
}

function linesUpTo([most, ...rest]: readonly number[], [have = 0, ...left]: readonly number[]): readonly (readonly number[])[] {
  if (most === undefined) return [[]]
  const after = linesUpTo(rest, left)
  return Array.from({ length: Math.min(most, have) + 1 }, (_, x) => x).flatMap(x => after.map(line => [x, ...line]))
}

/**
 * Whether somebody who must think all of these tables possible, and has cast one of the ballots, knows a choice of somebody else in some row; what
 * the exact totals alone tell does not count.
 */
export function areCertain(worlds: readonly Table[], ballot: Ballot): boolean {
  const [first] = worlds
  if (!first) return false
  const owns = [undefined, ...ownBallots(first, ballot)]
  return owns.some(own => {
    const possible = worlds.filter(world => !own || isCast(world, own, ballot))
    return possible.length > 0 && knows(possible, own, ballot)
  })
}

interface Own {
  readonly row: number
  readonly options: ReadonlySet<number>
}

function ownBallots({ ballots, cells }: Table, { least, most }: Ballot): readonly Own[] {
  const columns = cells[0]?.length ?? 0
  const sets = Array.from(
    { length: 2 ** columns },
    (_, mask) => new Set(Array.from({ length: columns }, (_, i) => i).filter(i => mask & (1 << i))),
  )
  const fitting = sets.filter(set => set.size >= least && set.size <= most)
  return ballots.flatMap((n, row) => (n > 0 ? fitting.map(options => ({ row, options })) : []))
}

/** Whether one of the row's ballots can be this one: those that are left must be ballots, too. */
function isCast({ ballots, cells }: Table, { row, options }: Own, { least, most }: Ballot): boolean {
  const left = (ballots[row] ?? 0) - 1
  const line = cells[row] ?? []
  const sum = sumOf(line) - options.size
  return sum >= left * least && sum <= left * most && line.every((x, column) => (options.has(column) ? x >= 1 : x <= left))
}

function knows(worlds: readonly Table[], own: Own | undefined, ballot: Ballot): boolean {
  const [first] = worlds
  if (!first) return false
  const totals = columnsOf(first.cells).map((n, column) => n - (own?.options.has(column) ? 1 : 0))
  const all = sumOf(first.ballots) - (own ? 1 : 0)
  return first.cells.some((line, row) => {
    const isOwn = own?.row === row
    const n = (first.ballots[row] ?? 0) - (isOwn ? 1 : 0)
    if (n === 0) return false
    return line.some((_, column) => {
      const others = (world: Table): number => (world.cells[row]?.[column] ?? 0) - (isOwn && own.options.has(column) ? 1 : 0)
      if (totals[column] !== all && worlds.every(world => others(world) === n)) return true
      return ballot.most > 1 && totals[column] !== 0 && worlds.every(world => others(world) === 0)
    })
  })
}
