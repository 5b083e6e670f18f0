import type { Ack } from './link.ts'

/** Deliveries that are being handled. Slack brings one again that it does not know to be taken: it is handled once, and every envelope of it is acknowledged. */
export interface InHand {
  /** Undefined where the same delivery is in hand already. The acknowledgement goes out once: what comes after that was not carried. */
  take(id: string, ack: Ack): { readonly ack: Ack; done(): void } | undefined
}

interface One {
  readonly acks: Ack[]
  /** What the acknowledgement said, once it went out: one that got lost on the way must say the same when it goes out again. */
  acked: { readonly payload: object | undefined } | undefined
}

export function createInHand(): InHand {
  const all = new Map<string, One>()
  return {
    take(id, ack) {
      const known = all.get(id)
      if (known) {
        if (known.acked) void ack(known.acked.payload)
        else known.acks.push(ack)
        return undefined
      }
      const one: One = { acks: [ack], acked: undefined }
      all.set(id, one)
      return {
        async ack(payload) {
          if (one.acked) return false
          one.acked = { payload }
          const taken = await Promise.all(one.acks.map(each => each(payload)))
          return taken.includes(true)
        },
        done: () => void all.delete(id),
      }
    },
  }
}
