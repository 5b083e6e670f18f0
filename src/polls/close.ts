import { post, touch } from '../delivery/outbox.ts'
import { dropWaiting } from '../delivery/replan.ts'
import type { Deps } from '../feature/feature.ts'
import type { Tx } from '../store/tx.ts'
import { postsOf } from './create.ts'
import { loadPoll, postsOfPoll, reminderOf, type WholePoll } from './poll.ts'

/** The fact that says that ballots were deleted whose bytes are still to be overwritten. */
export const SCRUB = 'polls-scrub'

/** What held a secret poll's ballots, or stood beside them. */
export const SCRUBBED_TABLES = ['Ballot', 'ClosedBallot', 'PollKey', 'TookPart', 'Count', 'PollShown', 'Seen'] as const

/** What was written when somebody voted for the first time, or soon after. */
export const ORDERED_TABLES = ['Acted', 'Person', 'Membership', 'Identity'] as const

/**
 * Closes an open poll in one transaction: the key and the open ballots of a secret poll are gone, its ballots lie shuffled under new ids, and every space
 * gets the outcome. False when somebody else has closed it.
 */
export async function closePoll(tx: Tx, deps: Deps, pollId: string, outcome: string | null): Promise<boolean> {
  const now = deps.clock.now()
  const closed = await tx.poll.updateMany({
    where: { id: pollId, state: 'open' },
    data: { state: 'closed', closedAt: now, ...(outcome ? { outcome } : {}) },
  })
  if (closed.count === 0) return false
  const poll = await loadPoll(tx, pollId)
  if (!poll) return false
  if (poll.secret) await shuffle(tx, pollId, now)
  await dropWaiting(tx, { networkId: poll.networkId, subject: reminderOf(pollId) })
  await touch(tx, postsOfPoll(pollId))
  await post(tx, outcomePosts(deps, poll), now)
  await deps.publish(tx, 'poll closed', { networkId: poll.networkId, pollId })
  return true
}

/** Takes a poll back: it has no result, and its votes are gone. False when it is not there to be taken back. */
export async function withdrawPoll(tx: Tx, pollId: string, now: Date): Promise<boolean> {
  const [gone] = await tx.poll.updateManyAndReturn({
    where: { id: pollId, state: { in: ['open', 'scheduled'] } },
    data: { state: 'withdrawn', closedAt: now },
    select: { networkId: true },
  })
  if (!gone) return false
  await dropWaiting(tx, { networkId: gone.networkId, subject: reminderOf(pollId) })
  await tx.ballot.deleteMany({ where: { pollId } })
  await tx.tookPart.deleteMany({ where: { pollId } })
  await tx.pollKey.deleteMany({ where: { pollId } })
  await tx.count.deleteMany({ where: { pollId } })
  await wantScrub(tx, now)
  await touch(tx, postsOfPoll(pollId))
  return true
}

/** In random order, each with a new random id: nothing of a row tells whose it was or when it came. */
async function shuffle(tx: Tx, pollId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "ClosedBallot" ("id", "pollId", "options", "areaId", "receipt")
    SELECT gen_random_uuid()::text, "pollId", "options", "areaId", "receipt" FROM "Ballot"
    WHERE "pollId" = ${pollId} AND cardinality("options") > 0 ORDER BY gen_random_uuid()`
  await tx.$executeRaw`DELETE FROM "Ballot" WHERE "pollId" = ${pollId}`
  await tx.$executeRaw`DELETE FROM "PollKey" WHERE "pollId" = ${pollId}`
  await wantScrub(tx, now)
}

/** Says that deleted ballots are to be overwritten with the next second’s work. Each wish has a moment of its own, so that none passes for another. */
export async function wantScrub(tx: Tx, now: Date): Promise<void> {
  await tx.$executeRaw`INSERT INTO "Fact" AS f ("name", "at") VALUES (${SCRUB}, ${now}::timestamptz)
    ON CONFLICT ("name") DO UPDATE SET "at" = greatest(EXCLUDED."at", f."at" + interval '1 millisecond')`
}

function outcomePosts(deps: Deps, poll: WholePoll): ReturnType<typeof postsOf> {
  const spaces = poll.spaces.map(one => one.space).filter(space => space.state === 'joined')
  return postsOf(deps, poll.id, poll.networkId, spaces, 0).map(one => ({
    ...one,
    key: `${one.key}/outcome`,
    subject: `polls_outcome_${poll.id}`,
  }))
}
