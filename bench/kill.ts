import process from 'node:process'
import { parseArgs } from 'node:util'
import { names } from './kill/platform.ts'
import { runKills } from './kill/rounds.ts'

/**
 * Kills the bot again and again while people vote, and then looks whether anything was lost:
 *   npm run kill -- [ROUNDS] [SEED] [--only telegram,discord]
 * On all three platforms at once unless said otherwise. Every third time PostgreSQL too, and after every fifth time PostgreSQL alone. The last line
 * says how many rounds were well.
 */
// The database client warns of its own use of its driver.
Object.assign(process, { noDeprecation: true })
const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } })
const rounds = Number(positionals[0] ?? 100)
const seed = Number(positionals[1] ?? Date.now() % 1_000_000)
if (!(rounds > 0) || !Number.isInteger(seed)) throw new Error('How many rounds, and which seed? Both are whole numbers.')
const asked = values.only?.split(',') ?? names
const chosen = names.filter(name => asked.includes(name))
if (chosen.length !== asked.length) throw new Error(`--only takes some of: ${names.join(', ')}`)

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const { failed } = await runKills({ rounds, seed, names: chosen, say })
say(`${rounds - failed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
