import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A file of the project, or a fixture that stands for one. */
export interface Source {
  /** From the project's folder, with `/`. */
  readonly path: string
  readonly text: string
  readonly ast: ts.SourceFile
}

/** One thing that is against the rules of the bot: `path:line what`. */
export type Complaint = string

export function source(path: string, text: string): Source {
  return { path, text, ast: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) }
}

/** All files below `folders` whose names match, without what is generated. */
export function readTree(folders: readonly string[], wanted: RegExp): readonly Source[] {
  return filesIn(folders, wanted).map(path => source(path, readFileSync(join(ROOT, path), 'utf8')))
}

export function filesIn(folders: readonly string[], wanted: RegExp): readonly string[] {
  return folders.flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && wanted.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/').replace(/^\//, ''))
      .filter(path => !path.includes('/generated/'))
      .sort(),
  )
}

export interface Import {
  /** As written: `grammy`, `node:fs`, `../log.ts`. */
  readonly from: string
  /** For a file of our own: its path from the project's folder. */
  readonly file?: string
  /** For a package: its name without the path inside it. */
  readonly pack?: string
  readonly onlyTypes: boolean
  /** It is loaded when it is needed. */
  readonly isLazy: boolean
  readonly line: number
}

/** Everything that a file takes from another: imports, exports from, `import()` and types by `import('…')`. */
export function importsOf({ path, ast }: Source): readonly Import[] {
  const found: Import[] = []
  const add = (node: ts.Node, from: ts.Node | undefined, onlyTypes: boolean, isLazy = false): void => {
    if (from && ts.isStringLiteralLike(from)) found.push({ ...placed(path, from.text), onlyTypes, isLazy, line: lineOf(ast, node) })
  }
  walk(ast, node => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, typesOnly(node.importClause))
    if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly)
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node, node.arguments[0], false, true)
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true)
  })
  return found
}

function typesOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.isTypeOnly) return true
  const named = clause.namedBindings
  return (
    !clause.name &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every(one => one.isTypeOnly)
  )
}

function placed(path: string, from: string): Pick<Import, 'from' | 'file' | 'pack'> {
  if (from.startsWith('.')) return { from, file: normalize(join(dirname(path), from)).replaceAll('\\', '/') }
  const [scope = '', name] = from.split('/')
  return { from, pack: from.startsWith('node:') ? from : scope.startsWith('@') ? `${scope}/${name}` : scope }
}

/** Calls `visit` for every node, from the top. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, child => walk(child, visit))
}

export function lineOf(ast: ts.SourceFile, node: ts.Node): number {
  return ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1
}

export function complain({ path, ast }: Source, node: ts.Node, what: string): Complaint {
  return `${path}:${lineOf(ast, node)} ${what}`
}
