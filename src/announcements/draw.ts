import type { Deps, Drawn, Target } from '../feature.ts'
import { loadAnnouncements, type WholeAnnouncement } from './announcement.ts'
import { postView } from './view-post.ts'

/** Draws the posts of announcements: two looks at the store for all of them. */
export async function drawPosts(deps: Deps, subjects: readonly string[]): Promise<ReadonlyMap<string, (to: Target) => Drawn>> {
  const wanted = subjects.map(subject => ({ subject, id: subject.split('_')[2] ?? '' }))
  if (wanted.length === 0) return new Map()
  const all = await loadAnnouncements(deps.store, { id: { in: [...new Set(wanted.map(one => one.id))] } })
  const open = await spacesOfResidents(deps, all)
  return new Map(
    wanted.flatMap(({ subject, id }) => {
      const one = all.find(announcement => announcement.id === id)
      return one ? [[subject, (to: Target) => drawOne(one, to, open)] as const] : []
    }),
  )
}

/** A chat that was given to residents after something was planned for it as a chat of the steering group must not get that. */
async function spacesOfResidents(deps: Deps, all: readonly WholeAnnouncement[]): Promise<ReadonlySet<string>> {
  const closed = all.filter(isForSteering).map(one => one.networkId)
  if (closed.length === 0) return new Set()
  const spaces = await deps.store.space.findMany({
    where: { networkId: { in: closed }, audience: { not: 'steering' } },
    select: { id: true },
  })
  return new Set(spaces.map(space => space.id))
}

function isForSteering({ places }: WholeAnnouncement): boolean {
  return places.audience === 'steering'
}

function drawOne(one: WholeAnnouncement, to: Target, open: ReadonlySet<string>): Drawn {
  if (one.state === 'withdrawn' && !one.struckIn.includes(to.spaceId ?? '')) return 'remove'
  if (isForSteering(one) && open.has(to.spaceId ?? '')) return 'leave'
  return { view: postView(one, to) }
}
