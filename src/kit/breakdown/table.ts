/** Answers of one area, or of several together: how many ballots, and how many of them hold each option (by its number). */
export interface Figures {
  readonly ballots: number
  readonly options: ReadonlyMap<number, number>
}

/** Answers as a table: a row for each area, the last row for all others; `cells[row][column]` ballots hold that option. */
export interface Table {
  /** Ballots of each row. */
  readonly ballots: readonly number[]
  readonly cells: readonly (readonly number[])[]
}

/** How many options one ballot that counts holds. */
export interface Ballot {
  readonly least: number
  readonly most: number
}

/** What somebody knows of each cell: it is not below `low` and not above `high`. */
export interface Bounds {
  readonly low: readonly (readonly number[])[]
  readonly high: readonly (readonly number[])[]
}

/** Figures of areas are shown as a multiple of this. */
export const STEP = 5
const HALF = 2

/** A figure as it is shown: to the nearest 5; 0 stands for "under 3". */
export function rounded(n: number): number {
  return Math.round(n / STEP) * STEP
}

/** The bounds that follow from what is shown; a row that is not `visible` shows its ballots alone. */
export function boundsOf({ ballots, cells }: Table, visible: readonly boolean[]): Bounds {
  const shownAt = (row: number, n: number): number | undefined => (visible[row] ? rounded(n) : undefined)
  const all = (of: (n: number, row: number) => number) => cells.map((line, row) => line.map(n => of(n, row)))
  return {
    low: all((n, row) => Math.max(0, (shownAt(row, n) ?? 0) - HALF)),
    high: all((n, row) => Math.min(ballots[row] ?? 0, (shownAt(row, n) ?? Number.POSITIVE_INFINITY) + HALF)),
  }
}

export function columnsOf(cells: Table['cells']): readonly number[] {
  return (cells[0] ?? []).map((_, column) => cells.reduce((sum, line) => sum + (line[column] ?? 0), 0))
}

export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}

/** The figures of several areas together. */
export function totalOf(all: readonly Figures[]): Figures {
  const options = new Map<number, number>()
  for (const figures of all) for (const [option, n] of figures.options) options.set(option, (options.get(option) ?? 0) + n)
  return { ballots: all.reduce((n, figures) => n + figures.ballots, 0), options }
}
