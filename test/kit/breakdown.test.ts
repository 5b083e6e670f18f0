// It takes over 15 s because it goes through every table there is, and every pair of them.
import process from 'node:process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Breakdown, breakDown } from '../../src/kit/breakdown/breakdown.ts'
import { type Ballot, rounded } from '../../src/kit/breakdown/table.ts'
import { add, type Cells, claimsOf, columnsOf, faceOf, figuresOf, look, partitions, partsOf, tablesOf, together } from './attack.ts'

const one: Ballot = { least: 1, most: 1 }
const upToTwo: Ballot = { least: 1, most: 2 }

/** Lines as they would be read: "a 19: 10 5 -", and how many other answers there are. */
function read({ lines, others }: Breakdown): readonly string[] {
  const figures = (options: ReadonlyMap<number, number> | undefined) => (options ? [...options.values()].map(n => n || '-').join(' ') : '?')
  return [...lines.map(line => `${line.area} ${line.ballots}: ${figures(line.options)}`), ...(others > 0 ? [`others ${others}`] : [])]
}

test.each([
  {
    name: 'figures to the nearest 5, numbers of answers exact',
    cells: [
      [9, 6, 4],
      [12, 3, 2],
    ],
    shown: ['a 19: 10 5 5', 'b 17: 10 5 -'],
  },
  {
    name: 'an area with fewer than five stands with the others',
    cells: [
      [9, 6, 4],
      [12, 3, 2],
      [2, 1, 1],
    ],
    shown: ['a 19: 10 5 5', 'b 17: 10 5 -', 'others 4'],
  },
  {
    name: 'a small area that is of one mind is of one mind to nobody else',
    cells: [
      [0, 5, 0],
      [12, 13, 9],
    ],
    shown: ['a 5: - 5 -', 'b 34: 10 15 10'],
  },
  {
    name: 'what the totals would tell apart is not shown',
    cells: [
      [5, 0],
      [4, 3],
    ],
    shown: ['a 5: ?', 'b 7: ?'],
  },
  { name: 'one area alone is the total once more', cells: [[9, 6, 4]], shown: [] },
])('$name', ({ cells, shown }) => {
  expect(read(look(cells.map(add), cells, one).shown)).toEqual(shown)
})

test('area not said is no area, however many it has', () => {
  const areas = new Map([...figuresOf([19], [[9, 6, 4]]), ['', { ballots: 30, options: new Map([[1, 30]]) }]])
  expect(read(breakDown({ areas, under: 3, ballot: one, before: undefined }))).toEqual(['a 19: 10 5 5', 'others 30'])
})

test('a network may ask for more than five, never for less', () => {
  const areas = figuresOf(
    [4, 8, 30],
    [
      [2, 2],
      [4, 4],
      [15, 15],
    ],
  )
  const linesUnder = (under: number) => breakDown({ areas, under, ballot: one, before: undefined }).lines.map(line => line.area)
  expect([3, 5, 10].map(linesUnder)).toEqual([['b', 'c'], ['b', 'c'], ['c']])
})

/** Everything that reads the same leaves more than one answer to "what did they choose?". */
function attackAll(rows: readonly number[], columns: readonly number[], ballot: Ballot): string | undefined {
  const alike = new Map<string, { shown: Breakdown; worlds: Cells[] }>()
  for (const cells of tablesOf({ rows, columns }, ballot)) {
    const { shown } = look(rows, cells, ballot)
    const face = faceOf(shown)
    const group = alike.get(face) ?? { shown, worlds: [] }
    group.worlds.push(cells)
    alike.set(face, group)
  }
  const said = [...alike.values()].flatMap(({ shown, worlds }) => {
    const parts = partsOf(shown, rows.length)
    const ballots = parts.map(part => add(part.map(row => rows[row] ?? 0)))
    return [
      ...claimsOf(
        worlds.map(cells => together(cells, parts)),
        ballot,
        ballots,
      ),
    ]
  })
  return said[0]
}

const upTo = (most: number): readonly number[] => Array.from({ length: most - 4 }, (_, i) => i + 5)

test('of one answer each: no table of 3 areas, 3 options and up to 12 answers tells what somebody chose', () => {
  for (const n of upTo(12))
    for (const rows of partitions(n, 3)) for (const columns of partitions(n, 3)) expect(attackAll(rows, columns, one)).toBeUndefined()
})

test.each([
  { options: 2, most: 10 },
  { options: 3, most: 7 },
])('of several answers: no table of 3 areas, $options options and up to $most answers does', ({ options, most }) => {
  for (const n of upTo(most))
    for (const rows of partitions(n, 3))
      for (let sum = n; sum <= n * 2; sum += 1)
        for (const columns of partitions(sum, options, n)) expect(attackAll(rows, columns, upToTwo)).toBeUndefined()
})

/** Cell by cell, no less than the other. */
function* after(old: Cells, more: number): Generator<Cells> {
  const flat = old.flat()
  const width = old[0]?.length ?? 1
  function* grow(at: number, left: number): Generator<readonly number[]> {
    if (at === flat.length) return yield []
    for (let x = 0; x <= left; x += 1) for (const rest of grow(at + 1, left - x)) yield [(flat[at] ?? 0) + x, ...rest]
  }
  for (const cells of grow(0, more)) yield old.map((_, row) => cells.slice(row * width, (row + 1) * width))
}

