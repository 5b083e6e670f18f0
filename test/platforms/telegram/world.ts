import type { BotCommand, Chat, User, UserFromGetMe } from '@grammyjs/types'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { Changes } from '../changes.ts'
import { Faults } from './faults.ts'
import type { Posted, Upload } from './posted.ts'
import type { Press } from './press.ts'
import { Rates } from './rates.ts'
import { Updates } from './updates.ts'

export type AdminRight =
  | 'can_manage_chat'
  | 'can_delete_messages'
  | 'can_manage_video_chats'
  | 'can_restrict_members'
  | 'can_promote_members'
  | 'can_change_info'
  | 'can_invite_users'
  | 'can_post_stories'
  | 'can_edit_stories'
  | 'can_delete_stories'
  | 'can_pin_messages'
  | 'can_manage_topics'

export type AdminRights = Partial<Record<AdminRight, boolean>>

/** What a member who is no admin may do; in Telegram the names begin with can_send_ or can_. */
export interface Allowed {
  messages: boolean
  photos: boolean
  documents: boolean
  pin: boolean
}

/** How somebody stands to a chat. `anonymous` admins write as the group itself. */
export type Standing =
  | { status: 'creator'; anonymous?: boolean }
  | { status: 'administrator'; rights: AdminRights; anonymous?: boolean }
  | { status: 'member' | 'left' | 'kicked' }
  | { status: 'restricted'; allowed: Allowed }

export interface TopicState {
  readonly id: number
  readonly name: string
  readonly opening: Posted
  closed: boolean
}

export type Place = Exclude<Chat, Chat.ChannelChat>

export interface ChatState {
  readonly chat: Place
  readonly messages: Map<number, Posted>
  /** What one person alone sees here, by Telegram's number for it: what the bot sent to them and what they sent to the bot. */
  readonly ephemeral: Map<number, Posted>
  /** By user id, the bot too. Nobody's entry: left. */
  readonly standings: Map<number, Standing>
  /** Undefined: a chat without topics. */
  readonly topics: Map<number, TopicState> | undefined
  readonly instance: string
  allowed: Allowed
  lastId: number
  movedTo: number | undefined
  deleted: boolean
  /** The bot has seen this chat, so that it exists for it. */
  known: boolean
}

export interface PersonState {
  readonly user: User
  started: boolean
  blocked: boolean
  deactivated: boolean
  /** Their app knows nothing of ephemeral messages: it shows none and sends none. */
  oldApp: boolean
}

/** One request as it came in; status and description are filled in once it is answered. */
export interface Call {
  readonly method: string
  readonly payload: Record<string, unknown>
  readonly at: Date
  status: number | undefined
  description: string | undefined
}

interface CommandList {
  readonly scope: unknown
  readonly language: string
  readonly commands: readonly BotCommand[]
}

export interface Options {
  /** As BotFather gives it. */
  readonly token: string
  /** Where the time comes from; rates, lateness and ages obey it, long polling does not. */
  readonly clock?: () => Date
  /** Check every request against the schema and the limits. On unless said otherwise; off for benches. */
  readonly strict?: boolean
  readonly rates?: 'off' | 'telegram'
  /** Wait so long before each answer. */
  readonly latencyMs?: number
  readonly username?: string
  /** Privacy mode, on unless said otherwise. */
  readonly privacy?: boolean
  /** How many requests and answered presses are remembered; counts are always kept. 10,000. */
  readonly remember?: number
  /** Seconds for which a press can be answered. Telegram’s own are `TELEGRAM_S`; unless said the server is patient: a busy machine is late where the bot is not. */
  readonly answerWithin?: number
  /** A Bot API server from before ephemeral messages (10.2): it knows no such methods, and does not look at fields that it does not know. */
  readonly isOld?: boolean
  readonly port?: number
}

/** How long Telegram lets a press be answered. */
export const TELEGRAM_S = 15

/** All that the platform knows. */
export interface World {
  readonly token: string
  readonly strict: boolean
  readonly limitRates: boolean
  readonly privacy: boolean
  readonly remember: number
  readonly answerWithinMs: number
  isOld: boolean
  /** How many ephemeral messages, from now on, never reach the one they are for. */
  lost: number
  latencyMs: number
  readonly now: () => Date
  readonly me: UserFromGetMe
  readonly meInChats: User
  readonly chats: Map<number, ChatState>
  readonly people: Map<number, PersonState>
  readonly updates: Updates
  readonly changes: Changes
  readonly faults: Faults
  readonly rates: Rates
  /** Presses that the bot has not answered. */
  readonly presses: Map<string, Press>
  readonly answered: Press[]
  /** Of all time, also those that `answered` has forgotten. */
  answeredCount: number
  readonly calls: Call[]
  readonly counts: Map<string, number>
  readonly files: Map<string, Upload>
  commands: CommandList[]
  readonly descriptions: Map<string, string>
  /** False after a revoked token. */
  tokenWorks: boolean
  loggedOut: boolean
  nextNumber: () => number
}

export function createWorld(options: Options): World {
  const now = options.clock ?? (() => new Date())
  const username = options.username ?? 'folkmoot_bot'
  const id = Number.parseInt(options.token, 10)
  const meInChats: User = { id, is_bot: true, first_name: 'Folkmoot', username }
  const privacy = options.privacy ?? true
  const changes = new Changes()
  let last = 0
  return {
    token: options.token,
    strict: options.strict ?? true,
    limitRates: options.rates === 'telegram',
    privacy,
    remember: options.remember ?? 10_000,
    answerWithinMs: options.answerWithin === undefined ? PATIENCE_MS : options.answerWithin * 1000,
    isOld: options.isOld ?? false,
    lost: 0,
    latencyMs: options.latencyMs ?? 0,
    now,
    me: me(meInChats, username, privacy),
    meInChats,
    chats: new Map(),
    people: new Map(),
    updates: new Updates(now, () => changes.happened(), 500_000_001),
    changes,
    faults: new Faults(),
    rates: new Rates(now),
    presses: new Map(),
    answered: [],
    answeredCount: 0,
    calls: [],
    counts: new Map(),
    files: new Map(),
    commands: [],
    descriptions: new Map(),
    tokenWorks: true,
    loggedOut: false,
    nextNumber: () => ++last,
  }
}

function me(user: User, username: string, privacy: boolean): UserFromGetMe {
  return {
    ...user,
    is_bot: true,
    username,
    can_join_groups: true,
    can_read_all_group_messages: !privacy,
    supports_guest_queries: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  } satisfies UserFromGetMe
}

/** Keeps the newest of a log, forgetting in steps so that it costs next to nothing. */
export function remember<T>(log: T[], entry: T, most: number): void {
  log.push(entry)
  if (log.length > most * 2) log.splice(0, log.length - most)
}
