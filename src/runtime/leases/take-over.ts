import type { Log } from '../../base/log.ts'
import { hasEnded, type Who } from './place.ts'
import type { Row, Rows } from './rows.ts'

/** A holder without a sign of life for so long has stopped by itself long ago, and what it was still sending then has ended. */
const LOST_MS = 20_000
/** So often a row must have been seen unchanged. More than once: when this computer wakes from a sleep, the holder's sign of life may only be on its way. */
const LOST_LOOKS = 3

export interface TakeOverOptions {
  readonly platforms: readonly string[]
  readonly me: Who
  /** No process on another computer can use this store. */
  readonly onlyHere: boolean
  readonly log: Log
}

/** Takes the platforms that nobody has, or whose holder is no more; those that are ours now. */
export async function takeOver(
  store: Pick<Rows, 'take' | 'cutOff'>,
  rows: readonly Row[],
  o: TakeOverOptions,
  watched: Pick<Watch, 'isLost'>,
): Promise<readonly string[]> {
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

function isFree({ owner, platform, place, pid }: Row, { me, onlyHere }: TakeOverOptions, watched: Pick<Watch, 'isLost'>): boolean {
  if (owner === null || owner === me.owner) return true
  return hasEnded({ owner, place, pid }, me, onlyHere) || watched.isLost(platform)
}

/** How long each row has been unchanged, by this process's own steady clock. */
export interface Watch {
  /** Told of all rows at each look. */
  see(rows: readonly Row[]): void
  /** Milliseconds since this platform's row was first seen as it is now. */
  age(platform: string): number
  /** Its holder has given no sign of life for so long that it must have stopped. */
  isLost(platform: string): boolean
}

export function createWatch(steady: () => number): Watch {
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
    isLost: platform => age(platform) >= LOST_MS && (seen.get(platform)?.looks ?? 0) >= LOST_LOOKS,
  }
}
