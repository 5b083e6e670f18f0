import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** JSON Schema definitions, by name. */
export type Schema = { [key: string]: unknown }

/** A platform's own description, as the types of a package. */
export interface Description {
  readonly platform: string
  readonly pack: string
  /** Where the types stand in it. */
  readonly file: string
  readonly roots: readonly string[]
  /** Raise it when `tidy` changes, so that nobody goes on with an old file. */
  readonly revision: number
  tidy?(all: Schema): Schema
}

const modules = new URL('../../node_modules/', import.meta.url)

/** The definitions of a description. Generated once (about 3 s), then kept in node_modules/.cache. */
export async function definitionsOf(from: Description): Promise<Schema> {
  const { platform, pack, file, roots, revision } = from
  const versions = await Promise.all([pack, 'ts-json-schema-generator'].map(versionOf))
  const key = createHash('sha256')
    .update(JSON.stringify([versions, roots, revision]))
    .digest('hex')
    .slice(0, 16)
  const cached = new URL(`.cache/folkmoot/${platform}-${key}.json`, modules)
  const kept = await readFile(cached, 'utf8').catch(() => undefined)
  if (kept !== undefined) return JSON.parse(kept) as Schema
  const made = await generate(fileURLToPath(new URL(`${pack}/${file}`, modules)), roots)
  const tidied = from.tidy ? from.tidy(made) : made
  await keep(cached, tidied).catch(() => undefined) // a cache: where it cannot be written, the next one generates again
  return tidied
}

async function versionOf(name: string): Promise<unknown> {
  const { version } = JSON.parse(await readFile(new URL(`${name}/package.json`, modules), 'utf8')) as { version?: unknown }
  return version
}

/** Written whole or not at all, since several test files may do it at once. */
async function keep(where: URL, what: Schema): Promise<void> {
  await mkdir(new URL('.', where), { recursive: true })
  const draft = new URL(`${where.href}.${process.pid}.${randomUUID()}`)
  await writeFile(draft, JSON.stringify(what))
  await rename(draft, where)
}

async function generate(path: string, roots: readonly string[]): Promise<Schema> {
  // It brings a whole compiler along, and is hardly ever needed.
  const { createGenerator } = await import('ts-json-schema-generator')
  const generator = createGenerator({ path, type: '*', skipTypeCheck: true, additionalProperties: false, functions: 'hide', jsDoc: 'none' })
  const all: Schema = {}
  for (const root of roots) Object.assign(all, generator.createSchema(root).definitions)
  return all
}