interface Pair {
  readonly earlier: Cells
  readonly now: Cells
  readonly shown: readonly [Breakdown, Breakdown]
}

const rowsOf = (cells: Cells): readonly number[] => cells.map(add)
const minus = (now: Cells, old: Cells): Cells => now.map((line, row) => line.map((n, column) => n - (old[row]?.[column] ?? 0)))

function tablesUpTo(most: number): readonly Cells[] {
  return [
    ...after(
      [
        [0, 0],
        [0, 0],
      ],
      most,
    ),
  ]
}

// All pairs up to 12 take two minutes.
const MOST = process.env['CHECK_ALL'] ? 12 : 8

test(`what is shown one after the other: no pair of 2 x 2 tables up to ${MOST} tells what somebody chose`, () => {
  const seen = new Map<string, Pair[]>()
  const bare = new Map<string, Pair[]>()
  const put = (map: Map<string, Pair[]>, face: string, pair: Pair) => map.set(face, [...(map.get(face) ?? []), pair])
  for (const earlier of tablesUpTo(MOST)) {
    const old = look(rowsOf(earlier), earlier, one)
    for (const now of after(earlier, MOST - add(rowsOf(earlier)))) {
      const [first = 0, second = 0] = columnsOf(now)
      // With the options changed for one another it is the same pair.
      if (first < second) continue
      const pair: Pair = { earlier, now, shown: [old.shown, look(rowsOf(now), now, one, old.kept).shown] }
      put(seen, faceOfPair(pair, true), pair)
      put(bare, faceOfPair(pair, false), pair)
    }
  }
  const known = new Map([...bare].map(([face, alike]) => [face, new Set(claimsOfPairs(alike))]))
  for (const alike of seen.values()) {
    const totalsTell = known.get(faceOfPair(alike[0] as Pair, false))
    expect(claimsOfPairs(alike).filter(claim => !totalsTell?.has(claim))).toEqual([])
  }
})

/** What is read at both moments; without the figures of areas, the totals and the numbers of answers. */
function faceOfPair({ earlier, now, shown }: Pair, withFigures: boolean): string {
  const faces = shown.map(one => faceOf(withFigures ? one : { ...one, lines: one.lines.map(line => ({ ...line, options: undefined })) }))
  return [columnsOf(earlier), columnsOf(now), ...faces].join(' ')
}

/** Of those who had answered at the first moment, at the second, and in between: there, each area's number is known where it had a line at both. */
function claimsOfPairs(alike: readonly Pair[]): readonly string[] {
  const [old, now] = alike[0]?.shown ?? []
  const worlds = {
    now: alike.map(pair => together(pair.now, partsOf(now, 2))),
    earlier: alike.map(pair => together(pair.earlier, partsOf(old, 2))),
    between: alike.map(pair => together(minus(pair.now, pair.earlier), partsOf(now, 2, old))),
  }
  return Object.entries(worlds).flatMap(([when, tables]) => [...claimsOf(tables, one)].map(claim => `${when}: ${claim}`))
}

test('larger ones: whoever knows all rounded figures and totals still has two answers for each row', () => {
  const cells = fc.integer({ min: 2, max: 4 }).chain(width =>
    fc.array(fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9 })), { minLength: width, maxLength: width }), {
      minLength: 2,
      maxLength: 3,
    }),
  )
  fc.assert(
    fc.property(cells, table => {
      const rows = rowsOf(table)
      const { shown } = look(rows, table, one)
      const alike = [...tablesOf({ rows, columns: columnsOf(table) }, one)].filter(other => isLike(shown, other))
      const worlds = alike.map(cells => together(cells, partsOf(shown, rows.length)))
      expect([...claimsOf(worlds, one)]).toEqual([])
    }),
    { numRuns: 60 },
  )
})

function isLike({ lines }: Breakdown, cells: Cells): boolean {
  return lines.every(line => {
    const row = 'abc'.indexOf(line.area)
    return !line.options || [...line.options.values()].every((n, column) => n === rounded(cells[row]?.[column] ?? 0))
  })
}

test.each([
  { answers: 50, options: 6 },
  { answers: 30, options: 6 },
  { answers: 20, options: 4 },
])(
  'with $answers answers in each of five areas and $options options, all five have their line in at least 95 of 100 polls',
  ({ answers, options }) => {
    const uniform = Array.from({ length: options }, () => 1 / options)
    const lopsided = [0.6, 0.2, ...Array.from({ length: options - 2 }, () => 0.2 / (options - 2))]
    for (const shares of [uniform, lopsided]) {
      const choice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map(at => chosenAt(shares, at))
      const area = fc.array(choice, { minLength: answers, maxLength: answers })
      const polls = fc.sample(fc.array(area, { minLength: 5, maxLength: 5 }), { numRuns: 100, seed: 7 })
      const shown = polls.filter(poll => {
        const cells = poll.map(chosen => shares.map((_, option) => chosen.filter(one => one === option).length))
        return look(rowsOf(cells), cells, one).shown.lines.filter(line => line.options).length === 5
      })
      expect(shown.length).toBeGreaterThanOrEqual(95)
    }
  },
)

function chosenAt(shares: readonly number[], at: number): number {
  const upTo = shares.map((_, i) => add(shares.slice(0, i + 1)))
  const found = upTo.findIndex(edge => at < edge)
  return found < 0 ? shares.length - 1 : found
}
