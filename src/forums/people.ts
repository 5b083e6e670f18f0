import { touch } from '../delivery/outbox.ts'
import type { Deps } from '../feature/feature.ts'
import type { Rsvp } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import type { ANSWERS } from './domain.ts'
import { eventOf, postsOf } from './forum.ts'
import { asSaid, saveAnswer } from './seats.ts'

/** What becomes of answers and hosts when a person is forgotten, or turns out to be another one. */

/** Holds all forums that these people have answered, in one order, so that nobody gives out their places meanwhile. */
async function hold(tx: Tx, people: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 AS held FROM "Forum" WHERE "id" IN (SELECT "forumId" FROM "Rsvp" WHERE "personId" = ANY(${[...people]}::text[]))
    ORDER BY "id" FOR NO KEY UPDATE`
}

/** Places in forums ahead are offered to others, as when somebody cancels; in those that have begun, who came and who would come stays counted. */
export async function forgetInForums(
  tx: Tx,
  deps: Deps,
  { personId, now }: { readonly personId: string; readonly now: Date },
): Promise<void> {
  await hold(tx, [personId])
  const ahead = { state: 'standing' as const, startsAt: { gt: now } }
  const said = await tx.rsvp.findMany({ where: { personId, forum: ahead }, orderBy: { forumId: 'asc' } })
  for (const before of said) await saveAnswer(tx, deps, { id: before.forumId }, { personId, before, after: undefined })
  await tx.rsvp.deleteMany({ where: { personId } })
  const { networkId, name } = await tx.person.findUniqueOrThrow({ where: { id: personId } })
  // Their very name as the host is what a new forum is set to, so it goes; words that somebody typed for everybody stay, whoever they speak of.
  const hosted = await tx.forum.updateManyAndReturn({
    where: { networkId, host: name, OR: [{ hostId: personId }, { createdBy: personId }] },
    data: { host: '' },
    select: { id: true },
  })
  await touch(
    tx,
    hosted.flatMap(({ id }) => [postsOf(id), eventOf(id)]),
  )
  await tx.forum.updateMany({ where: { networkId, hostId: personId }, data: { hostId: null } })
  await tx.forum.updateMany({ where: { networkId, createdBy: personId }, data: { createdBy: null } })
}

/** One human comes once: where both have answered, the better answer stays, and places that are one too many are offered to others. */
export async function joinInForums(tx: Tx, deps: Deps, { from, into }: { readonly from: string; readonly into: string }): Promise<void> {
  await hold(tx, [from, into])
  await tx.$executeRaw`
    UPDATE "Rsvp" r SET "personId" = ${into}
    WHERE r."personId" = ${from} AND NOT EXISTS (SELECT 1 FROM "Rsvp" m WHERE m."forumId" = r."forumId" AND m."personId" = ${into})`
  const theirs = await tx.rsvp.findMany({ where: { personId: from }, orderBy: { forumId: 'asc' } })
  const mine = await tx.rsvp.findMany({ where: { personId: into, forumId: { in: theirs.map(row => row.forumId) } } })
  for (const row of theirs) {
    const own = mine.find(one => one.forumId === row.forumId)
    if (own) await joinAnswers(tx, deps, own, row)
  }
  const { networkId } = await tx.person.findUniqueOrThrow({ where: { id: into }, select: { networkId: true } })
  await tx.forum.updateMany({ where: { networkId, hostId: from }, data: { hostId: into } })
  await tx.forum.updateMany({ where: { networkId, createdBy: from }, data: { createdBy: into } })
}

async function joinAnswers(tx: Tx, deps: Deps, mine: Rsvp, theirs: Rsvp): Promise<void> {
  const { forumId, personId } = mine
  const joined = better(mine, theirs)
  // First what stays: places that come free for a moment would be given to others.
  const before = { ...mine, offerUntil: joined.offerUntil }
  await saveAnswer(tx, deps, { id: forumId }, { personId, before, after: asSaid(joined) })
  const { remind, needs, cameAt, still } = joined
  await tx.rsvp.update({ where: { forumId_personId: { forumId, personId } }, data: { remind, needs, cameAt, still } })
  const rest = { forumId_personId: { forumId, personId: theirs.personId } }
  // As it is now: the list may have moved.
  const now = await tx.rsvp.findUniqueOrThrow({ where: rest })
  await saveAnswer(tx, deps, { id: forumId }, { personId: theirs.personId, before: now, after: undefined })
  if (mine.cameAt && theirs.cameAt) await tx.forum.update({ where: { id: forumId }, data: { came: { decrement: 1 } } })
}

/** From the best to the least. */
const RANKS = ['coming', 'offered', 'waiting', 'maybe', 'cant'] as const satisfies readonly (typeof ANSWERS)[number][]

/** What one human has said who said two things: the better one; of two that are the same, the earlier place and the greater party. */
function better(mine: Rsvp, theirs: Rsvp): Rsvp {
  const rank = (row: Rsvp): number => RANKS.indexOf(row.answer)
  const best = rank(theirs) < rank(mine) ? theirs : mine
  const alike = rank(mine) === rank(theirs) ? [mine, theirs] : [best]
  const places = alike.flatMap(row => row.place ?? [])
  const came = [mine, theirs].flatMap(row => row.cameAt ?? []).toSorted((a, b) => a.getTime() - b.getTime())
  const isComing = best.answer !== 'cant'
  return {
    ...best,
    party: Math.max(...alike.map(row => row.party)),
    place: places.length > 0 ? Math.min(...places) : null,
    remind: isComing && (mine.remind || theirs.remind),
    needs: isComing ? (mine.needs ?? theirs.needs) : null,
    cameAt: came[0] ?? null,
  }
}
