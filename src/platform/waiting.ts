import { setMaxListeners } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

/** Pauses after failures, in milliseconds: the first and the longest, each twice the one before. */
export interface Pauses {
  readonly firstMs: number
  readonly mostMs: number
}

/** How long to pause after so many failures before this one, in milliseconds. */
export const backOff = ({ firstMs, mostMs }: Pauses, failures: number): number => Math.min(firstMs * 2 ** Math.min(failures, 30), mostMs)

/** Waits so many milliseconds, less where `stopping` comes before. Never rejects. */
export const pause = (ms: number, stopping?: AbortSignal): Promise<void> =>
  wait(ms, undefined, { ...(stopping && { signal: stopping }) }).catch(() => undefined)

/** What the work comes to, or `late` where it takes longer than `ms`. The work itself goes on. */
export async function within<T, Late>(ms: number, work: Promise<T>, late: Late): Promise<T | Late> {
  const end = new AbortController()
  const timer = pause(ms, end.signal).then(() => late)
  return Promise.race([work, timer]).finally(() => end.abort())
}

/** Says when an adapter stops. As many answers may wait for its signal as there are. */
export function createStop(): AbortController {
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  return stop
}
