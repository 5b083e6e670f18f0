import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { FluentBundle, FluentNumber, FluentResource } from '@fluent/bundle'
import { directionOf, isolated } from '../view/direction.ts'
import type { TextKey } from './keys.ts'

export type Args = Readonly<Record<string, string | number>>

/** The catalogue of one language. */
export interface Texts {
  /** BCP 47 tag, for `lang` and for numbers and dates. */
  readonly locale: string
  /** The text of a key in this language (else in English). People's words enter only as `args`, each by itself where it runs the other way. Throws for a key that does not exist. */
  t(key: TextKey, args?: Args): string
  /** The same for a key that comes from outside the code: an adapter's own, or one that the store kept. */
  named(key: string, args?: Args): string
  /** A whole number as this language writes it. */
  n(value: number): string
}

/** How the keys go on that begin so: of `polls-verb-`, every verb that has a text. */
export type EndOf<Begin extends string, Key extends string = TextKey> = Key extends `${Begin}${infer End}` ? End : never
/** How the keys begin that end so. */
export type BeginOf<End extends string, Key extends string = TextKey> = Key extends `${infer Begin}${End}` ? Begin : never

export interface Catalogues {
  /** The best catalogue for a wish such as `pt-BR`; English where there is none. */
  in(wish: string | null | undefined): Texts
  /** The languages there are. */
  readonly locales: readonly string[]
}

const FALLBACK = 'en'

/** Reads every `<locale>.ftl` and `<locale>.*.ftl` in these folders and the folders in them. Throws for a file that cannot be read or a key that stands twice. */
export function readCatalogues(folders: readonly URL[]): Catalogues {
  const bundles = new Map<string, FluentBundle>()
  for (const folder of folders) {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ftl'))) {
      const locale = basename(file).split('.')[0] ?? FALLBACK
      const bundle = bundles.get(locale) ?? new FluentBundle(locale, { useIsolating: false })
      bundles.set(locale, bundle)
      const problems = bundle.addResource(new FluentResource(readFileSync(new URL(file, `${folder.href.replace(/\/*$/, '')}/`), 'utf8')))
      if (problems.length > 0) throw new Error(`The texts in ${file} do not load: ${problems.map(String).join('; ')}`)
    }
  }
  const made = new Map([...bundles].map(([locale, bundle]) => [locale, texts(locale, bundle, bundles.get(FALLBACK))]))
  const fallback = made.get(FALLBACK)
  if (!fallback) throw new Error('There are no English texts.')
  return {
    locales: [...made.keys()],
    in: wish => made.get(wish ?? FALLBACK) ?? made.get((wish ?? FALLBACK).split('-')[0] ?? FALLBACK) ?? fallback,
  }
}

function texts(locale: string, bundle: FluentBundle, fallback: FluentBundle | undefined): Texts {
  const numbers = new Intl.NumberFormat(locale)
  const direction = directionOf(locale)
  // Texts without figures are always the same.
  const plain = new Map<string, string>()
  const format = (key: string, args: Args): string => {
    const home = bundle.hasMessage(key) ? bundle : fallback
    const pattern = home?.getMessage(key)?.value
    if (!home || !pattern) throw new Error(`There is no text "${key}".`)
    const values: Record<string, string | FluentNumber> = {}
    for (const name of Object.keys(args)) {
      const value = args[name] ?? ''
      values[name] = typeof value === 'number' ? new FluentNumber(value) : isolated(value, home === bundle ? direction : 'ltr')
    }
    const errors: Error[] = []
    const text = home.formatPattern(pattern, values, errors)
    if (errors[0]) throw new Error(`The text "${key}" lacks something.`, { cause: errors[0] })
    return text
  }
  const t = (key: string, args?: Args): string => {
    if (args) return format(key, args)
    const text = plain.get(key) ?? format(key, {})
    plain.set(key, text)
    return text
  }
  return { locale, n: value => numbers.format(value), t, named: t }
}
