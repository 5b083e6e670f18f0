import { type Complaint, importsOf, type Source } from './source.ts'

/** Files that import each other in a circle, however large, types included: none of them can be read alone. What is loaded when it is needed counts as no import. */
export function circleComplaints(files: readonly Source[]): readonly Complaint[] {
  const known = new Set(files.map(file => file.path))
  const to = new Map(
    files.map(file => [
      file.path,
      importsOf(file).flatMap(one => (one.file !== undefined && !one.isLazy && known.has(one.file) ? [one.file] : [])),
    ]),
  )
  return circles(to).map(circle => `${circle.join(', ')} import each other`)
}

/** Strongly connected parts of more than one (Tarjan). */
function circles(to: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const found: string[][] = []
  const visit = (at: string): void => {
    order.set(at, order.size)
    lowest.set(at, order.get(at) ?? 0)
    open.push(at)
    for (const next of to.get(at) ?? []) {
      if (!order.has(next)) visit(next)
      if (open.includes(next)) lowest.set(at, Math.min(lowest.get(at) ?? 0, lowest.get(next) ?? 0))
    }
    if (lowest.get(at) !== order.get(at)) return
    const circle = open.splice(open.indexOf(at))
    if (circle.length > 1) found.push(circle.sort())
  }
  for (const file of to.keys()) if (!order.has(file)) visit(file)
  return found
}
