import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { row, say } from '../report.ts'
import { memoryOf } from '../votes/measure.ts'
import { type Field, until } from './field.ts'
import { press } from './press.ts'

/** Makes a program collect its garbage when it is told to, and say what is left. */
export const probe = [
  '--expose-gc',
  '--import',
  `data:text/javascript,process.on('SIGUSR2',()=>{gc();gc();process.stderr.write('left '+JSON.stringify(process.memoryUsage())+'\\n')})`,
]

const HUNDRED_THOUSAND = 100_000
const AT_ONCE = 500
/** Longer than the Discord client keeps what it no longer needs, in milliseconds. */
const REST_MS = 22_000
const bar = 120

/** How much memory different people who vote on Discord leave behind, for 100,000 of them: resident or on the heap, whichever is more. */
export async function growth(field: Field, voters: number): Promise<void> {
  await crowd(field, Math.round(voters / 4))
  const before = await left(field)
  await crowd(field, voters)
  const after = await left(field)
  const scale = HUNDRED_THOUSAND / voters
  const grown = Math.max(after.resident - before.resident, after.heap - before.heap) * scale
  say(
    `${voters} people on Discord: ${before.resident.toFixed(0)} to ${after.resident.toFixed(0)} MB resident, heap ${before.heap.toFixed(1)} to ${after.heap.toFixed(1)} MB`,
  )
  row(
    `memory for ${HUNDRED_THOUSAND} voters on Discord (${voters} times ${scale})`,
    `${grown.toFixed(0)} MB`,
    `under ${bar} MB`,
    grown < bar,
  )
}

/** So many people who were never seen before, each with one vote. */
async function crowd({ bot, poll }: Field, count: number): Promise<void> {
  const { remote, post } = bot.sides.discord
  for (let from = 0; from < count; from += AT_ONCE) {
    const people = await remote.people(Math.min(AT_ONCE, count - from))
    await press(bot, { discord: people.map((person, i) => ({ person, post, token: `polls_v_${poll}_${1 + (i % 4)}` })) })
  }
}

/** What the bot holds at rest, in MB. */
async function left({ bot: { program } }: Field): Promise<{ readonly heap: number; readonly resident: number }> {
  await wait(REST_MS)
  const from = program.said.length
  process.kill(program.pid, 'SIGUSR2')
  const line = await until(async () => program.said.slice(from).find(said => said.startsWith('left ')), 'the bot to say what is left')
  const { heapUsed, external } = JSON.parse(line.slice('left '.length)) as { heapUsed: number; external: number }
  return { heap: (heapUsed + external) / 2 ** 20, resident: memoryOf(program.pid) }
}
