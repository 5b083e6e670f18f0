import type { Deps, Drawn, Target } from '../feature.ts'
import { endsAt } from './domain.ts'
import { loadForums, type WholeForum } from './forum.ts'
import { eventView } from './view-event.ts'
import { newsView, photoView, postView, reminderView, summaryView } from './view-post.ts'

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

/** Draws the posts of forums: two looks at the store for all of them. */
export async function drawPosts(deps: Deps, subjects: readonly string[]): Promise<ReadonlyMap<string, (to: Target) => Drawn>> {
  const wanted = subjects.map(subject => ({ subject, kind: subject.split('_')[1] ?? '', id: subject.split('_')[2] ?? '' }))
  if (wanted.length === 0) return new Map()
  const all = await loadForums(deps.store, { id: { in: [...new Set(wanted.map(one => one.id))] } })
  const open = await spacesOfResidents(deps, all)
  return new Map(
    wanted.flatMap(({ subject, kind, id }) => {
      const one = all.find(forum => forum.id === id)
      const draw = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
      if (!one || !draw) return []
      return [[subject, (to: Target) => (isClosed(one, to, open) ? 'leave' : draw(one, to))] as const]
    }),
  )
}

/** A chat that was given to residents after something was planned for it as a chat of the steering group must not get that. */
function isClosed({ places }: WholeForum, to: Target, open: ReadonlySet<string>): boolean {
  return places.audience === 'steering' && open.has(to.spaceId ?? '')
}

async function spacesOfResidents(deps: Deps, all: readonly WholeForum[]): Promise<ReadonlySet<string>> {
  const closed = all.filter(one => one.places.audience === 'steering').map(one => one.networkId)
  if (closed.length === 0) return new Set()
  const spaces = await deps.store.space.findMany({
    where: { networkId: { in: closed }, audience: { not: 'steering' } },
    select: { id: true },
  })
  return new Set(spaces.map(space => space.id))
}
