import type {
  APIApplicationCommand,
  APIExternalGuildScheduledEvent,
  APIOverwrite,
  APIRole,
  APIUser,
  ChannelType,
  GatewayIntentBits,
  Locale,
} from 'discord-api-types/v10'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { Changes } from '../changes.ts'
import { Faults } from './faults.ts'
import { Gateway } from './gateway.ts'
import type { Interaction } from './interaction.ts'
import type { Posted, Upload } from './posted.ts'
import { Rates } from './rates.ts'
import { snowflakes } from './snowflake.ts'

export interface UserState {
  readonly user: APIUser
  locale: Locale
  /** Takes no private messages from the bot. */
  closed: boolean
  dm: ChannelState | undefined
}

export interface MemberState {
  readonly user: APIUser
  readonly roles: Set<string>
  readonly joinedAt: string
}

/** A scheduled event; whether it has begun or is over, the clock says. */
export interface EventState extends Omit<APIExternalGuildScheduledEvent, 'status' | 'scheduled_end_time'> {
  readonly scheduled_end_time: string
}

export interface GuildState {
  readonly id: string
  name: string
  locale: Locale
  readonly owner: string
  readonly roles: Map<string, APIRole>
  readonly members: Map<string, MemberState>
  readonly channels: Map<string, ChannelState>
  readonly commands: APIApplicationCommand[]
  /** By id, also those that are over. */
  readonly events: Map<string, EventState>
  /** The bot is in it. */
  here: boolean
  /** False during an outage: the bot is in it and cannot see it. */
  available: boolean
}

export interface ChannelState {
  readonly id: string
  readonly type: ChannelType.GuildText | ChannelType.DM | ChannelType.PublicThread
  name: string
  readonly guild: GuildState | undefined
  /** The channel of a thread. */
  readonly parent: ChannelState | undefined
  /** Whose private channel with the bot this is. */
  readonly recipient: UserState | undefined
  readonly overwrites: Map<string, APIOverwrite>
  readonly messages: Map<string, Posted>
  /** Of the newest message of all time, null for none. */
  lastMessage: string | null
  archived: boolean
  locked: boolean
  deleted: boolean
}

/** One request as it came in; status and code are filled in once it is answered. `path` is without /api/v10, `route` its pattern. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly route: string
  readonly body: Record<string, unknown>
  readonly at: Date
  status: number | undefined
  code: number | undefined
  message: string | undefined
}

export interface Options {
  /** As the developer portal gives it. */
  readonly token: string
  /** Where the time comes from: deadlines, rates and ids obey it, heartbeats do not. */
  readonly clock?: () => Date
  /** Check every request against the schema and the limits. On unless said otherwise; off for benches. */
  readonly strict?: boolean
  readonly rates?: 'off' | 'discord'
  /** Wait so long before each answer. */
  readonly latencyMs?: number
  readonly username?: string
  /** Privileged intents that are switched on in the portal: none unless said. */
  readonly privileged?: readonly GatewayIntentBits[]
  /** How many requests and interactions are remembered; counts are always kept. 10,000. */
  readonly remember?: number
  /** Seconds for the first answer to an interaction. Discord’s own are `DISCORD_S`; unless said the server is patient: a busy machine is late where the bot is not. */
  readonly answerWithin?: number
  /** Seconds for which the token of an interaction lives. 900. */
  readonly tokenLife?: number
  /** What clients are told: 41,250. */
  readonly heartbeatMs?: number
  /** Seconds of real time for which a broken session can be resumed. 180. */
  readonly resumeWithin?: number
  readonly port?: number
}

/** How long Discord waits for the first answer. */
export const DISCORD_S = 3

/** All that the platform knows. */
export interface World {
  readonly token: string
  readonly strict: boolean
  readonly limitRates: boolean
  readonly remember: number
  readonly answerWithinMs: number
  readonly tokenLifeMs: number
  latencyMs: number
  readonly now: () => Date
  readonly nextId: () => string
  readonly me: APIUser
  readonly guilds: Map<string, GuildState>
  /** Channels, threads and private channels, by id. */
  readonly channels: Map<string, ChannelState>
  readonly users: Map<string, UserState>
  readonly commands: APIApplicationCommand[]
  /** By token. */
  readonly interactions: Map<string, Interaction>
  interactionCount: number
  answeredCount: number
  /** The newest interactions, answered or not. */
  readonly recent: Interaction[]
  /** What only one person sees, newest last. */
  readonly whispers: Posted[]
  /** By nonce: sent by the bot in the last minutes. */
  readonly nonces: Map<string, Posted>
  readonly files: Map<string, Upload>
  readonly gateway: Gateway
  readonly changes: Changes
  readonly faults: Faults
  readonly rates: Rates
  readonly calls: Call[]
  /** By "METHOD route". */
  readonly counts: Map<string, number>
  /** False after a revoked token. */
  tokenWorks: boolean
  /** http://127.0.0.1:PORT, set once it listens. */
  root: string
}

export function createWorld(options: Options): World {
  const now = options.clock ?? (() => new Date())
  const nextId = snowflakes(now)
  const me: APIUser = {
    id: nextId(),
    username: options.username ?? 'folkmoot',
    discriminator: '0000',
    global_name: null,
    avatar: null,
    bot: true,
  }
  const world: World = {
    token: options.token,
    strict: options.strict ?? true,
    limitRates: options.rates === 'discord',
    remember: options.remember ?? 10_000,
    answerWithinMs: options.answerWithin === undefined ? PATIENCE_MS : options.answerWithin * 1000,
    tokenLifeMs: (options.tokenLife ?? 900) * 1000,
    latencyMs: options.latencyMs ?? 0,
    now,
    nextId,
    me,
    guilds: new Map(),
    channels: new Map(),
    users: new Map(),
    commands: [],
    interactions: new Map(),
    interactionCount: 0,
    answeredCount: 0,
    recent: [],
    whispers: [],
    nonces: new Map(),
    files: new Map(),
    gateway: new Gateway(options, () => world),
    changes: new Changes(),
    faults: new Faults(),
    rates: new Rates(now),
    calls: [],
    counts: new Map(),
    tokenWorks: true,
    root: '',
  }
  return world
}

/** Keeps the newest of a log, forgetting in steps so that it costs next to nothing. */
export function remember<T>(log: T[], entry: T, most: number): void {
  log.push(entry)
  if (log.length > most * 2) log.splice(0, log.length - most)
}
