import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Adapter } from '../platform/adapter.ts'
import type { Leases } from '../runtime/leases/leases.ts'
import type { Store } from '../store/open.ts'
import { type Calls, createCalls } from './calls.ts'
import { claim, expand, nextDue, queueBehind, release, type Slot } from './claim.ts'
import { createLanes, type Lanes } from './lanes.ts'
import { decide, type When } from './outcome.ts'
import type { Claimed, Render } from './post.ts'
import type { Hooks } from './results.ts'
import { draw, step } from './send.ts'

export interface DeliveryOptions {
  readonly store: Pick<Store, 'prisma' | 'pool'>
  readonly adapters: ReadonlyMap<string, Adapter>
  /** Says for which of them this process may deliver. */
  readonly leases: Pick<Leases, 'mine' | 'has'>
  readonly render: Render
  readonly hooks: Hooks
  readonly clock: Clock
  readonly log: Log
  /** Names this process among all that ever ran on this store. */
  readonly owner: string
  /** Longer than any call takes; in milliseconds. */
  readonly leaseMs?: number
  /** Calls at once on one platform. */
  readonly width?: number
  /** Milliseconds of a clock that never jumps; default: this process's. */
  readonly steady?: () => number
  /** 0 to 1, for the jitter of pauses between tries. */
  readonly random?: () => number
}

export interface Delivery {
  /** Does all that is due at the clock's time, and what becomes due by that; how many calls that were. Returns when the last of them has ended. */
  pump(): Promise<number>
  /** Does what is due soon, in the background, and comes back by itself when a lane opens. To be called when something is written, and when something falls due. */
  poke(): void
  /** Begins nothing more, waits for the calls under way and writes their results. */
  stop(): Promise<void>
}

interface Worker extends DeliveryOptions {
  readonly lanes: Lanes
  readonly calls: Calls
  /** The number of the leases under which a platform's posts were last freed. */
  readonly freed: Map<string, number>
  readonly when: (platform: string) => When
  /** Looks at the clock, and notices where it was set back. */
  readonly look: () => Date
}

// So that calls that end close together are followed up together.
const GATHER_MS = 10
// While many calls wait for their platform's pace, no look can make it go faster: fewer looks leave the store to the votes.
const BUSY_GATHER_MS = 60
// It looks again by then, wherever the clock is set meanwhile.
const LONGEST_MS = 60_000

export function startDelivery(o: DeliveryOptions): Delivery {
  let stopped = false
  let isLive = false
  let again = false
  let draining: Promise<void> | undefined
  let alarm: NodeJS.Timeout | undefined
  const worker = build(o, () => {
    if (isLive) poke()
  })
  const turn = inTurn(() => (stopped ? Promise.resolve({ calls: 0, moved: false }) : takeTurn(worker)))

  const drain = async () => {
    let looked = 0
    while (again && !stopped) {
      again = false
      looked = worker.look().getTime()
      try {
        if ((await turn()).moved) again = true
      } catch (err) {
        o.log.error({ err }, 'delivery could not look for what is due; it tries again when poked')
      }
      await pause(isPaced(worker) ? BUSY_GATHER_MS : GATHER_MS)
    }
    const soon = stopped ? undefined : await nextDue(o.store.prisma, [...o.leases.mine().keys()], new Date(looked)).catch(() => undefined)
    draining = undefined
    // What was asked for meanwhile is done at once; a lane that has opened since the last look counts too.
    if (again) poke()
    else wakeAt(least(worker.lanes.next(looked), soon?.getTime()))
  }
  const wakeAt = (time: number | undefined) => {
    clearTimeout(alarm)
    if (time === undefined || stopped) return
    alarm = setTimeout(poke, Math.min(LONGEST_MS, Math.max(1, time - o.clock.now().getTime())))
    alarm.unref()
  }
  function poke(): void {
    isLive = true
    again = true
    if (!stopped) draining ??= drain()
  }
  const pump = async () => {
    let made = 0
    for (;;) {
      const { calls, moved } = await turn()
      made += calls
      if (moved) continue
      const next = worker.calls.next()
      if (!next) return made
      await next
    }
  }
  const stop = async () => {
    stopped = true
    clearTimeout(alarm)
    await draining
    await turn()
    for (let next = worker.calls.next(); next; next = worker.calls.next()) await next
    await worker.calls.flush()
  }
  return { pump, poke, stop }
}

