import type { Ctx } from '../feature/context.ts'
import type { Prisma, Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'

/** Whom something reaches that stands in chats, where they are not in one of these chats: what `/mine` and Home offer, and what private chats take. */

/** What it takes to know that. No link and no token is part of it. */
export interface Reach {
  /** They have a role in the network. */
  readonly isOfficer: boolean
  /** The area that they chose. */
  readonly areaId: string | null
  /** Ids of the chats in which they have acted. */
  readonly acted: ReadonlySet<string>
}

/** By having acted in that chat, or by the area that they chose. What is for the steering group takes a role, whatever else they did. */
export function reaches({ isOfficer, areaId, acted }: Reach, space: Pick<Space, 'id' | 'areaId' | 'audience'>): boolean {
  if (space.audience === 'steering' && !isOfficer) return false
  if (acted.has(space.id)) return true
  // Who has a role may be in no chat at all: what is for all areas is for them too.
  return space.areaId === null ? isOfficer : space.areaId === areaId
}

/** The same for a query. */
export function reached({ isOfficer, areaId, acted }: Reach): Prisma.SpaceWhereInput {
  const ways: Prisma.SpaceWhereInput[] = [
    { id: { in: [...acted] } },
    ...(areaId === null ? [] : [{ areaId }]),
    ...(isOfficer ? [{ areaId: null }] : []),
  ]
  return { OR: ways, ...(isOfficer ? {} : { audience: 'residents' }) }
}

/** How somebody stands to the chats of the network that the event is about; where they are now is one of theirs. */
export async function reachOf(ctx: Pick<Ctx, 'tx' | 'network' | 'person' | 'space' | 'roles' | 'lately'>): Promise<Reach> {
  const { tx, network, person, space, roles, lately } = ctx
  const acted = network && person ? await actedIn(tx, { networkId: network.id, personId: person.id, lately }) : []
  return { isOfficer: roles.size > 0, areaId: person?.areaId ?? null, acted: new Set([...acted, ...(space ? [space.id] : [])]) }
}

/** Whether they have acted in any chat of any network that they are in. */
export async function hasActed({ tx, identity, space, lately }: Pick<Ctx, 'tx' | 'identity' | 'space' | 'lately'>): Promise<boolean> {
  if (space || lately.length > 0) return true
  return (await tx.acted.findFirst({ where: { person: { identities: { some: { identityRef: identity.ref } } } } })) !== null
}

interface Who {
  readonly networkId: string
  readonly personId: string
  /** Addresses of chats in which they acted just now. */
  readonly lately: readonly string[]
}

/** The joined spaces in which somebody has acted. */
async function actedIn(tx: Tx, { networkId, personId, lately }: Who): Promise<readonly string[]> {
  const spaces = await tx.space.findMany({
    where: { networkId, state: 'joined', OR: [{ acted: { some: { personId } } }, { ref: { in: [...lately] } }] },
    select: { id: true },
  })
  return spaces.map(one => one.id)
}
