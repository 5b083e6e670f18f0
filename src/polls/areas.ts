import { touch } from '../delivery/outbox.ts'
import { sqlOf } from '../store/sql.ts'
import type { Tx } from '../store/tx.ts'
import { countedNow } from './cast.ts'
import { BALLOTS, difference } from './domain.ts'
import { hold, nameIn } from './people.ts'
import { type PollNow, readPolls } from './votes.ts'

/**
 * Somebody has said their neighbourhood for the first time since they answered: what they answered in polls that are open, and what counts in no area so
 * far, counts there from now on. An answer that counts in an area never moves to another one.
 */
export async function moveIntoArea(tx: Tx, { personId, areaId }: { readonly personId: string; readonly areaId: string }): Promise<void> {
  const held = await hold(tx, [personId])
  const voters = held.flatMap(one => {
    const voter = nameIn(one, personId)
    return voter === undefined ? [] : [{ pollId: one.id, voter }]
  })
  const moved = await tx.$queryRaw<{ pollId: string; options: number[] }[]>`
    UPDATE "Ballot" b SET "areaId" = ${areaId}
    FROM unnest(${voters.map(one => one.pollId)}::text[], ${voters.map(one => one.voter)}::text[]) AS u("poll", "voter"), "Poll" p
    WHERE b."pollId" = u."poll" AND b."voter" = u."voter" AND b."areaId" IS NULL AND p."id" = b."pollId" AND p."state" = 'open'
    RETURNING b."pollId", b."options"`
  if (moved.length === 0) return
  const ids = moved.map(row => row.pollId)
  const { polls } = await readPolls(sqlOf(tx), ids, [], [])
  const rows = moved.flatMap(({ pollId, options }) => {
    const poll = polls.get(pollId)
    return poll ? countsOf(poll, options, areaId) : []
  })
  await tx.$executeRaw`
    INSERT INTO "Count" AS c ("pollId", "areaId", "option", "n")
    SELECT * FROM unnest(${rows.map(row => row.pollId)}::text[], ${rows.map(row => row.areaId)}::text[], ${rows.map(row => row.option)}::int[],
      ${rows.map(row => row.n)}::int[])
    ON CONFLICT ("pollId", "areaId", "option") DO UPDATE SET "n" = c."n" + EXCLUDED."n"`
  await touch(
    tx,
    ids.map(id => `polls_post_${id}`),
  )
}

/** What a ballot takes out of "area not said", and puts into an area. */
function countsOf(poll: PollNow, options: readonly number[], areaId: string) {
  const by = new Map([[BALLOTS, 0]])
  difference([], countedNow({ options }, poll), by)
  return [...by].flatMap(([option, n]) => [
    { pollId: poll.id, areaId: '', option, n: -n },
    { pollId: poll.id, areaId, option, n },
  ])
}
