import { z } from 'zod'
import { BALLOTS } from './domain.ts'
import type { Tally } from './gate.ts'
import { type Figures, type Part, publish, sum } from './hide.ts'

/** One row of the tally as it is kept. */
export interface CountRow {
  readonly areaId: string
  readonly option: number
  readonly n: number
}

/** What has been shown so far, as it is kept. */
export interface Shown extends Figures {
  readonly parts: readonly Part[]
  /** They were shown of the closed poll, and stay. */
  readonly isFinal?: boolean
}

const Pairs = z.array(z.tuple([z.number(), z.number()]))
const Kept = z.object({
  ballots: z.number(),
  options: Pairs,
  parts: z.array(z.object({ areas: z.array(z.string()), rest: z.boolean(), ballots: z.number(), options: Pairs })),
  isFinal: z.boolean().optional(),
})

export const NOTHING_SHOWN: Shown = { ballots: 0, options: new Map(), parts: [] }

export function readShown(json: unknown): Shown {
  const kept = Kept.parse(json)
  return {
    ballots: kept.ballots,
    options: new Map(kept.options),
    parts: kept.parts.map(part => ({ ...part, options: new Map(part.options) })),
    ...(kept.isFinal ? { isFinal: true } : {}),
  }
}

export function writeShown(shown: Shown): z.infer<typeof Kept> {
  const part = ({ areas, rest, ballots, options }: Part) => ({ areas: [...areas], rest, ballots, options: sorted(options) })
  return {
    ballots: shown.ballots,
    options: sorted(shown.options),
    parts: shown.parts.map(part),
    ...(shown.isFinal ? { isFinal: true } : {}),
  }
}

function sorted(options: ReadonlyMap<number, number>): [number, number][] {
  return [...options].sort(([a], [b]) => a - b)
}

export interface Steps {
  readonly secret: boolean
  readonly several: boolean
  /** Numbers below this are hidden in breakdowns; also the step of a secret poll. */
  readonly under: number
  readonly closed: boolean
}

/**
 * What may be shown now, given what has been. A secret poll's figures move in steps of `under` ballots, all of them together, and at its close; a named
 * poll's total moves at once and its area lines only as `publish` allows.
 */
export function nextShown(rows: readonly CountRow[], before: Shown, steps: Steps): Shown {
  // A second look would compare with the first alone, and could tell apart what the first had to hide.
  if (steps.closed && before.isFinal) return before
  const now = byArea(rows)
  const total = sum(now, [...now.keys()])
  const moved = Math.abs(total.ballots - before.ballots) >= steps.under
  if (steps.secret && !steps.closed && !moved) return before
  const parts = publish({ now, before: before.parts, under: steps.under, several: steps.several })
  // While the poll is open, lines that cannot move yet stay as they were last seen.
  const keeps = !steps.closed && lines(parts) < lines(before.parts)
  return { ...total, parts: keeps ? before.parts : parts, ...(steps.closed ? { isFinal: true } : {}) }
}

/** The counts that views may ask the gate for. Area lines only where there are at least two parts to tell apart. */
export function tallyOf(shown: Shown): Tally {
  const told = shown.parts.length > 1 ? shown.parts.filter(part => !part.rest) : []
  return { ballots: shown.ballots, options: shown.options, areas: told }
}

function lines(parts: readonly Part[]): number {
  return parts.filter(part => !part.rest).length
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
