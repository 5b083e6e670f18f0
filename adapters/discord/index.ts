import type { Adapter, Workbench } from '../../src/platform/adapter.ts'
import { createFrames } from '../../src/platform/frames.ts'
import { ownAgent } from './agent.ts'
import { createAnswers } from './answers.ts'
import { capabilities } from './capabilities.ts'
import { setCommands } from './commands.ts'
import { type Connection, connect } from './connection.ts'
import { withEvents } from './events.ts'
import { createHearing, type Hearing, heard } from './hearing.ts'
import { createPosting } from './post.ts'
import { codeOf } from './refusals.ts'
import { inviteLink, isAdmin, missing } from './rights.ts'
import type { DiscordSettings } from './settings.ts'
import { SteadyRest } from './steady-rest.ts'

export const discord = { name: 'discord', texts: new URL('./texts', import.meta.url), can: capabilities, open }

/** A call ends in time for a send to end within 20 s, even if it takes three of them. */
const callMs = 6_000
/** How often the REST client forgets the channels and interactions that it has not asked for of late: each costs 8 kB. By itself once an hour. */
const forgetMs = 10_000
/** A post waits its turn this long; what would wait longer is the delivery's to repeat. */
const turnMs = 2_000

/** @throws Error without a token */
function open({ DISCORD_TOKEN: token, DISCORD_API_ROOT: api }: DiscordSettings, bench: Workbench): Adapter {
  if (token === undefined) throw new Error('Discord is off: there is no DISCORD_TOKEN.')
  let running: { readonly connection: Connection; readonly hearing: Hearing } | undefined
  const calls = { agent: ownAgent(), api, retries: 0, timeout: callMs, handlerSweepInterval: forgetMs }
  const isSlow = (limit: { timeToReset: number; retryAfter: number }): boolean => Math.max(limit.timeToReset, limit.retryAfter) > turnMs
  const paced = new SteadyRest({ ...calls, rejectOnRateLimit: isSlow }).setToken(token)
  const posting = createPosting({
    bench,
    rest: paced,
    isOurs: channel => running?.connection.knows(channel) ?? true,
    refused: () => running?.connection.refused(),
  })
  const events = withEvents({ rest: paced, posting, guildOf: channel => running?.connection.guildOf(channel), now: () => bench.now() })
  // Answers wait behind nothing else, and the 50 a second that a bot may do in all do not hold for them.
  const answers = createAnswers({ rest: new SteadyRest({ ...calls, globalRequestsPerSecond: Number.POSITIVE_INFINITY }), posting, bench })
  const client = (): ReturnType<Connection['client']> => {
    if (!running) throw new Error('Discord could not be asked: the bot was not started.')
    return running.connection.client()
  }
  return {
    ...{ platform: 'discord', can: capabilities, send: events.send, change: events.change },
    async start(commands, receive, status) {
      const rest = { ...calls, retries: 1 }
      const frames = createFrames(discord.name, bench)
      const connection = connect({ token, bench, frames, status, rest, heard, take: (event, data) => hearing.take(event, data) })
      const hearing = createHearing({ bench, frames, answers, connection, commands, receive, ready })
      running = { connection, hearing }
      function ready(app: string, isFirst: boolean): Promise<void> {
        if (isFirst) bench.notice(bench.words('en', 'discord-invite', { link: inviteLink(app) }))
        return setCommands(new SteadyRest(rest).setToken(token ?? ''), app, commands, bench.words).catch((error: unknown) => {
          bench.log.warn({ code: codeOf(error) }, 'The Discord command list could not be set')
        })
      }
    },
    async stop() {
      await running?.hearing.stop()
      await running?.connection.stop()
    },
    isAdmin: async (person, space) => isAdmin(client(), person, space),
    /** It could be asked of a server's members one by one; it is not. */
    chatsOf: async () => [],
    missing: async space => missing(client(), space),
    lane: to => to,
    /** Discord has no link that brings words along. */
    privateLink: () => undefined,
    chatLink: () => undefined,
  }
}
