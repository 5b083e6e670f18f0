import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCatalogueFiles } from './catalogue.ts'
import { ROOT } from './source.ts'
import { KEYS, keysFile } from './text-keys.ts'

// `npm run texts`: makes the type of all keys from the English catalogues.
writeFileSync(join(ROOT, KEYS), keysFile(readCatalogueFiles()))
