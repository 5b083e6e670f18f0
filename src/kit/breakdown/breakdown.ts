import { certainRows } from './certain.ts'
import { type Ballot, type Bounds, boundsOf, columnsOf, type Figures, rounded, STEP, sumOf, type Table, totalOf } from './table.ts'
import { areCertain, tablesLike, tablesWithin } from './worlds.ts'

/**
 * Numbers by area, as statistical offices show them: an area with enough answers has a line, with the exact number of its answers and its figures rounded to
 * the nearest 5; all other answers stand together. Beside the exact totals, and beside what was shown before, no line makes anybody's choice certain: where
 * it would, the area shows its number of answers alone. Pure.
 */

/** No area with fewer answers has a line, whatever a network says. */
export const LEAST = STEP
/** Whoever said no area. */
export const NOT_SAID = ''

export interface Line {
  readonly area: string
  /** Its exact number of answers. */
  readonly ballots: number
  /** By option, to the nearest 5; 0 is "under 3". Undefined: they would tell what somebody chose. */
  readonly options: ReadonlyMap<number, number> | undefined
}

export interface Breakdown {
  /** The areas that may be told apart, by their ids in order. */
  readonly lines: readonly Line[]
  /** How many answers are in none of them. */
  readonly others: number
}

/** What stood there when lines were last shown, as the next time needs it. */
export interface Before {
  readonly lines: readonly Line[]
  /** The true figures of every area. */
  readonly areas: ReadonlyMap<string, Figures>
}

export interface Asked {
  readonly areas: ReadonlyMap<string, Figures>
  /** So many answers must an area have to be shown; never fewer than `LEAST`. */
  readonly under: number
  readonly ballot: Ballot
  readonly before: Before | undefined
}

export const NO_BREAKDOWN: Breakdown = { lines: [], others: 0 }

export function breakDown({ areas, under, ballot, before }: Asked): Breakdown {
  const least = Math.max(LEAST, under)
  const shown = [...areas.keys()].filter(area => area !== NOT_SAID && (areas.get(area)?.ballots ?? 0) >= least).sort()
  const total = totalOf([...areas.values()])
  const others = total.ballots - sumOf(shown.map(area => areas.get(area)?.ballots ?? 0))
  // With one part there is nothing to tell apart: its line would be the total once more.
  if (shown.length + (others > 0 ? 1 : 0) < 2) return NO_BREAKDOWN
  const table = tableOf(areas, shown, total)
  const visible = visibleRows({ now: table, old: oldOf(before, shown, total, least) }, ballot)
  const numbers = optionsOf(total)
  const lines = shown.map((area, row): Line => {
    const cells = table.cells[row] ?? []
    const options = visible[row] ? new Map(numbers.map((number, column) => [number, rounded(cells[column] ?? 0)])) : undefined
    return { area, ballots: table.ballots[row] ?? 0, options }
  })
  return { lines, others }
}

const NONE: Figures = { ballots: 0, options: new Map() }

const optionsOf = (total: Figures): readonly number[] => [...total.options.keys()].sort((a, b) => a - b)

/** A row for each of these areas, and one for the rest of the total. */
function tableOf(areas: ReadonlyMap<string, Figures>, rows: readonly string[], total: Figures, numbers = optionsOf(total)): Table {
  const figures = rows.map(area => areas.get(area) ?? NONE)
  const own = totalOf(figures)
  const rest = numbers.map(number => (total.options.get(number) ?? 0) - (own.options.get(number) ?? 0))
  return {
    ballots: [...figures.map(one => one.ballots), total.ballots - own.ballots],
    cells: [...figures.map(one => numbers.map(number => one.options.get(number) ?? 0)), rest],
  }
}

/** The same rows as they stood before, with what was shown of them. */
interface Old {
  readonly table: Table
  readonly visible: readonly boolean[]
  /** Whose number of answers was shown. */
  readonly known: readonly boolean[]
  readonly least: number
}

function oldOf(before: Before | undefined, rows: readonly string[], total: Figures, least: number): Old | undefined {
  if (!before) return undefined
  const lines = rows.map(area => before.lines.find(line => line.area === area))
  const table = tableOf(before.areas, rows, totalOf([...before.areas.values()]), optionsOf(total))
  return { table, visible: [...lines.map(line => line?.options !== undefined), false], known: lines.map(line => line !== undefined), least }
}

/** What is true at both moments. */
interface World {
  readonly now: Table
  readonly old: Old | undefined
}

/** Which rows may show figures. Where there are few answers, nor may it tell anything that figures are missing: then all are missing whenever they could be. */
function visibleRows(world: World, ballot: Ballot): readonly boolean[] {
  const decided = decide(world, ballot)
  return tellsByMissing(worldsLike(world, ballot), ballot) ? decided.map(() => false) : decided
}

/** Whether what is shown in some of these, figures or none, would be a choice told to somebody. */
function tellsByMissing(worlds: readonly World[], ballot: Ballot): boolean {
  const alike = new Map<string, World[]>()
  for (const one of worlds) {
    const face = faceOf(one.now, decide(one, ballot))
    const others = alike.get(face)
    if (others) others.push(one)
    else alike.set(face, [one])
  }
  return [...alike.values()].some(group => isKnown(group, ballot))
}

function faceOf({ cells }: Table, visible: readonly boolean[]): string {
  return JSON.stringify(cells.map((line, row) => (visible[row] ? line.map(rounded) : null)))
}

