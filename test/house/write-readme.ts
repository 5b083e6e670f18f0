import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keptPart } from './kept-rules.ts'
import { madeParts, readReadme, withParts } from './readme.ts'
import { ROOT } from './source.ts'

// `npm run readme`: makes the README say what the code can do, and docs/secrecy.md how long things are kept.
writeFileSync(join(ROOT, 'README.md'), withParts(readReadme(), await madeParts()))
const secrecy = join(ROOT, 'docs/secrecy.md')
writeFileSync(secrecy, withParts(readFileSync(secrecy, 'utf8'), new Map([['kept', keptPart()]])))
