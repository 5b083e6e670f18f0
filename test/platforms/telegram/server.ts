import { createServer, type Server } from 'node:http'
import type { Update, User } from '@grammyjs/types'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { openChat } from './chats.ts'
import { answerControl } from './control.ts'
import type { Fault } from './faults.ts'
import { Group, type GroupOptions } from './groups.ts'
import { answerApi, answerFile } from './http.ts'
import { usualRights } from './members.ts'
import { Person } from './people.ts'
import type { Press } from './press.ts'
import { loadCheck } from './schema.ts'
import { type Call, createWorld, type Options, type PersonState, type Place, type World } from './world.ts'

export interface PersonOptions {
  /** The language of the phone: 'en'. None unless said. */
  readonly language?: string
  /** Has pressed START in the private chat with the bot. No unless said. */
  readonly started?: boolean
  /** Their app is from before ephemeral messages. No unless said. */
  readonly oldApp?: boolean
  readonly username?: string
  readonly lastName?: string
}

/** A loop-back Telegram: what a test sees and moves. */
export class Telegram {
  readonly world: World
  readonly apiRoot: string
  readonly #server: Server
  readonly #groups = new Map<number, Group>()
  readonly #people = new Map<number, Person>()
  #owner: User | undefined

  constructor(world: World, server: Server, apiRoot: string) {
    this.world = world
    this.apiRoot = apiRoot
    this.#server = server
  }

  /** A group that the bot is already in, unless the options say otherwise. */
  group(title: string, options: GroupOptions = {}): Group {
    const { world } = this
    const type = options.kind ?? 'supergroup'
    const number = world.nextNumber()
    const place: Place =
      type === 'group'
        ? { id: -400_000_000 - number, type, title }
        : { id: -1_001_000_000_000 - number, type, title, ...(options.topics && { is_forum: true as const }) }
    const state = openChat(world, place, options.topics ?? false)
    const owner = this.#ownerUser()
    state.standings.set(owner.id, { status: 'creator' })
    state.known = options.bot !== false
    if (options.admin) {
      state.standings.set(world.me.id, { status: 'administrator', rights: options.admin === true ? usualRights : options.admin })
    } else if (options.bot !== false) state.standings.set(world.me.id, { status: 'member' })
    return this.#keep(new Group(world, state, owner))
  }

  person(name: string, options: PersonOptions = {}): Person {
    const id = 6_000_000_000 + this.world.nextNumber()
    const { language, username, lastName } = options
    const user: User = {
      id,
      is_bot: false,
      first_name: name,
      ...(lastName && { last_name: lastName }),
      ...(username && { username }),
      ...(language && { language_code: language }),
    }
    const state: PersonState = {
      user,
      started: options.started ?? false,
      blocked: false,
      deactivated: false,
      oldApp: options.oldApp ?? false,
    }
    this.world.people.set(id, state)
    const person = new Person(this.world, state)
    this.#people.set(id, person)
    return person
  }

  /** @throws Error for an id that this server never gave */
  groupOf(id: number): Group {
    const state = this.world.chats.get(id)
    const group = this.#groups.get(id)
    if (group) return group
    if (!state || state.chat.type === 'private') throw new Error(`there is no group ${id}`)
    return this.#keep(new Group(this.world, state, this.#ownerUser()))
  }

  /** @throws Error for an id that this server never gave */
  personOf(id: number): Person {
    const person = this.#people.get(id)
    if (!person) throw new Error(`there is no person ${id}`)
    return person
  }

  /** Harms coming requests. Several faults apply one after the other. */
  fail(fault: Fault): void {
    this.world.faults.arm(fault)
  }

  /** Ends all harm, and the requests that hang. */
  heal(): void {
    this.world.faults.clear()
  }

  /** So many of the next messages to one person alone do not arrive. The bot is told that they were sent. */
  loses(count: number): void {
    this.world.lost += count
  }

  /** Gives an update once more, as Telegram does when a confirmation got lost. */
  redeliver(update: Update): void {
    this.world.updates.redeliver(update)
  }

  /** The token stops working: 401 from now on, for a held getUpdates after it ends. */
  revokeToken(): void {
    this.world.tokenWorks = false
    this.world.updates.release()
  }

  /** The requests so far (the newest `remember`), of one method or all. */
  calls(method?: string): Call[] {
    return method === undefined ? [...this.world.calls] : this.world.calls.filter(call => call.method === method)
  }

  /** The presses that the bot has answered, oldest first. */
  get answered(): readonly Press[] {
    return this.world.answered
  }

  /** How many requests were told to come later. */
  get tooMany(): number {
    return this.world.rates.refused
  }

  /** Updates that no offset has confirmed. */
  get pending(): readonly Update[] {
    return this.world.updates.pending
  }

  /**
   * Resolves with what the condition gives once that is truthy, looking after every change here; never sleeps.
   * @param within milliseconds of real time; then it rejects with the last requests in its words
   */
  until<T>(condition: () => T, what = 'a condition', within = PATIENCE_MS): Promise<NonNullable<T>> {
    return this.world.changes.until(condition, () => `${what}; the last requests were ${this.#lastCalls()}`, within)
  }

  /** Waits until the bot polls and has confirmed all that happened. */
  async settled(): Promise<void> {
    await this.until(() => this.world.updates.isPolled && this.world.updates.pendingCount === 0, 'all updates to be confirmed')
  }

  async stop(): Promise<void> {
    this.heal()
    this.world.updates.release()
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  #lastCalls(): string {
    const last = this.world.calls.filter(call => call.method !== 'getUpdates').slice(-5)
    return last.length === 0
      ? 'none'
      : last.map(call => `${call.method} ${call.status ?? 'open'} ${call.description ?? ''}`.trim()).join(', ')
  }

  #keep(group: Group): Group {
    this.#groups.set(group.id, group)
    return group
  }

  /** Whoever made the groups; not one of the test's people. */
  #ownerUser(): User {
    this.#owner ??= this.person('Olu', { language: 'en' }).user
    return this.#owner
  }
}

/** Starts a loop-back Telegram on 127.0.0.1, on a free port unless `port` says one. Stop it with `stop()`. */
export async function startTelegram(options: Options): Promise<Telegram> {
  const world = createWorld(options)
  const check = world.strict ? await loadCheck() : undefined
  const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000 }, (request, response) => {
    const url = request.url ?? ''
    if (url.startsWith('/control/')) return void answerControl(telegram, request, response)
    if (url.startsWith('/file/')) return answerFile(world, request, response)
    answerApi(world, check, request, response).catch((cause: unknown) => {
      response.destroy(cause instanceof Error ? cause : undefined)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const telegram = new Telegram(world, server, `http://127.0.0.1:${port}`)
  return telegram
}
