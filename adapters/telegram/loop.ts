import { GrammyError, HttpError, type RawApi } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { PlatformStatus, Workbench } from '../../src/platform/adapter.ts'
import type { Frames } from '../../src/platform/frames.ts'
import { backOff, pause } from '../../src/platform/waiting.ts'
import { callMs, limited, stoppable } from './api.ts'
import { numberOf, reads } from './decode.ts'
import { codeOf } from './refusals.ts'

export interface LoopParts {
  readonly calls: RawApi
  readonly bench: Workbench
  readonly frames: Frames
  status(state: PlatformStatus, why?: string): void
  /** Known to Telegram, before the first fetch. */
  connected(me: UserFromGetMe): void
  /** Handles what was fetched. Resolves with the first that is not safe and must come again, or undefined when all of it is. */
  take(updates: readonly Update[]): Promise<number | undefined>
}

export interface Loop {
  /** Ends the fetch, resolves when what was fetched is handled. */
  stop(): Promise<void>
  /** Tells Telegram what was taken. For after the stop: while polling, the next fetch tells it. */
  confirm(): Promise<void>
}

const atOnce = 100
/** After a failure, while another one fetches, and before what is not safe is fetched again. */
const pauses = {
  away: { firstMs: 250, mostMs: 30_000 },
  conflict: { firstMs: 1_000, mostMs: 5_000 },
  again: { firstMs: 100, mostMs: 400 },
} as const
/** How long Telegram holds a fetch while there is nothing, in seconds, and how much longer we wait for its answer. */
const holdSeconds = 30
const graceMs = 15_000
/** A restart overlaps for moments; a second bot stays. */
const conflictMs = 60_000

const refused = 'Telegram refuses TELEGRAM_TOKEN. Copy it again from @BotFather, put it into the settings and start again.'
const twice = 'Another program fetches messages with the same TELEGRAM_TOKEN. Stop it, or make a new token with @BotFather.'

/**
 * Fetches, hands over, and confirms only what was taken: the next fetch carries the offset behind it, so that a crash in between brings it again.
 * Never rejects; what goes wrong is told as a status.
 */
export function startLoop(parts: LoopParts): Loop {
  const { calls, bench } = parts
  const stopping = new AbortController()
  const told = createTold(parts)
  const { insist, isOver, alone } = createInsisting(parts, told, stopping.signal)
  let offset: number | undefined

  async function fetch(timeout: number): Promise<Update[]> {
    const updates = await stoppable(stopping.signal, timeout * 1000 + graceMs, signal =>
      calls.getUpdates({ limit: atOnce, timeout, allowed_updates: reads, ...(offset !== undefined && { offset }) }, signal),
    )
    if (!Array.isArray(updates)) throw new TypeError('A fetch brought no list.')
    return updates
  }

  /** A web hook that was set once would forbid fetching. */
  const meet = (): Promise<[UserFromGetMe, true]> =>
    stoppable(stopping.signal, callMs, signal => Promise.all([calls.getMe(signal), calls.deleteWebhook({}, signal)]))

  /** One fetch and all that it brought. How often, one after the other, some of it had to come again. */
  async function step(failures: number): Promise<number> {
    const isLong = told.state === 'up'
    const updates = await insist(() => fetch(isLong ? holdSeconds : 0))
    if (!updates) return 0
    // This one could be held, and no other poller ended it: we are alone.
    if (isLong) alone()
    const again = await parts.take(updates)
    offset = again ?? behind(updates, offset)
    const isBlind = updates.length > 0 && updates.every(update => numberOf(update) === undefined)
    if (again === undefined && !isBlind) {
      if (updates.length < atOnce) told.turn('up')
      return 0
    }
    // Soon, however long it lasts: whoever presses meanwhile is to hear that it cannot be written down.
    await pause(backOff(pauses.again, failures), stopping.signal)
    return failures + 1
  }

  async function run(): Promise<void> {
    const first = await insist(meet)
    if (first) parts.connected(first[0])
    for (let failures = 0; !isOver(); ) failures = await step(failures)
  }

  const running = run().catch((cause: unknown) => {
    bench.log.error({ err: cause }, 'The Telegram loop broke')
    told.turn('dead', 'Something broke inside; the log says what.')
  })
  return {
    async stop() {
      stopping.abort()
      await running
    },
    async confirm() {
      if (offset === undefined || told.state === 'dead') return
      await calls.getUpdates({ offset, limit: 1, timeout: 0 }, limited(5_000)).catch(() => {
        bench.log.debug({}, 'The last Telegram updates could not be confirmed; they will come again')
      })
    },
  }
}

