import type { Inbound } from '../../src/platform/adapter.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { pause } from '../../src/platform/waiting.ts'
import { addressOf } from './refs.ts'

/** For so many milliseconds the greeting waits for the words of a link: Telegram sends both at once, mostly in one fetch. */
const holdMs = 1_500
const mostChats = 1_000

/**
 * Who brings the bot into a group by a link of ours is heard twice: the bot came, and `/start` with what the link says. The second has an answer of its own, so
 * the greeting for the first is left out, whichever comes first.
 */
export interface Entries {
  /** For each that is heard. Whether what answers it is to be said; undefined: at once. */
  hear(inbound: Inbound): Promise<boolean> | undefined
}

export function createEntries(stopping: AbortSignal, steady: () => number, forMs: number = holdMs): Entries {
  /** When a link spoke in a chat, by a steady clock. */
  const linked = new RecentMap<number, number>(mostChats)
  const isLinked = (chat: number): boolean => {
    const at = linked.get(chat)
    return at !== undefined && steady() - at <= 2 * forMs
  }

  return {
    hear({ event, place }) {
      if (place === 'private') return undefined
      const { chat } = addressOf(place.space)
      if (event.kind === 'started') linked.set(chat, steady())
      return event.kind === 'joined' ? held(chat) : undefined
    },
  }

  async function held(chat: number): Promise<boolean> {
    if (!isLinked(chat)) await pause(forMs, stopping)
    return !isLinked(chat)
  }
}
