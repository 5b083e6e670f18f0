import { entry } from '../../feature/args.ts'
import { folded, sanitize, sanitizeLine } from '../../view/sanitize.ts'

/** The one grammar of what stands after a command: `words | plain part | key: value`. The same keys for all; each command says which it takes. Pure. */

export const KEYS = ['areas', 'platforms', 'audience', 'opens', 'closes', 'when', 'place', 'link', 'pin'] as const
export type Key = (typeof KEYS)[number]

/** Other words for the same. */
const ALSO: Readonly<Record<string, Key>> = { area: 'areas', platform: 'platforms', until: 'closes' }

/** A line, taken apart. */
export interface Line {
  /** What comes first: the question, the theme, the words. */
  readonly words: string
  /** Parts that say no key. */
  readonly plain: readonly string[]
  /** As they were typed; '' where a key stands alone. */
  readonly said: Readonly<Partial<Record<Key, string>>>
  /** Keys that were said again: which of them holds is not known. */
  readonly twice: readonly Key[]
}

/**
 * Takes a line apart. A key is one of `keys`, or another word for one, or one letter away from it; every other "word: text" stays a plain part. `\|` and `\:` stand for
 * themselves. `alsoLines`: a line end parts as `|` does.
 */
export function readLine(line: string, keys: readonly Key[], alsoLines = false): Line {
  const [words = '', ...parts] = line.split(alsoLines ? /(?<!\\)\||\n/u : /(?<!\\)\|/u)
  const plain: string[] = []
  const said: Partial<Record<Key, string>> = {}
  const twice: Key[] = []
  for (const part of parts.filter(one => one.trim() !== '')) {
    const [, name = '', value = ''] = /^\s*(\p{L}+)\s*:([\s\S]*)$/u.exec(part) ?? []
    const key = name === '' ? undefined : keyOf(name, keys)
    if (key === undefined) plain.push(sanitizeLine(unescaped(part)))
    else if (key in said) twice.push(key)
    else said[key] = sanitizeLine(unescaped(value))
  }
  return { words: sanitize(unescaped(words)).trim(), plain, said, twice }
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([|:])/g, '$1')
}

/** The key that a word stands for: spelled as it is, else one letter away. */
export function keyOf(word: string, keys: readonly Key[]): Key | undefined {
  const said = folded(word)
  const also = entry(ALSO, said)
  const exact = keys.find(key => key === said) ?? (also && keys.includes(also) ? also : undefined)
  if (exact) return exact
  const spellings = [...keys.map(key => [key, key] as const), ...Object.entries(ALSO)]
  return spellings.find(([spelling, key]) => keys.includes(key) && isOneAway(spelling, said))?.[1]
}

/** Whether one letter more, less, other, or two that changed places, make one of the other. */
function isOneAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  const [restA, restB] = [a.slice(i), b.slice(i)]
  if (restA === '' && restB === '') return false
  const swapped = restA.length > 1 && restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0]
  return swapped || restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)
}
