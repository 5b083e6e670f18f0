import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { type Description, definitionsOf, type Schema } from '../described.ts'

/** Says what does not fit Slack's own description, in Slack's words; nothing when all is well. */
export interface Check {
  blocks(blocks: readonly Record<string, unknown>[], pointer: string): string[]
  view(view: Record<string, unknown>): string[]
  metadata(metadata: Record<string, unknown>): string[]
}

/**
 * The checker, made from the platform's own description: @slack/types.
 * Stricter than the real one in places on purpose: a slip of ours should be seen here.
 */
export function loadCheck(): Promise<Check> {
  loaded ??= makeCheck()
  return loaded
}

/** One for all servers of a process, since compiling costs more than most tests. */
let loaded: Promise<Check> | undefined

async function makeCheck(): Promise<Check> {
  const definitions = await definitionsOf(description)
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true })
  ajv.addSchema({ $id: 'slack', definitions })
  const blockTypes = typesOf(definitions, 'KnownBlock')
  const compiled = new Map<string, ValidateFunction>()
  const against = (name: string, value: unknown, pointer: string): string[] => {
    const validate = compiled.get(name) ?? ajv.compile({ $ref: `slack#/definitions/${name}` })
    compiled.set(name, validate)
    return validate(value) ? [] : inWords(validate.errors ?? [], pointer)
  }
  const blocks = (given: readonly Record<string, unknown>[], pointer: string): string[] =>
    given.flatMap((block, n) => {
      const name = blockTypes.get(String(block['type']))
      return name === undefined
        ? [`unsupported type: ${String(block['type'])} [json-pointer:${pointer}/${n}/type]`]
        : against(name, block, `${pointer}/${n}`)
    })
  const check: Check = {
    blocks,
    metadata: metadata => against('MessageMetadata', metadata, '/metadata'),
    view: view => {
      const name = view['type'] === 'home' ? 'HomeView' : 'ModalView'
      const inner = Array.isArray(view['blocks']) ? (view['blocks'] as Record<string, unknown>[]) : []
      return [...against(name, { ...view, blocks: [] }, '/view'), ...blocks(inner, '/view/blocks')]
    },
  }
  // Compiled before any clock runs: it takes a while, and nobody is answered meanwhile.
  for (const type of ['modal', 'home']) check.view({ type, blocks: [...blockTypes.keys()].map(each => ({ type: each })) })
  return check
}

const description: Description = {
  ...{ platform: 'slack', pack: '@slack/types', file: 'dist/index.d.ts', revision: 1 },
  roots: ['KnownBlock', 'ModalView', 'HomeView', 'MessageMetadata'],
}

/** From a block's `type` to the definition of such blocks. */
function typesOf(definitions: Schema, union: string): Map<string, string> {
  const { anyOf = [] } = definitions[union] as { anyOf?: { $ref: string }[] }
  const names = anyOf.map(({ $ref }) => decodeURIComponent($ref.replace('#/definitions/', '')))
  return new Map(names.map(name => [typeNamed(definitions[name]) ?? name, name]))
}

/** The `type` that an object must have, from its schema. */
function typeNamed(schema: unknown): string | undefined {
  const { properties, anyOf } = schema as { properties?: { type?: { const?: string } }; anyOf?: unknown[] }
  return properties?.type?.const ?? (anyOf ? typeNamed(anyOf[0]) : undefined)
}

/** Of a union the errors of that member count whose `type` fits; of others nothing is said. */
function inWords(errors: readonly ErrorObject[], pointer: string): string[] {
  const fitting = errors.filter(error => {
    const wanted = typeNamed(error.parentSchema as object)
    const owner = error.data as { type?: unknown } | null
    const isOther = wanted !== undefined && typeof owner === 'object' && owner !== null && owner.type !== wanted
    return !isOther && !/^(?:anyOf|oneOf)$/.test(error.keyword) && !error.instancePath.endsWith('/type')
  })
  const inside = fitting.filter(error => !errors.some(other => isOtherBranch(other, error)))
  const chosen = inside.length > 0 ? inside : fitting
  const said = chosen.map(error => `${words(error)} [json-pointer:${pointer}${error.instancePath}]`)
  if (said.length > 0) return [...new Set(said)]
  const deepest = [...errors].sort((a, b) => b.instancePath.length - a.instancePath.length)[0]
  return [`failed to match all allowed schemas [json-pointer:${pointer}${deepest?.instancePath.replace(/\/type$/, '') ?? ''}]`]
}

/** The error lies in a member of a union that the `type` of its object does not fit. */
const isOtherBranch = (constant: ErrorObject, error: ErrorObject): boolean => {
  if (constant.keyword !== 'const' || !constant.instancePath.endsWith('/type')) return false
  const owner = constant.instancePath.slice(0, -'/type'.length)
  const branch = constant.schemaPath.replace(/\/properties\/type\/const$/, '')
  return error.schemaPath.startsWith(`${branch}/`) && error.instancePath.startsWith(owner)
}

function words(error: ErrorObject): string {
  switch (error.keyword) {
    case 'additionalProperties':
      return `invalid additional property: ${error.params['additionalProperty']}`
    case 'required':
      return `missing required field: ${error.params['missingProperty']}`
    case 'type':
      return `must be a ${error.params['type']}`
    case 'enum':
    case 'const':
      return 'must be a valid enum value'
    default:
      return error.message ?? 'is wrong'
  }
}
