import { setTimeout as wait } from 'node:timers/promises'
import {
  type APIInteraction,
  type GatewayChannelDeleteDispatchData,
  GatewayDispatchEvents,
  type GatewayMessageCreateDispatchData,
  type GatewayReadyDispatchData,
  REST,
} from 'discord.js'
import type { Adapter, Command, Fate, Inbound, PersonRef, Receive, Reply, SpaceRef, Workbench } from '../../src/adapter.ts'
import { sentence } from '../../src/view/make.ts'
import { type Answers, createAnswers } from './answers.ts'
import { capabilities } from './capabilities.ts'
import { setCommands } from './commands.ts'
import { type Connection, connect } from './connection.ts'
import { type Decoded, decodeDeleted, decodeInteraction, decodeWords } from './decode.ts'
import { createKept } from './kept.ts'
import { createPosting, type Posting } from './post.ts'
import { codeOf } from './refusals.ts'
import { isAdmin, missing } from './rights.ts'
import type { DiscordSettings } from './settings.ts'

export const discord = {
  name: 'discord',
  texts: new URL('./texts', import.meta.url),
  can: capabilities,
  /** @throws Error without a token */
  open: (settings: DiscordSettings, bench: Workbench): Adapter => new Discord(settings, bench),
}

/** A call ends in time for a send to end within 20 s, even if it takes three of them. */
const callMs = 6_000
/** A post waits its turn this long; what would wait longer is the delivery's to repeat. */
const turnMs = 2_000
/** Discord delivers nothing twice: what the house could not begin is tried again here, for as long as it can still be answered. */
const again = { everyMs: 250, mostMs: 5_000, forMs: 10 * 60_000 } as const

class Discord implements Adapter {
  readonly platform = 'discord'
  readonly can = capabilities
  readonly #token: string
  readonly #api: string
  readonly #bench: Workbench
  readonly #calls: REST
  readonly #posting: Posting
  readonly #answers: Answers
  readonly #stopping = new AbortController()
  readonly #underWay = new Set<Promise<unknown>>()
  #connection: Connection | undefined
  #me: { readonly id: string; readonly username: string } | undefined

  constructor({ DISCORD_TOKEN: token, DISCORD_API_ROOT: api }: DiscordSettings, bench: Workbench) {
    if (token === undefined) throw new Error('Discord is off: there is no DISCORD_TOKEN.')
    this.#token = token
    this.#api = api
    this.#bench = bench
    const common = { api, retries: 0, timeout: callMs }
    this.#calls = new REST({ ...common, retries: 1 }).setToken(token)
    const posts = new REST({
      ...common,
      rejectOnRateLimit: ({ timeToReset, retryAfter }) => Math.max(timeToReset, retryAfter) > turnMs,
    }).setToken(token)
    this.#posting = createPosting({
      rest: posts,
      isOurs: channel => this.#connection?.knows(channel) ?? true,
      refused: () => this.#connection?.refused(),
    })
    // Answers wait behind nothing else.
    this.#answers = createAnswers({ rest: new REST(common), posting: this.#posting, bench, kept: createKept(() => bench.now()) })
  }

  async start(commands: readonly Command[], receive: Receive, fate: (state: Fate, why?: string) => void): Promise<void> {
    const take = (event: GatewayDispatchEvents, data: unknown): void => this.#hear(event, data, commands, receive)
    this.#connection = connect({ token: this.#token, api: this.#api, bench: this.#bench, fate, take })
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
    await this.#connection?.stop()
  }

  send = (...[to, view, key, under]: Parameters<Adapter['send']>): ReturnType<Adapter['send']> => this.#posting.send(to, view, key, under)

  change = (...[message, how]: Parameters<Adapter['change']>): ReturnType<Adapter['change']> => this.#posting.change(message, how)

  isAdmin = (person: PersonRef, space: SpaceRef): Promise<boolean> => isAdmin(this.#calls, person, space)

  async missing(space: SpaceRef): Promise<readonly string[]> {
    if (!this.#me) throw new Error('Discord could not be asked: the bot was not connected yet.')
    return missing(this.#calls, space, this.#me.id)
  }

  lane = (to: SpaceRef | PersonRef): string => to

  /** Discord has no link that brings words along. */
  privateLink = (): undefined => undefined

  #hear(event: GatewayDispatchEvents, data: unknown, commands: readonly Command[], receive: Receive): void {
    if (this.#stopping.signal.aborted) return
    if (event === GatewayDispatchEvents.Ready) this.#ready(data as GatewayReadyDispatchData, commands)
    const decoded = event === GatewayDispatchEvents.Ready ? undefined : this.#decode(event, data)
    if (decoded) this.#track(this.#take(decoded, receive))
  }

  /** What Discord sends is of its documented shape; what is not is dropped with a line in the log. */
  #decode(event: GatewayDispatchEvents, data: unknown): Decoded | undefined {
    const now = this.#bench.now()
    try {
      if (event === GatewayDispatchEvents.InteractionCreate) return decodeInteraction(data as APIInteraction, now)
      if (!this.#me) return undefined
      if (event === GatewayDispatchEvents.MessageCreate) return decodeWords(data as GatewayMessageCreateDispatchData, this.#me.id, now)
      return decodeDeleted(data as GatewayChannelDeleteDispatchData, this.#me, now)
    } catch (cause) {
      this.#bench.log.error({ err: cause, event }, 'Something from Discord could not be read')
      return undefined
    }
  }

  #ready({ user, application }: GatewayReadyDispatchData, commands: readonly Command[]): void {
    this.#me = { id: user.id, username: user.username }
    const set = setCommands(this.#calls, application.id, commands, this.#bench.words).catch((error: unknown) => {
      this.#bench.log.warn({ code: codeOf(error) }, 'The Discord command list could not be set')
    })
    this.#track(set)
  }

  async #take({ inbound, way }: Decoded, receive: Receive): Promise<void> {
    const talk = way && this.#answers.begin(inbound, way)
    const replies = await this.#ask(receive, inbound)
    await (talk ? talk.give(replies) : this.#answers.say(inbound, replies))
  }

  /** The replies, or an apology where something broke. */
  async #ask(receive: Receive, inbound: Inbound): Promise<readonly Reply[]> {
    const until = inbound.received.getTime() + again.forMs
    for (let tries = 1; ; tries++) {
      try {
        return await receive(inbound)
      } catch (cause) {
        const mayRetry = cause instanceof Error && 'retry' in cause && cause.retry === true
        const isLast = !mayRetry || this.#stopping.signal.aborted || this.#bench.now().getTime() > until
        this.#bench.log.error({ err: cause, kind: inbound.event.kind, again: !isLast }, 'Something from Discord could not be handled')
        if (isLast) return this.#sorry(inbound)
        await wait(Math.min(again.everyMs * tries, again.mostMs), undefined, { signal: this.#stopping.signal }).catch(() => undefined)
      }
    }
  }

  /** Told to people who did something that waits for an answer. */
  #sorry({ person, event }: Inbound): readonly Reply[] {
    if (!['command', 'press', 'submit', 'text', 'started'].includes(event.kind)) return []
    return [{ kind: 'whisper', view: sentence(person.locale ?? 'en', this.#bench.words(person.locale, 'discord-sorry')) }]
  }

  #track(work: Promise<unknown>): void {
    this.#underWay.add(work)
    void work.finally(() => this.#underWay.delete(work))
  }
}
