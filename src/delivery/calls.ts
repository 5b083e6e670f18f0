import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Adapter } from '../platform/adapter.ts'
import type { Lanes } from './lanes.ts'
import { type Call, type Decided, decide, type Ended, type When } from './outcome.ts'
import type { Claimed } from './post.ts'
import { type Ledger, record, type Settled } from './results.ts'
import { makeCall } from './send.ts'

/** The calls that are under way, and the results that are still to be written. */
export interface Calls {
  /** Begins a call; its end is written by itself. */
  begin(row: Claimed, call: Call, adapter: Adapter): void
  /** Takes a row's end that needs no call; written by the next `flush`. */
  settle(row: Claimed, decided: Decided): void
  /** Writes all results that there are: those that come in meanwhile share the next statement. Throws where the store cannot be reached. */
  flush(): Promise<void>
  count(platform: string): number
  /** The rows that have a call under way or a result to be written. */
  inHand(): readonly bigint[]
  /** Resolves when one more call has ended and its result was tried to be written; undefined if none is under way. */
  next(): Promise<void> | undefined
  /** Stops waiting for calls that have taken longer than any may: they count as unanswered. */
  giveUp(): void
}

export interface CallsOptions {
  readonly ledger: Ledger
  readonly lanes: Lanes
  readonly clock: Clock
  /** Milliseconds of a clock that never jumps. */
  readonly steady: () => number
  readonly log: Log
  readonly leaseMs: number
  readonly when: (platform: string) => When
  readonly ended: () => void
}

interface Job {
  readonly row: Claimed
  /** By the steady clock. */
  readonly since: number
  readonly end: (ended: Ended) => void
}

export function createCalls(o: CallsOptions): Calls {
  const { lanes, clock, log } = o
  const jobs = new Set<Job>()
  const running = new Set<Promise<void>>()
  const results = createResults(o)

  const begin = (row: Claimed, call: Call, adapter: Adapter) => {
    lanes.take(row.platform, row.lane)
    const { promise, resolve } = withResolvers<Ended>()
    const job: Job = { row, since: o.steady(), end: resolve }
    jobs.add(job)
    makeCall(row, call, adapter, log).then(resolve)
    const whole = promise.then(async ended => {
      jobs.delete(job)
      const decided = decide(row, call, ended, o.when(row.platform))
      const now = clock.now().getTime()
      if (decided.later !== undefined) lanes.hold(row.platform, row.lane, now + decided.later)
      if (call.kind !== 'send') lanes.pace(row.platform, row.lane, now + adapter.can.editEveryMs)
      results.add({ row, decided })
      await results.flush().catch(err => log.error({ err }, 'results of calls could not be written; they are kept for the next try'))
      running.delete(whole)
      o.ended()
    })
    running.add(whole)
  }
  const giveUp = () => {
    for (const job of jobs) {
      if (o.steady() - job.since < o.leaseMs) continue
      log.warn({ id: String(job.row.id), platform: job.row.platform }, 'a call to a platform took too long and is given up')
      job.end('unsure')
    }
  }
  return {
    begin,
    settle: (row, decided) => {
      lanes.take(row.platform, row.lane)
      results.add({ row, decided })
    },
    flush: results.flush,
    inHand: () => [...[...jobs].map(job => job.row.id), ...results.inHand()],
    count: platform => [...jobs].filter(job => job.row.platform === platform).length,
    next: () => (running.size > 0 ? Promise.race(running) : undefined),
    giveUp,
  }
}

interface Results {
  inHand(): readonly bigint[]
  add(settled: Settled): void
  flush(): Promise<void>
}

// A lane opens again only when its result is written: so the next claim sees it.
function createResults({ ledger, lanes, clock, log }: CallsOptions): Results {
  let buffer: readonly Settled[] = []
  let writing: readonly Settled[] = []
  let flushing: Promise<void> | undefined
  const failures = new Map<Settled, number>()
  const write = async (batch: readonly Settled[]) => {
    const left = await recordAll(ledger, batch, failures, clock.now(), log)
    for (const settled of batch) {
      if (left.includes(settled)) continue
      failures.delete(settled)
      lanes.leave(settled.row.platform, settled.row.lane)
    }
    buffer = [...left, ...buffer]
    if (left.length > 0) throw new Error('Some results could not be written yet.')
  }
  const all = async () => {
    try {
      while (buffer.length > 0) {
        writing = buffer
        buffer = []
        await write(writing)
      }
    } finally {
      writing = []
      flushing = undefined
    }
  }
  const add = (settled: Settled) => {
    buffer = [...buffer, settled]
  }
  const flush = () => {
    flushing ??= Promise.resolve().then(all)
    return flushing
  }
  const inHand = () => [...writing, ...buffer].map(settled => settled.row.id)
  return { add, flush, inHand }
}

const MOST_FAILURES = 5

/**
 * Writes results, together or else one by one; returns those that are to be tried again. One that a reachable store refuses again and again is given up:
 * its row counts as cut off when its lease is over, and so is not lost.
 */
async function recordAll(
  ledger: Ledger,
  batch: readonly Settled[],
  failures: Map<Settled, number>,
  now: Date,
  log: Log,
): Promise<readonly Settled[]> {
  try {
    await record(ledger, batch, now)
    return []
  } catch (err) {
    log.error({ err, results: batch.length }, 'results of calls could not be written together')
  }
  const left: Settled[] = []
  for (const settled of batch) {
    try {
      await record(ledger, [settled], now)
    } catch (err) {
      const failed = (failures.get(settled) ?? 0) + ((await isReachable(ledger)) ? 1 : 0)
      failures.set(settled, failed)
      if (failed < MOST_FAILURES) left.push(settled)
      else log.error({ err, id: String(settled.row.id) }, 'the result of a call could not be written and is given up')
    }
  }
  return left
}

function isReachable(ledger: Ledger): Promise<boolean> {
  return ledger.prisma.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  )
}

function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>(done => {
    resolve = done
  })
  return { promise, resolve }
}
