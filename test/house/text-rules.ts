import type { Catalogue, Message } from './catalogue.ts'
import type { Complaint } from './source.ts'
import type { Use } from './text-use.ts'

type Messages = ReadonlyMap<string, Message>

/** The texts of one language, by key. */
export function messagesOf(catalogues: readonly Catalogue[], locale = 'en'): Messages {
  return new Map(
    catalogues.filter(one => one.locale === locale).flatMap(one => one.messages.map(message => [message.key, message] as const)),
  )
}

/** Files that cannot be read, and keys that stand twice in a language. */
export function fileComplaints(catalogues: readonly Catalogue[]): readonly Complaint[] {
  const seen = new Set<string>()
  const twice: Complaint[] = []
  for (const { locale, messages } of catalogues) {
    for (const { key, path } of messages) {
      if (seen.has(`${locale} ${key}`)) twice.push(`${path} has ${key}, which stands already`)
      seen.add(`${locale} ${key}`)
    }
  }
  return [...catalogues.flatMap(one => one.broken), ...twice]
}

/** Keys that are used and nobody wrote. For adapters, whose keys are plain strings: those of `src` are known to the compiler. */
export function missingComplaints(uses: readonly Use[], texts: Messages): readonly Complaint[] {
  return uses
    .filter(use => meantBy(use, texts).length === 0)
    .map(({ path, line, key }) => `${path}:${line} uses ${key}, which is in no English catalogue`)
}

/** What a call leaves out that its text needs. */
export function leftOutComplaints(uses: readonly Use[], texts: Messages): readonly Complaint[] {
  return uses.flatMap(use => {
    const { path, line, given } = use
    if (given === undefined) return []
    return meantBy(use, texts).flatMap(({ key, variables }) =>
      [...variables].filter(name => !given.has(name)).map(name => `${path}:${line} does not give { $${name} } to ${key}`),
    )
  })
}

/** Texts that nobody uses. */
export function unusedComplaints(uses: readonly Use[], texts: Messages): readonly Complaint[] {
  const used = new Set(uses.flatMap(use => meantBy(use, texts)).map(({ key }) => key))
  return [...texts.values()].filter(({ key }) => !used.has(key)).map(({ key, path }) => `${path} has ${key}, which nothing uses`)
}

function meantBy({ key, endings = [] }: Use, texts: Messages): readonly Message[] {
  if (typeof key !== 'string') return [...texts.values()].filter(message => key.test(message.key))
  const whole = texts.get(key)
  if (whole) return [whole]
  const ended = endings.map(ending => texts.get(key + ending))
  return ended.every(message => message !== undefined) ? ended : []
}

/** What another language has too little or too much, compared with English. */
export function languageComplaints(catalogues: readonly Catalogue[]): readonly Complaint[] {
  const english = messagesOf(catalogues)
  const others = [...new Set(catalogues.map(one => one.locale))].filter(locale => locale !== 'en')
  return others.flatMap(locale => compare(locale, messagesOf(catalogues, locale), english))
}

function compare(locale: string, other: Messages, english: Messages): readonly Complaint[] {
  const lacks = [...english.keys()].filter(key => !other.has(key)).map(key => `${locale} lacks ${key}`)
  const differs = [...other.values()].flatMap(({ key, variables, path }) => {
    const model = english.get(key)
    if (!model) return [`${path} has ${key}, which English has not`]
    const same = [...variables].sort().join() === [...model.variables].sort().join()
    return same
      ? []
      : [`${path} fills in ${key} otherwise than English: ${[...variables].sort().join()} and ${[...model.variables].sort().join()}`]
  })
  return [...lacks, ...differs]
}

const mostWords = 35

/** English that shouts, winks or goes on for too long. */
export function plainComplaints(texts: Messages): readonly Complaint[] {
  return [...texts.values()].flatMap(({ key, path, forms }) => [...new Set(forms.flatMap(wrongWith))].map(what => `${path} ${key} ${what}`))
}

function wrongWith(form: string): readonly string[] {
  const longest = Math.max(...form.split(/[.?:;]\s|\n/).map(sentence => sentence.split(/\s+/).filter(word => /\w/.test(word)).length))
  return [
    ...(form.includes('!') ? ['has an exclamation mark'] : []),
    ...(/\p{Extended_Pictographic}/u.test(form) ? ['has an emoji'] : []),
    ...(longest > mostWords ? [`has a sentence of ${longest} words: ${mostWords} is the most`] : []),
  ]
}
