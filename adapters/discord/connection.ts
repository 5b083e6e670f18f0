import { setTimeout as wait } from 'node:timers/promises'
import {
  Client,
  DiscordAPIError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
} from 'discord.js'
import type { Fate, Workbench } from '../../src/adapter.ts'
import { codeOf } from './refusals.ts'

/** The gateway: what Discord tells the bot, as it comes in. */
export interface Connection {
  /** Whether the bot is in the server of this channel, as far as Discord told; true while nothing is known. */
  knows(channel: string): boolean
  /** Discord takes the token no more. */
  refused(): void
  stop(): Promise<void>
}

interface Parts {
  readonly token: string
  readonly api: string
  readonly bench: Workbench
  fate(state: Fate, why?: string): void
  /** Every event of those below, as Discord sent it. */
  take(event: GatewayDispatchEvents, data: unknown): void
}

/** No members, no words of channels: servers and channels, and what is written to the bot in private. */
const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages]

const heard = [
  GatewayDispatchEvents.Ready,
  GatewayDispatchEvents.InteractionCreate,
  GatewayDispatchEvents.MessageCreate,
  GatewayDispatchEvents.ChannelDelete,
  GatewayDispatchEvents.ThreadDelete,
]

const dead = {
  token: { why: 'Discord does not take the bot token. Make a new one in the developer portal, put it into DISCORD_TOKEN and start again.' },
  intents: {
    why: 'Discord does not allow what this version asks for (close 4014 or 4013). Update the bot, or look at its page in the portal.',
  },
  other: { why: 'Discord has closed the connection for good; the log says with which number.' },
} as const

const away = { why: 'Discord cannot be reached. Trying again.' } as const

/** Waits between two logins, in milliseconds: the first, the longest. */
const pauses = [1_000, 60_000] as const

export function connect({ token, api, bench, fate, take }: Parts): Connection {
  const stopping = new AbortController()
  let state: Fate | undefined
  let current: Client | undefined

  const isOver = (): boolean => stopping.signal.aborted || state === 'dead'
  /** Said once for each change, however often the client tries. */
  function turn(next: Fate, why?: string): void {
    if (state === next || isOver()) return
    state = next
    if (next === 'down') bench.log.warn({}, 'The connection to Discord is lost')
    if (next === 'up') bench.log.info({}, 'Connected to Discord')
    fate(next, why)
  }

  function closed(code: number): void {
    bench.log.error({ code }, 'Discord has closed the connection for good')
    if (code === GatewayCloseCodes.AuthenticationFailed) turn('dead', dead.token.why)
    else if (code === GatewayCloseCodes.DisallowedIntents || code === GatewayCloseCodes.InvalidIntents) turn('dead', dead.intents.why)
    else turn('dead', dead.other.why)
  }

  function newClient(): Client {
    const client = new Client({ intents, makeCache, rest: { api } })
    client.on(Events.ClientReady, () => turn('up'))
    client.on(Events.ShardReady, () => client.isReady() && turn('up'))
    client.on(Events.ShardResume, () => turn('up'))
    client.on(Events.ShardReconnecting, () => turn('down', away.why))
    client.on(Events.ShardDisconnect, ({ code }) => closed(code))
    client.on(Events.ShardError, error => bench.log.debug({ code: codeOf(error) }, 'The Discord gateway had an error'))
    client.on(Events.Error, error => bench.log.warn({ code: codeOf(error) }, 'The Discord client had an error'))
    for (const event of heard) client.ws.on(event, (data: unknown) => take(event, data))
    return client
  }

  /** The client comes back by itself once it was connected, not where the first login fails. */
  async function run(): Promise<void> {
    for (let failures = 0; !isOver(); failures++) {
      current = newClient()
      try {
        await current.login(token)
        return
      } catch (error) {
        if (isTokenRefused(error)) turn('dead', dead.token.why)
        if (isOver()) return
        bench.log.debug({ code: codeOf(error) }, 'The login to Discord failed')
        turn('down', away.why)
        await wait(Math.min(pauses[0] * 2 ** Math.min(failures, 10), pauses[1]), undefined, { signal: stopping.signal }).catch(
          () => undefined,
        )
      }
    }
  }

  void run().catch((cause: unknown) => {
    bench.log.error({ err: cause }, 'The Discord connection broke')
    turn('dead', dead.other.why)
  })
  return {
    knows: channel => !current?.isReady() || current.channels.cache.has(channel),
    refused: () => turn('dead', dead.token.why),
    async stop() {
      stopping.abort()
      await current?.destroy()
    },
  }
}

const isTokenRefused = (error: unknown): boolean =>
  (error instanceof DiscordAPIError && error.status === 401) ||
  (error instanceof Error && 'code' in error && error.code === DiscordjsErrorCodes.TokenInvalid)

/** Nobody is remembered: only servers, channels, roles (which discord.js cannot do without) and the bot itself. */
const makeCache = Options.cacheWithLimits({
  ...{ ApplicationCommandManager: 0, ApplicationEmojiManager: 0, AutoModerationRuleManager: 0, BaseGuildEmojiManager: 0 },
  ...{ DMMessageManager: 0, EntitlementManager: 0, GuildBanManager: 0, GuildEmojiManager: 0, GuildForumThreadManager: 0 },
  ...{ GuildInviteManager: 0, GuildMessageManager: 0, GuildScheduledEventManager: 0, GuildStickerManager: 0 },
  ...{ MessageManager: 0, PresenceManager: 0, ReactionManager: 0, ReactionUserManager: 0, StageInstanceManager: 0 },
  ...{ ThreadMemberManager: 0, VoiceStateManager: 0 },
  GuildMemberManager: { maxSize: 0, keepOverLimit: member => member.id === member.client.user.id },
  UserManager: { maxSize: 0, keepOverLimit: user => user.id === user.client.user.id },
})
