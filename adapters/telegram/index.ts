import { setImmediate as fetched } from 'node:timers/promises'
import type { Update, UserFromGetMe } from 'grammy/types'
import type {
  Adapter,
  Command,
  Inbound,
  Meanwhile,
  PersonRef,
  PlatformStatus,
  Receive,
  Reply,
  SpaceRef,
  Workbench,
} from '../../src/platform/adapter.ts'
import { download } from '../../src/platform/download.ts'
import { createFrames, type Frames } from '../../src/platform/frames.ts'
import { type Loss, lossesIn } from '../../src/platform/lost.ts'
import { sorry } from '../../src/platform/own-words.ts'
import { RecentMap, RecentSet } from '../../src/platform/remember.ts'
import { mayRetry, retrying } from '../../src/platform/retry.ts'
import { createUnderWay } from '../../src/platform/under-way.ts'
import { createStop } from '../../src/platform/waiting.ts'
import { type Answers, createAnswers, type Whisper } from './answers.ts'
import { callMs, limited, openWays, type Ways } from './api.ts'
import { capabilities } from './capabilities.ts'
import { setCommands } from './commands.ts'
import { decode, type Me, pressIn, unseenIn } from './decode.ts'
import { createEntries, type Entries } from './entries.ts'
import { createLearned, type Learned } from './learned.ts'
import { type Loop, startLoop } from './loop.ts'
import { createPointers, type Pointers } from './pointers.ts'
import { createPosting, type Posting } from './post.ts'
import { addressOf, personRef, spaceRef } from './refs.ts'
import { unasked } from './refusals.ts'
import { isAdmin, missing } from './rights.ts'
import type { TelegramSettings } from './settings.ts'
import { createTaking, type Taken } from './taking.ts'

export const telegram = {
  name: 'telegram',
  texts: new URL('./texts', import.meta.url),
  can: capabilities,
  /** @throws Error without a token */
  open: (settings: TelegramSettings, bench: Workbench): Adapter => new Telegram(settings, bench),
}

/** What is behind the adapter, for one update. `told`: to be called when its person was told to wait. */
interface Bot {
  readonly receive: Receive
  readonly answers: Answers
  readonly entries: Entries
  told(): void
}

/** How many topics are known by name. */
const mostTopics = 10_000

/** Hands over what could not be shown in the group. It is a deed of its own, done once however often what it answers comes again. */
const handsOver =
  (receive: Receive) =>
  (inbound: Inbound, { view, ifLost }: Whisper, isPress: boolean, number: number): Promise<readonly Reply[]> =>
    receive(
      {
        ...inbound,
        ...{ id: `${inbound.id}/missed${number}`, mayWhisper: false },
        event: {
          ...{ kind: 'missed', view: ifLost ?? view, isPress },
          ...(ifLost && { isWhole: true }),
          ...(inbound.event.kind === 'command' && { command: inbound.event.name }),
        },
      },
      { tell: () => {} },
    )

/** How often, and for how long, what was lost is handed over while the store is away. */
const pauses = { firstMs: 250, mostMs: 5_000 } as const
const keepMs = 50_000
/** One fetch brings no more than 100. */
const mostFailed = 1_000

class Telegram implements Adapter {
  readonly platform = 'telegram'
  readonly can = capabilities
  readonly #bench: Workbench
  readonly #frames: Frames
  readonly #ways: Ways
  readonly #posting: Posting
  readonly #learned: Learned
  readonly #pointers: Pointers
  /** Where files are fetched: a secret, the token is in it. */
  readonly #files: string
  readonly #botId: number
  #stopping = createStop()
  readonly #underWay = createUnderWay()
  /** The ids of what could not be handled yet. */
  readonly #failed = new RecentSet<string>(mostFailed)
  /** Answers of the fetch before: the next one is handled beside them, not the one after. */
  #answering: Promise<unknown> = Promise.resolve()
  #username: string | undefined
  #loop: Loop | undefined

  constructor(settings: TelegramSettings, bench: Workbench) {
    this.#bench = bench
    this.#frames = createFrames(telegram.name, bench)
    this.#ways = openWays(settings)
    this.#posting = createPosting(this.#ways, bench)
    const now = (): number => performance.now()
    this.#learned = createLearned(space => isAdmin(this.#ways.calls, personRef(this.#botId), space), now)
    this.#pointers = createPointers(this.#posting, now)
    this.#files = `${settings.TELEGRAM_API_ROOT}/file/bot${settings.TELEGRAM_TOKEN}`
    this.#botId = Number.parseInt(settings.TELEGRAM_TOKEN ?? '', 10)
  }

