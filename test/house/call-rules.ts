import ts from 'typescript'
import { type Complaint, complain, type Source, walk } from './source.ts'

/**
 * The only files that call a platform: the delivery, which holds no transaction open, and what a handler asks by the way of `wanted.ts`. Everything else goes
 * through these two.
 */
const callers = new Set(['src/delivery/send.ts', 'src/app/context.ts'])

const calls = new Set(['send', 'change', 'isAdmin', 'missing', 'chatsOf'])

/** Calls of an adapter's methods elsewhere in `src`. */
export function callComplaints(file: Source): readonly Complaint[] {
  if (!file.path.startsWith('src/') || callers.has(file.path)) return []
  const found: Complaint[] = []
  walk(file.ast, node => {
    if (!ts.isPropertyAccessExpression(node) || !calls.has(node.name.text)) return
    if (/adapter|platform\(/i.test(node.expression.getText(file.ast))) found.push(complain(file, node, 'calls a platform'))
  })
  return found
}
