import ts from 'typescript'
import { type Complaint, complain, type Source, walk } from './source.ts'

/** Files that speak to nobody, or to whoever runs the bot, in its window or its log. */
const notForPeople: readonly RegExp[] = [
  /^src\/main\.ts$/,
  /^src\/store\//,
  /^src\/network\/cli\.ts$/,
  // The metrics' own help lines.
  /^src\/web\/status\.ts$/,
  // Why a platform is off or a message was refused: `status` and `Sent` carry it to the window or the log.
  /^adapters\/telegram\/(loop|refusals)\.ts$/,
  /^adapters\/slack\/(link|refusals)\.ts$/,
  /^adapters\/web\/(index|encode)\.ts$/,
  // Patterns of what people say to the bot.
  /^src\/schedule\/words\/days\.ts$/,
]

// A selector of a style sheet begins with a sign, a statement for the database with its verb in capitals.
const forMachines = /^[#.[]|^\s*(WITH|SELECT|INSERT|UPDATE|DELETE)\s/
const threeWords = /(?<![\w-])\p{L}[\p{L}'’]*[,;:]?\s+\p{L}[\p{L}'’]*[,;:]?\s+\p{L}/u

/** What the rule must know of the whole bot. */
export interface Known {
  /** Strings that some type lists, such as `'may refuse'`: the names of states or kinds, not words. */
  readonly names: ReadonlySet<string>
  /** Classes of errors: their words are for the operator or the log. */
  readonly errors: ReadonlySet<string>
}

export function knownIn(files: readonly Source[]): Known {
  const names = new Set<string>()
  const errors = new Set<string>()
  for (const { ast } of files) {
    walk(ast, node => {
      if (ts.isLiteralTypeNode(node) && ts.isStringLiteralLike(node.literal)) names.add(node.literal.text)
      if (ts.isClassDeclaration(node) && node.name && /^\w*Error$/.test(baseOf(node))) errors.add(node.name.text)
    })
  }
  return { names, errors }
}

const baseOf = (node: ts.ClassDeclaration): string => node.heritageClauses?.[0]?.types[0]?.expression.getText() ?? ''

/** Words for people belong into the catalogues. */
export function sentenceComplaints(file: Source, known: Known): readonly Complaint[] {
  if (notForPeople.some(one => one.test(file.path))) return []
  const found: Complaint[] = []
  walk(file.ast, node => {
    const words = wordsOf(node)
    if (words === undefined || forMachines.test(words) || !threeWords.test(words) || known.names.has(words) || isExcused(file, node, known))
      return
    found.push(complain(file, node, `has a sentence in code: ${words.slice(0, 60)}`))
  })
  return found
}

function wordsOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  return ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(span => span.literal.text)].join('{}') : undefined
}

/**
 * Calls whose words are for the log, the operator (what became of a platform, why a message was refused, what an address is not), the database, or a browser's
 * style sheet.
 */
const calls =
  /(^|\.)log\.\w+$|^process\.(stdout|stderr)\.write$|^(status|no|partsOf)$|^Error$|\.query$|\.\$(query|execute)RawUnsafe$|\.(toFormat|querySelector(All)?|closest|matches)$/
const sqlTag = /\$(query|execute)Raw$|^Prisma\.sql$/
const zodCall = /^z\b|^apiAddress$|\.(int|min|max|regex|url|enum|refine|number|string)$/

/** Whether words are not said to people: some expression around them sends them elsewhere. */
function isExcused(file: Source, words: ts.Node, known: Known): boolean {
  for (let at = words; !ts.isBlock(at) && !ts.isSourceFile(at); at = at.parent) {
    if (takesElsewhere(file, at.parent, at, known)) return true
  }
  return false
}

function takesElsewhere({ ast, path }: Source, around: ts.Node, at: ts.Node, { errors }: Known): boolean {
  if (ts.isLiteralTypeNode(around) || ts.isImportDeclaration(around)) return true
  if (ts.isNewExpression(around)) return /Error$/.test(around.expression.getText(ast)) || errors.has(around.expression.getText(ast))
  if (ts.isTaggedTemplateExpression(around)) return sqlTag.test(around.tag.getText(ast))
  // Why a message was refused goes to the log, the help of a metric to the operator; a class is a name for the style sheet.
  if (ts.isPropertyAssignment(around)) return ['why', 'help', 'class'].includes(around.name.getText(ast))
  if (!ts.isCallExpression(around) || around.expression === at) return false
  const called = around.expression.getText(ast)
  return calls.test(called) || (path.endsWith('/settings.ts') && zodCall.test(called))
}

/** Words between the tags of a page, or in attributes that are read aloud: they too come from the catalogue, as `{{key}}`. */
export function pageComplaints(path: string, html: string): readonly Complaint[] {
  const bare = html.replaceAll(/<!--[\s\S]*?-->|<(script|style)[\s\S]*?<\/\1>/g, '').replaceAll(/\{\{[\w-]+\}\}/g, '')
  const spoken = [...bare.matchAll(/(?:aria-label|title|placeholder|alt)="([^"]*)"/g)].map(found => found[1] ?? '')
  // The bot's own name is the same in every language.
  const between = bare.replaceAll(/<[^>]*>/g, '\n').split('\n')
  return [...spoken, ...between]
    .filter(words => /\p{L}/u.test(words) && words.trim() !== 'Folkmoot')
    .map(words => `${path} has words of its own: ${words.trim()}`)
}
