import { type Ballot, type Bounds, sumOf, type Table } from './table.ts'

/**
 * Whether there is a table with the same ballots in each row and the same totals as this one, within these bounds. It is looked for by changing the table
 * at hand: a cell that is out of its bounds moves by one, and others move with it, along a way through the graph of rows and columns in which each step
 * changes one cell by one. Where no such way is left, there is no such table.
 */
export function isPossible(table: Table, bounds: Bounds, ballot: Ballot): boolean {
  const cells = table.cells.map(line => [...line])
  const state: State = { cells, columns: cells[0]?.length ?? 0, sums: cells.map(sumOf), ballots: table.ballots, bounds, ballot }
  return state.cells.every((line, row) => line.every((_, column) => bringWithin(state, row, column)))
}

/** Moves a cell into its bounds; false where that cannot be. */
function bringWithin(state: State, row: number, column: number): boolean {
  const [low, high] = within(state.bounds, row, column)
  const now = (): number => state.cells[row]?.[column] ?? 0
  while (now() < low) if (!move(state, row, column, 1)) return false
  while (now() > high) if (!move(state, row, column, -1)) return false
  return low <= high
}

interface State {
  readonly cells: number[][]
  readonly columns: number
  /** Of each row. */
  readonly sums: number[]
  readonly ballots: readonly number[]
  readonly bounds: Bounds
  readonly ballot: Ballot
}

/** Rows come first, then columns; the last one is where ballots hold more or fewer options, so that a row's sum changes. */
type Node = number

const within = ({ low, high }: Bounds, row: number, column: number): readonly [number, number] => [
  low[row]?.[column] ?? 0,
  high[row]?.[column] ?? 0,
]

/** Moves one cell by one, with all that must move with it; false where that cannot be. */
function move(state: State, row: number, column: number, by: 1 | -1): boolean {
  const { cells } = state
  const end = cells.length + column
  const path = by === 1 ? wayBetween(state, end, row) : wayBetween(state, row, end)
  if (!path) return false
  change(state, row, column, by)
  for (const [i, node] of path.slice(1).entries()) step(state, path[i] ?? 0, node)
  return true
}

function change({ cells, sums }: State, row: number, column: number, by: number): void {
  const line = cells[row]
  if (line) line[column] = (line[column] ?? 0) + by
  sums[row] = (sums[row] ?? 0) + by
}

/** From a row to a column a cell rises, from a column to a row it falls. */
function step(state: State, from: Node, to: Node): void {
  const rows = state.cells.length
  const spare = rows + state.columns
  if (from === spare || to === spare) return
  if (from < rows) change(state, from, to - rows, 1)
  else change(state, to, from - rows, -1)
}

/** The nodes of a way, both ends with it, that does not use the cell between them. */
function wayBetween(state: State, from: Node, to: Node): readonly Node[] | undefined {
  const nodes = state.cells.length + state.columns + 1
  const before = new Int16Array(nodes).fill(-1)
  before[from] = from
  const open = [from]
  for (let i = 0; i < open.length; i += 1) {
    const node = open[i] ?? from
    for (let next = 0; next < nodes; next += 1) {
      if (before[next] !== -1 || !leads(state, node, next) || (node === from && next === to)) continue
      before[next] = node
      if (next === to) return wayTo(to, from, before)
      open.push(next)
    }
  }
  return undefined
}

function wayTo(to: Node, from: Node, before: Int16Array): readonly Node[] {
  const way = [to]
  for (let node = to; node !== from; way.push(node)) node = before[node] ?? from
  return way.reverse()
}

/** Whether one step leads there. A cell that is out of its bounds may move towards them, but none leaves them. */
function leads({ cells, columns, sums, ballots, bounds, ballot }: State, node: Node, next: Node): boolean {
  const rows = cells.length
  const spare = rows + columns
  if (node === spare) return next < rows && (sums[next] ?? 0) < (ballots[next] ?? 0) * ballot.most
  if (node >= rows) return next < rows && (cells[next]?.[node - rows] ?? 0) > (bounds.low[next]?.[node - rows] ?? 0)
  if (next === spare) return (sums[node] ?? 0) > (ballots[node] ?? 0) * ballot.least
  return next >= rows && (cells[node]?.[next - rows] ?? 0) < (bounds.high[node]?.[next - rows] ?? 0)
}
