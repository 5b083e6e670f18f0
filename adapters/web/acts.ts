import type { Inbound, MessageRef, Receive, Reply } from '../../src/platform/adapter.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { mayRetry } from '../../src/platform/retry.ts'
import { createUnderWay } from '../../src/platform/under-way.ts'
import { type Decoded, withMessage } from './decode.ts'
import { encodeAnswer } from './encode.ts'
import type { Journal } from './journal.ts'
import type { Later } from './server.ts'
import type { Answer } from './wire.ts'

/** What the page did, given to the bot. */
export interface Acts {
  /** `Later`: it is not done yet, and the page tries again under the same id. */
  answer(id: string, decoded: Decoded, received: Date, receive: Receive): Promise<readonly Answer[] | Later>
  /** Resolves when all that is under way has ended. */
  ended(): Promise<void>
}

const mostUntold = 1_000

export function createActs(journal: Journal): Acts {
  const underWay = createUnderWay()
  /** What was told of an act between two tries of the page: the next one brings it. */
  const untold = new RecentMap<string, Later>(mostUntold)
  return {
    ended: underWay.ended,
    async answer(id, decoded, received, receive) {
      let later = (_: Later): void => undefined
      const told = new Promise<Later>(resolve => {
        later = resolve
      })
      const tell = (words: readonly Reply[]): void => {
        const said = { later: words.flatMap(word => ('view' in word ? [word.view] : [])) }
        untold.set(id, said)
        later(said)
      }
      const answering = answer(decoded, inbound => receive(inbound, { tell }), journal, { id: `web:${id}`, now: received })
      underWay.track(answering).then(
        () => untold.delete(id),
        () => undefined,
      )
      try {
        // Told meanwhile, the page tries again under the same id, and gets the answer then.
        return await Promise.race([answering, told])
      } catch (error) {
        // The bot says that nothing was done and that the same may be sent again.
        if (mayRetry(error)) return untold.get(id) ?? { later: [] }
        throw error
      }
    },
  }
}

/** Puts what was said into the chat, asks the bot, puts what it says there too, and returns what is for the one who acted. */
async function answer(
  { chat, person, origin, said, inbound }: Decoded,
  receive: (inbound: Inbound) => ReturnType<Receive>,
  journal: Journal,
  { id, now }: { id: string; now: Date },
): Promise<Answer[]> {
  const own = said && journal.post({ chat, by: person.key, ...said }, id, now)
  if (!inbound) return []
  const replies = await receive(own ? withMessage(inbound, own.ref) : inbound)
  return replies.flatMap((reply, i) => place(reply, inbound, { journal, chat, origin, key: `${id}/${i}`, now }) ?? [])
}

interface Spot {
  readonly journal: Journal
  readonly chat: string
  readonly origin: MessageRef | undefined
  /** A repeated act gets the same replies again: the same key keeps them from standing twice. */
  readonly key: string
  readonly now: Date
}

function place(reply: Reply, inbound: Inbound, { journal, chat, origin, key, now }: Spot): Answer | undefined {
  const pressed = reply.kind === 'update' && origin ? journal.get(origin) : undefined
  if (reply.kind === 'update' && pressed && pressed.by === undefined && !pressed.removed) {
    journal.change(pressed, { view: reply.view })
    return undefined
  }
  // In private everything is between the two of them: a whisper stays, like any message there.
  if (reply.kind === 'say' || (reply.kind === 'whisper' && inbound.place === 'private')) {
    journal.post({ chat, view: reply.view }, key, now)
    return undefined
  }
  return encodeAnswer(reply)
}
