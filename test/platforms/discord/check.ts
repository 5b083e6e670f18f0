import { invalidForm, type Refusal } from './refusal.ts'

interface Issue {
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly code: string
  readonly errors?: readonly (readonly Issue[])[]
}

interface Schema {
  safeParse(value: unknown): { success: true; data: unknown } | { success: false; error: { issues: readonly Issue[] } }
}

/** Checks a body against Discord's own description, by the name that it has there. */
export type Check = (schema: string, body: unknown, list: boolean) => Refusal | undefined

/**
 * The checker, made from discord-api-spec. Stricter than the real one on purpose, which drops unknown keys in silence: a slip of ours should
 * be seen here.
 */
export async function loadCheck(): Promise<Check> {
  const schemas = (await import('discord-api-spec/zod')) as Record<string, Schema>
  const one = (name: string, body: unknown, prefix: readonly (string | number)[]): Refusal | undefined => {
    const schema = schemas[`${name}Schema`]
    if (!schema) throw new Error(`discord-api-spec has no ${name}`)
    const tidied = tidy(name, body)
    const parsed = schema.safeParse(tidied)
    if (!parsed.success) {
      const { path, message } = deepest(parsed.error.issues, prefix)
      return invalidForm(path.join('.'), message)
    }
    const unknown = unknownKey(tidied, parsed.data, prefix)
    return unknown && invalidForm(unknown.join('.'), `${name} has no such field`, 'UNKNOWN_FIELD')
  }
  return (name, body, list) => {
    if (!list) return one(name, body, [])
    if (!Array.isArray(body)) return invalidForm('', 'Only iterables may be used in a ListType')
    for (const [at, item] of body.entries()) {
      const refusal = one(name, item, [at])
      if (refusal) return refusal
    }
    return undefined
  }
}

/** What discord.js always sends, and what the description is known to say wrongly: permissions are strings, `nsfw` is missing. */
function tidy(name: string, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const entries = Object.entries(body).flatMap(([key, value]): [string, unknown][] => {
    if ((key === 'tts' || key === 'enforce_nonce') && value === false) return []
    if (name.startsWith('ApplicationCommand') && key === 'nsfw' && typeof value === 'boolean') return []
    if (key === 'default_member_permissions' && typeof value === 'string' && /^\d{1,16}$/.test(value)) return [[key, Number(value)]]
    return [[key, key === 'data' && name.endsWith('CallbackRequest') ? tidy('', value) : value]]
  })
  return Object.fromEntries(entries)
}

/** The schemas drop keys that they do not know: what went in and did not come out is unknown. */
function unknownKey(given: unknown, kept: unknown, path: readonly (string | number)[]): readonly (string | number)[] | undefined {
  if (typeof given !== 'object' || given === null || typeof kept !== 'object' || kept === null) return undefined
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (!(key in kept)) return [...path, key]
    const inner = unknownKey(value, (kept as Record<string, unknown>)[key], [...path, key])
    if (inner) return inner
  }
  return undefined
}

/** Where a union was tried, the member that has the right `type` says most. */
function deepest(issues: readonly Issue[], prefix: readonly (string | number)[]): { path: readonly (string | number)[]; message: string } {
  const [issue] = issues
  if (!issue) return { path: prefix, message: 'is wrong' }
  const path = [...prefix, ...issue.path]
  const members = issue.errors?.filter(errors => errors.length > 0) ?? []
  const meant = members.find(errors => !errors.some(error => error.path[0] === 'type')) ?? members[0]
  return meant ? deepest(meant, path) : { path, message: issue.message }
}