/**
 * Everything that can be so for somebody who knows the numbers of answers and the totals of both moments, and what was shown at the first; nothing where
 * that is too much to be told one by one.
 */
function worldsLike({ now, old }: World, ballot: Ballot): readonly World[] {
  const tables = tablesLike(now, ballot) ?? []
  if (!old) return tables.map(table => ({ now: table, old: undefined }))
  const wasSo = wasShown(old, ballot)
  const worlds: World[] = []
  for (const table of tables) {
    const before = earlierThan(table, old, ballot).filter(wasSo)
    worlds.push(...before.map(one => ({ now: table, old: { ...old, table: one } })))
    if (worlds.length > MOST_PAIRS) return []
  }
  return worlds
}

/** Where figures were missing before: whether they would have been, of this table, too. */
function wasShown({ visible, known }: Old, ballot: Ballot): (table: Table) => boolean {
  if (visible.every((isVisible, row) => isVisible || !known[row])) return () => true
  const tells = new Map<string, boolean>()
  return table => {
    const numbers = JSON.stringify([table.ballots, columnsOf(table.cells)])
    const tell = tells.get(numbers) ?? tellsByMissing(worldsLike({ now: table, old: undefined }, ballot), ballot)
    tells.set(numbers, tell)
    const was = tell ? visible.map(() => false) : decide({ now: table, old: undefined }, ballot)
    return was.every((isVisible, row) => isVisible === visible[row])
  }
}

/** What can have been before: an area without a line had too few answers, or all of them. Of several answers, all areas' numbers are taken for known. */
function earlierThan(now: Table, { table, visible, known, least }: Old, ballot: Ballot): readonly Table[] {
  if (ballot.most > 1) return (tablesLike(table, ballot, boundsOf(table, visible)) ?? []).filter(one => isWithin(one, now))
  const all = sumOf(table.ballots)
  return tablesWithin(now, columnsOf(table.cells), (row, line) => {
    const n = sumOf(line)
    if (row >= known.length) return true
    const isSo = known[row] ? n === table.ballots[row] : n < least || n === all
    return isSo && (!visible[row] || line.every((x, column) => rounded(x) === rounded(table.cells[row]?.[column] ?? 0)))
  })
}

const MOST_PAIRS = 3_000

function isWithin(old: Table, now: Table): boolean {
  return (
    old.ballots.every((n, row) => n <= (now.ballots[row] ?? 0)) &&
    old.cells.every((line, row) => line.every((n, column) => n <= (now.cells[row]?.[column] ?? 0)))
  )
}

/** Whether somebody who must think all of these possible knows a choice: of those who answered by now, of those before, or of those in between. */
function isKnown(worlds: readonly World[], ballot: Ballot): boolean {
  if (
    areCertain(
      worlds.map(world => world.now),
      ballot,
    )
  )
    return true
  const both = worlds.flatMap(({ now, old }) => (old ? [{ before: old.table, between: difference(old.table, now) }] : []))
  return (
    areCertain(
      both.map(one => one.before),
      ballot,
    ) ||
    areCertain(
      both.map(one => one.between),
      ballot,
    )
  )
}

function difference(old: Table, now: Table): Table {
  return {
    ballots: now.ballots.map((n, row) => n - (old.ballots[row] ?? 0)),
    cells: now.cells.map((line, row) => line.map((n, column) => n - (old.cells[row]?.[column] ?? 0))),
  }
}

/** Takes figures away until nobody's choice can be worked out from those that are left. */
function decide(world: World, ballot: Ballot): readonly boolean[] {
  let visible: readonly boolean[] = world.now.ballots.map((_, row) => row < world.now.ballots.length - 1)
  for (;;) {
    const certain = certainIn(world, visible, ballot)
    if (certain.length === 0 || !visible.includes(true)) return visible
    const own = certain.filter(row => visible[row])
    const hidden = own.length > 0 ? own : [smallest(world.now, visible)]
    visible = visible.map((isVisible, row) => isVisible && !hidden.includes(row))
  }
}

function smallest({ ballots }: Table, visible: readonly boolean[]): number {
  const rows = visible.flatMap((isVisible, row) => (isVisible ? [row] : []))
  return rows.toSorted((a, b) => (ballots[a] ?? 0) - (ballots[b] ?? 0))[0] ?? 0
}

function certainIn({ now, old }: World, visible: readonly boolean[], ballot: Ballot): readonly number[] {
  const bounds = boundsOf(now, visible)
  if (!old || !isWithin(old.table, now)) return certainRows(now, bounds, ballot)
  const earlier = boundsOf(old.table, old.visible)
  const between = difference(old.table, now)
  return [
    ...certainRows(now, { ...bounds, low: greater(bounds.low, earlier.low) }, ballot),
    ...certainRows(old.table, { ...earlier, high: lesser(earlier.high, bounds.high) }, ballot),
    ...certainRows(between, boundsBetween(bounds, earlier), ballot),
  ]
}

type Cells = Bounds['low']

const each = (one: Cells, other: Cells, of: (a: number, b: number) => number): Cells =>
  one.map((line, row) => line.map((n, column) => of(n, other[row]?.[column] ?? 0)))
const greater = (one: Cells, other: Cells): Cells => each(one, other, Math.max)
const lesser = (one: Cells, other: Cells): Cells => each(one, other, Math.min)

function boundsBetween(now: Bounds, old: Bounds): Bounds {
  return { low: each(now.low, old.high, (low, high) => Math.max(0, low - high)), high: each(now.high, old.low, (high, low) => high - low) }
}
