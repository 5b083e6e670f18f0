import ts from 'typescript'
import { type Complaint, complain, type Source, walk } from './source.ts'

/** The tests may not wait for time to pass, 100 ms or longer. These may, and say why. */
const mayWait: readonly RegExp[] = [
  // A loop-back platform holds a fetch as long as the real one.
  /^test\/platforms\//,
]

/** Where a wait may be short. */
const mayHurry: readonly RegExp[] = [
  // They show what a wait in vain says.
  /^test\/platforms\/[a-z]+\/misbehaviour\.test\.ts$/,
]

const tooLong = 100
/** From here on a limit is generous, in milliseconds: the limit of a test. Shorter waits take `PATIENCE_MS`, from the one file that says it. */
const generous = 120_000
const patience = 'test/helpers/patience.ts'
/** What waits: `until` and `poll` for a condition, `setDefaultTimeout` of the browser, `AbortSignal.timeout`. */
const waiting = /(^|\.)(until|poll|waitUntil|waitFor\w*|setDefaultTimeout|setDefaultNavigationTimeout|AbortSignal\.timeout)$/
const measured = /\b(performance|Date)\.now\(\) - /
/** What has a limit of its own as its last argument. */
const limited = /^(test|it|describe|suite|lean|before(All|Each)|after(All|Each))\b/
const left = new Set(['only', 'skip', 'todo', 'fails'])
const suites = /^(test|it|describe|suite|bench)\b/

/** What a test file must not hold: left-out or picked-out tests, fake time, stand-ins for modules, waiting, hurry. */
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
  return [...found, ...hurries(file)]
}

/** Numbers that a busy machine runs past, and clocks of the machine that decide over a test. */
function hurries(file: Source): readonly Complaint[] {
  const { ast, path } = file
  const found: Complaint[] = []
  if (path === patience || mayHurry.some(one => one.test(path))) return found
  walk(ast, node => {
    if (ts.isPropertyAccessExpression(node) && node.name.text.startsWith('wait') && node.expression.getText(ast) === 'vi')
      found.push(complain(file, node, `uses ${node.getText(ast)}: until of ${patience} has the patience`))
    if (ts.isPropertyAssignment(node) && node.name.getText(ast) === 'timeout' && isHasty(node.initializer, tooLong))
      found.push(complain(file, node, `has a limit of ${node.initializer.getText(ast)} ms: take PATIENCE_MS, or LONG_MS for a test`))
    if (ts.isCallExpression(node)) {
      const called = node.expression
      const last = node.arguments.at(-1)
      if (last && isHasty(last) && [waiting, limited].some(one => one.test(called.getText(ast))))
        found.push(complain(file, last, `has a limit of ${last.getText(ast)} ms: take PATIENCE_MS, or LONG_MS for a test`))
      if (ts.isPropertyAccessExpression(called) && called.name.text.startsWith('toBeLess') && measured.test(called.getText(ast)))
        found.push(complain(file, node, 'measures time: assert on order or on counts, or inject the clock'))
    }
  })
  return found
}

/** A number, too small to be a limit. As a property, small ones are seconds, asked of a platform. */
function isHasty(node: ts.Expression, from = 0): boolean {
  return ts.isNumericLiteral(node) && numberOf(node) >= from && numberOf(node) < generous
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
