import process from 'node:process'
import { parseArgs } from 'node:util'
import { broken, end } from './report.ts'
import { openField } from './three/field.ts'
import { growth, probe } from './three/growth.ts'
import { race } from './three/race.ts'
import { spread } from './three/spread.ts'

/**
 * Figures of one interleaved run with all three platforms in one process, against the bare libraries: `npm run bench:three`. Ends with 1 if a bar is missed.
 * `--only race,spread,growth`: parts of it; `--profile FOLDER`: a CPU profile of the bot.
 */
async function main(): Promise<void> {
  // The database client warns of its own use of its driver.
  Object.assign(process, { noDeprecation: true })
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: 'spread,race,growth' },
      rounds: { type: 'string', default: '9' },
      votes: { type: 'string', default: '900' },
      voters: { type: 'string', default: '20000' },
      profile: { type: 'string' },
    },
  })
  const isOn = (part: string): boolean => values.only.split(',').includes(part)
  const profile = values.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', values.profile]
  const field = await openField([...probe, ...profile])
  try {
    if (isOn('spread')) {
      await spread(field, 'calm', { votes: 9, everyMs: 4_000 })
      await spread(field, 'busy', { votes: 120, everyMs: 170 })
    }
    if (isOn('race'))
      await race(field, { rounds: Number(values.rounds), warm: Math.floor(Number(values.rounds) / 3), votes: Number(values.votes) })
    if (isOn('growth')) await growth(field, Number(values.voters))
  } finally {
    await field.clear()
  }
  end()
}

main().catch(broken)
