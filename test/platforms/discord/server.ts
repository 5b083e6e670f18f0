import { createServer, type Server } from 'node:http'
import { type APIUser, GatewayCloseCodes, GatewayDispatchEvents, Locale } from 'discord-api-types/v10'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { loadCheck } from './check.ts'
import { answerControl } from './control.ts'
import { type Fault, pathPattern } from './faults.ts'
import { answerApi, answerFile } from './http.ts'
import type { Interaction } from './interaction.ts'
import { enterGuild, openChannel } from './opening.ts'
import { rolePayload } from './payloads.ts'
import { Person } from './people.ts'
import { usual } from './permissions.ts'
import { type Channel, Guild } from './places.ts'
import type { Posted } from './posted.ts'
import { type Call, createWorld, type GuildState, type Options, type UserState, type World } from './world.ts'

export interface GuildOptions {
  /** Names of channels; a guild has none unless said. */
  readonly channels?: readonly string[]
  /** The bot is in it unless said otherwise. */
  readonly bot?: boolean
  /** What the invite link gave the bot, in bits of PermissionFlagsBits, beside what everyone may do. Nothing more unless said. */
  readonly permissions?: bigint
  readonly locale?: Locale
}

export interface PersonOptions {
  /** The language of the app: en-GB unless said. */
  readonly locale?: Locale
  /** Takes no private messages. */
  readonly closed?: boolean
}

/** A loop-back Discord: what a test sees and moves. */
export class Discord {
  readonly world: World
  /** For `new Client({ rest: { api } })`; the client adds /v10. */
  readonly api: string
  readonly #server: Server
  readonly #guilds = new Map<string, Guild>()
  readonly #people = new Map<string, Person>()

  constructor(world: World, server: Server) {
    this.world = world
    this.api = `${world.root}/api`
    this.#server = server
  }

  guild(name: string, options: GuildOptions = {}): Guild {
    const { world } = this
    const id = world.nextId()
    const locale = options.locale ?? Locale.EnglishGB
    const owner = userOf(world.nextId(), 'Olu', locale)
    world.users.set(owner.user.id, owner)
    const state: GuildState = {
      id,
      name,
      locale,
      owner: owner.user.id,
      roles: new Map([[id, rolePayload(id, '@everyone', usual, 0)]]),
      members: new Map([[owner.user.id, { user: owner.user, roles: new Set(), joinedAt: world.now().toISOString() }]]),
      channels: new Map(),
      commands: [],
      events: new Map(),
      here: false,
      available: true,
    }
    world.guilds.set(id, state)
    for (const channel of options.channels ?? []) openChannel(world, state, channel)
    const guild = new Guild(world, state)
    this.#guilds.set(id, guild)
    if (options.bot === false) return guild
    const role = rolePayload(world.nextId(), world.me.username, options.permissions ?? 0n, 1, world.me.id)
    state.roles.set(role.id, role)
    state.members.set(world.me.id, { user: world.me, roles: new Set([role.id]), joinedAt: world.now().toISOString() })
    enterGuild(world, state)
    return guild
  }

  person(name: string, options: PersonOptions = {}): Person {
    const state = userOf(this.world.nextId(), name, options.locale ?? Locale.EnglishGB)
    state.closed = options.closed ?? false
    this.world.users.set(state.user.id, state)
    const person = new Person(this.world, state)
    this.#people.set(state.user.id, person)
    return person
  }

  /** @throws Error for an id that this server never gave */
  guildOf(id: string): Guild {
    const guild = this.#guilds.get(id)
    if (!guild) throw new Error(`there is no guild ${id}`)
    return guild
  }

  /** A channel or thread of a guild. @throws Error for an id that this server never gave */
  channelOf(id: string): Channel {
    const state = this.world.channels.get(id)
    if (!state?.guild) throw new Error(`there is no channel ${id}`)
    return this.guildOf(state.guild.id).handle(state)
  }

  /** @throws Error for an id that this server never gave */
  personOf(id: string): Person {
    const person = this.#people.get(id)
    if (!person) throw new Error(`there is no person ${id}`)
    return person
  }