interface Told {
  state: PlatformStatus | undefined
  turn(to: PlatformStatus, why?: string): void
}

/** What the bot and the operator are told: each change once. */
function createTold({ bench, status }: LoopParts): Told {
  const told: Told = {
    state: undefined,
    turn(to, why) {
      if (told.state === to) return
      told.state = to
      if (to === 'down') bench.log.warn({ why }, 'Telegram is away; trying again')
      if (to === 'dead') bench.log.error({ why }, 'Telegram is off')
      status(to, why)
    },
  }
  return told
}

/** Makes calls until they work. `alone`: no other poller is there. */
function createInsisting({ bench, frames }: LoopParts, told: Told, stopping: AbortSignal) {
  const isOver = (): boolean => stopping.aborted || told.state === 'dead'
  let conflictSince: number | undefined

  /** Undefined once it will not work any more. */
  async function insist<T>(call: () => Promise<T>): Promise<T | undefined> {
    for (let failures = 0; !isOver(); failures++) {
      try {
        const result = await call()
        if (told.state !== 'up') told.turn('behind')
        return result
      } catch (error) {
        if (!isOver()) await suffer(troubleIn(error), failures)
      }
    }
    return undefined
  }

  /** What is neither a refusal nor the network is an answer that grammY could not read. */
  function troubleIn(error: unknown): Trouble {
    const trouble = troubleOf(error)
    if (!trouble) frames.odd(error)
    return trouble ?? { kind: 'away', why: 'Telegram answers with something that cannot be read.' }
  }

  async function suffer(trouble: Trouble, failures: number): Promise<void> {
    const isConflict = trouble.kind === 'conflict'
    if (isConflict) conflictSince ??= bench.now().getTime()
    const lasts = isConflict && bench.now().getTime() - (conflictSince ?? 0) > conflictMs
    if (trouble.kind === 'dead' || lasts) return told.turn('dead', trouble.why)
    told.turn('down', trouble.why)
    await pause(trouble.waitMs ?? backOff(isConflict ? pauses.conflict : pauses.away, failures), stopping)
  }

  return {
    ...{ insist, isOver },
    alone(): void {
      conflictSince = undefined
    },
  }
}

/**
 * Where the next fetch begins, so that none of these comes again. One without a number that can be read has the next after the one before it, or a later one:
 * numbers only grow.
 */
function behind(updates: readonly Update[], offset: number | undefined): number | undefined {
  return updates.reduce<number | undefined>((next, update) => {
    const number = numberOf(update) ?? next
    return number === undefined ? next : Math.max(next ?? 0, number + 1)
  }, offset)
}

interface Trouble {
  readonly kind: 'away' | 'conflict' | 'dead'
  /** One plain line for the operator. */
  readonly why: string
  readonly waitMs?: number
}

function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof HttpError) return { kind: 'away', why: `Telegram cannot be reached (${codeOf(error)}).` }
  if (!(error instanceof GrammyError)) return undefined
  const { error_code: code, parameters } = error
  if (code === 401 || code === 404) return { kind: 'dead', why: refused }
  if (code === 409) return { kind: 'conflict', why: twice }
  const waitMs = code === 429 ? { waitMs: (parameters.retry_after ?? 1) * 1000 } : {}
  return { kind: 'away', why: `Telegram answers with error ${code}.`, ...waitMs }
}
