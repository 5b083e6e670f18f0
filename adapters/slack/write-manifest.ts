import process from 'node:process'
import { text } from 'node:stream/consumers'
import type { Listed } from '../../src/platform/listed.ts'
import { manifest } from './manifest.ts'
import { prefixIn } from './prefix.ts'

// `npm run slack-manifest`: reads the bot's commands as JSON and writes the app's manifest.

// All is read before anything is refused: who writes it would be told of a broken pipe otherwise.
const commands = JSON.parse(await text(process.stdin)) as readonly Listed[]
const prefix = prefixIn(
  process.argv.slice(2),
  commands.map(({ name }) => name),
)
if (prefix === undefined) {
  process.stderr.write('The prefix is a short word of small letters a to z and digits, such as: npm run slack-manifest -- --prefix fm\n')
  process.exitCode = 1
} else {
  process.stdout.write(`${JSON.stringify(manifest(commands, { prefix }), undefined, 2)}\n`)
}
