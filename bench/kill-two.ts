import process from 'node:process'
import { parseArgs } from 'node:util'
import { runTwo } from './two/run.ts'

/**
 * Two processes of the bot on one PostgreSQL server, one of which is killed with -9 again and again while announcements go to 50 chats each:
 *   npm run kill:two -- [ANNOUNCEMENTS] [SEED] [--sleep-every N]
 * Every so many times the one that runs the platforms is put to sleep instead, and wakes when the other one has taken over. The last line says how many
 * announcements stand where they should.
 */
// The database client warns of its own use of its driver.
Object.assign(process, { noDeprecation: true })
const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'sleep-every': { type: 'string', default: '8' } } })
const announcements = Number(positionals[0] ?? 1_000)
const seed = Number(positionals[1] ?? Date.now() % 1_000_000)
const sleepEvery = Number(values['sleep-every'])
if (!(announcements > 0) || !Number.isInteger(seed) || !(sleepEvery >= 0))
  throw new Error('How many announcements, and which seed? Both are whole numbers.')

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const { passed, failed } = await runTwo({ announcements, seed, sleepEvery, say })
say(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
