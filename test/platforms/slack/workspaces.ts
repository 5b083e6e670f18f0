import { Channel } from './channels.ts'
import { tell } from './events.ts'
import type { Interaction } from './interaction.ts'
import { Person } from './people.ts'
import { openChannel } from './posting.ts'
import { Sockets } from './sockets.ts'
import type { Call, ChannelState, UserState, WorkspaceState, World } from './world.ts'

/** The scopes that an app like ours asks for. */
const usualScopes = [
  'commands',
  'chat:write',
  'channels:read',
  'groups:read',
  'im:read',
  'im:write',
  'im:history',
  'users:read',
  'team:read',
  'pins:write',
  'files:write',
  'files:read',
] as const

export interface WorkspaceOptions {
  readonly scopes?: readonly string[]
  /** Names as an app subscribes to them: 'message.im'. Every event that the scopes allow unless said. */
  readonly events?: readonly string[]
  /** The commands that the app has declared: '/poll'. Any unless said. */
  readonly commands?: readonly string[]
  /** The message shortcuts that the app has declared: the words in the menu, and the callback id. Any callback id unless said. */
  readonly shortcuts?: Readonly<Record<string, string>>
  readonly botToken?: string
  readonly appToken?: string
  /** The workspace's id; given in turn unless said. */
  readonly id?: string
}

export interface ChannelOptions {
  readonly private?: boolean
  /** The bot is in it. Yes unless said. */
  readonly bot?: boolean
  /** Who is in it from the start, of which nobody is told. */
  readonly members?: readonly Person[]
  readonly id?: string
}

export interface PersonOptions {
  /** 'en-GB' unless said. */
  readonly locale?: string
  /** 'Europe/London' unless said. */
  readonly zone?: string
  readonly admin?: boolean
  readonly owner?: boolean
  readonly guest?: boolean
  readonly id?: string
}

export function openWorkspace(world: World, name: string, options: WorkspaceOptions): WorkspaceState {
  const number = world.workspaces.size + 1
  const id = options.id ?? `T${String(number).padStart(8, '0')}`
  const bot = { userId: 'U0FOLKMOOT', botId: 'B0FOLKMOOT', appId: `A${String(number).padStart(8, '0')}`, name: 'folkmoot' }
  let last = 0
  const state: WorkspaceState = {
    team: { id, name, domain: name.toLowerCase().replaceAll(/\W+/g, '-') },
    bot,
    botToken: options.botToken ?? `xoxb-${number}-loopback`,
    appToken: options.appToken ?? `xapp-1-${bot.appId}-loopback`,
    scopes: new Set(options.scopes ?? usualScopes),
    events: options.events && new Set(options.events),
    commands: options.commands && new Set(options.commands),
    shortcuts: options.shortcuts,
    tokenTrouble: undefined,
    appTokenTrouble: undefined,
    users: new Map(),
    channels: new Map(),
    views: new Map(),
    triggers: new Map(),
    responses: new Map(),
    files: new Map(),
    sockets: new Sockets(world, bot.appId),
    nextId: () => String(++last).padStart(8, '0'),
  }
  state.users.set(bot.userId, userState(bot.userId, bot.name, {}, true))
  world.workspaces.set(id, state)
  world.byToken.set(state.botToken, state)
  world.byToken.set(state.appToken, state)
  return state
}

const userState = (id: string, name: string, options: PersonOptions, bot: boolean): UserState => ({
  id,
  name,
  zone: options.zone ?? 'Europe/London',
  locale: options.locale ?? 'en-GB',
  admin: options.admin ?? false,
  owner: options.owner ?? false,
  guest: options.guest ?? false,
  bot,
  deactivated: false,
  home: undefined,
  looking: undefined,
  modals: [],
})

/** A workspace that the app is installed in, with a token pair of its own. */
export class Workspace {
  readonly state: WorkspaceState
  readonly #world: World
  readonly #channels = new Map<ChannelState, Channel>()
  readonly #people = new Map<string, Person>()

