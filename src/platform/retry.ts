import type { Inbound, Meanwhile, Receive, Reply } from './adapter.ts'
import { backOff, type Pauses, pause } from './waiting.ts'

/** How often something is tried again, and for how many milliseconds. */
export interface Patience extends Pauses {
  forMs(inbound: Inbound): number
}

interface Parts {
  readonly receive: Receive
  readonly patience: Patience
  readonly stopping: AbortSignal
  /** Called at the first failure of a delivery, and when it is given up (`again` is false). */
  failed(cause: unknown, inbound: Inbound, again: boolean): void
}

/** The replies; or why there are none: something broke, the store was away for too long, or the adapter stops. */
type Given = readonly Reply[] | 'broken' | 'away' | 'stopped'

type Tell = Meanwhile['tell']

/**
 * For adapters whose platform does not bring a delivery again: `receive`, tried again while the store is away. What the same person does meanwhile waits
 * behind it, so that an older deed never follows a newer one. Never rejects.
 */
export function retrying({ receive, patience, stopping, failed }: Parts): (inbound: Inbound, tell: Tell) => Promise<Given> {
  const lines = new Map<string, Promise<Given>>()

  /**
   * What waits in line is handed over at once, so that its person hears of it in time; the bot begins it when its turn has come. With the stop of what is
   * before it, it ends too.
   */
  function meanwhileOf(tell: Tell, before: Promise<Given> | undefined): Meanwhile {
    const after = before?.then(() => stopping.throwIfAborted())
    after?.catch(() => undefined)
    return after ? { tell, after } : { tell }
  }

  async function insist(inbound: Inbound, tell: Tell, before: Promise<Given> | undefined): Promise<Given> {
    const begun = performance.now()
    const meanwhile = meanwhileOf(tell, before)
    for (let failures = before ? -1 : 0; ; failures += 1) {
      await pause(failures < 0 ? 0 : backOff(patience, failures), stopping)
      if (stopping.aborted) return 'stopped'
      const given = await receive(inbound, meanwhile).catch((cause: unknown) => over(cause, inbound, begun))
      if (given !== 'again') return given
    }
  }

  /** What a failure comes to. */
  function over(cause: unknown, inbound: Inbound, begun: number): Exclude<Given, readonly Reply[]> | 'again' {
    if (stopping.aborted) return 'stopped'
    if (mayRetry(cause) && performance.now() - begun < patience.forMs(inbound)) return 'again'
    failed(cause, inbound, false)
    return mayRetry(cause) ? 'away' : 'broken'
  }

  return async (inbound, tell) => {
    const { ref } = inbound.person
    if (!lines.has(ref)) {
      try {
        return await receive(inbound, { tell })
      } catch (cause) {
        failed(cause, inbound, mayRetry(cause))
        if (!mayRetry(cause)) return 'broken'
      }
    }
    const mine = insist(inbound, tell, lines.get(ref))
    lines.set(ref, mine)
    const given = await mine
    if (lines.get(ref) === mine) lines.delete(ref)
    return given
  }
}

/** Whether nothing was done, and the same may be handed over again. */
export const mayRetry = (cause: unknown): boolean => cause instanceof Error && 'retry' in cause && cause.retry === true
