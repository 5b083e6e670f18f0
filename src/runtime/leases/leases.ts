import type pg from 'pg'
import type { Log } from '../../base/log.ts'
import type { PlatformStatus } from '../../platform/adapter.ts'
import { hasEnded, type Who } from './place.ts'
import { openRows, type Row, type Rows } from './rows.ts'

/** Which platforms this process may receive and send for: of all processes on one store, one for each platform. */
export interface Leases {
  /** Those that are ours at this moment, each with a number: a new number means that another process may have had it since. */
  mine(): ReadonlyMap<string, number>
  has(platform: string): boolean
  /**
   * Those that may be heard: ours, and while the store does not answer those that were ours then, if no other process was there that could have taken them
   * over. So that people hear that nothing can be written down.
   */
  hears(): ReadonlySet<string>
  /** What the process that has it says of it, if it was heard of lately; `nobody`: no process has it. */
  elsewhere(platform: string): PlatformStatus | 'nobody' | undefined
  /** Gives a sign of life and takes what may be taken. Called by itself every two seconds; rejects where the store does not answer. */
  look(): Promise<void>
  /** The first look has ended, well or not; the others come by themselves from now on. */
  begin(): Promise<void>
  /** Wakes the delivery of the other processes, if there are any. */
  wakeOthers(): void
  /** Gives everything back. */
  end(): Promise<void>
}

export interface LeasesOptions {
  readonly pool: pg.PoolOptions
  readonly platforms: readonly string[]
  readonly me: Who
  /** No process on another computer can use this store. */
  readonly onlyHere: boolean
  readonly log: Log
  statuses(): ReadonlyMap<string, PlatformStatus>
  /** Called after each look, and (`isUnavailable`) when none has succeeded for too long. `mine` may be another then. */
  changed(isUnavailable: boolean): void
  /** Another process has written something that is to be delivered soon. */
  called(): void
  readonly time?: Time
}

/** Milliseconds. `steady` never jumps, but may stand while the computer sleeps; `wall` is the clock. */
export interface Time {
  steady(): number
  wall(): number
  /** How long the store may take to answer, of real time. Three seconds, unless a test says otherwise. */
  readonly answerMs?: number
}

/** Between two signs of life. */
const BEAT_MS = 2_000
const AGAIN_MS = 500
/** So long after a sign of life that arrived, what is ours may be acted for. */
const MINE_MS = 8_000
/** A holder without a sign of life for so long has stopped by itself long ago, and what it had let go by then has ended. */
const LOST_MS = 20_000
/** What a holder said so long ago may still be so. */
const FRESH_MS = 5_000

const systemTime: Time = { steady: () => performance.now(), wall: () => Date.now() }

/**
 * A row for each platform names its holder, who gives a sign of life every two seconds and stops by itself when none of them arrived for eight. Another process
 * takes the platform over when it is given back, when it can see that the holder's process is no more, or when the row has not changed for twenty
 * seconds by its own clock: no two computers' clocks are compared, and none that jumps is believed.
 */
