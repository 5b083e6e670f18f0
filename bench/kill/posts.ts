import type { Posted } from '../../test/platforms/telegram/posted.ts'
import type { Telegram } from '../../test/platforms/telegram/server.ts'
import type { ChatState } from '../../test/platforms/telegram/world.ts'
import type { Chance } from '../random.ts'

/** A poll's post as it stands in a group, ready to be pressed. */
export interface Standing {
  readonly chat: ChatState
  readonly message: number
  /** What its options send. */
  readonly buttons: readonly string[]
}

/** What the bot has put into the groups, as their members see it. */
export interface Posts {
  /** A post to press: mostly one of the great polls, whose edits never rest. */
  pick(chance: Chance): Standing | undefined
  /** Looks at the groups again. */
  look(): void
  /** How many posts have been edited after they stood as final. */
  changedAfterFinal(): readonly string[]
  /** The messages in a chat that begin with these words. */
  copies(chat: number, words: string): readonly Posted[]
}

export interface PostsOptions {
  readonly tg: Telegram
  readonly chats: readonly number[]
  /** Whether a poll is one of the great ones. */
  readonly isGreat: (pollId: string) => boolean
}

const greatShare = 0.85

export function watchPosts({ tg, chats, isGreat }: PostsOptions): Posts {
  let great: readonly Standing[] = []
  let small: readonly Standing[] = []
  // Whether a post was once open, and how often it had been edited when it was first seen without its buttons.
  const open = new Set<Posted>()
  const final = new Map<Posted, number>()
  const messages = (id: number): Posted[] => [...(tg.world.chats.get(id)?.messages.values() ?? [])].filter(one => one.byBot)

  const look = (): void => {
    const standing: { readonly poll: string; readonly one: Standing }[] = []
    for (const id of chats) {
      const chat = tg.world.chats.get(id)
      for (const posted of messages(id)) {
        const buttons = posted.keyboard.flat().flatMap(button => ('callback_data' in button ? [button.callback_data] : []))
        const votes = buttons.filter(data => data.startsWith('polls_v_'))
        if (votes.length > 0) open.add(posted)
        else if (open.has(posted) && !final.has(posted)) final.set(posted, posted.edits)
        const poll = votes[0]?.split('_')[2]
        if (chat && poll) standing.push({ poll, one: { chat, message: posted.id, buttons: votes } })
      }
    }
    great = standing.filter(({ poll }) => isGreat(poll)).map(({ one }) => one)
    small = standing.filter(({ poll }) => !isGreat(poll)).map(({ one }) => one)
  }
  return {
    look,
    pick(chance) {
      const from = small.length === 0 || chance.next() < greatShare ? great : small
      return from.length > 0 ? chance.pick(from) : undefined
    },
    changedAfterFinal: () => [...final].filter(([posted, edits]) => posted.edits > edits).map(([posted]) => `${posted.chat}/${posted.id}`),
    copies: (chat, words) => messages(chat).filter(one => one.text.startsWith(words)),
  }
}
