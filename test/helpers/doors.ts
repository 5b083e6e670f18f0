import type { z } from 'zod'
import { createRouter } from '../../src/app/router.ts'
import type { Args, Feature } from '../../src/feature/feature.ts'

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

/** The tokens of one way that begin with this id: each further part is each word that it may be, or (an id) each of `ids`, or (a number) 1. */
export function tokensOf(way: Way, first: string, ids: readonly string[] = ['all']): readonly string[] {
  const [, ...rest] = way.args
  const tails = rest.reduce<readonly (readonly string[])[]>(
    (made, one) => made.flatMap(tail => [...fitting(one, ids).map(word => [...tail, word]), ...(isOptional(one) ? [tail] : [])]),
    [[]],
  )
  const begun = way.args.length > 0 ? [first] : []
  const made = tails.map(tail => [way.feature, way.name, ...begun, ...tail].join('_'))
  return [...new Set(made)].filter(token => token.length <= 64)
}

function fitting(arg: z.ZodType, ids: readonly string[]): readonly string[] {
  if (arg.safeParse('1').success) return arg.safeParse('a').success ? ids : ['1']
  const listed = JSON.stringify(arg.def).match(/[a-z]+(?:-[a-z]+)*/g) ?? []
  return [...new Set(listed)].filter(word => arg.safeParse(word).success)
}

function isOptional(arg: z.ZodType): boolean {
  return arg.safeParse(undefined).success
}
