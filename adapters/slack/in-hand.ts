import { RecentMap } from '../../src/platform/remember.ts'
import type { Ack } from './link.ts'

/**
 * Deliveries that are being handled, and those that were lately. Slack brings one again that it does not know to be taken: it is handled and answered once, and every
 * envelope of it is acknowledged.
 */
export interface InHand {
  /**
   * Undefined where the same delivery is in hand already, or was answered. The acknowledgement goes out once: what comes after that was not carried. `done`: what was not
   * answered is handled anew when it comes again.
   */
  take(id: string, ack: Ack): { readonly ack: Ack; done(answered: boolean): void } | undefined
}

interface One {
  readonly acks: Ack[]
  /** What the acknowledgement said, once it went out: one that got lost on the way must say the same when it goes out again. */
  acked: { readonly payload: object | undefined } | undefined
  /** Whether that was carried: what was not is said in another way. */
  wasCarried: boolean
}

/** How many answered ones are remembered. */
const MOST = 2_000

export function createInHand(): InHand {
  const all = new Map<string, One>()
  const answered = new RecentMap<string, object | undefined>(MOST)
  return {
    take(id, ack) {
      if (answered.has(id)) {
        void ack(answered.get(id))
        return undefined
      }
      const known = all.get(id)
      if (known) {
        if (known.acked) void ack(known.acked.payload)
        else known.acks.push(ack)
        return undefined
      }
      const one: One = { acks: [ack], acked: undefined, wasCarried: false }
      all.set(id, one)
      return {
        async ack(payload) {
          if (one.acked) return false
          one.acked = { payload }
          const taken = await Promise.all(one.acks.map(each => each(payload)))
          one.wasCarried = taken.includes(true)
          return one.wasCarried
        },
        done(wasAnswered) {
          all.delete(id)
          if (wasAnswered) answered.set(id, one.wasCarried ? one.acked?.payload : undefined)
        },
      }
    },
  }
}
