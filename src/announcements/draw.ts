import type { Drawn } from '../delivery/post.ts'
import type { Deps, Target } from '../feature/feature.ts'
import { drawPlaced } from '../kit/placed-posts.ts'
import { loadAnnouncements, type WholeAnnouncement } from './announcement.ts'
import { postView } from './view-post.ts'

/** Draws the posts of announcements. */
export function drawPosts(deps: Deps, subjects: readonly string[]): Promise<ReadonlyMap<string, (to: Target) => Drawn>> {
  const load = (ids: string[]) => loadAnnouncements({ tx: deps.store, log: deps.log }, { id: { in: ids } })
  return drawPlaced(deps, subjects, load, one => (to, isClosed) => drawOne(one, to, isClosed))
}

function drawOne(one: WholeAnnouncement, to: Target, isClosed: boolean): Drawn {
  if (one.state === 'withdrawn' && !one.struckIn.includes(to.spaceId ?? '')) return 'remove'
  return isClosed ? 'leave' : { view: postView(one, to) }
}
