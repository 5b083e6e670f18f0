import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { madeParts, readReadme, withParts } from './readme.ts'
import { ROOT } from './source.ts'

// `npm run readme`: makes the README say what the code can do.
writeFileSync(join(ROOT, 'README.md'), withParts(readReadme(), await madeParts()))
