import type { z } from 'zod'
import { createRouter } from '../../src/app/router.ts'
import type { Args, Feature } from '../../src/feature.ts'

/** Every way in that the features have declared, as tokens that anybody could write. */

export interface Way {
  readonly kind: 'action' | 'form' | 'bulk'
  readonly feature: string
  readonly name: string
  readonly args: Args
}

export function ways(features: readonly Feature[]): readonly Way[] {
  const { doors } = createRouter(features)
  const declared = (kind: Way['kind'], feature: string, table: Readonly<Record<string, { readonly args: Args }>> = {}): Way[] =>
    Object.entries(table).map(([name, { args }]) => ({ kind, feature, name, args }))
  return [
    ...doors.flatMap(door => [...declared('action', door.name, door.actions), ...declared('form', door.name, door.forms)]),
    ...features.flatMap(feature => declared('bulk', feature.name, feature.bulk)),
  ]
}

/** The names of a feature's actions and forms. */
export function namesOf(features: readonly Feature[], feature: string): readonly string[] {
  const own = ways(features).filter(way => way.feature === feature)
  return [...new Set(own.map(way => way.name))].sort()
}

/** Words that stand in some token in the place of an id or a number. */
const WORDS = ['yes', 'all', 'none', 'residents', 'named', '0', '1', '2']

/** The tokens of one way that begin with this id: each further part takes each of these, and each word that it may be. */
export function tokensOf(way: Way, first: string, more: readonly string[] = []): readonly string[] {
  const [, ...rest] = way.args
  const tails = rest.reduce<readonly (readonly string[])[]>(
    (made, one) => made.flatMap(tail => [...fitting(one, more).map(word => [...tail, word]), ...(isOptional(one) ? [tail] : [])]),
    [[]],
  )
  const begun = way.args.length > 0 ? [first] : []
  const made = tails.map(tail => [way.feature, way.name, ...begun, ...tail].join('_'))
  return [...new Set(made)].filter(token => token.length <= 64)
}

function fitting(arg: z.ZodType, more: readonly string[]): readonly string[] {
  const listed = JSON.stringify(arg.def).match(/[a-z]+(?:-[a-z]+)*/g) ?? []
  return [...new Set([...more, ...WORDS, ...listed])].filter(word => arg.safeParse(word).success && !SCHEMA.has(word))
}

/** How zod writes itself down: no words of ours. */
const SCHEMA = new Set(['type', 'enum', 'entries', 'string', 'optional', 'inner', 'checks', 'values', 'literal', 'def', 'pattern'])

function isOptional(arg: z.ZodType): boolean {
  return arg.safeParse(undefined).success
}
