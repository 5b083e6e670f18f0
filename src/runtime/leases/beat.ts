import type { Log } from '../../base/log.ts'

/** Between two signs of life. */
const BEAT_MS = 2_000
/** Between two attempts while the store does not answer. */
const AGAIN_MS = 500

/** Gives signs of life again and again, one after the other. */
export interface Beat {
  /** Gives the first one, and from then on by itself; resolves when the first has arrived or failed. */
  begin(): Promise<void>
  /** Gives the next one now, if it is waiting to. */
  wake(): void
  /** The last one failed. */
  isUnavailable(): boolean
  isOver(): boolean
  /** Gives no more; resolves when one that is under way has ended. */
  end(): Promise<void>
}

export interface BeatOptions {
  /** One sign of life. Rejects where the store does not answer. */
  look(): Promise<void>
  readonly log: Log
  /** The platforms that are ours, for the log. */
  platforms(): readonly string[]
  /** Called after each one that failed. */
  failed(): void
}

export function createBeat(o: BeatOptions): Beat {
  let isUnavailable = false
  let isOver = false
  let wake: () => void = () => undefined
  let going: Promise<void> = Promise.resolve()

  async function step(): Promise<void> {
    try {
      await o.look()
      if (isUnavailable) o.log.info({ platforms: o.platforms() }, 'The store answers again')
      isUnavailable = false
    } catch (err) {
      if (!isUnavailable) o.log.warn({ err }, 'The store did not take a sign of life; it is tried again')
      isUnavailable = true
      o.failed()
    }
  }

  async function go(): Promise<void> {
    while (!isOver) {
      await pause(isUnavailable ? AGAIN_MS : BEAT_MS)
      if (!isOver) await step()
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
    async begin() {
      await step()
      going = go()
    },
    wake: () => wake(),
    isUnavailable: () => isUnavailable,
    isOver: () => isOver,
    async end() {
      isOver = true
      wake()
      await going
    },
  }
}
