import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { Command } from '../../src/platform/adapter.ts'
import { manifest } from './manifest.ts'

// `npm run slack-manifest`: reads the bot's commands as JSON and writes the app's manifest.

const { prefix } = parseArgs({ options: { prefix: { type: 'string', default: '' } } }).values
const commands = JSON.parse(await text(process.stdin)) as readonly Command[]
const longest = Math.max(...commands.map(({ name }) => `${prefix}-${name}`.length))
if (!/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/.test(prefix) || longest > 32) {
  process.stderr.write('The prefix is a short word of small letters a to z and digits, such as: npm run slack-manifest -- --prefix fm\n')
  process.exit(1)
}
process.stdout.write(`${JSON.stringify(manifest(commands, { prefix }), undefined, 2)}\n`)
