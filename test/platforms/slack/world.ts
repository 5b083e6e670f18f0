import { PATIENCE_MS } from '../../helpers/patience.ts'
import { Changes } from '../changes.ts'
import { Faults } from './faults.ts'
import type { Interaction } from './interaction.ts'
import type { FileState, Message } from './message.ts'
import { Rates } from './rates.ts'
import type { Check } from './schema.ts'
import type { Sockets } from './sockets.ts'
import type { View } from './view.ts'

export interface UserState {
  readonly id: string
  name: string
  readonly zone: string
  readonly locale: string
  admin: boolean
  owner: boolean
  readonly guest: boolean
  readonly bot: boolean
  deactivated: boolean
  home: View | undefined
  /** The last that they did on their home, for what is published next to be its answer. */
  looking: Interaction | undefined
  /** Open dialogs, the newest on top. */
  readonly modals: View[]
}

export interface ChannelState {
  id: string
  name: string
  readonly kind: 'public' | 'private' | 'im'
  /** Whose direct messages with the bot these are. */
  readonly user: string | undefined
  readonly members: Set<string>
  readonly messages: Map<string, Message>
  /** Messages that one person alone sees, until they reload. */
  readonly ephemeral: Map<string, Message>
  archived: boolean
  deleted: boolean
  lastMicro: number
}

/** What a command, a press and the like give: good for one dialog, for three seconds. */
export interface Trigger {
  readonly user: string
  readonly at: number
  readonly interaction: Interaction
  used: boolean
}

/** What a response address is good for: five answers within 30 minutes. */
export interface ResponseUrl {
  readonly at: number
  readonly user: string
  readonly channel: string
  readonly thread: string | undefined
  /** The message that was pressed, which may be replaced or deleted. */
  readonly original: Message | undefined
  readonly interaction: Interaction
  used: number
}

export interface KeptFile extends FileState {
  readonly length: number
  complete: boolean
  looks: number
}

export interface WorkspaceState {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string }
  readonly bot: { readonly userId: string; readonly botId: string; readonly appId: string; readonly name: string }
  readonly botToken: string
  readonly appToken: string
  readonly scopes: Set<string>
  /** Undefined: every event that the scopes allow. */
  readonly events: ReadonlySet<string> | undefined
  /** What the app has declared; undefined: any command is taken for declared. */
  readonly commands: ReadonlySet<string> | undefined
  readonly shortcuts: Readonly<Record<string, string>> | undefined
  /** What every call with the bot token is answered with, if it no longer works. */
  tokenTrouble: 'invalid_auth' | 'account_inactive' | 'token_revoked' | undefined
  appTokenTrouble: 'invalid_auth' | 'account_inactive' | undefined
  readonly users: Map<string, UserState>
  readonly channels: Map<string, ChannelState>
  readonly views: Map<string, View>
  readonly triggers: Map<string, Trigger>
  readonly responses: Map<string, ResponseUrl>
  /** `looks`: how often somebody has asked after it since it was complete; Slack needs some moments to know what it is. */
  readonly files: Map<string, KeptFile>
  readonly sockets: Sockets
  /** Counts ids of this workspace alone, so that two workspaces give the same ones. */
  nextId: () => string
}

/** One request as it came in; status and error are filled in once it is answered. */
export interface Call {
  readonly method: string
  readonly team: string | undefined
  readonly fields: Record<string, unknown>
  readonly at: Date
  status: number | undefined
  error: string | undefined
}

export interface Options {
  /** Where the time comes from: message times, triggers, response addresses and rates obey it; the wait for acknowledgements does not. */
  readonly clock?: () => Date
  /** Check every request against the schema and the limits. On unless said otherwise; off for benches. */
  readonly strict?: boolean
  readonly rates?: 'off' | 'slack'
  /** Wait so long before each answer. */
  readonly latencyMs?: number
  /** How many requests and interactions are remembered; counts are always kept. 10,000. */
  readonly remember?: number
  /**
   * Milliseconds in which an envelope must be acknowledged, of real time, and a dialog opened, by the clock. Slack’s own are `SLACK_MS`; unless said the
   * server is patient, because a busy machine is late where the bot is not.
   */
  readonly ackWithinMs?: number
  /** Real milliseconds before each further delivery of what was not acknowledged. 0, one minute, five minutes. */
  readonly againAfterMs?: readonly number[]
  /** Real milliseconds between the server's pings. 10,000. */
  readonly pingMs?: number
  readonly port?: number
}

/** How long Slack waits for an acknowledgement, and how long a trigger is good. */
export const SLACK_MS = 3000

/** All that the platform knows. */
export interface World {
  readonly strict: boolean
  /** There in strict mode only. */
  check: Check | undefined
  readonly limitRates: boolean
  readonly remember: number
  ackWithinMs: number
  readonly againAfterMs: readonly number[]
  readonly pingMs: number
  latencyMs: number
  root: string
  readonly now: () => Date
  readonly workspaces: Map<string, WorkspaceState>
  readonly byToken: Map<string, WorkspaceState>
  readonly changes: Changes
  readonly faults: Faults
  readonly rates: Rates
  readonly calls: Call[]
  readonly counts: Map<string, number>
  /** What people did and how it was answered, oldest first. */
  readonly interactions: Interaction[]
  interactionCount: number
  answeredCount: number
  /** What Slack would pass over in silence and a bot should not do: late, double and unknown acknowledgements, payloads where none is taken. */
  readonly oddities: string[]
  nextNumber: () => number
}

export function createWorld(options: Options): World {
  const now = options.clock ?? (() => new Date())
  let last = 0
  return {
    strict: options.strict ?? true,
    check: undefined,
    limitRates: options.rates === 'slack',
    remember: options.remember ?? 10_000,
    ackWithinMs: options.ackWithinMs ?? PATIENCE_MS,
    againAfterMs: options.againAfterMs ?? [0, 60_000, 300_000],
    pingMs: options.pingMs ?? 10_000,
    latencyMs: options.latencyMs ?? 0,
    root: '',
    now,
    workspaces: new Map(),
    byToken: new Map(),
    changes: new Changes(),
    faults: new Faults(),
    rates: new Rates(now),
    calls: [],
    counts: new Map(),
    interactions: [],
    interactionCount: 0,
    answeredCount: 0,
    oddities: [],
    nextNumber: () => ++last,
  }
}

/** Keeps the newest of a log, forgetting in steps so that it costs next to nothing. */
export function remember<T>(log: T[], entry: T, most: number): void {
  log.push(entry)
  if (log.length > most * 2) log.splice(0, log.length - most)
}