  constructor(world: World, state: WorkspaceState) {
    this.#world = world
    this.state = state
  }

  get id(): string {
    return this.state.team.id
  }

  get botToken(): string {
    return this.state.botToken
  }

  get appToken(): string {
    return this.state.appToken
  }

  get botId(): string {
    return this.state.bot.userId
  }

  /** A channel that the bot is in, unless the options say otherwise. Ids are counted in each workspace alone, so two workspaces have the same. */
  channel(name: string, options: ChannelOptions = {}): Channel {
    const id = options.id ?? `C${this.state.nextId()}`
    const kind = options.private ? 'private' : 'public'
    const members = [...(options.bot === false ? [] : [this.botId]), ...(options.members ?? []).map(person => person.id)]
    const state = openChannel(this.state, { id, name, kind, user: undefined }, members)
    return this.channelOf(state.id)
  }

  person(name: string, options: PersonOptions = {}): Person {
    const state = userState(options.id ?? `U${this.state.nextId()}`, name, options, false)
    this.state.users.set(state.id, state)
    return this.personOf(state.id)
  }

  /** A channel by its id, direct messages too. @throws Error for an id that was never given */
  channelOf(id: string): Channel {
    const state = this.state.channels.get(id)
    if (!state) throw new Error(`there is no channel ${id}`)
    const channel = this.#channels.get(state) ?? new Channel(this.#world, this.state, state)
    this.#channels.set(state, channel)
    return channel
  }

  /** @throws Error for an id that was never given */
  personOf(id: string): Person {
    const state = this.state.users.get(id)
    if (!state) throw new Error(`there is no person ${id}`)
    const person = this.#people.get(id) ?? new Person(this.#world, this.state, state)
    this.#people.set(id, person)
    return person
  }

  /** The requests so far (the newest `remember`) with this workspace's tokens, of one method or all. */
  calls(method?: string): Call[] {
    return this.#world.calls.filter(call => call.team === this.id && (method === undefined || call.method === method))
  }

  /** What people did here, oldest first. */
  get interactions(): Interaction[] {
    return this.#world.interactions.filter(one => one.team === this.id)
  }

  /** Open Socket Mode connections. */
  get connections(): number {
    return this.state.sockets.connections
  }

  /** Envelopes that nobody has acknowledged so far. */
  get open(): number {
    return this.state.sockets.open
  }

  /** Breaks the connections without a word. */
  cutSockets(): void {
    this.state.sockets.cut()
  }

  /** Cuts every so many milliseconds; 0 ends it. */
  cutEvery(ms: number): void {
    this.state.sockets.cutEvery(ms)
  }

  /** Asks the app to connect anew, as Slack does every few hours. */
  refresh(reason: 'warning' | 'refresh_requested' = 'refresh_requested'): void {
    this.state.sockets.askToReconnect(reason)
  }

  /** The bot token stops working while the app runs: every call is refused from now on; the app is told. */
  revokeToken(trouble: 'token_revoked' | 'account_inactive' | 'invalid_auth' = 'token_revoked'): void {
    tell(this.#world, this.state, { type: 'tokens_revoked', tokens: { oauth: [], bot: [this.botId] } })
    this.state.tokenTrouble = trouble
    this.#world.changes.happened()
  }

  /** The app token stops working: no new connection can be opened; those that stand stay. */
  revokeAppToken(): void {
    this.state.appTokenTrouble = 'invalid_auth'
  }

  /** An admin removes the app from the workspace. */
  uninstall(): void {
    tell(this.#world, this.state, { type: 'app_uninstalled' })
    this.revokeToken('account_inactive')
  }

  /** Tells the app the last so many things once more, as Slack does when an acknowledgement got lost. */
  redeliver(count = 1): void {
    this.state.sockets.redeliver(count)
  }
}
