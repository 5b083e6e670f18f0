import { setTimeout as wait } from 'node:timers/promises'
import { discord } from '../../adapters/discord/index.ts'
import { slack } from '../../adapters/slack/index.ts'
import { telegram } from '../../adapters/telegram/index.ts'
import { row } from '../report.ts'
import { median, quantile } from '../votes/measure.ts'
import { each, type Field, options, until } from './field.ts'
import { press } from './press.ts'
import { type Call, NAMES, type Name } from './remote.ts'

export interface Spread {
  /** Votes cast one by one, each on the next platform. */
  readonly votes: number
  /** Between two of them, in milliseconds. */
  readonly everyMs: number
}

const cadenceMs: Readonly<Record<Name, number>> = {
  telegram: telegram.can.editEveryMs,
  discord: discord.can.editEveryMs,
  slack: slack.can.editEveryMs,
}
const [first = ''] = options
/** What two processes and the kernel may take beside, in milliseconds. */
const graceMs = 100

interface Lag {
  readonly on: Name
  readonly ms: number
}

/** From the answer to a vote on one platform until the others are asked for an edit that counts it in, against the cadence of each. */
export async function spread(field: Field, what: string, { votes, everyMs }: Spread): Promise<void> {
  const poll = await field.stage.poll({ question: `How fast? ${what}`, options, secret: false })
  for (const { remote, place } of Object.values(field.bot.sides))
    await until(async () => (await remote.calls('send')).some(({ body }) => JSON.stringify(body).includes(poll)), `the poll in ${place}`)
  await wait(5_000)
  const began = Date.now()
  for (let i = 0; i < votes; i += 1) {
    const name = nameOf(i)
    const { people, post } = field.bot.sides[name]
    await press(field.bot, { [name]: [{ person: people[i] ?? '', post, token: `polls_v_${poll}_1` }] })
    await wait(everyMs)
  }
  await wait(Math.max(...Object.values(cadenceMs)) * 1.5)
  const lags = await lagsOf(field, votes, began)
  for (const name of NAMES) {
    const mine = lags.filter(lag => lag.on === name).map(lag => lag.ms)
    const [cadence, most] = [cadenceMs[name], Math.max(...mine)]
    const figure = `${(most / cadence).toFixed(2)} (median ${Math.round(median(mine))}, p95 ${Math.round(quantile(mine, 0.95))}, most ${Math.round(most)} ms)`
    row(`${what}: a vote elsewhere is on its way to ${name}`, figure, `within ${cadence} + ${graceMs} ms`, most <= cadence + graceMs)
  }
}

const nameOf = (i: number): Name => NAMES[i % NAMES.length] ?? 'telegram'

async function lagsOf({ bot }: Field, votes: number, began: number): Promise<readonly Lag[]> {
  const since = (calls: readonly Call[]): readonly Call[] => calls.filter(call => call.at >= began)
  const answers = await each(async name => since(await bot.sides[name].remote.calls('answer')))
  const edits = await each(async name => since(await bot.sides[name].remote.calls('edit')))
  return Array.from({ length: votes }, (_, i) => {
    const answeredAt = answers[nameOf(i)][Math.floor(i / NAMES.length)]?.at ?? Number.NaN
    const others = NAMES.filter(name => name !== nameOf(i))
    return others.map(on => {
      const edit = edits[on].find(call => shownIn(call) >= i + 1)
      return { on, ms: edit ? Math.max(0, edit.at - answeredAt) : Number.POSITIVE_INFINITY }
    })
  }).flat()
}

/** How many votes for the first option a post shows. */
function shownIn({ body }: Call): number {
  const [, count = ''] = new RegExp(`${first}: ([\\d,]+)`).exec(JSON.stringify(body)) ?? []
  return Number(count.replaceAll(',', ''))
}
