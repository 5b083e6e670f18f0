import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CountRow, nextShown, type Rule, readShown, type Shown, tallyOf, writeShown } from '../../src/polls/figures.ts'
import { show } from '../../src/polls/gate.ts'
import { createStepping } from '../../src/polls/stepping.ts'

const rule: Rule = { secret: true, closed: false, under: 5, min: 1, max: 1 }
const closed: Rule = { ...rule, closed: true }
const nothing: Shown = { kind: 'nothing' }

/** Answers of areas, by option. */
function rowsOf(areas: Readonly<Record<string, readonly number[]>>): readonly CountRow[] {
  return Object.entries(areas).flatMap(([areaId, counts]) => [
    { areaId, option: 0, n: counts.reduce((a, b) => a + b, 0) },
    ...counts.map((n, i) => ({ areaId, option: i + 1, n })),
  ])
}

/** Somebody answers, changes the answer, or takes it back (0). */
interface Deed {
  readonly who: number
  readonly option: number
}

/** What people see of a secret poll after each deed, and the ballots as they are. */
function played(deeds: readonly Deed[]): readonly { readonly shown: number; readonly next: number; readonly ballots: number }[] {
  const stepping = createStepping({ counts: [], shown: null, hideUnder: 5 })
  const held = new Map<number, number>()
  const ballot = (option: number | undefined): readonly number[] => (option ? [option] : [])
  return deeds.map(({ who, option }) => {
    stepping.count(ballot(held.get(who)), ballot(option))
    held.set(who, option)
    const tally = tallyOf({ kind: 'steps', steps: stepping.now() }, rule)
    return { shown: tally.ballots, next: tally.movesAt ?? 0, ballots: [...held.values()].filter(one => one > 0).length }
  })
}

/** The deeds that filled a step: five more ballots than at the one before. */
function fullSteps(ballots: readonly number[]): readonly number[] {
  const steps: number[] = []
  for (const [at, n] of ballots.entries()) if (n >= (ballots[steps.at(-1) ?? -1] ?? 0) + 5) steps.push(at)
  return steps
}

describe('a secret poll that is open', () => {
  test('shows the full step before the newest one: first at 10 answers, as of 5', () => {
    const deeds = Array.from({ length: 21 }, (_, who) => ({ who, option: 1 + (who % 3) }))
    expect(played(deeds).map(one => one.shown)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10, 10, 10, 15, 15])
  })

  test('says at how many answers the numbers move next, and then they do', () => {
    const deeds = Array.from({ length: 21 }, (_, who) => ({ who, option: 1 }))
    const seen = played(deeds)
    for (const [i, { shown, ballots }] of seen.entries()) {
      const before = seen[i - 1]
      if (before && shown !== before.shown) expect(ballots).toBe(before.next)
    }
    expect([seen[0]?.next, seen[9]?.next, seen[14]?.next]).toEqual([10, 15, 20])
  })

  test('between two things that are shown, the close included, at least five different people have done something', () => {
    const deed = fc.record({ who: fc.integer({ min: 0, max: 24 }), option: fc.integer({ min: 0, max: 3 }) })
    fc.assert(
      fc.property(fc.array(deed, { minLength: 5, maxLength: 120 }), deeds => {
        const seen = played(deeds)
        const steps = fullSteps(seen.map(one => one.ballots))
        // The last one is reached, but not shown; what came after the one before it lies between that and the close.
        const spans = steps.slice(0, -1).map((at, i) => deeds.slice(at + 1, i + 2 < steps.length ? (steps[i + 1] ?? 0) + 1 : undefined))
        for (const span of spans) expect(new Set(span.map(one => one.who)).size).toBeGreaterThanOrEqual(5)
        for (const [i, at] of steps.entries()) expect(seen[at]?.shown).toBe(i === 0 ? 0 : seen[steps[i - 1] ?? 0]?.ballots)
      }),
      { numRuns: 500 },
    )
  })

  test('has no lines by area', () => {
    const shown = nextShown(rowsOf({ a: [20, 10], b: [10, 20] }), nothing, rule)
    expect(tallyOf(shown, rule).areas.lines).toEqual([])
  })

  test('goes on from where it stood when steps were kept in another way', () => {
    const before = readShown({ ballots: 10, options: [[1, 10]], parts: [] }, true)
    expect(tallyOf(before, rule)).toMatchObject({ ballots: 10, movesAt: 15 })
  })
})

