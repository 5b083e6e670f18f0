import type { Drawn } from '../delivery/post.ts'
import type { Deps, Target } from '../feature/feature.ts'
import type { Space } from '../store/generated/client.ts'
import type { KeptPlaces } from './audience.ts'

/** Something that goes to chosen places. */
interface Placed {
  readonly id: string
  readonly networkId: string
  readonly places: KeptPlaces
}

/** Draws one post; `isClosed`: the place must not get it. */
type DrawOne = (to: Target, isClosed: boolean) => Drawn

/** Named chats have the audience that they are for now: a chat of the steering group may be given to residents before the time comes. */
export function withAudience(places: KeptPlaces, spaces: readonly Space[]): KeptPlaces {
  if (places.spaces.length === 0) return places
  return { ...places, audience: spaces.every(space => space.audience === 'steering') ? 'steering' : 'everyone' }
}

/**
 * Draws posts with the subjects `feature_kind_id`: two looks at the store for all of them. A chat that was given to residents after something was planned
 * for it as a chat of the steering group is closed to that.
 */
export async function drawPlaced<T extends Placed>(
  deps: Deps,
  subjects: readonly string[],
  load: (ids: string[]) => Promise<readonly T[]>,
  drawerOf: (one: T, kind: string) => DrawOne | undefined,
): Promise<ReadonlyMap<string, (to: Target) => Drawn>> {
  const wanted = subjects.map(subject => ({ subject, parts: subject.split('_') }))
  if (wanted.length === 0) return new Map()
  const all = await load([...new Set(wanted.flatMap(({ parts }) => parts[2] ?? []))])
  const open = await spacesOfResidents(deps, all)
  const byId = new Map(all.map(one => [one.id, one]))
  return new Map(
    wanted.flatMap(({ subject, parts }) => {
      const one = byId.get(parts[2] ?? '')
      const draw = one && drawerOf(one, parts[1] ?? '')
      return draw ? [[subject, (to: Target) => draw(to, isForSteering(one) && open.has(to.spaceId ?? ''))] as const] : []
    }),
  )
}

async function spacesOfResidents(deps: Deps, all: readonly Placed[]): Promise<ReadonlySet<string>> {
  const networks = all.filter(isForSteering).map(one => one.networkId)
  if (networks.length === 0) return new Set()
  const spaces = await deps.store.space.findMany({
    where: { networkId: { in: networks }, audience: { not: 'steering' } },
    select: { id: true },
  })
  return new Set(spaces.map(space => space.id))
}

function isForSteering({ places }: Placed): boolean {
  return places.audience === 'steering'
}
