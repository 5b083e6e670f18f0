import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Pattern, type Placeable, parse } from '@fluent/syntax'
import { filesIn, ROOT } from './source.ts'

/** One text in one language. */
export interface Message {
  readonly key: string
  /** Where it stands: `src/app/en.app.ftl`. */
  readonly path: string
  /** What it asks for: `{ $name }`. */
  readonly variables: ReadonlySet<string>
  /** Its words, each form of each choice on a line of its own; what is filled in stands as `0`. */
  readonly forms: readonly string[]
}

/** One file of texts, and what is wrong with it as a file. */
export interface Catalogue {
  readonly path: string
  readonly locale: string
  readonly messages: readonly Message[]
  readonly broken: readonly string[]
}

export function readCatalogueFiles(): readonly Catalogue[] {
  return filesIn(['src', 'adapters'], /\.ftl$/).map(path => readCatalogue(path, readFileSync(join(ROOT, path), 'utf8')))
}

export function readCatalogue(path: string, text: string): Catalogue {
  const messages: Message[] = []
  const broken: string[] = []
  for (const entry of parse(text, {}).body) {
    if (entry.type === 'Junk') broken.push(`${path} cannot be read: ${entry.content.trim().split('\n')[0]}`)
    if (entry.type === 'Term') broken.push(`${path} has the term -${entry.id.name}: only messages are used`)
    if (entry.type !== 'Message') continue
    if (entry.attributes.length > 0) broken.push(`${path} gives ${entry.id.name} attributes: nobody reads them`)
    if (!entry.value) broken.push(`${path} gives ${entry.id.name} no words`)
    else messages.push({ key: entry.id.name, path, ...read(entry.value) })
  }
  return { path, locale: path.split('/').pop()?.split('.')[0] ?? '', messages, broken }
}

/** All forms that a pattern can take, and what it needs for them. */
function read(pattern: Pattern): { variables: Set<string>; forms: string[] } {
  const variables = new Set<string>()
  let forms = ['']
  for (const element of pattern.elements) {
    const next = element.type === 'TextElement' ? [element.value] : fill(element, variables)
    forms = forms.flatMap(form => next.map(more => form + more))
  }
  return { variables, forms }
}

function fill({ expression }: Placeable, variables: Set<string>): string[] {
  if (expression.type === 'VariableReference') {
    variables.add(expression.id.name)
    return ['0']
  }
  if (expression.type === 'StringLiteral' || expression.type === 'NumberLiteral') return [expression.value]
  if (expression.type !== 'SelectExpression') return ['0']
  if (expression.selector.type === 'VariableReference') variables.add(expression.selector.id.name)
  return expression.variants.flatMap(variant => {
    const inner = read(variant.value)
    for (const name of inner.variables) variables.add(name)
    return inner.forms
  })
}
