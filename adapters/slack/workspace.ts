import type { webApi } from '@slack/bolt'
import type { Inbound, Receive, Reply, Workbench } from '../../src/platform/adapter.ts'
import type { Frames } from '../../src/platform/frames.ts'
import { lossesIn } from '../../src/platform/lost.ts'
import { sorry } from '../../src/platform/own-words.ts'
import { retrying } from '../../src/platform/retry.ts'
import { createUnderWay } from '../../src/platform/under-way.ts'
import { backOff, createStop, pause, within } from '../../src/platform/waiting.ts'
import { type Answers, carriedBy, createAnswers } from './answers.ts'
import { newClient } from './api.ts'
import { capabilities } from './capabilities.ts'
import { type Channels, createChannels } from './channels.ts'
import { type Decoded, decode, own, type Ways } from './decode.ts'
import { fetchFile } from './files.ts'
import { createInHand } from './in-hand.ts'
import { type Ack, createLink, type Link } from './link.ts'
import { createPeople, type People } from './people.ts'
import { type Bot, createPosting, type Posting } from './post.ts'
import { codeOf, isHopeless, isTokenCode, lines, retryAfter } from './refusals.ts'

export interface Parts {
  readonly botToken: string
  readonly appToken: string
  readonly apiRoot: string
  /** Which of the token pairs: "first". */
  readonly which: string
  readonly bench: Workbench
  readonly frames: Frames
  readonly commands: ReadonlySet<string>
  readonly receive: Receive
  /** Slack has said which workspace this is. False: another pair has it already. */
  isNew(team: string): boolean
  /** `state` has changed. */
  turned(workspace: Workspace, why?: string): void
}

/** Slack tells the person after 3 s that nobody answered; so long the commit may take. */
export const ackMs = 2_000
/** How long a stop waits for what is under way. */
const stopMs = 9_000
/** How often a delivery is tried that the store could not take, first after so many milliseconds, and for how long. */
const patience = { firstMs: 100, mostMs: 3_000, forMs: 50_000 } as const
/** Between connections; after one that lasted for `goodMs` the first again. */
const pauses = { firstMs: 250, mostMs: 30_000, goodMs: 1_000 } as const

/** What is there once Slack has said which workspace it is. */
interface Met {
  readonly team: string
  /** The bot's own account. */
  readonly user: string
  readonly posting: Posting
  readonly answers: Answers
}

/** One workspace: its tokens, its connection, its direct messages. */
export class Workspace {
  readonly client: webApi.WebClient
  readonly which: string
  /** `dead`: a token is refused, and nothing more is tried. */
  state: 'up' | 'down' | 'dead' | undefined
  met: Met | undefined
  readonly #parts: Parts
  readonly #people: People
  readonly #channels: Channels
  readonly #link: Link
  /** Stopped or dead. */
  readonly #over = createStop()
  readonly #ask: ReturnType<typeof retrying>
  readonly #underWay = createUnderWay()
  readonly #inHand = createInHand()
  readonly #running: Promise<void>

  constructor(parts: Parts) {
    const { botToken, appToken, apiRoot, which, bench, frames } = parts
    this.#parts = parts
    this.which = which
    this.#ask = retrying({
      ...{ receive: parts.receive, stopping: this.#over.signal },
      patience: { ...patience, forMs: () => bench.retryMs ?? patience.forMs },
      failed: (err, { event: { kind } }, again) => bench.log.error({ err, kind, again }, 'A delivery from Slack could not be handled'),
    })
    this.client = newClient(botToken, apiRoot)
    this.#people = createPeople(this.client, () => bench.now(), bench.answerMs)
    this.#channels = createChannels(this.client, () => bench.now(), bench.answerMs)
    const opened = (): void => (this.#over.signal.aborted ? undefined : this.#turn('up'))
    this.#link = createLink({ appToken, apiRoot, over: this.#over.signal, frames, opened, take: (body, ack) => this.#take(body, ack) })
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#over.abort()
    // What the store does not answer must not keep the connection: what Slack hands over on it would reach nobody.
    await within(stopMs, this.#underWay.ended(), undefined)
    await this.#link.hangUp()
    await this.#running
  }

  #turn(to: 'up' | 'down' | 'dead', why?: string): void {
    if (this.state === to || this.state === 'dead') return
    this.state = to
    this.#parts.turned(this, why)
  }

