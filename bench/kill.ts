import process from 'node:process'
import { runKills } from './kill/rounds.ts'

/**
 * Kills the bot again and again while people vote, and then looks whether anything was lost:
 *   npm run kill -- [ROUNDS] [SEED]
 * Every third time PostgreSQL too, and after every fifth time PostgreSQL alone. The last line says how many rounds were well.
 */
const rounds = Number(process.argv[2] ?? 100)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)
if (!(rounds > 0) || !Number.isInteger(seed)) throw new Error('How many rounds, and which seed? Both are whole numbers.')

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const { failed } = await runKills({ rounds, seed, say })
say(`${rounds - failed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
