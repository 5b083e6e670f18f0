import type { Update } from 'grammy/types'
import type { Inbound, PersonRef, SpaceRef } from '../../src/platform/adapter.ts'
import { RecentMap } from '../../src/platform/remember.ts'
import { addressOf } from './refs.ts'
import { membership } from './shapes.ts'

/** What was learned of who can be shown something in a group that nobody else sees. Forgetting it costs one vain attempt. */
export interface Learned {
  /** Whether the Bot API server knows ephemeral messages. One that does not would show them to everybody: until it is proven, none is sent. */
  server(isAble: boolean): void
  /** How the bot stands to a chat, where the update tells. */
  heard(update: Update | null): void
  /** Whether an answer to this can be shown to its person alone; undefined in private. */
  mayWhisper(inbound: Inbound): boolean | undefined
  /** Telegram has refused to show something to this person there. */
  refused(inbound: Inbound): void
}

const most = 10_000
const refusedMs = 3_600_000
const oldAppMs = 24 * 3_600_000

/** `isAdmin`: asks whether the bot is one; `now`: by a steady clock. */
export function createLearned(isAdmin: (space: SpaceRef) => Promise<boolean>, now: () => number): Learned {
  let isAble = false
  const admin = new RecentMap<number, boolean>(most)
  /** Until when it is not tried, by chat and person. */
  const refusals = new RecentMap<string, number>(most)
  const oldApps = new RecentMap<string, number>(most)
  const lasts = (until: number | undefined): boolean => until !== undefined && now() < until

  /** Asked once, in the background: this time it counts as no. */
  function isAdminOf(space: SpaceRef): boolean {
    const { chat } = addressOf(space)
    const known = admin.get(chat)
    if (known !== undefined) return known
    admin.set(chat, false)
    isAdmin(space).then(
      is => void admin.set(chat, is),
      () => void admin.delete(chat),
    )
    return false
  }

  return {
    server(is) {
      isAble = is
    },
    heard(update) {
      // What comes may be anything, null too.
      const told = membership.safeParse(update?.my_chat_member).data
      if (told) admin.set(told.chat.id, /^(?:administrator|creator)$/.test(told.new_chat_member.status))
    },
    mayWhisper({ place, person, event, isUnseen = false }) {
      if (place === 'private') return undefined
      const key = keyOf(place.space, person.ref)
      if (isUnseen) {
        // Whoever sends one can be shown one.
        isAble = true
        oldApps.delete(key)
      }
      if (!isAble || event.kind === 'nameless' || lasts(refusals.get(key))) return false
      if (isUnseen) return true
      if (event.kind === 'press') return !lasts(oldApps.get(key))
      if (event.kind !== 'command' && event.kind !== 'text' && event.kind !== 'started') return false
      if (isAdminOf(place.space)) return true
      // An app that knows how sends our commands to the bot alone.
      if (event.kind === 'command') oldApps.set(key, now() + oldAppMs)
      return false
    },
    refused({ place, person }) {
      if (place !== 'private') refusals.set(keyOf(place.space, person.ref), now() + refusedMs)
    },
  }
}

const keyOf = (space: SpaceRef, person: PersonRef): string => `${addressOf(space).chat} ${person}`
