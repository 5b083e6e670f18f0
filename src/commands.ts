import process from 'node:process'
import { commandsOf } from './app.ts'
import type { Deps } from './feature.ts'
import { makeFeatures } from './features.ts'
import { readCatalogues } from './texts/texts.ts'

// Prints the commands of all features as JSON, for programs that make something of them while no bot runs.

/** Features only keep what they are made with: without it they can say what they are, but do nothing. */
const nothing = {} as Deps
const features = makeFeatures(nothing, { lastBackup: async () => undefined, troubles: () => [] })
process.stdout.write(`${JSON.stringify(commandsOf(features, readCatalogues([new URL('./texts', import.meta.url)])))}\n`)