/** On some platform more than half of the calls that may be under way are. */
function isPaced({ adapters, calls, width = WIDTH }: Worker): boolean {
  return [...adapters.keys()].some(platform => calls.count(platform) > width / 2)
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other)
}

function build(o: DeliveryOptions, ended: () => void): Worker {
  const lanes = createLanes()
  const when = (platform: string): When => ({
    now: o.clock.now(),
    random: (o.random ?? Math.random)(),
    keyed: o.adapters.get(platform)?.can.once === 'key',
  })
  const laneOf = (platform: string, ref: Parameters<Adapter['lane']>[0]) => o.adapters.get(platform)?.lane(ref) ?? ref
  const ledger = { prisma: o.store.prisma, owner: o.owner, hooks: o.hooks, laneOf }
  const steady = o.steady ?? (() => performance.now())
  const calls = createCalls({ ledger, lanes, clock: o.clock, steady, log: o.log, leaseMs: o.leaseMs ?? LEASE_MS, when, ended })
  let latest = o.clock.now()
  const look = (): Date => {
    const now = o.clock.now()
    if (now < latest) lanes.back(latest.getTime() - now.getTime())
    latest = now
    return now
  }
  return { ...o, lanes, calls, freed: new Map(), when, look }
}

const LEASE_MS = 30_000
/** No more than a platform's pace needs: each call under way at a kill may come to stand twice, and a burst of calls would hold up the votes. */
const WIDTH = 16

/** One look at what is due. `moved`: rows have changed by it, so another look may find more. */
async function takeTurn(worker: Worker): Promise<{ calls: number; moved: boolean }> {
  const { store, calls, owner } = worker
  const held = await takeUp(worker)
  const now = worker.look()
  calls.giveUp()
  await calls.flush()
  const hasMore = await expand(store.prisma, now)
  const slots = held.map(platform => slot(worker, platform, now)).filter(one => one.free > 0)
  if (slots.length === 0) return { calls: 0, moved: hasMore }
  const { rows, stuck } = await claim(store.prisma, slots, owner, now, worker.leaseMs ?? LEASE_MS)
  const put = await queueBehind(store.prisma, stuck, now)
  const made = await act(worker, rows, now)
  return { calls: made, moved: hasMore || rows.length > 0 || put > 0 }
}

/** The platforms that are ours. Whatever another process has in hand on one that has just become so is in dead hands, and is freed. */
async function takeUp({ leases, adapters, freed, store, calls, log }: Worker): Promise<readonly string[]> {
  const mine = [...leases.mine()].filter(([platform]) => adapters.has(platform))
  const fresh = mine.filter(([platform, number]) => freed.get(platform) !== number)
  if (fresh.length > 0) {
    const platforms = fresh.map(([platform]) => platform)
    const posts = await release(store.prisma, platforms, calls.inHand())
    if (posts > 0) log.info({ platforms, posts }, 'took over posts that another process had in hand')
    for (const [platform, number] of fresh) freed.set(platform, number)
  }
  return mine.map(([platform]) => platform)
}

function slot({ calls, lanes, adapters, width = WIDTH }: Worker, platform: string, now: Date): Slot {
  const free = width - calls.count(platform)
  return { platform, free, keyed: adapters.get(platform)?.can.once === 'key', ...lanes.closed(platform, now.getTime()) }
}

/** Begins the calls for claimed rows, and settles those that need none. */
async function act(worker: Worker, rows: readonly Claimed[], now: Date): Promise<number> {
  const { calls, adapters, leases, render, log, when } = worker
  const drawn = await draw(rows, render, now, log)
  let made = 0
  for (const row of rows) {
    const adapter = adapters.get(row.platform)
    if (!adapter) continue
    const next = step(row, drawn.get(row.subject), adapter, when(row.platform), log)
    if ('decided' in next) {
      calls.settle(row, next.decided)
      continue
    }
    // Another process may have the platform by now: to it, nothing was begun.
    if (!leases.has(row.platform)) {
      calls.settle(row, decide(row, next.call, { later: 0 }, when(row.platform)))
      continue
    }
    calls.begin(row, next.call, adapter)
    made += 1
  }
  await calls.flush()
  return made
}

/** The same action, one after the other. */
function inTurn<T>(action: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return () => {
    const mine = last.then(action, action)
    last = mine
    return mine
  }
}
