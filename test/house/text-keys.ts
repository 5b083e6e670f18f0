import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from './catalogue.ts'
import { ROOT } from './source.ts'
import { messagesOf } from './text-rules.ts'

/** Where the keys of all texts of `src` stand as a type. */
export const KEYS = 'src/texts/keys.ts'

/** That file, as the English catalogues of `src` make it. Adapters have keys of their own. */
export function keysFile(catalogues: readonly Catalogue[]): string {
  const keys = [...messagesOf(catalogues.filter(({ path }) => path.startsWith('src/'))).keys()].sort()
  return [
    '/** Every text there is in `src`. Made from the English catalogues by `npm run texts`. */',
    'export type TextKey =',
    ...keys.map(key => `  | '${key}'`),
    '',
  ].join('\n')
}

export function readKeysFile(): string {
  return readFileSync(join(ROOT, KEYS), 'utf8')
}
