/**
 * Small numbers in breakdowns. What is published is a partition of all ballots: lines of one area each, and a rest that is not told apart. Every part is
 * *safe*: at least `under` ballots, and every figure in it 0 or at least `under`; so whatever can be worked out by adding and subtracting lines and the
 * total is safe as well. From one moment to the next, whatever can be compared with what stood there before has moved by at least `under` ballots or
 * not at all, so that two moments do not tell what a few people did.
 */

/** Figures of one area or of several: ballots, and by option number. */
export interface Figures {
  readonly ballots: number
  readonly options: ReadonlyMap<number, number>
}

export interface Part extends Figures {
  /** Area ids, sorted; '' is "area not said". */
  readonly areas: readonly string[]
  /** All that is not told apart. */
  readonly rest: boolean
}

interface Measure {
  readonly now: ReadonlyMap<string, Figures>
  readonly before: readonly Part[]
  readonly under: number
  /** A ballot may hold several options, so that who did *not* choose one is a figure too. */
  readonly several: boolean
}

/** The partition to publish now, given what stands published (`before`). With only one part, there is nothing to tell apart but the total. */
export function publish(measure: Measure): readonly Part[] {
  const { now, before } = measure
  const areas = [...new Set([...now.keys(), ...before.flatMap(part => part.areas)])].sort()
  let lines = areas.filter(area => isSafe(sum(now, [area]), measure))
  while (lines.length > 0) {
    const rest = areas.filter(area => !lines.includes(area))
    const give = giveUp(lines, rest, measure)
    if (give === undefined) break
    lines = lines.filter(line => line !== give)
  }
  const rest = areas.filter(area => !lines.includes(area))
  return [
    ...lines.map(area => ({ areas: [area], rest: false, ...sum(now, [area]) })),
    ...(rest.length > 0 ? [{ areas: rest, rest: true, ...sum(now, rest) }] : []),
  ]
}

/** The line that cannot be shown beside the others; undefined when all may stand. */
function giveUp(lines: readonly string[], rest: readonly string[], measure: Measure): string | undefined {
  const restFigures = sum(measure.now, rest)
  const empty = restFigures.ballots === 0 && [...restFigures.options.values()].every(n => n === 0)
  if (!empty && !isSafe(restFigures, measure)) return smallest(lines, measure)
  const parts = [...lines.map(line => [line]), ...(rest.length > 0 ? [rest] : [])]
  for (const union of comparable(parts, measure.before)) {
    if (hasMoved(union, measure)) continue
    return (
      smallest(
        lines.filter(line => union.includes(line)),
        measure,
      ) ?? smallest(lines, measure)
    )
  }
  return undefined
}

function smallest(lines: readonly string[], { now }: Measure): string | undefined {
  return lines.toSorted((a, b) => sum(now, [a]).ballots - sum(now, [b]).ballots)[0]
}

function isSafe(figures: Figures, { under, several }: Measure): boolean {
  const fine = (n: number): boolean => n === 0 || n >= under
  return figures.ballots >= under && [...figures.options.values()].every(n => fine(n) && (!several || fine(figures.ballots - n)))
}

/** The least unions of areas that are made of whole parts both now and before: only these can be compared. */
function comparable(parts: readonly (readonly string[])[], before: readonly Part[]): readonly (readonly string[])[] {
  if (before.length === 0) return []
  const unions: Set<string>[] = []
  for (const part of [...parts, ...before.map(old => old.areas)]) {
    const joined = unions.filter(union => part.some(area => union.has(area)))
    for (const union of joined) unions.splice(unions.indexOf(union), 1)
    unions.push(new Set([...part, ...joined.flatMap(union => [...union])]))
  }
  return unions.map(union => [...union])
}

function hasMoved(union: readonly string[], { now, before, under }: Measure): boolean {
  const then = total(before.filter(part => part.areas.some(area => union.includes(area))))
  const today = sum(now, union)
  return Math.abs(today.ballots - then.ballots) >= under || same(then, today)
}

function same(a: Figures, b: Figures): boolean {
  const options = [...new Set([...a.options.keys(), ...b.options.keys()])]
  return a.ballots === b.ballots && options.every(option => (a.options.get(option) ?? 0) === (b.options.get(option) ?? 0))
}

/** The figures of several areas together. */
export function sum(now: ReadonlyMap<string, Figures>, areas: readonly string[]): Figures {
  return total(areas.flatMap(area => now.get(area) ?? []))
}

function total(all: readonly Figures[]): Figures {
  const options = new Map<number, number>()
  for (const figures of all) for (const [option, n] of figures.options) options.set(option, (options.get(option) ?? 0) + n)
  return { ballots: all.reduce((n, figures) => n + figures.ballots, 0), options }
}
