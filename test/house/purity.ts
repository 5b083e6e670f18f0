import ts from 'typescript'
import { type Complaint, complain, importsOf, type Source, walk } from './source.ts'

/** Whether a file is one of those that take time, ids and figures as parameters and touch nothing. */
export function isPure(path: string): boolean {
  if (
    /^src\/polls\/(domain|gate|steps|stepping|figures)\.ts$/.test(path) ||
    path.startsWith('src/kit/breakdown/') ||
    path.startsWith('src/view/') ||
    path === 'src/schedule/ics.ts' ||
    path === 'src/base/kept.ts'
  )
    return true
  return /^src\/(kit\/)?[^/]+\/(domain|view(-[a-z-]+)?)\.ts$/.test(path)
}

const untouched = /^src\/(store|delivery)\//

/** What pure files take or do that is not pure; also what the files do whose functions they use. */
export function purityComplaints(files: readonly Source[]): readonly Complaint[] {
  const byPath = new Map(files.map(file => [file.path, file]))
  const pure = files.filter(file => isPure(file.path))
  const used = reached(pure, byPath)
  return used.flatMap(file => [...forbiddenImports(file), ...deeds(file)])
}

/** The pure files and all files of ours whose values they use, however far away. */
function reached(pure: readonly Source[], byPath: ReadonlyMap<string, Source>): readonly Source[] {
  const found = new Set(pure)
  for (const file of found) {
    for (const { file: path, onlyTypes } of importsOf(file)) {
      const used = onlyTypes || path === undefined ? undefined : byPath.get(path)
      if (used) found.add(used)
    }
  }
  return [...found]
}

function forbiddenImports(file: Source): readonly Complaint[] {
  return (
    importsOf(file)
      // What is used at second hand may know the types of the store.
      .filter(one => isPure(file.path) || !one.onlyTypes)
      .filter(one => one.pack?.startsWith('node:') || one.pack === 'pg' || untouched.test(one.file ?? ''))
      .map(one => `${file.path}:${one.line} is pure, or used by what is pure, and imports ${one.from}`)
  )
}

const clocks = /^(Date\.now|Math\.random|performance\.now|crypto\.\w+|DateTime\.(now|local|utc))$/
const globals = new Set(['process', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'performance'])

function deeds(file: Source): readonly Complaint[] {
  const found: Complaint[] = []
  const add = (node: ts.Node, what: string): void => {
    found.push(complain(file, node, `is pure, or used by what is pure, and uses ${what}`))
  }
  walk(file.ast, node => {
    if (ts.isNewExpression(node) && node.expression.getText(file.ast) === 'Date' && !node.arguments?.length) add(node, 'the clock')
    if (ts.isCallExpression(node) && node.expression.getText(file.ast) === 'Date') add(node, 'the clock')
    if (ts.isPropertyAccessExpression(node) && clocks.test(node.getText(file.ast))) add(node, node.getText(file.ast))
    if (ts.isIdentifier(node) && globals.has(node.text) && isValue(node)) add(node, node.text)
  })
  return found
}

/** A name that stands for a value, not one after a dot, before a colon, or of a type or a parameter. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  return ts.isCallExpression(parent) || ts.isVariableDeclaration(parent) || ts.isBinaryExpression(parent)
}
