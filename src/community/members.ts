import type { Ids } from '../base/clock.ts'
import type { Inbound } from '../platform/adapter.ts'
import type { Area, Identity, Network, Person, Role, Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { sanitizeLine, shorten } from '../view/sanitize.ts'

export type { Role }

/** Where an event happened and who did it, as the store knows it at this moment. */
export interface Here {
  readonly identity: Identity
  /** A space that has joined (or is joining) a network. */
  readonly space: (Space & { area: Area | null }) | undefined
  readonly network: Network | undefined
  /** In private: the networks that they may mean, where it is not clear. */
  readonly networks: readonly Network[]
  readonly person: Person | undefined
  readonly roles: ReadonlySet<Role>
}

/** Looks all of it up. A person comes to be at their first act in a space of a network; in private nobody does. */
export async function whoIsHere(tx: Tx, inbound: Inbound, ids: Ids): Promise<Here> {
  const identity = await knownIdentity(tx, inbound)
  if (inbound.place === 'private') return inPrivate(tx, identity, inbound.network)
  const found = await tx.space.findUnique({ where: { ref: inbound.place.space }, include: { area: true, network: true } })
  const here = found && (found.state === 'joined' || found.state === 'joining') ? found : undefined
  if (!here) return { identity, space: undefined, network: undefined, networks: [], person: undefined, roles: new Set() }
  const { network, ...space } = here
  return { identity, space, network, networks: [network], ...(await asPerson(tx, identity, network.id, ids)) }
}

/** The identity's row, with the name and language that it has now. Whoever was called by the old name in a network is called by the new one. */
async function knownIdentity(tx: Tx, { person, place }: Inbound): Promise<Identity> {
  const old = await tx.identity.findUnique({ where: { ref: person.ref } })
  const told = { name: shorten(sanitizeLine(person.name) || '?', 80), locale: person.locale ?? null }
  const { name, locale } = old && person.isPartial ? old : told
  // Who writes to us in private can be written to.
  const now = { name, locale, tell: place === 'private' ? 'open' : (old?.tell ?? 'unknown') }
  if (old && old.name === name && old.locale === locale && old.tell === now.tell) return old
  if (old && old.name !== name) {
    await tx.person.updateMany({ where: { name: old.name, identities: { some: { identityRef: person.ref } } }, data: { name } })
  }
  return tx.identity.upsert({ where: { ref: person.ref }, create: { ref: person.ref, ...now }, update: now })
}

async function inPrivate(tx: Tx, identity: Identity, claimed: string | undefined): Promise<Here> {
  const memberships = await tx.membership.findMany({
    where: { identityRef: identity.ref },
    include: { person: { include: { grants: true, network: true } } },
  })
  const networks = memberships.map(one => one.person.network)
  const only = memberships.length === 1 ? memberships[0] : undefined
  const chosen = memberships.find(one => one.networkId === claimed) ?? memberships.find(one => one.networkId === identity.networkId) ?? only
  if (!chosen) return { identity, space: undefined, network: undefined, networks, person: undefined, roles: new Set() }
  const { grants, network, ...person } = chosen.person
  return { identity, space: undefined, network, networks, person, roles: new Set(grants.map(grant => grant.role)) }
}

/** The person that an identity stands for in a network, made at need. */
export async function asPerson(
  tx: Tx,
  identity: Identity,
  networkId: string,
  ids: Ids,
): Promise<{ person: Person; roles: ReadonlySet<Role> }> {
  const known = await memberOf(tx, identity.ref, networkId)
  if (known) return known
  // Two events of one new person may race: the one that comes second finds the first one's row.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${identity.ref} ${networkId}`}, 0))::text`
  const made = await memberOf(tx, identity.ref, networkId)
  if (made) return made
  const person = await tx.person.create({
    data: { id: ids.id(), networkId, name: identity.name, identities: { create: { identityRef: identity.ref, networkId } } },
  })
  return { person, roles: new Set() }
}

/** The person that an identity already stands for in a network, with the roles of this moment. */
export async function memberOf(tx: Tx, ref: string, networkId: string): Promise<{ person: Person; roles: ReadonlySet<Role> } | undefined> {
  const found = await tx.membership.findUnique({
    where: { identityRef_networkId: { identityRef: ref, networkId } },
    include: { person: { include: { grants: true } } },
  })
  if (!found) return undefined
  const { grants, ...person } = found.person
  return { person, roles: new Set(grants.map(grant => grant.role)) }
}
