import { z } from 'zod'
import type { Action, Args } from './feature.ts'

/** What the parts of a token may be: each in one way of writing, so that no two tokens mean the same. */

/** The id of a row, or a word that stands for one (`all`). */
export const id = z.string().regex(/^[A-Za-z0-9-]{1,40}$/)

/** A whole number from 0 on, as it is usually written. */
export const whole = z.string().regex(/^(?:0|[1-9]\d{0,10})$/)

/** The one word that confirms; left out, the question comes first. */
export const yes = z.literal('yes').optional()

export function oneOf<const Word extends string>(...words: readonly [Word, ...Word[]]): z.ZodType<Word> {
  return z.enum(words)
}

/** What stands behind the name of a token, or undefined where that is not of this shape. */
export function readArgs(args: Args, said: readonly string[]): readonly string[] | undefined {
  if (said.length > args.length) return undefined
  return args.every((one, i) => one.safeParse(said[i]).success) ? said : undefined
}

/** Actions that are carried out in one place, by their names. */
export function actionsIn(named: Readonly<Record<string, Args>>, run: (name: string) => Action['run']): Readonly<Record<string, Action>> {
  return Object.fromEntries(Object.entries(named).map(([name, args]) => [name, { args, run: run(name) }]))
}

/** What stands in a table under a word that somebody sent: only what we have put there ourselves. */
export function entry<T>(table: Readonly<Record<string, T>> | undefined, word: string): T | undefined {
  return table && Object.hasOwn(table, word) ? table[word] : undefined
}

/** The names in a table of ours, in its order. */
export function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(table) as Name[]
}

/** What a table has under a name of our own. Throws where what is listed and what is done do not agree. */
export function need<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = entry(table, name)
  if (found === undefined) throw new Error(`Nothing is done under the name ${name}.`)
  return found
}
