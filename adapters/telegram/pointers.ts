import type { MessageRef, PersonRef, Sent, SpaceRef } from '../../src/platform/adapter.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { messageIn } from '../../src/platform/sent.ts'
import type { View } from '../../src/view/view.ts'
import type { Posting } from './post.ts'
import { addressOf } from './refs.ts'

/**
 * Ways into the private chat that all in a group see: for whoever can be answered in no other way. One stands at a time, nobody gets a second one within the
 * hour, and it goes when it was used.
 */
export interface Pointers {
  point(person: PersonRef, space: SpaceRef, view: View, under: MessageRef | undefined): Promise<Sent | undefined>
  /** This person is in the private chat. */
  used(person: PersonRef): Promise<unknown>
}

interface Pointer {
  readonly message: MessageRef
  readonly since: number
  readonly people: Set<PersonRef>
}

const hourMs = 3_600_000
const most = 2_000

/** `now`: by a steady clock. */
export function createPointers(posting: Posting, now: () => number): Pointers {
  const standing = new RecentMap<number, Pointer>(most)
  const pointed = new RecentMap<string, number>(most)

  /** In each chat one after the other: two commands at once must not get two. */
  const turns = new Map<number, Promise<unknown>>()

  function inTurn<T>(chat: number, work: () => Promise<T>): Promise<T> {
    const done = (turns.get(chat) ?? Promise.resolve()).then(work)
    const over: Promise<unknown> = done
      .catch(() => undefined)
      .then(() => {
        if (turns.get(chat) === over) turns.delete(chat)
      })
    turns.set(chat, over)
    return done
  }

  async function post(chat: number, person: PersonRef, space: SpaceRef, view: View, under: MessageRef | undefined): Promise<Sent> {
    const old = standing.get(chat)
    standing.delete(chat)
    const sent = await posting.send(space, view, under)
    const message = messageIn(sent)
    if (message) standing.set(chat, { message, since: now(), people: new Set([person]) })
    else pointed.delete(`${chat} ${person}`)
    if (old) await posting.change(old.message, 'remove')
    return sent
  }

  async function point(...[person, space, view, under]: Parameters<Pointers['point']>): Promise<Sent | undefined> {
    const { chat } = addressOf(space)
    const key = `${chat} ${person}`
    const before = pointed.get(key)
    if (before !== undefined && now() - before < hourMs) return undefined
    pointed.delete(key)
    pointed.set(key, now())
    const stands = standing.get(chat)
    if (!stands || now() - stands.since >= hourMs) return post(chat, person, space, view, under)
    // What waits for those before is there whatever brings them; the link is the newest one's.
    stands.people.add(person)
    const changed = await posting.change(stands.message, view)
    return messageIn(changed) ? changed : post(chat, person, space, view, under)
  }

  async function takeAway(chat: number, person: PersonRef): Promise<void> {
    const stands = standing.get(chat)
    if (!stands?.people.delete(person) || stands.people.size > 0) return
    standing.delete(chat)
    await posting.change(stands.message, 'remove')
  }

  return {
    point: (person, space, view, under) => inTurn(addressOf(space).chat, () => point(person, space, view, under)),
    async used(person) {
      const pointing = [...standing].flatMap(([chat, { people }]) => (people.has(person) ? [chat] : []))
      // Of one that is under way it is not known yet for whom it is.
      for (const chat of new Set([...pointing, ...turns.keys()])) await inTurn(chat, () => takeAway(chat, person))
    },
  }
}
