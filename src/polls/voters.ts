import type { Ids } from '../base/clock.ts'
import type { Role } from '../community/members.ts'
import type { Place } from '../platform/adapter.ts'
import type { Sql } from '../store/sql.ts'
import { sanitizeLine, shorten } from '../view/sanitize.ts'
import type { Wish } from './domain.ts'

/** One wish of one person on one poll. */
export interface Vote {
  /** The delivery that brought it: counts once. */
  readonly id: string
  readonly pollId: string
  readonly wish: Wish
  readonly place: Place
  readonly person: { readonly ref: string; readonly name: string; readonly locale?: string }
  /** In private: the addresses of chats in which they acted just now. */
  readonly lately?: readonly string[]
}

/** A person in one network, as they stand at this moment. */
export interface Voter {
  readonly personId: string
  /** The area that they chose. */
  readonly areaId: string | null
  readonly roles: ReadonlySet<Role>
  readonly locale: string | null
  /** The spaces in which they have acted; looked up for those who vote in private. */
  readonly acted: readonly string[]
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
  readonly acted: readonly string[]
}

/** A poll that is locked, as far as a ballot's name needs it. `key`: a secret poll's own key, in hex. */
export interface Locked {
  readonly id: string
  readonly networkId: string
  readonly key: string | null
}

export interface Voters {
  /** The deliveries that have not been seen before. */
  readonly fresh: ReadonlySet<string>
  readonly spaces: ReadonlyMap<string, SpaceNow>
  /** By identity and network: `"ref network"`. */
  readonly people: ReadonlyMap<string, Voter>
  /** The polls that there are, locked until the end of the transaction. */
  readonly locked: ReadonlyMap<string, Locked>
}

/**
 * Marks the deliveries as seen (only the id is kept), says who votes, and where, and locks the polls. Who acts in a space for the first time becomes a person
 * of its network; in private nobody does. Persons are made before polls are locked: every transaction takes these locks in this order.
 */
export async function votersOf(sql: Sql, votes: readonly Vote[], ids: Ids, now: Date): Promise<Voters> {
  const first = await lookUp(sql, votes, now)
  if (first.missing) await makePeople(sql, strangers(votes, first), ids)
  const { spaces, members, locked } = first.missing ? await lookUp(sql, votes, now) : first
  return {
    fresh: new Set(first.fresh),
    spaces: new Map(spaces.map(row => [row.ref, row])),
    people: new Map(members.map(({ ref, networkId, roles, ...member }) => [`${ref} ${networkId}`, { ...member, roles: new Set(roles) }])),
    locked: new Map(locked.map(row => [row.id, row])),
  }
}

interface Stranger {
  readonly vote: Vote
  readonly networkId: string
}

/** By identity and network, who votes in a space of a network whose person they are not yet. */
function strangers(votes: readonly Vote[], { spaces, members }: Found): ReadonlyMap<string, Stranger> {
  const bySpace = new Map(spaces.map(space => [space.ref, space]))
  const known = new Set(members.map(member => `${member.ref} ${member.networkId}`))
  return new Map(
    votes.flatMap(vote => {
      const space = vote.place === 'private' ? undefined : bySpace.get(vote.place.space)
      const key = `${vote.person.ref} ${space?.networkId}`
      return space && !known.has(key) ? [[key, { vote, networkId: space.networkId }] as const] : []
    }),
  )
}

interface Found {
  readonly fresh: readonly string[]
  readonly spaces: readonly SpaceNow[]
  readonly members: readonly MemberRow[]
  /** Somebody votes who is no person of the network yet: then nothing is locked. */
  readonly missing: boolean
  readonly locked: readonly Locked[]
}

