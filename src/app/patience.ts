import { setTimeout as wait } from 'node:timers/promises'

/** In milliseconds; the first two together stay well below three seconds. */
export interface Waits {
  /** So long a deed may take before it is asked whether the store answers. */
  readonly firstMs: number
  /** A store that does not answer a question for so long hangs. */
  readonly silentMs: number
  /** So long a deed may take while the store is known not to answer. */
  readonly againMs: number
}

export const WAITS: Waits = { firstMs: 1_200, silentMs: 700, againMs: 500 }

/** So long after somebody was told, the store is still suspected. */
const SUSPECT_MS = 10_000
/** The most deliveries that are remembered. One that never comes again is forgotten with time. */
const MOST = 5_000

interface Deed {
  /** How many times it is being tried at this moment. */
  underWay: number
  isTold: boolean
  timer: NodeJS.Timeout | undefined
  tell(): void
}

/** Sees to it that people hear within three seconds that what they did could not be written down yet. */
export interface Patience {
  /**
   * Tries it. `tell` is called where it is not done in time because the store does not answer, once for each id, however often it is tried. `willCome`: whether
   * a failure means that it is tried again.
   */
  watch<T>(id: string, tell: () => void, work: () => Promise<T>): Promise<T>
}

/** @param ask a question that a store that can be reached answers at once */
export function createPatience(ask: () => Promise<unknown>, willCome: (cause: unknown) => boolean, waits: Waits = WAITS): Patience {
  const { firstMs, silentMs, againMs } = waits
  const deeds = new Map<string, Deed>()
  let toldAt = Number.NEGATIVE_INFINITY
  let asked: { readonly since: number; readonly answered: Promise<boolean> } | undefined

  /** One question at a time: one that has been open for long enough says it for all. */
  async function isSilent(): Promise<boolean> {
    if (!asked) {
      const answered = ask().then(
        () => true,
        () => false,
      )
      asked = { since: performance.now(), answered }
      void answered.then(() => {
        asked = undefined
      })
    }
    const left = silentMs - (performance.now() - asked.since)
    return !(await Promise.race([asked.answered, wait(Math.max(0, left), false, { ref: false })]))
  }

  async function look(id: string, deed: Deed): Promise<void> {
    // What has failed and was not handed over again yet was not written down; what is under way may just be slow.
    const isHeldUp = deed.underWay === 0 || (await isSilent())
    if (deeds.get(id) !== deed || deed.isTold) return
    if (!isHeldUp) return watchOver(id, deed, firstMs)
    deed.isTold = true
    toldAt = performance.now()
    deed.tell()
  }

  function watchOver(id: string, deed: Deed, ms: number): void {
    deed.timer = setTimeout(() => void look(id, deed), ms).unref()
  }

  function begin(id: string, tell: () => void): Deed {
    const deed: Deed = { underWay: 0, isTold: false, timer: undefined, tell }
    const [oldest] = deeds.keys()
    if (deeds.size >= MOST && oldest !== undefined) end(oldest)
    deeds.set(id, deed)
    watchOver(id, deed, performance.now() - toldAt < SUSPECT_MS ? againMs : firstMs)
    return deed
  }

  function end(id: string): void {
    clearTimeout(deeds.get(id)?.timer)
    deeds.delete(id)
  }

  return {
    async watch(id, tell, work) {
      const deed = deeds.get(id) ?? begin(id, tell)
      deed.tell = tell
      deed.underWay += 1
      try {
        const result = await work()
        end(id)
        return result
      } catch (cause) {
        if (!willCome(cause)) end(id)
        throw cause
      } finally {
        deed.underWay -= 1
      }
    },
  }
}
