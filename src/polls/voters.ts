import type { Ids } from '../clock.ts'
import type { Role, Tx } from '../feature.ts'
import { shorten, tameLine } from '../view/tame.ts'
import type { Vote } from './cast.ts'

/** A person in one network, as they stand at this moment. */
export interface Voter {
  readonly personId: string
  /** The area that they chose. */
  readonly areaId: string | null
  readonly roles: ReadonlySet<Role>
  readonly locale: string | null
}

export interface SpaceNow {
  readonly id: string
  readonly ref: string
  readonly networkId: string
  readonly areaId: string | null
  readonly locale: string | null
  readonly zone: string | null
}

interface MemberRow {
  readonly ref: string
  readonly networkId: string
  readonly personId: string
  readonly areaId: string | null
  readonly locale: string | null
  readonly roles: readonly Role[]
}

export interface Voters {
  readonly spaces: ReadonlyMap<string, SpaceNow>
  /** By identity and network: `"ref network"`. */
  readonly people: ReadonlyMap<string, Voter>
}

/** Who votes, and where. Who acts in a space for the first time becomes a person of its network; in private nobody does. */
export async function votersOf(tx: Tx, votes: readonly Vote[], ids: Ids): Promise<Voters> {
  const spaces = await spacesOf(tx, votes)
  const refs = [...new Set(votes.map(vote => vote.person.ref))]
  let members = await membersOf(tx, refs)
  const known = new Set(members.map(member => `${member.ref} ${member.networkId}`))
  const missing = new Map<string, { vote: Vote; networkId: string }>()
  for (const vote of votes) {
    const space = vote.place === 'private' ? undefined : spaces.get(vote.place.space)
    const key = `${vote.person.ref} ${space?.networkId}`
    if (space && !known.has(key)) missing.set(key, { vote, networkId: space.networkId })
  }
  if (missing.size > 0) {
    await makePeople(tx, missing, ids)
    members = await membersOf(tx, refs)
  }
  return {
    spaces,
    people: new Map(members.map(({ ref, networkId, roles, ...member }) => [`${ref} ${networkId}`, { ...member, roles: new Set(roles) }])),
  }
}

async function spacesOf(tx: Tx, votes: readonly Vote[]): Promise<ReadonlyMap<string, SpaceNow>> {
  const refs = [...new Set(votes.flatMap(vote => (vote.place === 'private' ? [] : [vote.place.space])))]
  if (refs.length === 0) return new Map()
  const rows = await tx.$queryRaw<SpaceNow[]>`
    SELECT "id", "ref", "networkId", "areaId", "locale", "zone" FROM "Space" WHERE "ref" = ANY(${refs}) AND "state" = 'joined'`
  return new Map(rows.map(row => [row.ref, row]))
}

async function membersOf(tx: Tx, refs: readonly string[]): Promise<readonly MemberRow[]> {
  return tx.$queryRaw<MemberRow[]>`
    SELECT m."identityRef" AS "ref", m."networkId", m."personId", p."areaId", i."locale",
           ARRAY(SELECT g."role" FROM "Grant" g WHERE g."personId" = m."personId") AS "roles"
    FROM "Membership" m JOIN "Person" p ON p."id" = m."personId" JOIN "Identity" i ON i."ref" = m."identityRef"
    WHERE m."identityRef" = ANY(${refs})`
}

/** Makes persons for first-time voters: in bulk, and safe against somebody else who makes the same ones. */
async function makePeople(tx: Tx, missing: ReadonlyMap<string, { vote: Vote; networkId: string }>, ids: Ids): Promise<void> {
  const keys = [...missing.keys()].sort()
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(key, 0))::text FROM unnest(${keys}::text[]) WITH ORDINALITY AS k(key, place) ORDER BY place`
  const rows = keys
    .flatMap(key => missing.get(key) ?? [])
    .map(({ vote, networkId }) => ({ ...vote.person, networkId, id: ids.id(), name: shorten(tameLine(vote.person.name) || '?', 80) }))
  const refs = rows.map(row => row.ref)
  const names = rows.map(row => row.name)
  await tx.$executeRaw`
    INSERT INTO "Identity" ("ref", "name", "locale")
    SELECT * FROM unnest(${refs}::text[], ${names}::text[], ${rows.map(row => row.locale ?? null)}::text[])
    ON CONFLICT DO NOTHING`
  // One statement: a person without a membership never stands, whoever came first.
  await tx.$executeRaw`
    WITH wanted AS (
      SELECT w.* FROM unnest(${refs}::text[], ${names}::text[], ${rows.map(row => row.networkId)}::text[], ${rows.map(row => row.id)}::text[]) AS w("ref", "name", "networkId", "id")
      WHERE NOT EXISTS (SELECT 1 FROM "Membership" m WHERE m."identityRef" = w."ref" AND m."networkId" = w."networkId")
    ), made AS (INSERT INTO "Person" ("id", "networkId", "name") SELECT "id", "networkId", "name" FROM wanted RETURNING "id")
    INSERT INTO "Membership" ("identityRef", "networkId", "personId") SELECT w."ref", w."networkId", w."id" FROM wanted w JOIN made ON made."id" = w."id"`
}
