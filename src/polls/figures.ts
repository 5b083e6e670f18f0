import { z } from 'zod'
import { type Before, type Breakdown, breakDown, NO_BREAKDOWN } from '../kit/breakdown/breakdown.ts'
import { type Figures, totalOf } from '../kit/breakdown/table.ts'
import { BALLOTS } from './domain.ts'
import type { Tally } from './gate.ts'
import { movesAt, NO_STEPS, type Steps, seen } from './steps.ts'

/** One row of the tally as it is kept. */
export interface CountRow {
  readonly areaId: string
  readonly option: number
  readonly n: number
}

/** What has been shown so far. */
export type Shown =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'steps'; readonly steps: Steps }
  | { readonly kind: 'lines'; readonly before: Before }
  /** Of a closed poll, for good: a second look would compare with the first, and could tell apart what the first had to hide. */
  | { readonly kind: 'final'; readonly total: Figures; readonly areas: Breakdown }

/** How a poll shows its figures. */
export interface Rule {
  readonly secret: boolean
  readonly closed: boolean
  readonly under: number
  /** How many options one ballot holds. */
  readonly min: number
  readonly max: number
}

/** What may be shown now, given what has been. */
export function nextShown(rows: readonly CountRow[], before: Shown, rule: Rule): Shown {
  // What a close has shown stays, also for who read of the poll just before it.
  if (before.kind === 'final') return before
  if (rule.closed) return final(rows, before, rule)
  // Its steps are taken where the answers come in, so that none is missed.
  if (rule.secret) return before.kind === 'steps' ? before : { kind: 'steps', steps: NO_STEPS }
  const areas = byArea(rows)
  return { kind: 'lines', before: { areas, lines: broken(areas, before, rule).lines } }
}

function final(rows: readonly CountRow[], before: Shown, rule: Rule): Shown {
  const areas = byArea(rows)
  const total = totalOf([...areas.values()])
  return { kind: 'final', total, areas: tooFew(total, rule) ? NO_BREAKDOWN : broken(areas, before, rule) }
}

function broken(areas: ReadonlyMap<string, Figures>, shown: Shown, { under, min, max }: Rule): Breakdown {
  const before = shown.kind === 'lines' ? shown.before : undefined
  // The same answers look the same however often they are drawn: what had to be hidden when they came is hidden still.
  if (before && isSame(areas, before.areas)) return { lines: before.lines, others: othersOf(areas, before.lines) }
  return breakDown({ areas, under, ballot: { least: Math.max(1, min), most: max }, before })
}

