import { row, say } from '../report.ts'
import { median, quantile } from '../votes/measure.ts'
import { type Contestant, type Field, taps } from './field.ts'
import { type Presses, press, type Run } from './press.ts'
import { NAMES, type Name } from './remote.ts'

export interface Race {
  readonly rounds: number
  /** The first rounds warm both up. */
  readonly warm: number
  /** Presses at once on one platform alone. */
  readonly votes: number
}

/** Presses on each platform alone and, as many in all, on the three at once; the bot and the bare program in turns. */
export async function race({ bot, bare, poll }: Field, { rounds, warm, votes }: Race): Promise<void> {
  const heats = [...NAMES.map(name => ({ title: name as string, on: [name] as readonly Name[] })), { title: 'all three', on: NAMES }]
  const runs = heats.map(heat => ({ ...heat, bot: [] as Run[], bare: [] as Run[] }))
  for (let round = 0; round < rounds; round += 1) {
    for (const heat of runs) {
      // Nobody votes twice in a row for the same: of the bare program that would be work, of the bot none.
      const turn = heat.on.length > 1 ? 2 * round + 1 : 2 * round
      for (const who of inTurns(round)) {
        const contestant = who === 'bot' ? bot : bare
        heat[who].push(await press(contestant, pressesOf(contestant, heat.on, { poll, votes, turn })))
      }
    }
  }
  for (const { title, on, ...both } of runs) report(title, on.length > 1 ? 0.8 : 0.6, both.bot.slice(warm), both.bare.slice(warm))
}

/** In changing order, so that neither always comes first. */
const inTurns = (round: number) => (round % 2 ? (['bare', 'bot'] as const) : (['bot', 'bare'] as const))

function pressesOf({ sides }: Contestant, on: readonly Name[], o: { poll: string; votes: number; turn: number }): Presses {
  return Object.fromEntries(on.map(name => [name, taps(sides[name], o.poll, Math.round(o.votes / on.length), o.turn)]))
}

function report(title: string, bar: number, bot: readonly Run[], bare: readonly Run[]): void {
  const ratios = bot.map((run, i) => run.rate / (bare[i]?.rate ?? Number.NaN))
  const ratio = median(ratios)
  const of = (runs: readonly Run[], part: keyof Run, digits = 2): string => median(runs.map(run => run[part])).toFixed(digits)
  const figures = (runs: readonly Run[]): string =>
    `${of(runs, 'rate', 0)}/s (${of(runs, 'cpu')} ms CPU a vote, store ${of(runs, 'storeCpu')})`
  // How far the rounds lie apart: on a machine that does other things too, very far.
  const spread = `quartiles ${quantile(ratios, 0.25).toFixed(2)} to ${quantile(ratios, 0.75).toFixed(2)}`
  say(`${title}: bot ${figures(bot)}, bare durable ${figures(bare)}`)
  row(`${title}: votes a second against the bare durable program`, `${ratio.toFixed(2)} (${spread})`, `at least ${bar}`, ratio >= bar)
}