describe('where fewer answers are to be hidden than before', () => {
  const high = { ...rule, under: 20 }
  const figures = (ballots: number) => ({ ballots, options: new Map([[1, ballots]]) })

  test.each([
    { shown: 0, next: 0, ballots: 0, movesAt: 40 },
    { shown: 5, next: 10, ballots: 0, movesAt: 50 },
    { shown: 15, next: 20, ballots: 0, movesAt: 40 },
    { shown: 20, next: 25, ballots: 20, movesAt: 45 },
  ])('what was shown as of $shown, with $next counted, shows as $ballots until $movesAt', ({ shown, next, ballots, movesAt }) => {
    const steps = { shown: figures(shown), next: figures(next) }
    expect(tallyOf({ kind: 'steps', steps }, high)).toMatchObject({ ballots, movesAt })
  })
})

test('a poll that was read just before its close does not take away what the close has shown', () => {
  const final = nextShown(rowsOf({ a: [9, 6, 4], b: [12, 3, 2] }), nothing, closed)
  for (const secret of [true, false]) expect(nextShown(rowsOf({ a: [9, 6, 4] }), final, { ...rule, secret })).toEqual(final)
})

describe('a poll that is closed', () => {
  const counts = rowsOf({ a: [9, 6, 4], b: [12, 3, 2], '': [2, 0, 0] })

  test('shows exact totals, and areas rounded to the nearest 5', () => {
    const tally = tallyOf(nextShown(counts, nothing, closed), closed)
    expect(tally).toMatchObject({ ballots: 38, movesAt: undefined, tooFew: false })
    expect(tally.areas.lines.map(line => [line.area, line.ballots, [...(line.options?.values() ?? [])]])).toEqual([
      ['a', 19, [10, 5, 5]],
      ['b', 17, [10, 5, 0]],
    ])
    expect(tally.areas.others).toBe(2)
  })

  test('stays as it was first shown, whatever is counted later', () => {
    const first = nextShown(counts, nothing, closed)
    const again = nextShown(rowsOf({ a: [9, 6, 5], b: [12, 3, 2] }), readShown(writeShown(first), true), closed)
    expect(again).toEqual(first)
  })

  test.each([
    { answers: 1, secret: true, seen: false },
    { answers: 4, secret: true, seen: false },
    { answers: 5, secret: true, seen: true },
    { answers: 1, secret: false, seen: true },
  ])('with $answers answers, secret $secret: numbers are seen: $seen', ({ answers, secret, seen }) => {
    const own = { ...closed, secret }
    const tally = tallyOf(nextShown(rowsOf({ a: [answers, 0] }), nothing, own), own)
    expect(show(tally, { state: 'closed', results: 'live' }, { voted: true }) !== undefined).toBe(seen)
  })
})

test('a named poll moves at once, and its lines by area with it', () => {
  const named = { ...rule, secret: false }
  const first = nextShown(rowsOf({ a: [9, 6, 4], b: [2, 1, 1] }), nothing, named)
  const second = nextShown(rowsOf({ a: [9, 6, 4], b: [3, 2, 1] }), first, named)
  expect([first, second].map(shown => tallyOf(shown, named)).map(tally => [tally.ballots, tally.areas.lines.length])).toEqual([
    [23, 1],
    [25, 2],
  ])
})

test('the same answers look the same however often they are drawn, and when the poll closes with them', () => {
  const named = { ...rule, secret: false, max: 2 }
  const more = fc.array(fc.record({ area: fc.constantFrom('a', 'b', 'c'), option: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  fc.assert(
    fc.property(fc.array(more, { minLength: 2, maxLength: 8 }), steps => {
      const ballots: { area: string; options: readonly number[] }[] = ['a', 'b', 'c'].flatMap(area =>
        [1, 2, 3, 1, 2].map(option => ({ area, options: [option] })),
      )
      let shown: Shown = nothing
      for (const step of steps) {
        ballots.push(...step.map(({ area, option }) => ({ area, options: [option, (option % 3) + 1] })))
        const rows = ['a', 'b', 'c'].flatMap(areaId => {
          const own = ballots.filter(one => one.area === areaId)
          return [
            { areaId, option: 0, n: own.length },
            ...[1, 2, 3].map(option => ({ areaId, option, n: own.filter(one => one.options.includes(option)).length })),
          ]
        })
        const first = nextShown(rows, shown, named)
        expect(nextShown(rows, readShown(writeShown(first), false), named)).toEqual(first)
        const last = nextShown(rows, first, { ...named, closed: true })
        expect(tallyOf(last, named).areas).toEqual(tallyOf(first, named).areas)
        shown = first
      }
    }),
    { numRuns: 30 },
  )
})

test('what was shown is read back as it was written', () => {
  const named = { ...rule, secret: false }
  const all = [
    nextShown(rowsOf({ a: [9, 6], b: [7, 7] }), nothing, named),
    nextShown(rowsOf({ a: [9, 6], b: [7, 7] }), nothing, closed),
    nextShown([], nothing, rule),
  ]
  for (const shown of all) expect(readShown(JSON.parse(JSON.stringify(writeShown(shown))), true)).toEqual(shown)
})
