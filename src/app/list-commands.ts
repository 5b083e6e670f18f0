import process from 'node:process'
import type { Deps } from '../feature/feature.ts'
import { FEATURES } from '../feature/features.ts'
import { readCatalogues } from '../texts/texts.ts'
import { commandsOf } from './app.ts'

// Prints the commands of all features as JSON, for programs that make something of them while no bot runs.

/** Features only keep what they are made with: without it they can say what they are, but do nothing. */
const nothing = {} as Deps
const features = FEATURES.map(make => make(nothing))
process.stdout.write(`${JSON.stringify(commandsOf(features, readCatalogues([new URL('..', import.meta.url)])))}\n`)
