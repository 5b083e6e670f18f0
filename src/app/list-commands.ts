import process from 'node:process'
import type { Ctx } from '../feature/context.ts'
import type { CommandSpec, Deps } from '../feature/feature.ts'
import { FEATURES } from '../feature/features.ts'
import type { Listed } from '../platform/listed.ts'
import { readCatalogues } from '../texts/texts.ts'
import { commandsOf } from './app.ts'

// Prints the commands of all features as JSON, for programs that make something of them while no bot runs.

/** Features only keep what they are made with: without it they can say what they are, but do nothing. */
const nothing = {} as Deps
const features = FEATURES.map(make => make(nothing))
const catalogues = readCatalogues([new URL('..', import.meta.url)])
const texts = catalogues.in('en')

/** What is suggested to a coordinator who has typed nothing yet, in a chat that may still join: all that a suggestion may look at then. */
const coordinator = {
  ...{ roles: new Set(['coordinator']), inbound: { place: { space: 'any:chat' } }, speech: { texts, locale: texts.locale } },
} as unknown as Ctx
async function more({ example, onMessage, suggest }: CommandSpec): Promise<Pick<Listed, 'shortcutAbout' | 'takes'>> {
  const words = (await suggest(coordinator, '')).map(({ value }) => value)
  return { takes: [...(example ? [texts.t(example)] : []), ...words], ...(onMessage && { shortcutAbout: texts.t(onMessage.about) }) }
}

const known = await Promise.all(features.flatMap(({ commands }) => commands).map(more))
const listed: readonly Listed[] = commandsOf(features, catalogues).map((one, i) => ({ ...one, ...known[i] }))
process.stdout.write(`${JSON.stringify(listed)}\n`)
