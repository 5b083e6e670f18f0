import type { Chance } from '../../bench/random.ts'

/** A place in a frame: the names and numbers that lead to it. */
type Path = readonly (string | number)[]

const nest = (depth: number): unknown => {
  let value: unknown = 'x'
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** What may stand where something else was promised. `undefined` leaves the field out. */
const oddities: readonly (() => unknown)[] = [
  ...[() => undefined, () => undefined, () => null, () => null],
  ...[() => '', () => 'x', () => 0, () => -1, () => true, () => false, () => [], () => ({}), () => [null], () => [[]]],
  ...[() => 99_999_999_999_999, () => 1e300, () => 0.5, () => 2 ** 53],
  ...[() => 'a\ud800b', () => '\u0000', () => 'y'.repeat(20_000), () => 'mystery', () => '99999999999999999999999999'],
  () => nest(500),
  () => JSON.parse('{"__proto__":{"text":"x"},"constructor":{"prototype":null},"toString":null,"length":-1}'),
]

/** The frame with one, two or three things in it made odd. The frame itself stays as it is. */
export function mutated(frame: unknown, chance: Chance): unknown {
  let odd = structuredClone(frame)
  for (let times = 1 + chance.below(3); times > 0; times -= 1) {
    const paths = pathsOf(odd)
    if (paths.length > 0) odd = put(odd, chance.pick(paths), chance.pick(oddities)())
  }
  return odd
}

/** The same with one thing in it made so: `message.chat.title`. */
export const withOdd = (frame: unknown, path: string, value: unknown): unknown =>
  put(
    structuredClone(frame),
    path.split('.').map(key => (/^\d+$/.test(key) ? Number(key) : key)),
    value,
  )

function pathsOf(value: unknown, before: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || before.length > 12) return before.length > 0 ? [before] : []
  const inner = Array.isArray(value) ? [...value.entries()].slice(0, 20) : Object.entries(value)
  return [...(before.length > 0 ? [before] : []), ...inner.flatMap(([key, one]) => pathsOf(one, [...before, key]))]
}

function put(frame: unknown, path: Path, value: unknown): unknown {
  let at = frame
  for (const key of path.slice(0, -1)) at = Reflect.get(at as object, key)
  if (value === undefined) Reflect.deleteProperty(at as object, path.at(-1) ?? '')
  else Reflect.defineProperty(at as object, path.at(-1) ?? '', { value, enumerable: true, configurable: true, writable: true })
  return frame
}
