import ts from 'typescript'
import { lineOf, type Source, walk } from './source.ts'

/** One place in the code that names a text. */
export interface Use {
  readonly path: string
  readonly line: number
  /** The key, or for one built from parts what keys look like that it may mean. */
  readonly key: string | RegExp
  /** The names that are given to it, where they stand in the call itself. */
  readonly given?: ReadonlySet<string>
  /** What its file puts behind such a key: `-title`, `-hint`. */
  readonly endings?: readonly string[]
}

/** Strings that look like keys and are none. */
const noKeys = new Set(['web-session'])

/** All keys of texts that a file names: in calls of `t` and `words`, as `key:` or `about:`, or anywhere else by their looks. */
export function usesIn({ path, ast }: Source, sections: ReadonlySet<string>): readonly Use[] {
  const found: Use[] = []
  const sure = sureKeys(ast, sections)
  const endings = endingsIn(ast)
  walk(ast, node => {
    const key = keyIn(node, sections, sure.has(node))
    if (key === undefined) return
    const names = typeof key === 'string' ? sure.get(node) : undefined
    found.push({ path, line: lineOf(ast, node), key, ...(names && { given: names }), ...(endings.length > 0 && { endings }) })
  })
  return found
}

/** Where only keys of texts stand, with what is given to them there. */
function sureKeys(ast: ts.SourceFile, sections: ReadonlySet<string>): ReadonlyMap<ts.Node, ReadonlySet<string> | undefined> {
  const sure = new Map<ts.Node, ReadonlySet<string> | undefined>()
  walk(ast, node => {
    if (ts.isCallExpression(node)) for (const key of keysOf(node, ast)) sure.set(key, given(node, ast))
    if (!ts.isPropertyAssignment(node) || !['key', 'about'].includes(node.name.getText(ast))) return
    for (const key of choices(node.initializer)) if (looksLikeKey(key, sections)) sure.set(key, undefined)
  })
  return sure
}

/** The ends of keys that a file puts together from a name and an end: `t(`${key}-title`)`. */
function endingsIn(ast: ts.SourceFile): readonly string[] {
  const found: string[] = []
  walk(ast, node => {
    if (!ts.isCallExpression(node)) return
    for (const key of keysOf(node, ast)) {
      if (ts.isTemplateExpression(key) && key.head.text === '' && key.templateSpans.length === 1)
        found.push(key.templateSpans[0]?.literal.text ?? '')
    }
  })
  return found.filter(ending => /^-[a-z-]+$/.test(ending))
}

/** The places of a call of `t` or `words` where its key is written. */
function keysOf(call: ts.CallExpression, ast: ts.SourceFile): readonly ts.Node[] {
  const name = call.expression.getText(ast)
  const at = /(^|\.)t$/.test(name) ? 0 : /(^|\.)words$/.test(name) ? 1 : undefined
  const key = at === undefined ? undefined : call.arguments[at]
  return key ? choices(key) : []
}

/** `a ? 'x' : 'y'` can be two things. */
function choices(node: ts.Expression): readonly ts.Expression[] {
  if (ts.isConditionalExpression(node)) return [...choices(node.whenTrue), ...choices(node.whenFalse)]
  if (ts.isParenthesizedExpression(node)) return choices(node.expression)
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) ? [node] : []
}

/** What a call gives to its text; undefined where that cannot be read from the call. */
function given(call: ts.CallExpression, ast: ts.SourceFile): ReadonlySet<string> | undefined {
  const at = /(^|\.)t$/.test(call.expression.getText(ast)) ? 1 : 2
  const args = call.arguments[at]
  if (!args) return new Set()
  if (!ts.isObjectLiteralExpression(args) || args.properties.some(ts.isSpreadAssignment)) return undefined
  return new Set(args.properties.map(property => property.name?.getText(ast) ?? ''))
}

function looksLikeKey(node: ts.Expression, sections: ReadonlySet<string>): boolean {
  const start = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? node.head.text : ''
  return sections.has(start.split('-')[0] ?? '')
}

function keyIn(node: ts.Node, sections: ReadonlySet<string>, isSure: boolean): string | RegExp | undefined {
  if (ts.isImportDeclaration(node.parent ?? node) || ts.isLiteralTypeNode(node.parent ?? node)) return undefined
  if (ts.isStringLiteralLike(node)) {
    const known = /^[a-z]+(-[a-z0-9]+)+$/.test(node.text) && sections.has(node.text.split('-')[0] ?? '') && !noKeys.has(node.text)
    return known || isSure ? node.text : undefined
  }
  if (!ts.isTemplateExpression(node) || !/^[a-z]+-/.test(node.head.text) || !sections.has(node.head.text.split('-')[0] ?? ''))
    return undefined
  const rest = node.templateSpans.map(span => `[a-z0-9-]*${span.literal.text}`).join('')
  return new RegExp(`^${node.head.text}${rest}$`)
}

/** Keys in a page: `{{web-title}}`. */
export function usesInPage(path: string, html: string): readonly Use[] {
  return html
    .split('\n')
    .flatMap((line, i) =>
      [...line.matchAll(/\{\{([\w-]+)\}\}/g)].map(([, key = '']) => ({ path, line: i + 1, key, given: new Set<string>() })),
    )
}