export function createLeases(o: LeasesOptions): Leases {
  const { steady, wall } = o.time ?? systemTime
  const watched = createWatch(steady)
  let mine: ReadonlyMap<string, number> = new Map()
  let rows: readonly Row[] = []
  let good = { steady: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY }
  let count = 0
  let ended = false
  let isUnavailable = false
  let wake: () => void = () => undefined
  let going: Promise<void> = Promise.resolve()
  let looking: Promise<void> = Promise.resolve()
  let alarm: NodeJS.Timeout | undefined

  const store = openRows(o.pool, o.me, word => (word === 'free' ? wake() : o.called()), o.time?.answerMs)
  const isFresh = (): boolean => steady() - good.steady < MINE_MS && wall() - good.wall < MINE_MS
  const isAlone = (): boolean => rows.length > 0 && rows.every(row => row.alone)
  const number = (): number => {
    count += 1
    return count
  }

  /** One after the other. */
  function look(): Promise<void> {
    const mine = looking.then(lookOnce)
    looking = mine.catch(() => undefined)
    return mine
  }

  async function lookOnce(): Promise<void> {
    const at = { steady: steady(), wall: wall() }
    rows = await store.look(o.statuses())
    watched.see(rows)
    const wasFresh = isFresh()
    const kept = rows.filter(row => row.mine).map(({ platform }) => platform)
    const taken = ended ? [] : await takeOver(store, rows, o, watched)
    // What was ours too long ago may have been another's since.
    const before = wasFresh ? mine : new Map<string, number>()
    mine = new Map([...kept, ...taken].map(platform => [platform, before.get(platform) ?? number()]))
    good = at
    clearTimeout(alarm)
    alarm = setTimeout(() => o.changed(true), MINE_MS).unref()
    o.changed(false)
  }

  async function step(): Promise<void> {
    try {
      await look()
      if (isUnavailable) o.log.info({ platforms: [...mine.keys()] }, 'The store answers again')
      isUnavailable = false
    } catch (err) {
      if (!isUnavailable) o.log.warn({ err }, 'The store did not take a sign of life; it is tried again')
      isUnavailable = true
      if (!isFresh()) o.changed(true)
    }
  }

  async function go(): Promise<void> {
    while (!ended) {
      await pause(isUnavailable ? AGAIN_MS : BEAT_MS)
      if (!ended) await step()
    }
  }

  const pause = (ms: number): Promise<void> =>
    new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      timer.unref()
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  return {
    look,
    mine: () => (isFresh() ? mine : new Map()),
    has: platform => isFresh() && mine.has(platform),
    hears: () => new Set(isFresh() || isAlone() ? mine.keys() : []),
    elsewhere(platform) {
      const row = rows.find(one => one.platform === platform)
      if (!row || row.owner === null) return 'nobody'
      return row.owner === o.me.owner || watched.age(platform) > FRESH_MS ? undefined : (row.status ?? undefined)
    },
    async begin() {
      await step()
      going = go()
    },
    wakeOthers() {
      const isAlone = rows.every(row => row.owner === null || row.owner === o.me.owner)
      if (!isAlone) store.call('due').catch(() => undefined)
    },
    async end() {
      ended = true
      clearTimeout(alarm)
      wake()
      await going
      await looking
      const held = [...mine.keys()]
      mine = new Map()
      clearTimeout(alarm)
      if (held.length > 0 && !isUnavailable)
        await store
          .giveBack(held)
          .then(() => store.call('free'))
          .catch(() => undefined)
      await store.close().catch(() => undefined)
    },
  }
}

/** Takes the platforms that nobody has, or whose holder is no more. */
async function takeOver(store: Rows, rows: readonly Row[], o: LeasesOptions, watched: Watch): Promise<readonly string[]> {
  const known = new Map(rows.map(row => [row.platform, row]))
  const open = o.platforms.filter(platform => {
    const row = known.get(platform)
    return !row || (!row.mine && isFree(row, o, watched))
  })
  if (open.length === 0) return []
  const taken = await store.take(open.map(platform => ({ platform, beat: known.get(platform)?.beat })))
  const lost = taken.flatMap(platform => known.get(platform) ?? []).filter(row => row.owner !== null)
  if (lost.length > 0) o.log.info({ platforms: lost.map(row => row.platform) }, 'Took over from a process that is no more')
  for (const session of new Set(lost.map(row => row.session))) {
    await store.cutOff(session).catch((err: unknown) => o.log.warn({ err }, 'Connections of a process that is no more could not be ended'))
  }
  return taken
}

function isFree({ owner, platform, place, pid }: Row, { me, onlyHere }: LeasesOptions, watched: Watch): boolean {
  if (owner === null || owner === me.owner) return true
  return hasEnded({ owner, place, pid }, me, onlyHere) || watched.isLost(platform)
}

/** Since when each row stands as it does, by this process's own steady clock. */
interface Watch {
  see(rows: readonly Row[]): void
  /** Milliseconds. */
  age(platform: string): number
  isLost(platform: string): boolean
}

function createWatch(steady: () => number): Watch {
  const seen = new Map<string, { readonly beat: number; readonly since: number; looks: number }>()
  const age = (platform: string): number => steady() - (seen.get(platform)?.since ?? steady())
  return {
    see(rows) {
      for (const { platform, beat } of rows) {
        const before = seen.get(platform)
        if (before?.beat === beat) before.looks += 1
        else seen.set(platform, { beat, since: steady(), looks: 0 })
      }
    },
    age,
    // More than one look in between: after a sleep of this computer, the holder's sign of life may only be on its way.
    isLost: platform => age(platform) >= LOST_MS && (seen.get(platform)?.looks ?? 0) >= 3,
  }
}