  async start(commands: readonly Command[], receive: Receive, status: (state: PlatformStatus, why?: string) => void): Promise<void> {
    this.#stopping = createStop()
    const names = new Set(commands.map(({ name }) => name))
    const answers = createAnswers({
      ...{ ways: this.#ways, posting: this.#posting, learned: this.#learned, pointers: this.#pointers, bench: this.#bench },
      privateLink: payload => this.privateLink(payload) ?? '',
      missed: handsOver(receive),
      lost: this.#keeps(receive),
      stopping: this.#stopping.signal,
    })
    const entries = createEntries(this.#stopping.signal, () => performance.now(), this.#bench.holdMs)
    const topics = new RecentMap<SpaceRef, string>(mostTopics)
    const me = { id: this.#botId, commands: names, topics, fetch: (file: string) => this.#fetch(file) }
    const taking = createTaking((update, told) =>
      this.#takeOne(update, { ...me, username: this.#username ?? '' }, { receive, answers, entries, told }),
    )
    this.#loop = startLoop({
      calls: this.#ways.calls,
      bench: this.#bench,
      frames: this.#frames,
      status,
      connected: me => this.#connected(me, commands),
      take: updates => this.#take(updates, taking),
    })
  }

  async stop(): Promise<void> {
    await this.#loop?.stop()
    this.#stopping.abort()
    // What is under way may begin more.
    await this.#underWay.ended()
    await this.#loop?.confirm()
  }

  send = (...[to, view, , under]: Parameters<Adapter['send']>): ReturnType<Adapter['send']> => this.#posting.send(to, view, under)

  change = (...[message, how]: Parameters<Adapter['change']>): ReturnType<Adapter['change']> => this.#posting.change(message, how)

  isAdmin = (person: PersonRef, space: SpaceRef): Promise<boolean> => isAdmin(this.#ways.calls, person, space)

  /** Telegram has no way to ask. */
  chatsOf = async (): Promise<readonly SpaceRef[]> => []

  missing = (space: SpaceRef): Promise<readonly string[]> => missing(this.#ways.calls, space, this.#botId)

  lane = (to: SpaceRef | PersonRef): string => spaceRef(addressOf(to).chat)

  privateLink = (payload: string): string | undefined => this.#username && `https://t.me/${this.#username}?start=${payload}`

  chatLink = (payload: string): string | undefined => this.#username && `https://t.me/${this.#username}?startgroup=${payload}`

  #connected(me: UserFromGetMe, commands: readonly Command[]): void {
    this.#username = me.username
    const set = setCommands(this.#ways.calls, commands).then(
      isAble => this.#learned.server(isAble),
      (cause: unknown) => {
        this.#bench.log.warn({ err: cause instanceof Error ? cause.name : 'unknown' }, 'The Telegram command lists could not be set')
      },
    )
    this.#underWay.track(set)
  }

  /**
   * Hands over all at once, in order; the id of the first that must come again, if any. Answers begin when the next fetch is on its way: so Telegram takes
   * them while what that brings is written to the store.
   */
  async #take(updates: readonly Update[], taking: (updates: readonly Update[]) => Promise<Taken>): Promise<number | undefined> {
    const taken = await taking(updates)
    const before = this.#answering
    this.#answering = this.#underWay.track(fetched().then(taken.give))
    await before
    return taken.again
  }

  /** What gives the answer, and resolves when the next fetch need not wait for it any more; undefined: the update must come again. */
  async #takeOne(update: Update, me: Me, { receive, answers, entries, told }: Bot): Promise<(() => Promise<unknown>) | undefined> {
    const press = pressIn(update)
    const read = this.#frames.read(update, () => decode(update, me, this.#bench.now()))
    this.#learned.heard(update)
    if (!read) return async () => press !== undefined && answers.dismiss(press)
    const asked = { press, unseen: unseenIn(update) }
    const inbound = this.#stamped(read)
    const isToBeSaid = entries.hear(inbound)
    const tell = (words: readonly Reply[]): void => {
      told()
      if (!this.#stopping.signal.aborted) this.#underWay.track(answers.tell(inbound, asked, words))
    }
    const replies = await this.#ask(receive, inbound, { tell })
    if (!replies) return undefined
    return () => {
      if (isToBeSaid) return this.#greet(isToBeSaid, () => answers.give(inbound, asked, replies).done)
      const { answered, done } = answers.give(inbound, asked, replies)
      this.#underWay.track(done)
      return answered
    }
  }

  /** No fetch waits for it. */
  async #greet(isToBeSaid: Promise<boolean>, say: () => Promise<unknown>): Promise<void> {
    this.#underWay.track(isToBeSaid.then(async isIt => isIt && say()))
  }

  /** Hands over what reached somebody nowhere, also while the store is away for a moment. */
  #keeps(receive: Receive): (inbound: Inbound, losses: readonly Loss[]) => Promise<unknown> {
    const failed = (cause: unknown, inbound: Inbound, again: boolean): void => this.#log(cause, inbound, again)
    const insist = retrying({ receive, stopping: this.#stopping.signal, patience: { ...pauses, forMs: () => keepMs }, failed })
    return (inbound, losses) => Promise.all(lossesIn(inbound, losses).map(lost => insist(lost, () => {})))
  }

  /** With what is known of who can be answered how. Whoever is in the private chat has used the way there. */
  #stamped(read: Inbound): Inbound {
    if (read.place === 'private') this.#underWay.track(this.#pointers.used(read.person.ref))
    const mayWhisper = this.#learned.mayWhisper(read)
    return { ...read, ...(mayWhisper !== undefined && { mayWhisper }) }
  }

  /** The replies; an apology where something broke; undefined where the store was away and it shall come again. */
  async #ask(receive: Receive, inbound: Inbound, meanwhile: Meanwhile): Promise<readonly Reply[] | undefined> {
    try {
      return await receive(inbound, meanwhile)
    } catch (cause) {
      const again = mayRetry(cause)
      this.#log(cause, inbound, again)
      return again ? undefined : sorry(this.#bench, 'telegram-sorry', capabilities, inbound)
    }
  }

  /** Once for each, however often it comes again. */
  #log(err: unknown, { id, event: { kind } }: Inbound, again: boolean): void {
    if (again && this.#failed.has(id)) return
    if (again) this.#failed.add(id)
    this.#bench.log.error({ err, kind, again }, 'An update from Telegram could not be handled')
  }

  async #fetch(file_id: string): Promise<Uint8Array> {
    const { file_path } = await this.#ways.calls.getFile({ file_id }, limited(callMs)).catch((error: unknown) => {
      throw unasked(error)
    })
    return download(`${this.#files}/${file_path}`)
  }
}
