import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { Listed } from '../../src/platform/listed.ts'
import { manifest } from './manifest.ts'

// `npm run slack-manifest`: reads the bot's commands as JSON and writes the app's manifest.

/** The most characters of a command's name. */
const NAME = 32

/** The prefix that was asked for, '' for none; undefined for what is none. */
function prefixIn(commands: readonly Listed[]): string | undefined {
  const prefix = asked()
  if (prefix === undefined || !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/.test(prefix)) return undefined
  return commands.every(({ name }) => `${prefix}-${name}`.length <= NAME) ? prefix : undefined
}

/** Other options and words without one are no prefix either. */
function asked(): string | undefined {
  try {
    return parseArgs({ options: { prefix: { type: 'string', default: '' } } }).values.prefix
  } catch {
    return undefined
  }
}

// All is read before anything is refused: who writes it would be told of a broken pipe otherwise.
const commands = JSON.parse(await text(process.stdin)) as readonly Listed[]
const prefix = prefixIn(commands)
if (prefix === undefined) {
  process.stderr.write('The prefix is a short word of small letters a to z and digits, such as: npm run slack-manifest -- --prefix fm\n')
  process.exitCode = 1
} else {
  process.stdout.write(`${JSON.stringify(manifest(commands, { prefix }), undefined, 2)}\n`)
}
