import { type APIInteraction, type GatewayMessageCreateDispatchData, GatewayDispatchEvents as Heard } from 'discord.js'
import type { Command, Inbound, Lost, Receive, Workbench } from '../../src/platform/adapter.ts'
import { type Frames, mustBe } from '../../src/platform/frames.ts'
import { type Loss, lossesIn } from '../../src/platform/lost.ts'
import { sorry } from '../../src/platform/own-words.ts'
import { retrying } from '../../src/platform/retry.ts'
import { createUnderWay } from '../../src/platform/under-way.ts'
import { createStop, within } from '../../src/platform/waiting.ts'
import type { Answers } from './answers.ts'
import { capabilities } from './capabilities.ts'
import { shortcutsOf } from './commands.ts'
import type { Connection } from './connection.ts'
import { type Decoded, decodeInteraction, decodeTurn, decodeWords } from './decode.ts'
import * as shapes from './shapes.ts'

export const heard = [
  ...[Heard.Ready, Heard.InteractionCreate, Heard.MessageCreate],
  ...[Heard.GuildCreate, Heard.GuildDelete, Heard.ChannelDelete, Heard.ThreadDelete],
] as const

/** What comes in: read, given to the bot, answered. */
export interface Hearing {
  take(event: Heard, data: unknown): void
  /** Takes nothing more, and waits for what is under way. */
  stop(): Promise<void>
}

interface Parts {
  readonly bench: Workbench
  readonly frames: Frames
  readonly answers: Answers
  readonly connection: Pick<Connection, 'within' | 'forget'>
  readonly commands: readonly Command[]
  readonly receive: Receive
  /** A session began. Never rejects. */
  ready(app: string, isFirst: boolean): Promise<void>
}

/** How long a stop waits for what is under way. */
const stopMs = 9_000
/** Discord delivers nothing twice: what the bot could not begin is tried again here, for as long as it can still be answered. */
const pauses = { firstMs: 250, mostMs: 5_000 } as const
// Whoever was told to send it again in a minute must not find it done twice. A tap twice does no harm.
const retryMs = ({ event }: Inbound): number => (event.kind === 'press' ? 10 * 60_000 : 50_000)

export function createHearing({ bench, frames, answers, connection, commands, receive, ready }: Parts): Hearing {
  const stopping = createStop()
  const underWay = createUnderWay()
  const shortcuts = shortcutsOf(commands)
  /** What was reported as left, so that it can be reported as back. */
  const lost = new Set<string>()
  let me: { readonly id: string; readonly username: string } | undefined

  /** @throws Error for what is not as Discord describes it */
  function read(event: Heard, data: unknown): readonly (Decoded | undefined)[] {
    const now = bench.now()
    if (event === Heard.InteractionCreate) return [decodeInteraction(data as APIInteraction, now, shortcuts)]
    if (!me) return []
    const bot = me
    const left = (channels: readonly string[], how: Lost): Decoded[] =>
      channels.map(id => {
        lost.add(id)
        return decodeTurn({ kind: 'left', how }, id, bot, now)
      })
    switch (event) {
      case Heard.GuildCreate: {
        const { channels, threads } = mustBe(shapes.guild, data)
        return [...channels, ...threads].flatMap(({ id }) => (lost.delete(id) ? [decodeTurn({ kind: 'back' }, id, bot, now)] : []))
      }
      case Heard.MessageCreate:
        return [decodeWords(data as GatewayMessageCreateDispatchData, bot.id, now)]
      case Heard.Ready:
        return left(connection.forget(mustBe(shapes.ready, data).guilds.map(guild => guild.id)), 'removed')
      case Heard.GuildDelete: {
        const { id, unavailable } = mustBe(shapes.guildGone, data)
        // An outage is none of our business: it passes.
        return unavailable ? [] : left(connection.within(id), 'removed')
      }
      default: {
        const { id } = mustBe(shapes.channelGone, data)
        return left([id, ...connection.within(id)], 'deleted')
      }
    }
  }

  const ask = retrying({
    ...{ receive, stopping: stopping.signal, patience: { ...pauses, forMs: inbound => bench.retryMs ?? retryMs(inbound) } },
    failed: (err, { event: { kind } }, mayRetry) =>
      bench.log.error({ err, kind, again: mayRetry }, 'Something from Discord could not be handled'),
  })

  async function handle({ inbound, way }: Decoded): Promise<void> {
    const answer = answers(inbound, way)
    const broke = (cause: unknown): void => bench.log.error({ err: cause }, 'A Discord reply broke')
    let telling: Promise<void> | undefined
    const given = await ask(inbound, words => {
      telling = answer.tell(words).catch(broke)
    })
    await telling
    // Who was told to do it again is told nothing more.
    if (telling && (given === 'away' || given === 'stopped')) return
    const losses: Loss[] = []
    const replies = typeof given === 'string' ? sorry(bench, 'discord-sorry', capabilities, inbound) : given
    await answer.give(replies, loss => losses.push(loss)).catch(broke)
    for (const lost of lossesIn(inbound, losses)) await ask(lost, () => {})
  }

  function track(work: Promise<void>): void {
    void underWay.track(work.catch((cause: unknown) => bench.log.error({ err: cause }, 'Something from Discord broke')))
  }

  return {
    take(event, data) {
      if (stopping.signal.aborted) return
      for (const decoded of frames.read(data, () => read(event, data)) ?? []) if (decoded) track(handle(decoded))
      const begun = event === Heard.Ready ? shapes.ready.safeParse(data).data : undefined
      if (!begun) return
      track(ready(begun.application.id, me === undefined))
      me = begun.user
    },
    async stop() {
      stopping.abort()
      // What the store does not answer must not keep the connection.
      await within(stopMs, underWay.ended(), undefined)
    },
  }
}