  #die(why: string): void {
    this.#turn('dead', why)
    this.#over.abort()
    void this.#link.hangUp()
  }

  /** Asks Slack whether the bot token still works; ends all where it does not. True while it does, or nobody can say. */
  async #suspect(): Promise<boolean> {
    const isRefused = isTokenCode(await this.client.auth.test().then(() => undefined, codeOf))
    if (isRefused) this.#die(lines.bot(this.which))
    return !isRefused
  }

  /** One connection after the other: both tokens are tried, and what ends by itself begins anew. */
  async #run(): Promise<void> {
    const { signal } = this.#over
    for (let failures = 0; !signal.aborted; failures += 1) {
      const begun = performance.now()
      try {
        this.met ??= await this.#meet()
        if (this.met && !signal.aborted) await this.#link.connect()
        if (performance.now() - begun > pauses.goodMs) failures = 0
      } catch (error) {
        if (isHopeless(error)) this.#die(this.met ? lines.app(this.which) : lines.bot(this.which))
        else if (!signal.aborted) this.#turn('down', lines.away(error))
        await pause(retryAfter(error) ?? 0, signal)
      }
      await pause(backOff(pauses, failures), signal)
    }
  }

  /** Undefined where another pair of tokens has this workspace already. */
  async #meet(): Promise<Met | undefined> {
    const { bench, isNew } = this.#parts
    const { team_id: team, user_id: user } = await this.client.auth.test()
    if (team === undefined || user === undefined) throw new Error('Slack did not say whose token this is.')
    if (!isNew(team)) return void this.#die(lines.twice(this.which))
    const bot: Bot = { client: this.client, team, bench, stopping: this.#over.signal, suspect: () => this.#suspect() }
    const posting = createPosting(bot)
    return { team, user, posting, answers: createAnswers(bot, posting) }
  }

  /** While stopping nothing is taken: what is not acknowledged comes to the next process. */
  #take(body: unknown, ack: Ack): void {
    const { met } = this
    if (!met || this.#over.signal.aborted) return
    const { bench, frames, commands, botToken: token, apiRoot } = this.#parts
    const fetch = (file: Parameters<typeof fetchFile>[2]): Promise<Uint8Array> => fetchFile(this.client, { token, apiRoot }, file)
    const decoded = frames.read(body, () => decode(body, { ...met, commands, fetch }, bench.now()))
    const work = decoded ? this.#handle(decoded, met, ack) : this.#dismiss(body, ack)
    const done = work.catch((cause: unknown) => {
      bench.log.error({ why: cause instanceof Error ? cause.message : 'unknown' }, 'A Slack delivery broke')
    })
    void this.#underWay.track(done).finally(() => bench.log.debug({ id: decoded?.inbound.id }, 'A Slack delivery is done'))
  }

  /** None of the bot's business; but the app may have been thrown out. */
  async #dismiss(body: unknown, ack: Ack): Promise<void> {
    await ack()
    const { event } = (body ?? {}) as { event?: { type?: unknown } | null }
    if (event?.type === 'app_uninstalled' || event?.type === 'tokens_revoked') await this.#suspect()
  }

  async #handle(decoded: Decoded, met: Met, envelope: Ack): Promise<void> {
    const { inbound: read, ways } = decoded
    if (read.event.kind === 'press' && read.event.token.startsWith(own.form)) {
      await envelope()
      return met.answers.reopen({ inbound: await this.#known(read, ways), ways }, read.event.token)
    }
    const taken = this.#inHand.take(read.id, envelope)
    if (!taken) return
    let answered = false
    try {
      answered = await this.#answer(decoded, met, taken.ack)
    } finally {
      taken.done(answered)
    }
  }

  /** Whether it is answered for good. */
  async #answer({ inbound: read, ways }: Decoded, met: Met, ack: Ack): Promise<boolean> {
    // Only what somebody waits for is acknowledged in an emergency; an event that is not safe comes again.
    const emergency = ways.waits ? setTimeout(() => void ack(), this.#parts.bench.answerMs ?? ackMs) : undefined
    const inbound = await this.#known(read, ways)
    const decoded = { inbound, ways }
    let telling: Promise<void> | undefined
    const tell = (words: readonly Reply[]): void => {
      clearTimeout(emergency)
      telling = this.#tell(decoded, met, ack, words)
    }
    const given = await this.#ask(inbound, tell).finally(() => clearTimeout(emergency))
    await telling
    if (given === 'stopped') return false
    // Who was told to do it again is told nothing more, and it must not be done twice.
    if (given === 'away' && telling) {
      await ack()
      return true
    }
    const replies = typeof given === 'string' ? sorry(this.#parts.bench, 'slack-sorry', capabilities, inbound) : given
    if (read.event.kind === 'moved' && ways.channel !== undefined) met.posting.move(ways.channel, read.event.to)
    const { reply, payload } = carriedBy(ways, replies)
    const wasTaken = await ack(payload)
    const losses = await met.answers.give(decoded, replies, wasTaken ? reply : undefined)
    for (const lost of lossesIn(inbound, losses)) await this.#ask(lost, () => {})
    return typeof given !== 'string'
  }

  /** What is said while the store is away. A dialog stays open with it, and with all that was filled in. */
  async #tell(decoded: Decoded, { answers }: Met, ack: Ack, words: readonly Reply[]): Promise<void> {
    const { waits, dialog } = decoded.ways
    const [field] = dialog?.fields ?? []
    const [said] = words
    const errors = field !== undefined && said && 'view' in said ? { [field]: said.view.brief } : undefined
    const wasTaken = waits && (await ack(errors && { response_action: 'errors', errors }))
    if (!wasTaken || !errors) await answers.give(decoded, words, undefined)
  }

  /** With the person's own name and language, and the channel's name; a press does not wait for Slack to be asked. */
  async #known(inbound: Inbound, { user, channel }: Ways): Promise<Inbound> {
    const [known, where] = await Promise.all([this.#people(user, inbound.event.kind !== 'press'), this.#channels(inbound, channel)])
    return { ...inbound, ...where, person: { ...inbound.person, ...known, ...(known.name === undefined && { isPartial: true }) } }
  }
}