function isSame(areas: ReadonlyMap<string, Figures>, others: ReadonlyMap<string, Figures>): boolean {
  const face = (all: ReadonlyMap<string, Figures>) => JSON.stringify([...all].sort(byName).map(([area, one]) => [area, kept(one)]))
  return face(areas) === face(others)
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

/** How many answers are in no line; where there are no lines, that is not said. */
function othersOf(areas: ReadonlyMap<string, Figures>, lines: Breakdown['lines']): number {
  const all = totalOf([...areas.values()]).ballots
  return lines.length > 0 ? all - lines.reduce((sum, line) => sum + line.ballots, 0) : 0
}

/** A secret poll that so few have answered tells what they chose, if it tells anything. */
function tooFew({ ballots }: Figures, { secret, under }: Rule): boolean {
  return secret && ballots < under
}

/** The counts that views may ask the gate for. */
export function tallyOf(shown: Shown, rule: Rule): Tally {
  const none = { ballots: 0, options: new Map<number, number>(), areas: NO_BREAKDOWN, movesAt: undefined, tooFew: false }
  switch (shown.kind) {
    case 'nothing':
      return none
    case 'steps':
      return { ...none, ...seen(shown.steps, rule.under), movesAt: movesAt(shown.steps, rule.under) }
    case 'lines': {
      const { areas, lines } = shown.before
      return { ...none, ...totalOf([...areas.values()]), areas: { lines, others: othersOf(areas, lines) } }
    }
    case 'final':
      return { ...none, ...shown.total, areas: shown.areas, tooFew: tooFew(shown.total, rule) }
  }
}

function byArea(rows: readonly CountRow[]): ReadonlyMap<string, Figures> {
  const areas = new Map<string, { ballots: number; options: Map<number, number> }>()
  for (const { areaId, option, n } of rows) {
    const figures = areas.get(areaId) ?? { ballots: 0, options: new Map<number, number>() }
    if (option === BALLOTS) figures.ballots = n
    else if (n !== 0) figures.options.set(option, n)
    areas.set(areaId, figures)
  }
  return areas
}

/** The counts of all areas together. */
export function wholeOf(rows: readonly Pick<CountRow, 'option' | 'n'>[]): Figures {
  const options = new Map<number, number>()
  for (const { option, n } of rows) options.set(option, (options.get(option) ?? 0) + n)
  const ballots = options.get(BALLOTS) ?? 0
  options.delete(BALLOTS)
  return { ballots, options }
}

const Pairs = z.array(z.tuple([z.number(), z.number()]))
const KeptFigures = z.object({ ballots: z.number(), options: Pairs })
const KeptLine = z.object({ area: z.string(), ballots: z.number(), options: Pairs.nullable() })

/** As it is kept. */
const Kept = z.union([
  z.object({ kind: z.literal('steps'), shown: KeptFigures, next: KeptFigures }),
  z.object({ kind: z.literal('lines'), lines: z.array(KeptLine), areas: z.array(KeptFigures.extend({ area: z.string() })) }),
  z.object({ kind: z.literal('final'), total: KeptFigures, lines: z.array(KeptLine), others: z.number() }),
  // As it was kept when lines by area showed exact figures: only the whole still stands in a post.
  KeptFigures.extend({ kind: z.undefined().optional() }),
])
export type Kept = z.infer<typeof Kept>

export function readShown(json: unknown, secret: boolean): Shown {
  const kept = Kept.parse(json)
  switch (kept.kind) {
    case 'steps':
      return { kind: 'steps', steps: { shown: figures(kept.shown), next: figures(kept.next) } }
    case 'lines':
      return { kind: 'lines', before: { lines: kept.lines.map(line), areas: new Map(kept.areas.map(one => [one.area, figures(one)])) } }
    case 'final':
      return { kind: 'final', total: figures(kept.total), areas: { lines: kept.lines.map(line), others: kept.others } }
    default:
      return secret ? { kind: 'steps', steps: { shown: figures(kept), next: figures(kept) } } : { kind: 'nothing' }
  }
}

export function writeShown(shown: Shown): Kept | undefined {
  switch (shown.kind) {
    case 'nothing':
      return undefined
    case 'steps':
      return { kind: 'steps', shown: kept(shown.steps.shown), next: kept(shown.steps.next) }
    case 'lines': {
      const areas = [...shown.before.areas].sort(byName).map(([area, one]) => ({ area, ...kept(one) }))
      return { kind: 'lines', lines: shown.before.lines.map(keptLine), areas }
    }
    case 'final':
      return { kind: 'final', total: kept(shown.total), lines: shown.areas.lines.map(keptLine), others: shown.areas.others }
  }
}

type Line = Breakdown['lines'][number]

const figures = ({ ballots, options }: z.infer<typeof KeptFigures>): Figures => ({ ballots, options: new Map(options) })
const kept = ({ ballots, options }: Figures): z.infer<typeof KeptFigures> => ({ ballots, options: sorted(options) })
const line = ({ area, ballots, options }: z.infer<typeof KeptLine>): Line => ({
  ...{ area, ballots },
  options: options ? new Map(options) : undefined,
})
const keptLine = ({ area, ballots, options }: Line): z.infer<typeof KeptLine> => ({
  ...{ area, ballots },
  options: options ? sorted(options) : null,
})

function sorted(options: ReadonlyMap<number, number>): [number, number][] {
  return [...options].sort(([a], [b]) => a - b)
}