  /** The message with this id, also one that only one person sees. @throws Error when there is none */
  messageOf(id: string): Posted {
    const whisper = this.world.whispers.findLast(one => one.id === id)
    if (whisper) return whisper
    for (const channel of this.world.channels.values()) {
      const found = channel.messages.get(id)
      if (found) return found
    }
    throw new Error(`there is no message ${id}`)
  }

  /** Harms coming requests. Several faults apply one after the other. */
  fail(fault: Fault): void {
    this.world.faults.arm(fault)
  }

  /** Ends all harm, and the requests that hang; the gateway answers again. */
  heal(): void {
    this.world.faults.clear()
    this.world.rates.unblock()
    this.world.gateway.withholdsAcks = false
    this.world.gateway.isUnavailable = false
  }

  /** Every request with the bot token gets a global 429 for so many seconds of the server's clock. */
  block(seconds: number): void {
    this.world.rates.block(seconds)
  }

  /** Breaks every gateway connection without a word. */
  cutSockets(): void {
    this.world.gateway.cut()
  }

  /** Hands an interaction out once more, with its id and token, as a resume can. */
  redeliver(interaction: Interaction): void {
    this.world.gateway.tell(GatewayDispatchEvents.InteractionCreate, interaction.data)
  }

  /** The token stops working: 401, and the sockets are closed for good (4004). */
  revokeToken(): void {
    this.world.tokenWorks = false
    this.world.gateway.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.')
  }

  /** The requests so far (the newest `remember`): all, or those like "POST /channels/*" + "/messages" ("*" stands for anything). */
  calls(which?: string): Call[] {
    if (which === undefined) return [...this.world.calls]
    const pattern = pathPattern(which)
    return this.world.calls.filter(call => pattern.test(`${call.method} ${decodeURIComponent(call.path)}`))
  }

  /** The newest interactions, answered or not, oldest first. */
  get interactions(): readonly Interaction[] {
    return this.world.recent
  }

  /** How many requests were told to come later, by rates or a block. */
  get tooMany(): number {
    return this.world.rates.refused
  }

  /**
   * Resolves with what the condition gives once that is truthy, looking after every change here; never sleeps.
   * @param within milliseconds of real time; then it rejects with the last requests in its words
   */
  until<T>(condition: () => T, what = 'a condition', within = PATIENCE_MS): Promise<NonNullable<T>> {
    return this.world.changes.until(condition, () => `${what}; the last requests were ${this.#lastCalls()}`, within)
  }

  /** Waits until so many sessions are connected (1) and every remembered interaction is acknowledged. */
  async settled(sessions = 1): Promise<void> {
    const isQuiet = (): boolean => this.world.gateway.connected >= sessions && this.interactions.every(one => one.ack !== undefined)
    await this.until(isQuiet, 'all interactions to be acknowledged')
  }

  async stop(): Promise<void> {
    this.heal()
    this.world.gateway.stop()
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  #lastCalls(): string {
    const last = this.world.calls.slice(-5)
    const words = last.map(({ method, route, status, code, message }) =>
      `${method} ${route} ${status ?? 'open'} ${code ?? ''} ${message ?? ''}`.trim(),
    )
    return words.join(', ') || 'none'
  }
}

function userOf(id: string, name: string, locale: Locale): UserState {
  const username = `${name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_')}_${id.slice(-4)}`
  const user: APIUser = { id, username, discriminator: '0', global_name: name, avatar: null }
  return { user, locale, closed: false, dm: undefined }
}

/** Starts a loop-back Discord on 127.0.0.1, on a free port unless `port` says one. Stop it with `stop()`. */
export async function startDiscord(options: Options): Promise<Discord> {
  const world = createWorld(options)
  const check = world.strict ? await loadCheck() : undefined
  const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000 }, (request, response) => {
    const url = request.url ?? ''
    if (url.startsWith('/control/')) return void answerControl(discord, request, response)
    if (url.startsWith('/attachments/')) return answerFile(world, request, response)
    answerApi(world, check, request, response).catch((cause: unknown) => {
      response.destroy(cause instanceof Error ? cause : undefined)
    })
  })
  server.on('upgrade', (request, socket, head) => world.gateway.upgrade(request, socket, head))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  world.root = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const discord = new Discord(world, server)
  return discord
}
