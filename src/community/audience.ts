import type { Post } from '../delivery/post.ts'
import type { Deps } from '../feature/feature.ts'
import type { Space, SpaceState } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import type { Places } from './places.ts'

/** Spaces that something can be made for: what is for one whose hello is on its way waits until that stands, and goes with it where it never does. */
export const COMING_OR_HERE: { in: SpaceState[] } = { in: ['joined', 'joining'] }

/** The spaces that these places mean now, in the order of their ids. A network has at most `LIMITS.chats` (`join.ts`). */
export async function spacesAt(tx: Tx, networkId: string, places: Places): Promise<readonly Space[]> {
  const spaces = await tx.space.findMany({ where: { networkId, state: COMING_OR_HERE }, orderBy: { id: 'asc' } })
  return spaces.filter(space => isMeant(space, places))
}

/** Whether a space is one of these places. */
export function isMeant(space: Pick<Space, 'id' | 'areaId' | 'platform' | 'audience'>, places: Places): boolean {
  const { spaces, areas, platforms, audience } = places
  if (spaces.length > 0) return spaces.includes(space.id)
  const inArea = areas.length === 0 || areas.includes(space.areaId ?? '')
  const onPlatform = platforms.length === 0 || platforms.includes(space.platform)
  return inArea && onPlatform && (audience === 'everyone' || space.audience === audience)
}

/** What every post in a space says of where it goes. */
export function postIn(
  deps: Deps,
  networkId: string,
  space: Pick<Space, 'id' | 'ref' | 'platform'>,
): Pick<Post, 'networkId' | 'to' | 'platform' | 'lane'> {
  const { id, ref, platform } = space
  return { networkId, to: { spaceId: id }, platform, lane: deps.platform(platform)?.lane(ref) ?? ref }
}
