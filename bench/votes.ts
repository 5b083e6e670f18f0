import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startBot, startProgram, watch } from './bot.ts'
import { broken, end, row, say } from './report.ts'
import { type Field, openField, taps } from './votes/field.ts'
import { median, memoryOf, press, quantile, type Run } from './votes/measure.ts'

/** Figures of one interleaved run, against the bare library on the same work: `npm run bench`. Ends with 1 if a bar is missed. */

const ROUNDS = 9
/** The first rounds warm all of them up. */
const WARM = 3
/** Of the race, whose rounds lie far apart on a machine with few cores. */
const RACES = 24
const VOTES = 1_000
const CAST = 100_000

async function race(field: Field): Promise<void> {
  const runs: Run[][] = [[], [], []]
  const all = [field.bot, field.bare, field.deaf]
  for (let round = 0; round < RACES; round += 1) {
    // In changing order, so that none always comes first.
    for (const one of round % 2 ? all.toReversed() : all)
      runs[all.indexOf(one)]?.push(await press(one, taps(one, field.poll, VOTES, round)))
  }
  const [bot = [], bare = [], deaf = []] = runs.map(all => all.slice(WARM))
  const against = (others: readonly Run[]): number => median(bot.map((run, i) => run.rate / (others[i]?.rate ?? Number.NaN)))
  const rate = (all: readonly Run[]): string => `${Math.round(median(all.map(run => run.rate)))}/s`
  say(`votes acknowledged: bot ${rate(bot)}, bare durable ${rate(bare)}, library alone ${rate(deaf)}`)
  row('votes a second against the bare durable program', against(bare).toFixed(2), 'at least 0.6', against(bare) >= 0.6)
  row('votes a second against the library that only acknowledges', against(deaf).toFixed(2), 'no bar', true)
}

/** The same presses on an empty poll and on one with 100,000 ballots, in turns. */
async function growth(field: Field): Promise<void> {
  const { stage, bot } = field
  const full = await stage.poll({ question: 'A poll with many votes', options: ['Buses', 'Parks', 'Homes', 'Lights'], secret: false })
  await stage.prisma.$executeRaw`
    INSERT INTO "Ballot" ("pollId", "voter", "options", "areaId", "receipt")
    SELECT ${full}, 'cast' || n, ARRAY[1 + n % 4], 'area' || n % 4, 'r' || n FROM generate_series(1, ${CAST}::int) AS n`
  await stage.prisma.$executeRaw`
    INSERT INTO "Count" ("pollId", "areaId", "option", "n")
    SELECT ${full}, "areaId", o, count(*)::int FROM "Ballot" CROSS JOIN LATERAL unnest("options" || 0) AS o WHERE "pollId" = ${full} GROUP BY "areaId", o`
  await wait(2_000)
  const [none, many]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    const pair = [
      { cpu: none, poll: field.poll },
      { cpu: many, poll: full },
    ]
    // In changing order, so that neither always comes first.
    for (const { cpu, poll } of round % 2 ? pair : pair.toReversed()) {
      const run = await press(bot, taps(bot, poll, VOTES, round))
      cpu.push(run.cpu + run.storeCpu)
    }
  }
  const ratio = median(many.slice(WARM)) / median(none.slice(WARM))
  row('CPU a vote (bot and store), 100,000 ballots cast against none', ratio.toFixed(2), 'at most 1.1', ratio <= 1.1)
}

async function burst({ bot, poll }: Field): Promise<void> {
  const last: number[] = []
  for (let round = 0; round < 5; round += 1) last.push(Math.max(...(await press(bot, taps(bot, poll, 500, round))).waits))
  row('500 presses at once: the last answer', `${Math.round(median(last))} ms`, 'within 1000 ms', median(last) <= 1_000)
}

/** A hundred people press within two seconds, while one person presses a thousand times a second, and without. */
async function flood({ bot, poll }: Field): Promise<void> {
  const eve = bot.people.at(-1) ?? 0
  const answered = async (from: number) => (await bot.remote.answered(from)).filter(one => one.person !== eve)
  const others99 = async (noise: number, round: number): Promise<number> => {
    const { answered: from } = await bot.remote.state()
    const all = taps(bot, poll, 100, round)
    const began = performance.now()
    for (let tick = 0; tick < 200; tick += 1) {
      const post = all[0]
      const storm = post ? Array.from({ length: noise }, (_, i) => ({ ...post, person: eve, data: `polls_v_${poll}_${1 + (i % 4)}` })) : []
      await bot.remote.press([...storm, ...all.slice(tick / 2, tick / 2 + 1 - (tick % 2))])
      await wait(Math.max(0, began + 10 * (tick + 1) - performance.now()))
    }
    let mine = await answered(from)
    // Not every press of a storm gets an answer; everybody else's does.
    while (mine.length < all.length) {
      await wait(20)
      mine = await answered(from)
    }
    return quantile(
      mine.map(one => one.answeredAt - one.at),
      0.99,
    )
  }
  const [quiet, loud]: [number[], number[]] = [[], []]
  for (let round = 0; round < 5; round += 1) {
    quiet.push(await others99(0, round))
    loud.push(await others99(10, round))
  }
  const ratio = median(loud) / median(quiet)
  const figure = `${ratio.toFixed(2)} (${Math.round(median(quiet))} to ${Math.round(median(loud))} ms)`
  row('p99 of others while one person presses 1,000 times a second', figure, 'at most 2', ratio <= 2)
}

/** From the start of the program to its first question for updates, on stores that exist, in turns. */
async function starts(field: Field): Promise<void> {
  const bareFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'moot-start-'))
  const program = fileURLToPath(new URL('./bare.ts', import.meta.url))
  const token = '1234:abc'
  const env = { PATH: process.env['PATH'], TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: field.bare.remote.apiRoot, STATE_DIR: bareFolder }
  await field.bot.program.end('SIGTERM')
  await field.bare.program.end('SIGTERM')
  const time = async (begin: () => ReturnType<typeof startBot>, remote: Field['bot']['remote']): Promise<number> => {
    const before = (await remote.state()).calls['getUpdates'] ?? 0
    const began = performance.now()
    const started = begin()
    while (((await remote.state()).calls['getUpdates'] ?? 0) <= before) await wait(5)
    const ms = performance.now() - began
    await started.end('SIGTERM')
    return ms
  }
  const [bot, bare]: [number[], number[]] = [[], []]
  for (let round = 0; round < 7; round += 1) {
    bare.push(await time(() => watch(startProgram(program, env, { stateDir: bareFolder }), {}), field.bare.remote))
    bot.push(await time(() => startBot({ stateDir: field.stage.stateDir, apiRoot: field.bot.remote.apiRoot, token }), field.bot.remote))
  }
  fs.rmSync(bareFolder, { recursive: true, force: true })
  const ratio = median(bot.slice(1)) / median(bare.slice(1))
  row(
    'start on an existing store against the bare program',
    `${ratio.toFixed(2)} (${Math.round(median(bot.slice(1)))} ms)`,
    'at most 1.3',
    ratio <= 1.3,
  )
}

async function main(): Promise<void> {
  const field = await openField()
  try {
    // What the start has left behind is given back when nothing happens.
    await wait(15_000)
    const idle = memoryOf(field.bot.program.pid)
    row('idle memory of the Node process', `${Math.round(idle)} MB`, 'under 260 MB', idle < 260)
    await race(field)
    await growth(field)
    await burst(field)
    await flood(field)
    await starts(field)
  } finally {
    await field.clear()
  }
  end()
}

main().catch(broken)
