import { setTimeout as wait } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import type { Inbound, Receive, Reply, Workbench } from '../../src/adapter.ts'
import { type Answers, createAnswers } from './answers.ts'
import { newClient } from './api.ts'
import { type Decoded, decode, own, type Ways } from './decode.ts'
import { type Ack, type Link, startLink, type Who } from './link.ts'
import { createPeople, type People } from './people.ts'
import { createPosting, type Posting } from './post.ts'

export interface Parts {
  readonly botToken: string
  readonly appToken: string
  readonly apiRoot: string
  /** Which of the token pairs: "first". */
  readonly which: string
  readonly bench: Workbench
  readonly commands: ReadonlySet<string>
  readonly receive: Receive
  /** Slack has said which workspace this is. False: another pair has it already. */
  met(who: Who, workspace: Workspace): boolean
  turn(workspace: Workspace, state: 'up' | 'down' | 'dead', why?: string): void
}

/** Slack tells the person after 3 s that nobody answered; so long the commit may take. */
const ackMs = 2_000
/** How often a delivery is tried that the store could not take, first after so many milliseconds, and for how long. */
const retry = { firstMs: 100, mostMs: 3_000, forMs: 60_000 } as const

/** One workspace: its tokens, its connection, its direct messages. */
export class Workspace {
  readonly client: webApi.WebClient
  readonly #parts: Parts
  readonly #people: People
  readonly #link: Link
  readonly #stopping = new AbortController()
  readonly #underWay = new Set<Promise<unknown>>()
  #who: Who | undefined
  #posting: Posting | undefined
  #answers: Answers | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    const { botToken, apiRoot, bench } = parts
    this.client = newClient(botToken, apiRoot)
    this.#people = createPeople(this.client, () => bench.now())
    this.#link = startLink({
      ...{ client: this.client, appToken: parts.appToken, apiRoot, which: parts.which },
      met: who => this.#met(who),
      take: (body, ack) => this.#take(body, ack),
      turn: (state, why) => parts.turn(this, state, why),
    })
  }

  get posting(): Posting | undefined {
    return this.#posting
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#underWay)
    await this.#link.stop()
  }

  #met(who: Who): void {
    const { bench, which } = this.#parts
    if (!this.#parts.met(who, this)) {
      const trouble = { why: `The ${which} pair of Slack tokens belongs to a workspace that another pair has already. Take it out.` }
      this.#link.die(trouble.why)
      return
    }
    const { client } = this
    const forYou = (lang: string): string => bench.words(lang, 'slack-for-you')
    const posting = createPosting({ client, team: who.team, forYou, suspect: () => this.#link.suspect() })
    this.#who = who
    this.#posting = posting
    this.#answers = createAnswers({ client, posting, bench, forYou, stopping: this.#stopping.signal })
  }

  /** While stopping nothing is taken: what is not acknowledged comes to the next process. */
  #take(body: unknown, ack: Ack): void {
    const [who, answers] = [this.#who, this.#answers]
    if (!who || !answers || this.#stopping.signal.aborted) return
    const { bench, commands } = this.#parts
    const decoded = decode(body, { ...who, commands }, bench.now())
    const work = decoded ? this.#handle(decoded, answers, ack) : this.#dismiss(body, ack)
    const done = work.catch((cause: unknown) => {
      bench.log.error({ why: cause instanceof Error ? cause.message : 'unknown' }, 'A Slack delivery broke')
    })
    this.#underWay.add(done)
    void done.finally(() => {
      this.#underWay.delete(done)
      bench.log.debug({ id: decoded?.inbound.id }, 'A Slack delivery is done')
    })
  }

  /** None of the house's business; but the app may have been thrown out. */
  async #dismiss(body: unknown, ack: Ack): Promise<void> {
    await ack()
    const { event } = body as { event?: { type?: unknown } }
    if (event?.type === 'app_uninstalled' || event?.type === 'tokens_revoked') await this.#link.suspect()
  }

  async #handle({ inbound: read, ways }: Decoded, answers: Answers, ack: Ack): Promise<void> {
    const { event } = read
    let isAcked = false
    const once: Ack = async payload => {
      if (isAcked) return false
      isAcked = true
      return ack(payload)
    }
    if (event.kind === 'press' && event.token.startsWith(own.form)) {
      await once()
      return answers.reopen({ inbound: await this.#known(read, ways), ways }, event.token)
    }
    // Only what somebody waits for is acknowledged in an emergency; an event that is not safe comes again.
    const emergency = ways.waits ? setTimeout(() => void once(), ackMs) : undefined
    const inbound = await this.#known(read, ways)
    const replies = await this.#ask(inbound, ways).finally(() => clearTimeout(emergency))
    if (!replies) return
    if (event.kind === 'moved' && inbound.place !== 'private')
      this.#posting?.move(
        inbound.place.space.slice(inbound.place.space.lastIndexOf(':') + 1),
        event.to.slice(event.to.lastIndexOf(':') + 1),
      )
    const { reply, payload } = answers.carried(ways, replies)
    const wasTaken = await once(payload)
    await answers.give({ inbound, ways }, replies, wasTaken ? reply : undefined)
  }

  /** With the person's own name and language; a press does not wait for Slack to be asked. */
  async #known(inbound: Inbound, { user }: Ways): Promise<Inbound> {
    const known = await this.#people.of(user, inbound.event.kind !== 'press')
    return { ...inbound, person: { ...inbound.person, ...known } }
  }

  /** The replies; an apology where something broke; undefined where we stop before the store is back. */
  async #ask(inbound: Inbound, ways: Ways): Promise<readonly Reply[] | undefined> {
    const begun = performance.now()
    for (let pauseMs: number = retry.firstMs; ; pauseMs = Math.min(pauseMs * 2, retry.mostMs)) {
      try {
        return await this.#parts.receive(inbound)
      } catch (cause) {
        const mayRetry = cause instanceof Error && 'retry' in cause && cause.retry === true
        this.#parts.bench.log.error({ err: cause, kind: inbound.event.kind, again: mayRetry }, 'A delivery from Slack could not be handled')
        if (!mayRetry || performance.now() - begun > retry.forMs) return this.#sorry(inbound, ways.waits)
      }
      await wait(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
      if (this.#stopping.signal.aborted) return undefined
    }
  }

  /** Told to people who did something that waits for an answer. */
  #sorry({ person, event }: Inbound, waits: boolean): readonly Reply[] {
    if (!waits && event.kind !== 'text') return []
    const text = this.#parts.bench.words(person.locale, 'slack-sorry')
    return [{ kind: 'whisper', view: { blocks: [{ kind: 'text', text }], buttons: [], brief: text, lang: person.locale ?? 'en' } }]
  }
}
