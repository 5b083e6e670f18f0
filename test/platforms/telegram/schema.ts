import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { type Description, definitionsOf, type Schema } from '../described.ts'
import { methodNames } from './methods/table.ts'
import { bad, type Refusal } from './refusal.ts'

/** Checks the fields of a request; form bodies carry only strings, which are turned into what the schema wants first. */
export type Check = (method: string, fields: Record<string, unknown>, isForm: boolean) => Refusal | Record<string, unknown>

const withoutFields: readonly string[] = ['getMe', 'logOut', 'getWebhookInfo']
const nameOf = (method: string): string => `${method.charAt(0).toUpperCase()}${method.slice(1)}Params`

/**
 * The checker, made from the platform's own description: @gramio/types.
 * Stricter than the real one on purpose, which drops unknown fields in silence and takes "5" for 5: a slip of ours should be seen here.
 */
export function loadCheck(): Promise<Check> {
  loaded ??= makeCheck()
  return loaded
}

/** One for all servers of a process, since compiling costs more than most tests. */
let loaded: Promise<Check> | undefined

async function makeCheck(): Promise<Check> {
  const definitions = await definitionsOf(description)
  const ajv = new Ajv({ strict: false, allErrors: true })
  ajv.addSchema({ $id: 'telegram', definitions })
  const validators = new Map<string, ValidateFunction>()
  const validatorOf = (method: string): ValidateFunction => {
    const known = validators.get(method)
    if (known) return known
    const schema = withoutFields.includes(method)
      ? { type: 'object', additionalProperties: false }
      : { $ref: `telegram#/definitions/${nameOf(method)}` }
    const made = ajv.compile(schema)
    validators.set(method, made)
    return made
  }
  return (method, fields, isForm) => {
    const given = isForm ? fromForm(properties(definitions, method), fields) : fields
    const validate = validatorOf(method)
    return validate(given) ? given : bad(`${method} does not fit Telegram's description: ${worst(validate.errors ?? [])}`)
  }
}

const description: Description = {
  ...{ platform: 'telegram', pack: '@gramio/types', file: 'out/params.d.ts', revision: 1 },
  roots: methodNames.filter(name => !withoutFields.includes(name)).map(nameOf),
  tidy: all => tidy(all) as Schema,
}

/** What the library's types allow beyond the wire: builders with toJSON or toString, Blobs in JSON, and numbers with fractions. */
function tidy(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.filter(item => !isBuilder(item)).map(item => tidy(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, inner]) => [name, name === 'Blob' ? { not: {} } : tidy(inner, name)])
  const made: Schema = Object.fromEntries(entries)
  if (!/(?:_id|^offset|^length|^limit|^timeout|_time)$/.test(key)) return made
  if (made['type'] === 'number') return { ...made, type: 'integer' }
  return Array.isArray(made['type']) ? { ...made, type: made['type'].map(type => (type === 'number' ? 'integer' : type)) } : made
}

function isBuilder(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || !('properties' in item)) return false
  const names = Object.keys(item.properties as object)
  return names.length === 1 && (names[0] === 'toJSON' || names[0] === 'toString')
}

function properties(definitions: Schema, method: string): Record<string, { type?: string | string[]; anyOf?: unknown[] }> {
  const definition = definitions[nameOf(method)] as { properties?: Record<string, { type?: string | string[] }> } | undefined
  return definition?.properties ?? {}
}

/** A form's strings as the schema wants them: texts stay, everything else is JSON. */
function fromForm(
  wanted: Record<string, { type?: string | string[]; anyOf?: unknown[] }>,
  fields: Record<string, unknown>,
): Record<string, unknown> {
  const entries = Object.entries(fields).map(([name, value]) => {
    const schema = wanted[name]
    const types = JSON.stringify(schema?.type ?? schema?.anyOf ?? [])
    const isText = types.includes('"string"') && !/^-?\d+$/.test(types.includes('integer') ? String(value) : '')
    return [name, isText || typeof value !== 'string' || schema === undefined ? value : fromJson(value)]
  })
  return Object.fromEntries(entries)
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The error that lies deepest says most where a union was tried. */
function worst(errors: readonly ErrorObject[]): string {
  const depth = ({ instancePath, keyword }: ErrorObject): number =>
    instancePath.split('/').length * 2 + (keyword === 'additionalProperties' ? 1 : 0)
  const [error] = [...errors].sort((a, b) => depth(b) - depth(a))
  if (!error) return 'it is wrong'
  const extra = error.keyword === 'additionalProperties' ? ` "${error.params['additionalProperty']}"` : ''
  return `${error.instancePath || 'the request'} ${error.message}${extra}`
}
