import type { Inbound, Reply, Sent } from './adapter.ts'
import type { Missed } from './missed.ts'

/** What became of an answer. `answered`: the platform says that this was answered before, as where it was delivered twice; `unsure`: it may have arrived. */
export type Fate = 'shown' | 'answered' | 'lost' | 'unsure'

/** What a send of it came to. */
export const fateOf = (sent: Sent): Fate => (sent === 'unsure' ? 'unsure' : 'ok' in sent ? 'shown' : 'lost')

/** An answer that did not arrive, or perhaps did not. */
export interface Loss {
  readonly reply: Reply
  readonly fate: Fate
}

/**
 * What an adapter hands over for an answer to one person in a group that is lost for good, so that it is said again; undefined where there is nothing to say
 * again. `n`: which of the answers it was. Twice is better than never, but for a receipt: the next press shows what counts.
 */
export function lostIn(inbound: Inbound, { reply, fate }: Loss, n: number): Inbound | undefined {
  const { event } = inbound
  if (inbound.place === 'private' || inbound.isHome || event.kind === 'missed') return undefined
  if (fate === 'shown' || fate === 'answered') return undefined
  if (reply.kind !== 'whisper' && reply.kind !== 'update') return undefined
  // What all can see is drawn anew by itself.
  if (reply.kind === 'update' && event.kind === 'press' && event.message !== undefined) return undefined
  if (fate === 'unsure' && reply.isReceipt) return undefined
  const missed: Missed = {
    ...{ kind: 'missed', view: reply.ifLost ?? reply.view, isPress: false, isLost: true },
    ...(reply.ifLost && { isWhole: true }),
    ...(event.kind === 'command' && { command: event.name }),
  }
  return { ...inbound, id: `${inbound.id}/lost${n}`, event: missed }
}

/** All of them, each a deed of its own that is done once. */
export function lossesIn(inbound: Inbound, losses: readonly Loss[]): readonly Inbound[] {
  return losses.flatMap((loss, i) => lostIn(inbound, loss, i) ?? [])
}
