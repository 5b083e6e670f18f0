import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NOTHING_SHOWN, nextShown, readShown, type Shown, tallyOf, writeShown } from '../../src/polls/figures.ts'
import { type Figures, type Part, publish, sum } from '../../src/polls/hide.ts'

const UNDER = 5

/** Areas with counts by option; each ballot holds one option. */
function areas(rows: Readonly<Record<string, readonly number[]>>): Map<string, Figures> {
  return new Map(
    Object.entries(rows).map(([area, counts]) => [
      area,
      { ballots: counts.reduce((a, b) => a + b, 0), options: new Map(counts.map((n, i) => [i + 1, n])) },
    ]),
  )
}

function lines(parts: readonly Part[]): string[] {
  return parts.filter(part => !part.rest).map(part => part.areas.join('+'))
}

test.each([
  { name: 'large areas stand alone', now: { a: [10, 20], b: [7, 5] }, shown: ['a', 'b'] },
  { name: 'one small area hides another, or it could be worked out', now: { a: [10, 20], b: [7, 6], c: [2, 1] }, shown: ['a'] },
  { name: 'a small figure hides its area', now: { a: [10, 20], b: [30, 2], c: [9, 9] }, shown: ['a'] },
  { name: 'with a large rest the others stand', now: { a: [10, 20], b: [30, 2], c: [9, 9], d: [0, 8] }, shown: ['a', 'c'] },
  { name: 'nothing to tell apart', now: { a: [3, 1] }, shown: [] },
  { name: 'nobody in an area is no small number', now: { a: [10, 0], b: [0, 9] }, shown: ['a', 'b'] },
])('$name', ({ now, shown }) => {
  const parts = publish({ now: areas(now), before: [], under: UNDER, several: false })
  expect(lines(parts)).toEqual(shown)
})

const counts = fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 })

test('whatever the numbers, no line and no difference of lines is small', () => {
  fc.assert(
    fc.property(counts, fc.boolean(), (rows, several) => {
      const now = areas(Object.fromEntries(rows.map((row, i) => [`area${i}`, row])))
      const parts = publish({ now, before: [], under: UNDER, several })
      if (lines(parts).length === 0) return
      // Every part is safe, and everything that can be worked out is a sum of parts.
      for (const part of parts) {
        if (part.ballots === 0) continue
        expect(part.ballots).toBeGreaterThanOrEqual(UNDER)
        for (const n of part.options.values()) expect(n === 0 || n >= UNDER).toBe(true)
        if (several) for (const n of part.options.values()) expect(part.ballots - n === 0 || part.ballots - n >= UNDER).toBe(true)
      }
      expect(parts.flatMap(part => part.areas).sort()).toEqual([...now.keys()].sort())
    }),
    { numRuns: 2_000 },
  )
})

test('from one moment to the next, no comparable part moves by a few', () => {
  const step = fc.array(
    fc.record({ area: fc.integer({ min: 0, max: 4 }), option: fc.integer({ min: 0, max: 2 }), by: fc.integer({ min: -1, max: 9 }) }),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), steps => {
      const rows = Array.from({ length: 5 }, () => [6, 6, 6])
      let before: readonly Part[] = []
      for (const moves of steps) {
        for (const { area, option, by } of moves) {
          const row = rows[area]
          if (row) row[option] = Math.max(0, (row[option] ?? 0) + by)
        }
        const now = areas(Object.fromEntries(rows.map((row, i) => [`area${i}`, row])))
        const after = publish({ now, before, under: UNDER, several: false })
        if (lines(after).length > 0) checkMoves(before, after)
        before = after
      }
    }),
    { numRuns: 1_000 },
  )
})

/** Any set of areas that is made of whole parts at both moments has moved by at least five ballots, or not at all. */
function checkMoves(before: readonly Part[], after: readonly Part[]): void {
  const all = [...new Set([...before, ...after].flatMap(part => part.areas))]
  for (let mask = 1; mask < 1 << all.length; mask += 1) {
    const set = all.filter((_, i) => mask & (1 << i))
    const whole = (parts: readonly Part[]) =>
      parts.every(part => part.areas.every(area => set.includes(area)) || part.areas.every(area => !set.includes(area)))
    if (set.length === all.length || !whole(before) || !whole(after)) continue
    const [then, now] = [before, after].map(parts => total(parts.filter(part => part.areas.every(area => set.includes(area)))))
    if (!then || !now || before.length === 0) continue
    const same =
      then.ballots === now.ballots && [1, 2, 3].every(option => (then.options.get(option) ?? 0) === (now.options.get(option) ?? 0))
    // A set that is itself a sum of sets that moved the other way is not told apart any more finely than these are.
    if (!same && minimal(set, before, after)) expect(Math.abs(then.ballots - now.ballots)).toBeGreaterThanOrEqual(UNDER)
  }
}

/** No smaller set of whole parts lies inside. */
function minimal(set: readonly string[], before: readonly Part[], after: readonly Part[]): boolean {
  for (let mask = 1; mask < (1 << set.length) - 1; mask += 1) {
    const inner = set.filter((_, i) => mask & (1 << i))
    const whole = (parts: readonly Part[]) =>
      parts.every(part => part.areas.every(area => inner.includes(area)) || part.areas.every(area => !inner.includes(area)))
    if (whole(before) && whole(after)) return false
  }
  return true
}

function total(parts: readonly Part[]): Figures {
  return sum(
    new Map(parts.map((part, i) => [String(i), part])),
    parts.map((_, i) => String(i)),
  )
}

test('a secret poll moves in steps of five, a named one at once', () => {
  const rows = (n: number) => [
    { areaId: 'a', option: 0, n },
    { areaId: 'a', option: 1, n },
  ]
  const secret = { secret: true, several: false, under: UNDER, closed: false }
  let shown: Shown = NOTHING_SHOWN
  const seen: number[] = []
  for (let n = 1; n <= 12; n += 1) {
    shown = nextShown(rows(n), shown, secret)
    seen.push(shown.ballots)
  }
  expect(seen).toEqual([0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10])
  expect(nextShown(rows(12), shown, { ...secret, closed: true }).ballots).toBe(12)
  expect(nextShown(rows(1), NOTHING_SHOWN, { ...secret, secret: false }).ballots).toBe(1)
})

test('what was shown is read back as it was written', () => {
  const shown = nextShown(
    [
      { areaId: 'a', option: 0, n: 9 },
      { areaId: 'a', option: 2, n: 9 },
      { areaId: '', option: 0, n: 6 },
      { areaId: '', option: 1, n: 6 },
    ],
    NOTHING_SHOWN,
    { secret: true, several: false, under: UNDER, closed: false },
  )
  expect(readShown(JSON.parse(JSON.stringify(writeShown(shown))))).toEqual(shown)
  expect(tallyOf(shown).areas.map(line => line.areas)).toEqual([[''], ['a']])
})
