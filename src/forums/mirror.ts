import { postIn } from '../community/audience.ts'
import { touch } from '../delivery/outbox.ts'
import type { Post } from '../delivery/post.ts'
import { replan } from '../delivery/replan.ts'
import type { Deps } from '../feature/feature.ts'
import type { Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { eventOf, postsOf, remindersOf, type WholeForum } from './forum.ts'

/** A forum in the calendar of the app itself, beside its posts: announced, changed and taken away with them. */

type Mirrored = Pick<WholeForum, 'id' | 'networkId' | 'places' | 'postsAt' | 'startsAt'>

/**
 * One row a space whose app has a calendar; the adapter makes one date of those that share one. Everybody whom the app lets see the calendar sees what
 * stands there, so a forum of the steering group does not.
 */
export function mirrorRows(deps: Deps, one: Mirrored, spaces: readonly Pick<Space, 'id' | 'ref' | 'platform'>[]): readonly Post[] {
  if (one.places.audience === 'steering') return []
  return spaces
    .filter(space => deps.platform(space.platform)?.can.events)
    .map(space => {
      const row = postIn(deps, one.networkId, space)
      return {
        ...row,
        // The posts there wait for nothing that happens in a calendar.
        lane: `${row.lane} event`,
        key: `forums/${one.id}/event/${space.id}`,
        subject: eventOf(one.id),
        runAt: one.postsAt,
        usefulUntil: one.startsAt,
      }
    })
}

/** What every change of a forum touches: its posts, its reminders, and its dates in calendars. */
export function touchForum(tx: Tx, id: string): Promise<void> {
  return touch(tx, [postsOf(id), eventOf(id), remindersOf(id)])
}

/** Moves all that is still to be announced of a forum to another time. */
export async function moveForum(tx: Tx, one: Pick<WholeForum, 'id' | 'networkId'>, runAt: Date, usefulUntil: Date): Promise<void> {
  for (const subject of [postsOf(one.id), eventOf(one.id)]) await replan(tx, { networkId: one.networkId, subject, runAt, usefulUntil })
}
