import { setTimeout as wait } from 'node:timers/promises'
import type { Inbound, Receive, Reply } from './adapter.ts'

/** How often something is tried again: the first pause and the longest, each twice the one before, and for how long; in milliseconds. */
export interface Patience {
  readonly firstMs: number
  readonly mostMs: number
  readonly forMs: number
}

interface Parts {
  readonly receive: Receive
  readonly patience: Patience
  readonly stopping: AbortSignal
  /** Called at the first failure of a delivery, and when it is given up (`again` is false). */
  failed(cause: unknown, inbound: Inbound, again: boolean): void
}

/** The replies; or why there are none. */
type Given = readonly Reply[] | 'broken' | 'stopped'

/**
 * For adapters whose platform does not bring a delivery again: `receive`, tried again while the store is away. What the same person does meanwhile waits
 * behind it, so that an older deed never follows a newer one. Never rejects.
 */
export function insisting({ receive, patience, stopping, failed }: Parts): (inbound: Inbound) => Promise<Given> {
  const { firstMs, mostMs, forMs } = patience
  const lines = new Map<string, Promise<Given>>()

  async function insist(inbound: Inbound, before: Promise<Given> | undefined): Promise<Given> {
    await before
    const begun = performance.now()
    for (let pauseMs = before ? 0 : firstMs; ; pauseMs = Math.min(Math.max(pauseMs * 2, firstMs), mostMs)) {
      await wait(pauseMs, undefined, { signal: stopping }).catch(() => undefined)
      if (stopping.aborted) return 'stopped'
      try {
        return await receive(inbound)
      } catch (cause) {
        if (mayRetry(cause) && performance.now() - begun < forMs) continue
        failed(cause, inbound, false)
        return 'broken'
      }
    }
  }

  return async inbound => {
    const { ref } = inbound.person
    if (!lines.has(ref)) {
      try {
        return await receive(inbound)
      } catch (cause) {
        failed(cause, inbound, mayRetry(cause))
        if (!mayRetry(cause)) return 'broken'
      }
    }
    const mine = insist(inbound, lines.get(ref))
    lines.set(ref, mine)
    const given = await mine
    if (lines.get(ref) === mine) lines.delete(ref)
    return given
  }
}

const mayRetry = (cause: unknown): boolean => cause instanceof Error && 'retry' in cause && cause.retry === true
