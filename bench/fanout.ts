import process from 'node:process'
import { parseArgs } from 'node:util'
import { openField } from './fanout/field.ts'
import { type Round, runRound } from './fanout/round.ts'
import { names } from './kill/platform.ts'
import { broken, end, row, say } from './report.ts'
import { median } from './votes/measure.ts'

/**
 * One announcement to 300 Telegram groups, 500 Discord channels and 100 channels of one Slack workspace at once, on platforms that keep to their rates and
 * are 50 ms away, while people vote: `npm run bench:fanout`. Ends with 1 if a bar is missed.
 * `--only telegram,slack`; `--rounds 5`; `--part 0.2`: of the chats; `--profile FOLDER`: a CPU profile of the bot.
 */
async function main(): Promise<void> {
  // The database client warns of its own use of its driver.
  Object.assign(process, { noDeprecation: true })
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: names.join() },
      rounds: { type: 'string', default: '5' },
      part: { type: 'string', default: '1' },
      profile: { type: 'string' },
    },
  })
  const asked = values.only.split(',')
  const profile = values.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', values.profile]
  const field = await openField(
    names.filter(name => asked.includes(name)),
    Number(values.part),
    profile,
  )
  const rounds: Round[] = []
  try {
    for (let i = 1; i <= Number(values.rounds); i += 1) {
      const round = await runRound(field, i)
      say(`round ${i}: ${lineOf(round)}`)
      rounds.push(round)
    }
  } finally {
    await field.clear()
  }
  for (const { platform, chats, perSecond, bar } of field.sides) {
    const all = rounds.flatMap(round => round.spreads.get(platform.name) ?? [])
    const ratio = median(all.map(one => one.ratio))
    const refused = Math.max(...all.map(one => one.refused))
    row(
      `${platform.name}: ${chats.length} chats at ${perSecond} a second, against the ideal`,
      ratio.toFixed(3),
      `at most ${bar}`,
      ratio <= bar,
    )
    row(`${platform.name}: "too many requests", of all posts`, `${refused.toFixed(1)} %`, 'under 1 %', refused < 1)
  }
  const busy = median(rounds.map(round => round.busy))
  const times = median(rounds.map(round => round.busy / round.quiet))
  row('votes meanwhile: p99 from the press to its answer', `${Math.round(busy)} ms`, 'under 250 ms', busy < 250)
  row('votes meanwhile: p99 against the quiet one before', times.toFixed(2), 'at most 2', times <= 2)
  end()
}

function lineOf({ spreads, quiet, busy, each, cpu, storeCpu }: Round): string {
  const votes = [...each].map(([name, ms]) => `${name} ${Math.round(ms)}`).join(', ')
  const posts = [...spreads].map(
    ([name, { ratio, refused, firstMs }]) => `${name} ${ratio.toFixed(3)} (first after ${firstMs} ms, ${refused.toFixed(1)} % refused)`,
  )
  const work = `${cpu.toFixed(1)} ms CPU a post, store ${storeCpu.toFixed(1)}`
  return `${posts.join(', ')}; votes p99 ${Math.round(quiet)} ms quiet, ${Math.round(busy)} ms meanwhile (${votes}); ${work}`
}

main().catch(broken)
