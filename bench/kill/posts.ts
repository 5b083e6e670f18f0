import type { Chance } from '../random.ts'
import type { Platform, Spot, Standing } from './platform.ts'

/** A poll's post as it stands in a chat, ready to be pressed. */
export interface Open {
  readonly on: Spot
  /** What its options send. */
  readonly buttons: readonly string[]
}

/** What the bot has put into the chats of one platform, as their members see it. */
export interface Posts {
  readonly platform: Platform
  /** A post to press: mostly one of the great polls, whose edits never rest. */
  pick(chance: Chance): Open | undefined
  /** Looks at the chats again. */
  look(): Promise<void>
  /**
   * Which posts have been edited after they stood as final. The same words once more for each kill are no fault: the bot that
   * comes back repeats an edit whose answer the one before did not live to write down.
   */
  changedAfterFinal(kills: number): readonly string[]
  /** What stood in the chats when they were last looked at. */
  readonly all: readonly Standing[]
}

export interface PostsOptions {
  readonly platform: Platform
  readonly chats: readonly string[]
  /** Whether a poll is one of the great ones. */
  readonly isGreat: (pollId: string) => boolean
}

const greatShare = 0.85

export function watchPosts({ platform, chats, isGreat }: PostsOptions): Posts {
  let all: readonly Standing[] = []
  let great: readonly Open[] = []
  let small: readonly Open[] = []
  // Whether a post was once open, and how it stood when it was first seen without its buttons.
  const open = new Set<string>()
  const final = new Map<string, Standing>()
  const nameOf = ({ chat, message }: Spot): string => `${platform.name} ${chat}/${message}`

  const sort = (): void => {
    const standing: { readonly poll: string; readonly one: Open }[] = []
    for (const one of all) {
      const { on, tokens } = one
      const name = nameOf(on)
      const votes = tokens.filter(token => token.startsWith('polls_v_'))
      if (votes.length > 0) open.add(name)
      else if (open.has(name) && !final.has(name)) final.set(name, one)
      const poll = votes[0]?.split('_')[2]
      if (poll) standing.push({ poll, one: { on, buttons: votes } })
    }
    great = standing.filter(({ poll }) => isGreat(poll)).map(({ one }) => one)
    small = standing.filter(({ poll }) => !isGreat(poll)).map(({ one }) => one)
  }
  return {
    platform,
    async look() {
      all = (await Promise.all(chats.map(chat => platform.posts(chat)))).flat()
      sort()
    },
    pick(chance) {
      const from = small.length === 0 || chance.next() < greatShare ? great : small
      return from.length > 0 ? chance.pick(from) : undefined
    },
    changedAfterFinal(kills) {
      const changed = all.filter(now => {
        const then = final.get(nameOf(now.on)) ?? now
        return now.face !== then.face || now.edits > then.edits + kills
      })
      return changed.map(({ on }) => nameOf(on))
    },
    get all() {
      return all
    },
  }
}
