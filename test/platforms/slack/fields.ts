import type { Body } from './body.ts'
import { fromJson } from './content.ts'
import type { Method } from './methods/table.ts'
import { type Refusal, wrong } from './refusal.ts'

/** What a field holds. 'json' is taken as an object or as its text. */
export type FieldKind = 'text' | 'number' | 'yes or no' | 'json'

/** The token, and the workspace that Bolt names in every call. */
const everywhere: ReadonlySet<string> = new Set(['token', 'team_id'])

/** The fields of a request in their right types; what is unknown or missing is refused in strict mode (the real one passes unknown ones over). */
export function readFields(name: string, method: Method, body: Body, strict: boolean): Record<string, unknown> | Refusal {
  const read: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [field, value] of Object.entries(body.fields)) {
    if (everywhere.has(field) || value === undefined || value === null) continue
    const kind = method.fields[field]
    if (kind === undefined) {
      if (strict)
        problems.push(`this loop-back server does not do "${field}" of ${name}; teach it before using it [json-pointer:/${field}]`)
      continue
    }
    const found = asKind(kind, value, body.isForm)
    if (found === undefined) problems.push(`must be ${kind} [json-pointer:/${field}]`)
    else read[field] = found
  }
  for (const field of method.required ?? []) {
    if (read[field] === undefined || read[field] === '') problems.push(`missing required field: ${field} [json-pointer:/${field}]`)
  }
  return problems.length > 0 ? wrong('invalid_arguments', problems) : read
}

const yesOrNo: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false }

function asKind(kind: FieldKind, value: unknown, isForm: boolean): unknown {
  if (kind === 'yes or no') return yesOrNo[String(value)]
  // What is no JSON goes on as it is, so that the method can say so in its own words.
  if (kind === 'json') return typeof value === 'string' ? (fromJson(value) ?? value) : value
  if (kind === 'number') return Number.isFinite(Number(value)) ? Number(value) : undefined
  if (typeof value === 'string') return value
  return typeof value === 'number' && !isForm ? String(value) : undefined
}
