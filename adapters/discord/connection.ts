import {
  type Channel,
  Client,
  DiscordAPIError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  type GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
  type RESTOptions,
} from 'discord.js'
import type { PlatformStatus, Workbench } from '../../src/platform/adapter.ts'
import type { Frames } from '../../src/platform/frames.ts'
import { backOff, pause } from '../../src/platform/waiting.ts'
import { codeOf } from './refusals.ts'
import { makeSturdy, sturdyStrategy } from './sturdy.ts'

/** The gateway: what Discord tells the bot, as it comes in. */
export interface Connection {
  /** @throws Error while it never was connected */
  client(): Client<true>
  /** Whether the bot is in the server of this channel, as far as Discord told; true while nothing is known. */
  knows(channel: string): boolean
  /** The server of a channel or thread; undefined for one that is not known. */
  guildOf(channel: string): string | undefined
  /** Forgets all servers but these; what was within the others. */
  forget(but: readonly string[]): readonly string[]
  /** The channels and threads of a server, or the threads of a channel. */
  within(place: string): readonly string[]
  /** Discord takes the token no more. */
  refused(): void
  stop(): Promise<void>
}

interface Parts {
  readonly token: string
  readonly bench: Workbench
  readonly frames: Frames
  /** Of its REST client. */
  readonly rest: Partial<RESTOptions>
  readonly heard: readonly GatewayDispatchEvents[]
  status(state: PlatformStatus, why?: string): void
  /** Every event of `heard` as Discord sent it, before the client makes something of it. */
  take(event: GatewayDispatchEvents, data: unknown): void
}

/** No members, no words of channels: servers and channels, and what is written to the bot in private. */
const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages]

/** Between two logins. */
const pauses = { firstMs: 1_000, mostMs: 60_000 } as const
/** A cut that mends itself this soon is not worth a word, in milliseconds: nothing is lost, and posts go another way. */
const graceMs = 2_000
/** A server that Discord itself cannot reach holds the start up this long, in milliseconds. */
const waitGuildTimeout = 3_000

export function connect({ token, bench, frames, rest, heard, status, take }: Parts): Connection {
  const stopping = new AbortController()
  const life = createLife(bench, status, stopping.signal)
  let current: Client | undefined

  function newClient(): Client {
    const client = new Client({ intents, makeCache, rest, waitGuildTimeout, ws: { buildStrategy: sturdyStrategy(frames) } })
    makeSturdy(client, frames)
    client.on(Events.ClientReady, life.up)
    client.on(Events.ShardReady, () => client.isReady() && life.up())
    client.on(Events.ShardResume, life.up)
    client.on(Events.ShardReconnecting, life.cut)
    client.on(Events.ShardDisconnect, ({ code }) => life.closed(code))
    client.on(Events.ShardError, error => bench.log.debug({ code: codeOf(error) }, 'The Discord gateway had an error'))
    client.on(Events.Error, error => bench.log.warn({ code: codeOf(error) }, 'The Discord client had an error'))
    for (const event of heard) client.ws.on(event, (data: unknown) => take(event, data))
    return client
  }

  /** The client comes back by itself once it was connected, not where the first login fails. */
  async function run(): Promise<void> {
    for (let failures = 0; !life.isOver(); failures++) {
      current = newClient()
      try {
        return void (await current.login(token))
      } catch (error) {
        if (isTokenRefused(error)) life.closed(GatewayCloseCodes.AuthenticationFailed)
        if (life.isOver()) return
        bench.log.debug({ code: codeOf(error) }, 'The login to Discord failed')
        life.down()
        await pause(backOff(pauses, failures), stopping.signal)
      }
    }
  }

  void run().catch((cause: unknown) => life.closed(codeOf(cause)))
  return {
    client() {
      if (!current?.isReady()) throw new Error('Discord could not be asked: the bot was not connected yet.')
      return current
    },
    knows: channel => !current?.isReady() || current.channels.cache.has(channel),
    guildOf(id) {
      const channel = current?.channels.cache.get(id)
      return channel && !channel.isDMBased() ? channel.guildId : undefined
    },
    within: place => (current ? within(current, place) : []),
    forget: but => (current ? forget(current, but) : []),
    refused: () => life.closed(GatewayCloseCodes.AuthenticationFailed),
    async stop() {
      stopping.abort()
      await current?.destroy()
    },
  }
}

