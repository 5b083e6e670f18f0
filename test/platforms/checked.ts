import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// The tests of the loop-back platforms say the same until the platforms or the client libraries change. So it is noted for what they last passed.

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = 'test/platforms'
const note = `${folder}/checked.json`

/** What the platforms and their tests use of the rest of the project. */
export const used: readonly string[] = ['adapters/discord/agent.ts', 'test/helpers/patience.ts']

/** Changes with every file of the platforms, with what they use, and with every dependency. */
export function fingerprint(): string {
  const own = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
    .filter(path => path !== note)
  const hash = createHash('sha256')
  for (const path of [...own, ...used, 'package-lock.json'].sort()) hash.update(`${path}\0${textOf(path)}\0`)
  return hash.digest('hex')
}

/** The fingerprint of what the tests last passed for. */
export function noted(): string {
  const { passed } = JSON.parse(readFileSync(join(root, note), 'utf8')) as { readonly passed: string }
  return passed
}

export const isChecked = (): boolean => noted() === fingerprint()

export const noteOf = (passed: string): { readonly file: string; readonly text: string } => ({
  file: join(root, note),
  text: `${JSON.stringify({ passed }, undefined, 2)}\n`,
})

/** The same text for all, however a checkout ends its lines. */
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n')
