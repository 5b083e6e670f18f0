import { sqlOf } from '../store/sql.ts'
import type { Tx } from '../store/tx.ts'
import { countedNow, type Moves, recount, secretName } from './cast.ts'
import { wantScrub } from './close.ts'
import { type BallotRow, type PollNow, type Read, readPolls, save } from './votes.ts'

/** What becomes of ballots when a person is forgotten, or turns out to be another one. */

interface Held {
  readonly id: string
  readonly secret: boolean
  /** A secret poll's own key, in hex, while it is there. */
  readonly key: string | null
}

/** The polls in which these people (of one network) can have a ballot that is to be found, locked in the order in which votes lock them. */
export async function hold(tx: Tx, people: readonly string[]): Promise<readonly Held[]> {
  return tx.$queryRaw<Held[]>`
    SELECT p."id", p."secret", (SELECT encode(k."key", 'hex') FROM "PollKey" k WHERE k."pollId" = p."id") AS "key"
    FROM "Poll" p
    WHERE p."networkId" IN (SELECT "networkId" FROM "Person" WHERE "id" = ANY(${[...people]}::text[]))
      AND (p."state" IN ('scheduled', 'open')
        OR (NOT p."secret" AND EXISTS (SELECT 1 FROM "Ballot" b WHERE b."pollId" = p."id" AND b."voter" = ANY(${[...people]}::text[]))))
    ORDER BY p."id" FOR NO KEY UPDATE OF p`
}

/** How a poll's ballot names a person. A secret poll that has lost its key, as keys are in no backup, knows nobody any more. */
export function nameIn({ id, secret, key }: Held, personId: string): string | undefined {
  if (!secret) return personId
  return key === null ? undefined : secretName(personId, { id, key })
}

function read(tx: Tx, held: readonly Held[], people: readonly string[]): Promise<Read> {
  const places = held.flatMap(one =>
    people.flatMap(personId => {
      const voter = nameIn(one, personId)
      return voter === undefined ? [] : [{ pollId: one.id, voter }]
    }),
  )
  return readPolls(
    sqlOf(tx),
    held.map(one => one.id),
    places,
    people,
  )
}

/** As whoever takes all of it back, and then the empty ballot goes too. */
async function takeBack(tx: Tx, gone: readonly BallotRow[], polls: Read['polls']): Promise<void> {
  if (gone.length === 0) return
  const counts: Moves = new Map()
  const ballots = gone.map(row => ({ ...row, options: [] }))
  for (const row of gone) {
    const poll = polls.get(row.pollId)
    if (poll) recount(counts, poll, row, { options: [] })
  }
  await save(sqlOf(tx), { ballots, counts: [...counts.values()], tookPart: [] })
  await tx.$executeRaw`
    DELETE FROM "Ballot" b USING unnest(${gone.map(row => row.pollId)}::text[], ${gone.map(row => row.voter)}::text[]) AS u(poll, voter)
    WHERE b."pollId" = u.poll AND b."voter" = u.voter`
}

/** Open ballots are taken back; in a closed poll of names the ballot stays counted, under a name that stands for nobody. */
export async function forgetInPolls(tx: Tx, { personId, now }: { readonly personId: string; readonly now: Date }): Promise<void> {
  const held = await hold(tx, [personId])
  const { polls, ballots } = await read(tx, held, [personId])
  const isOver = (row: BallotRow): boolean => polls.get(row.pollId)?.state === 'closed' && row.options.length > 0
  const all = [...ballots.values()]
  await takeBack(
    tx,
    all.filter(row => !isOver(row)),
    polls,
  )
  const stays = all.filter(isOver).map(row => row.pollId)
  await tx.$executeRaw`UPDATE "Ballot" SET "voter" = gen_random_uuid()::text WHERE "voter" = ${personId} AND "pollId" = ANY(${stays}::text[])`
  const { count } = await tx.tookPart.deleteMany({ where: { personId } })
  // That they took part in a secret poll is to be gone from the disk as well.
  if (count > 0) await wantScrub(tx, now)
  const { networkId } = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { networkId: true } })
  await tx.poll.updateMany({ where: { networkId, createdBy: personId }, data: { createdBy: null } })
  await tx.option.updateMany({ where: { addedBy: personId, poll: { networkId } }, data: { addedBy: null } })
}

/**
 * One human has one ballot: where both have one, that of `into` stays (see `lesser`), and the other one is taken back. In a secret poll that is closed nobody
 * knows any more whose a ballot was, so there both stay counted.
 */
export async function joinInPolls(
  tx: Tx,
  { from, into, now }: { readonly from: string; readonly into: string; readonly now: Date },
): Promise<void> {
  const held = await hold(tx, [from, into])
  const { polls, ballots } = await read(tx, held, [from, into])
  const lost: BallotRow[] = []
  const moved: { readonly pollId: string; readonly was: string; readonly is: string }[] = []
  for (const one of held) {
    const [was, is] = [nameIn(one, from), nameIn(one, into)]
    const poll = polls.get(one.id)
    const theirs = ballots.get(`${one.id} ${was}`)
    const mine = ballots.get(`${one.id} ${is}`)
    if (!poll || !theirs || was === undefined || is === undefined) continue
    const gone = mine && lesser(mine, theirs, poll)
    if (gone) lost.push(gone)
    if (gone !== theirs) moved.push({ pollId: one.id, was, is })
  }
  await takeBack(tx, lost, polls)
  await tx.$executeRaw`
    UPDATE "Ballot" b SET "voter" = u."is"
    FROM unnest(${moved.map(row => row.pollId)}::text[], ${moved.map(row => row.was)}::text[], ${moved.map(row => row.is)}::text[]) AS u("poll", "was", "is")
    WHERE b."pollId" = u."poll" AND b."voter" = u."was"`
  await tx.$executeRaw`
    INSERT INTO "TookPart" ("pollId", "personId") SELECT "pollId", ${into} FROM "TookPart" WHERE "personId" = ${from} ON CONFLICT DO NOTHING`
  const { count } = await tx.tookPart.deleteMany({ where: { personId: from } })
  if (count > 0) await wantScrub(tx, now)
  const { networkId } = await tx.person.findUniqueOrThrow({ where: { id: into }, select: { networkId: true } })
  await tx.poll.updateMany({ where: { networkId, createdBy: from }, data: { createdBy: into } })
  await tx.option.updateMany({ where: { addedBy: from, poll: { networkId } }, data: { addedBy: into } })
}

/** Of two ballots of one human the one that goes: theirs, unless it alone counts, or it alone has a choice. They go on with `mine`, and have it before them. */
function lesser(mine: BallotRow, theirs: BallotRow, poll: PollNow): BallotRow {
  const counts = (row: BallotRow): boolean => countedNow(row, poll).length > 0
  if (counts(mine) !== counts(theirs)) return counts(mine) ? theirs : mine
  return mine.options.length === 0 && theirs.options.length > 0 ? mine : theirs
}
