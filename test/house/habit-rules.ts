import ts from 'typescript'
import { type Complaint, complain, type Source, walk } from './source.ts'

/** The tests may not wait for time to pass, 100 ms or longer. These may, and say why. */
const mayWait: readonly RegExp[] = [
  // A loop-back platform holds a fetch as long as the real one.
  /^test\/platforms\//,
]

const tooLong = 100
const left = new Set(['only', 'skip', 'todo', 'fails'])
const suites = /^(test|it|describe|suite|bench)\b/

/** What a test file must not hold: left-out or picked-out tests, fake time, stand-ins for modules, waiting. */
export function habitComplaints(file: Source): readonly Complaint[] {
  const { ast } = file
  const found: Complaint[] = []
  const waits = namesOfTimers(ast)
  const patient = mayWait.some(one => one.test(file.path))
  walk(ast, node => {
    if (ts.isPropertyAccessExpression(node) && left.has(node.name.text) && suites.test(node.expression.getText(ast)))
      found.push(complain(file, node, `has a test with .${node.name.text}`))
    if (
      ts.isPropertyAssignment(node) &&
      left.has(node.name.getText(ast)) &&
      node.initializer.kind === ts.SyntaxKind.TrueKeyword &&
      isOption(node)
    )
      found.push(complain(file, node, `has a test with ${node.name.getText(ast)}`))
    if (ts.isPropertyAccessExpression(node) && node.expression.getText(ast) === 'vi' && !/^(wait|resetModules)/.test(node.name.text))
      found.push(complain(file, node, `uses vi.${node.name.text}: time and ids are injected, nothing is mocked`))
    if (ts.isCallExpression(node) && !patient && waits.has(node.expression.getText(ast))) {
      const ms = Math.max(...node.arguments.map(numberOf))
      if (ms >= tooLong) found.push(complain(file, node, `waits for ${ms} ms: poll for a condition, or inject the clock`))
    }
  })
  return found
}

/** The names under which a file has `setTimeout`, the global one and the one that returns a promise. */
function namesOfTimers(ast: ts.SourceFile): ReadonlySet<string> {
  const names = new Set(['setTimeout', 'globalThis.setTimeout'])
  for (const one of ast.statements) {
    if (!ts.isImportDeclaration(one) || !/^(node:)?timers/.test(one.moduleSpecifier.getText(ast).slice(1))) continue
    const named = one.importClause?.namedBindings
    if (named && ts.isNamedImports(named)) for (const { name } of named.elements) names.add(name.text)
  }
  return names
}

/** `{ skip: true }` as an argument of a test, not of something else. */
function isOption(node: ts.PropertyAssignment): boolean {
  const call = node.parent.parent
  return ts.isCallExpression(call) && suites.test(call.expression.getText())
}

function numberOf(node: ts.Expression): number {
  return ts.isNumericLiteral(node) ? Number(node.text) : 0
}