/** What the bot and the operator are told of the connection: each change once, however often the client tries. */
function createLife(bench: Workbench, status: Parts['status'], stopping: AbortSignal) {
  let state: PlatformStatus | undefined
  let timer: NodeJS.Timeout | undefined
  const isOver = (): boolean => stopping.aborted || state === 'dead'
  function turn(next: PlatformStatus, key?: string, code: number | string = ''): void {
    clearTimeout(timer)
    timer = undefined
    if (state === next || isOver()) return
    state = next
    if (next === 'down') bench.log.warn({}, 'The connection to Discord is lost')
    if (next === 'up') bench.log.info({}, 'Connected to Discord')
    if (next === 'dead') bench.log.error({ code }, 'Discord has closed the connection for good')
    status(next, key && bench.words('en', key, { code }))
  }
  const down = (): void => turn('down', 'discord-away')
  return {
    ...{ isOver, down, up: () => turn('up') },
    cut(): void {
      timer ??= setTimeout(down, bench.graceMs ?? graceMs).unref()
    },
    /** By a close that is final, or a fault of our own. */
    closed(code: number | string): void {
      if (code === GatewayCloseCodes.AuthenticationFailed) turn('dead', 'discord-dead-token', code)
      else if (code === GatewayCloseCodes.DisallowedIntents || code === GatewayCloseCodes.InvalidIntents)
        turn('dead', 'discord-dead-intents', code)
      else turn('dead', 'discord-dead', code)
    },
  }
}

function within({ channels }: Client, place: string): readonly string[] {
  const isIn = (one: Channel): boolean =>
    !one.isDMBased() && one.isTextBased() && (one.guildId === place || (one.isThread() && one.parentId === place))
  return [...channels.cache.filter(isIn).keys()]
}

function forget(client: Client, but: readonly string[]): readonly string[] {
  const gone = [...client.guilds.cache.keys()].filter(guild => !but.includes(guild))
  const channels = gone.flatMap(guild => within(client, guild))
  for (const id of channels) client.channels.cache.delete(id)
  for (const id of gone) client.guilds.cache.delete(id)
  return channels
}

const isTokenRefused = (error: unknown): boolean =>
  (error instanceof DiscordAPIError && error.status === 401) ||
  (error instanceof Error && 'code' in error && error.code === DiscordjsErrorCodes.TokenInvalid)

const isMe = (one: { readonly id: string; readonly client: Client<true> }): boolean => one.id === one.client.user.id

/** Nobody is remembered: only servers, channels, roles (which discord.js cannot do without) and the bot itself. */
const makeCache = Options.cacheWithLimits({
  ...{ ApplicationCommandManager: 0, ApplicationEmojiManager: 0, AutoModerationRuleManager: 0, BaseGuildEmojiManager: 0 },
  ...{ DMMessageManager: 0, EntitlementManager: 0, GuildBanManager: 0, GuildEmojiManager: 0, GuildForumThreadManager: 0 },
  ...{ GuildInviteManager: 0, GuildMessageManager: 0, GuildScheduledEventManager: 0, GuildStickerManager: 0 },
  ...{ MessageManager: 0, PresenceManager: 0, ReactionManager: 0, ReactionUserManager: 0, StageInstanceManager: 0 },
  ...{ ThreadMemberManager: 0, VoiceStateManager: 0 },
  ...{ GuildMemberManager: { maxSize: 0, keepOverLimit: isMe }, UserManager: { maxSize: 0, keepOverLimit: isMe } },
})
