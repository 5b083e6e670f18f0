import type { Cut } from '../kit/page.ts'
import { platformOf, type SpaceRef } from '../platform/adapter.ts'
import type { Area, Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import type { Role } from './members.ts'

/** What a network has many of, read a page at a time. */

/** A space as the pages show it. */
export type SpaceRow = Space & { readonly area: Area | null }

/** Somebody with a role. */
export interface InRole {
  readonly role: Role
  readonly person: { readonly id: string; readonly name: string }
}

/** How many coordinators are named in one line. */
const MOST_NAMES = 10

/** Areas in use, by name: all of them, since no more than `LIMITS.areas` can be added (`areas.ts`). A page of them, where one is asked for. */
export function areasOf(tx: Tx, networkId: string, cut?: Cut): Promise<Area[]> {
  return tx.area.findMany({ where: { networkId, retiredAt: null }, orderBy: [{ name: 'asc' }, { id: 'asc' }], ...cut })
}

export function areaCount(tx: Tx, networkId: string): Promise<number> {
  return tx.area.count({ where: { networkId, retiredAt: null } })
}

/** Spaces that have not left, by title. */
export function spacesOf(tx: Tx, networkId: string, cut: Cut): Promise<SpaceRow[]> {
  return tx.space.findMany({ where: here(networkId), include: { area: true }, orderBy: [{ title: 'asc' }, { id: 'asc' }], ...cut })
}

export function spaceCount(tx: Tx, networkId: string): Promise<number> {
  return tx.space.count({ where: here(networkId) })
}

/** All spaces in one chat: itself, and its topics, which share its lane. */
export async function spacesOfChat(
  tx: Tx,
  laneOf: (ref: SpaceRef) => string,
  ref: SpaceRef,
): Promise<readonly Pick<Space, 'id' | 'ref' | 'title'>[]> {
  const lane = laneOf(ref)
  // Addresses that share a lane begin with it: no other chat's are read.
  const alike = { OR: [{ ref: ref as string }, { ref: { startsWith: lane } }] }
  const known = await tx.space.findMany({
    where: { platform: platformOf(ref), state: { not: 'left' }, ...alike },
    select: { id: true, ref: true, title: true },
  })
  return known.filter(space => laneOf(space.ref as SpaceRef) === lane)
}

function here(networkId: string): { networkId: string; state: { not: 'left' } } {
  return { networkId, state: { not: 'left' } }
}

/** Who has which role, by name. */
export function rolesOf(tx: Tx, networkId: string, cut: Cut): Promise<InRole[]> {
  return tx.grant.findMany({
    where: { person: { networkId } },
    select: { role: true, person: { select: { id: true, name: true } } },
    orderBy: [{ person: { name: 'asc' } }, { personId: 'asc' }, { role: 'asc' }],
    ...cut,
  })
}

export function roleCount(tx: Tx, networkId: string, role?: Role): Promise<number> {
  return tx.grant.count({ where: { person: { networkId }, ...(role ? { role } : {}) } })
}

/** The first coordinators by name, and how many there are in each role. */
export interface Officers {
  readonly first: readonly string[]
  readonly counts: Readonly<Record<Role, number>>
}

export async function officersOf(tx: Tx, networkId: string): Promise<Officers> {
  const rows = await tx.grant.groupBy({ by: ['role'], where: { person: { networkId } }, _count: true })
  const count = (role: Role): number => rows.find(row => row.role === role)?._count ?? 0
  const first = await tx.person.findMany({
    where: { networkId, grants: { some: { role: 'coordinator' } } },
    select: { name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST_NAMES,
  })
  return {
    first: first.map(person => person.name),
    counts: { coordinator: count('coordinator'), steering: count('steering'), decisionMaker: count('decisionMaker') },
  }
}