/** One statement for all that can be looked up before the polls are read. The second time in a transaction nothing is fresh. */
async function lookUp(sql: Sql, votes: readonly Vote[], now: Date): Promise<Found> {
  const alone = votes.filter(vote => vote.place === 'private')
  const lately = alone.flatMap(({ person: { ref }, lately: spaces = [] }) => spaces.map(space => ({ ref, space })))
  const inSpaces = votes.flatMap(vote => (vote.place === 'private' ? [] : [{ ref: vote.person.ref, space: vote.place.space }]))
  const [found] = await sql.query<Found>(
    `WITH fresh AS (
       INSERT INTO "Seen" ("id", "day") SELECT id, $3::date FROM (SELECT DISTINCT unnest($2::text[]) AS id) AS new ORDER BY id
       ON CONFLICT DO NOTHING RETURNING "id"
     ), here AS (
       SELECT "id", "ref", "networkId", "areaId", "locale", "zone" FROM "Space" WHERE "ref" = ANY($5::text[]) AND "state" = 'joined'
     ), member AS MATERIALIZED (
       SELECT m."identityRef" AS "ref", m."networkId", m."personId", p."areaId", i."locale",
              ARRAY(SELECT g."role" FROM "Grant" g WHERE g."personId" = m."personId") AS "roles",
              CASE WHEN m."identityRef" = ANY($7::text[]) THEN ARRAY(
                SELECT s."id" FROM "Acted" a JOIN "Space" s ON s."id" = a."spaceId"
                WHERE a."personId" = m."personId" AND s."networkId" = m."networkId" AND s."state" = 'joined'
                UNION SELECT s."id" FROM unnest($8::text[], $9::text[]) AS l(ref, space) JOIN "Space" s ON s."ref" = l.space
                WHERE l.ref = m."identityRef" AND s."networkId" = m."networkId" AND s."state" = 'joined') ELSE '{}' END AS "acted"
       FROM "Membership" m JOIN "Person" p ON p."id" = m."personId" JOIN "Identity" i ON i."ref" = m."identityRef"
       WHERE m."identityRef" = ANY($1::text[])
     ), missing AS MATERIALIZED (
       SELECT EXISTS (SELECT 1 FROM unnest($4::text[], $5::text[]) AS v(ref, space) JOIN here ON here."ref" = v.space
         WHERE (v.ref, here."networkId") NOT IN (SELECT "ref", "networkId" FROM member)) AS any
     ), locked AS (
       SELECT p."id", p."networkId", (SELECT encode(k."key", 'hex') FROM "PollKey" k WHERE k."pollId" = p."id") AS "key"
       FROM "Poll" p WHERE p."id" = ANY($6::text[]) AND NOT (SELECT missing.any FROM missing) ORDER BY p."id" FOR NO KEY UPDATE OF p
     )
     SELECT (SELECT coalesce(json_agg("id"), '[]') FROM fresh) AS "fresh", (SELECT coalesce(json_agg(here), '[]') FROM here) AS "spaces",
            (SELECT coalesce(json_agg(member), '[]') FROM member) AS "members", (SELECT missing.any FROM missing) AS "missing",
            (SELECT coalesce(json_agg(locked), '[]') FROM locked) AS "locked"`,
    [
      [...new Set(votes.map(vote => vote.person.ref))],
      votes.map(vote => vote.id),
      now.toISOString().slice(0, 10),
      inSpaces.map(one => one.ref),
      inSpaces.map(one => one.space),
      [...new Set(votes.map(vote => vote.pollId))],
      alone.map(vote => vote.person.ref),
      ...[lately.map(one => one.ref), lately.map(one => one.space)],
    ],
  )
  if (!found) throw new Error('The store did not say who votes.')
  return found
}

/** Makes persons for first-time voters: in bulk, and safe against somebody else who makes the same ones. */
async function makePeople(sql: Sql, missing: ReadonlyMap<string, Stranger>, ids: Ids): Promise<void> {
  const keys = [...missing.keys()].sort()
  await sql.query(
    'SELECT pg_advisory_xact_lock(hashtextextended(key, 0))::text FROM unnest($1::text[]) WITH ORDINALITY AS k(key, place) ORDER BY place',
    [keys],
  )
  const rows = keys
    .flatMap(key => missing.get(key) ?? [])
    .map(({ vote, networkId }) => ({ ...vote.person, networkId, id: ids.id(), name: shorten(sanitizeLine(vote.person.name) || '?', 80) }))
  const refs = rows.map(row => row.ref)
  const names = rows.map(row => row.name)
  await sql.query(
    `INSERT INTO "Identity" ("ref", "name", "locale") SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    [refs, names, rows.map(row => row.locale ?? null)],
  )
  // One statement: a person without a membership never stands, whoever came first.
  await sql.query(
    `WITH wanted AS (
       SELECT w.* FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS w("ref", "name", "networkId", "id")
       WHERE NOT EXISTS (SELECT 1 FROM "Membership" m WHERE m."identityRef" = w."ref" AND m."networkId" = w."networkId")
     ), made AS (INSERT INTO "Person" ("id", "networkId", "name") SELECT "id", "networkId", "name" FROM wanted RETURNING "id")
     INSERT INTO "Membership" ("identityRef", "networkId", "personId") SELECT w."ref", w."networkId", w."id" FROM wanted w JOIN made ON made."id" = w."id"`,
    [refs, names, rows.map(row => row.networkId), rows.map(row => row.id)],
  )
}
