import type pg from 'pg'
import type { Log } from '../../base/log.ts'
import type { PlatformStatus } from '../../platform/adapter.ts'
import { createBeat } from './beat.ts'
import type { Who } from './place.ts'
import { openRows, type Row, type Rows } from './rows.ts'
import { createWatch, takeOver, type Watch } from './take-over.ts'

/** Which platforms this process may receive and send for. Of all processes on one store, each platform has one at most. */
export interface Leases {
  /** Those that are ours at this moment, each with a number: a new number means that another process may have had it since. */
  mine(): ReadonlyMap<string, number>
  has(platform: string): boolean
  /**
   * Those whose people may be heard: ours. While the store does not answer, also those that were ours before, if no other process was there that could have
   * taken them over: people are then told that nothing can be written down.
   */
  hears(): ReadonlySet<string>
  /** What another process that has this platform last said of it, if that process gave a sign of life lately; `nobody`: no process has it. */
  elsewhere(platform: string): PlatformStatus | 'nobody' | undefined
  /** Gives a sign of life and takes what may be taken. After `begin` this happens by itself every two seconds. Rejects where the store does not answer. */
  look(): Promise<void>
  /** Looks for the first time, and from then on by itself; resolves when the first look has ended, well or not. */
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
  /** Called after each look, and (`isUnavailable`) when none has succeeded for too long. `mine` may say something else from then on. */
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

/** So long after a sign of life that arrived, this process may act for what is its own. */
const MINE_MS = 8_000
/** What a holder says of its platform is believed for so long after its last sign of life. */
const FRESH_MS = 5_000

const systemTime: Time = { steady: () => performance.now(), wall: () => Date.now() }

/**
 * A row for each platform names its holder, who gives a sign of life every two seconds, and stops by itself when none has arrived for eight seconds. Another process
 * takes the platform over when it is given back, when it can see that the holder's process is no more, or when the row has not changed for twenty
 * seconds by its own steady clock. The clocks of two computers are never compared, and no clock that can be set is relied on alone.
 */
export function createLeases(o: LeasesOptions): Leases {
  const time = o.time ?? systemTime
  const watched = createWatch(time.steady)
  const ours = createOurs(time)
  const beat = createBeat({
    ...{ look, log: o.log, platforms: () => [...ours.last().keys()] },
    failed() {
      if (!ours.isFresh()) o.changed(true)
    },
  })
  const store = openRows(o.pool, o.me, word => (word === 'free' ? beat.wake() : o.called()), time.answerMs)
  let rows: readonly Row[] = []
  let looking: Promise<void> = Promise.resolve()
  /** Goes off when no look has succeeded for too long. */
  let alarm: NodeJS.Timeout | undefined

  /** Each look begins when the one before has ended. */
  function look(): Promise<void> {
    const one = looking.then(lookOnce)
    looking = one.catch(() => undefined)
    return one
  }

  async function lookOnce(): Promise<void> {
    const asked = { steady: time.steady(), wall: time.wall() }
    rows = await store.look(o.statuses())
    watched.see(rows)
    const before = ours.mine()
    const kept = rows.filter(row => row.mine).map(({ platform }) => platform)
    const taken = beat.isOver() ? [] : await takeOver(store, rows, o, watched)
    ours.renew([...kept, ...taken], before, asked)
    clearTimeout(alarm)
    alarm = setTimeout(() => o.changed(true), MINE_MS).unref()
    o.changed(false)
  }

  return {
    look,
    mine: ours.mine,
    has: platform => ours.mine().has(platform),
    hears: () => new Set(ours.isFresh() || isAlone(rows) ? ours.last().keys() : []),
    elsewhere: platform => saidElsewhere(platform, rows, o.me, watched),
    begin: beat.begin,
    wakeOthers() {
      const hasOthers = rows.some(row => row.owner !== null && row.owner !== o.me.owner)
      if (hasOthers) store.call('due').catch(() => undefined)
    },
    async end() {
      clearTimeout(alarm)
      await beat.end()
      await looking
      const held = ours.letGo()
      clearTimeout(alarm)
      if (!beat.isUnavailable()) await giveBack(store, held)
      await store.close().catch(() => undefined)
    },
  }
}

/** No other process has connections to the store, as far as was last seen. */
const isAlone = (rows: readonly Row[]): boolean => rows.length > 0 && rows.every(row => row.alone)

/** As `Leases.elsewhere`. */
function saidElsewhere(
  platform: string,
  rows: readonly Row[],
  me: Who,
  watched: Pick<Watch, 'age'>,
): PlatformStatus | 'nobody' | undefined {
  const row = rows.find(one => one.platform === platform)
  if (!row || row.owner === null) return 'nobody'
  return row.owner === me.owner || watched.age(platform) > FRESH_MS ? undefined : (row.status ?? undefined)
}

/** Gives these platforms back, and tells other processes. Where that fails, they find it out by themselves. */
async function giveBack(store: Pick<Rows, 'giveBack' | 'call'>, platforms: readonly string[]): Promise<void> {
  if (platforms.length === 0) return
  await store
    .giveBack(platforms)
    .then(() => store.call('free'))
    .catch(() => undefined)
}

/** What is ours as of the last look that succeeded, and whether that may still be relied on. */
interface Ours {
  /** As of the last look, however long ago. */
  last(): ReadonlyMap<string, number>
  /** Whether the last look was lately enough, by both clocks. */
  isFresh(): boolean
  /** As `Leases.mine`: none where the last look was too long ago. */
  mine(): ReadonlyMap<string, number>
  /** These are ours, by a look that began at that moment. Those that were ours `before` keep their numbers. */
  renew(platforms: readonly string[], before: ReadonlyMap<string, number>, asked: Moment): void
  /** Nothing is ours any more; what was. */
  letGo(): readonly string[]
}

/** One moment, by both clocks. */
interface Moment {
  readonly steady: number
  readonly wall: number
}

function createOurs({ steady, wall }: Time): Ours {
  let last: ReadonlyMap<string, number> = new Map()
  let looked: Moment = { steady: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY }
  let count = 0
  const number = (): number => {
    count += 1
    return count
  }
  const isFresh = (): boolean => steady() - looked.steady < MINE_MS && wall() - looked.wall < MINE_MS
  return {
    last: () => last,
    isFresh,
    // What was ours too long ago may have been another's since: it is not ours now, and gets a new number when it is again.
    mine: () => (isFresh() ? last : new Map()),
    renew(platforms, before, asked) {
      last = new Map(platforms.map(platform => [platform, before.get(platform) ?? number()]))
      looked = asked
    },
    letGo() {
      const held = [...last.keys()]
      last = new Map()
      return held
    },
  }
}
