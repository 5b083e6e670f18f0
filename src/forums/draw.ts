import type { Drawn } from '../delivery/post.ts'
import type { Deps, Target } from '../feature/feature.ts'
import { drawPlaced } from '../kit/placed-posts.ts'
import { endsAt } from './domain.ts'
import { loadForums, type WholeForum } from './forum.ts'
import { eventView } from './view-event.ts'
import { newsView } from './view-news.ts'
import { photoView, postView, reminderView, summaryView } from './view-post.ts'

type Kind = (one: WholeForum, to: Target) => Drawn

const KINDS: Readonly<Record<string, Kind>> = {
  post: (one, to) => (one.state === 'cancelled' && one.postsAt > to.now ? 'remove' : { view: postView(one, to) }),
  event: (one, to) => (one.state === 'cancelled' ? 'remove' : endsAt(one) <= to.now ? 'leave' : { view: eventView(one, to) }),
  news: (one, to) => ({ view: newsView(one, to) }),
  reminder: (one, to) => (one.state === 'cancelled' || one.startsAt <= to.now ? 'leave' : { view: reminderView(one, to) }),
  // A picture of its own: beside it not every app leaves room for all the words.
  photo: (one, to) => (one.picture ? { view: photoView(one, one.picture, to) } : 'remove'),
  summary: (one, to) => ({ view: summaryView(one, to) }),
}

/** Draws the posts of forums. */
export function drawPosts(deps: Deps, subjects: readonly string[]): Promise<ReadonlyMap<string, (to: Target) => Drawn>> {
  const load = (ids: string[]) => loadForums({ tx: deps.store, log: deps.log }, { id: { in: ids } })
  return drawPlaced(deps, subjects, load, (one, kind) => {
    const draw = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
    return draw && ((to, isClosed) => (isClosed ? 'leave' : draw(one, to)))
  })
}
