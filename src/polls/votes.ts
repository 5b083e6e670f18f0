import type { PollState, Space } from '../store/generated/client.ts'
import type { Sql } from '../store/sql.ts'
import type { Rules } from './domain.ts'
import { type CountRow, writeShown } from './figures.ts'
import type { Steps } from './steps.ts'

/** A poll as a vote sees it, locked until the vote is committed: a close waits for it, and it waits for a close. */
export interface PollNow extends Rules {
  readonly id: string
  readonly networkId: string
  readonly state: PollState
  readonly question: string
  readonly closesAt: Date | null
  readonly paused: boolean
  readonly zone: string
  readonly locale: string
  readonly options: readonly { readonly number: number; readonly text: string; readonly hidden: boolean }[]
  readonly spaces: readonly Pick<Space, 'id' | 'areaId' | 'audience'>[]
  readonly hideUnder: number
  /** Whether there is an area that somebody can say. */
  readonly hasAreas: boolean
  /** Of a secret poll: its counts, and what has been shown of them, as it is kept. */
  readonly counts: readonly Pick<CountRow, 'option' | 'n'>[] | null
  readonly shown: unknown
}

export interface BallotRow {
  readonly pollId: string
  readonly voter: string
  readonly options: readonly number[]
  readonly areaId: string | null
  readonly receipt: string
}

/** A ballot's place: which poll, and how it names its voter. */
export interface Place {
  readonly pollId: string
  readonly voter: string
}

export interface Read {
  readonly polls: ReadonlyMap<string, PollNow>
  /** By `"poll voter"`. */
  readonly ballots: ReadonlyMap<string, BallotRow>
  /** Who of the persons asked for is there. */
  readonly present: ReadonlySet<string>
}

/** Polls that are locked, and the ballots at these places. A statement after the lock: what was committed just before it is seen. */
export async function readPolls(sql: Sql, ids: readonly string[], places: readonly Place[], personIds: readonly string[]): Promise<Read> {
  const rows = await sql.query<PollNow & { readonly ballots: readonly BallotRow[]; readonly present: readonly string[] }>(
    `SELECT p."id", p."networkId", p."state", p."question", p."closesAt", p."min", p."max", p."secret", p."results", p."addOptions", p."voters", p."hideUnder",
            EXISTS (SELECT 1 FROM "Area" a WHERE a."networkId" = p."networkId" AND a."retiredAt" IS NULL) AS "hasAreas",
            CASE WHEN p."secret" THEN (SELECT coalesce(json_agg(c), '[]') FROM (SELECT "option", sum("n")::int AS n FROM "Count" WHERE "pollId" = p."id" GROUP BY "option") c) END AS "counts",
            CASE WHEN p."secret" THEN (SELECT s."figures" FROM "PollShown" s WHERE s."pollId" = p."id") END AS "shown",
            n."state" <> 'active' AS "paused", n."zone", n."locale",
            (SELECT json_agg(json_build_object('number', o."number", 'text', o."text", 'hidden', o."hiddenAt" IS NOT NULL) ORDER BY o."number") FROM "Option" o WHERE o."pollId" = p."id") AS "options",
            (SELECT coalesce(json_agg(json_build_object('id', s."id", 'areaId', s."areaId", 'audience', s."audience")), '[]') FROM "PollSpace" ps JOIN "Space" s ON s."id" = ps."spaceId" WHERE ps."pollId" = p."id") AS "spaces",
            (SELECT coalesce(json_agg(b), '[]') FROM (SELECT DISTINCT v FROM unnest($2::text[], $3::text[]) AS u(poll, v) WHERE poll = p."id") w JOIN "Ballot" b ON b."pollId" = p."id" AND b."voter" = w.v) AS "ballots",
            ARRAY(SELECT one."id" FROM "Person" one WHERE one."id" = ANY($4::text[])) AS "present"
     FROM "Poll" p JOIN "Network" n ON n."id" = p."networkId" WHERE p."id" = ANY($1::text[])`,
    [ids, places.map(place => place.pollId), places.map(place => place.voter), personIds],
  )
  return {
    present: new Set(rows[0]?.present),
    polls: new Map(rows.map(({ ballots: _, present: __, ...poll }) => [poll.id, poll])),
    ballots: new Map(rows.flatMap(row => row.ballots.map(ballot => [`${row.id} ${ballot.voter}`, ballot] as const))),
  }
}

/** What a group of votes has changed. */
export interface Changes {
  readonly ballots: readonly BallotRow[]
  /** The counts of areas move by differences. */
  readonly counts: readonly { pollId: string; areaId: string; by: ReadonlyMap<number, number> }[]
  /** Who took part in secret polls; who has taken everything back has not. */
  readonly tookPart: readonly { pollId: string; personId: string; gone: boolean }[]
  /** What secret polls show from now on. */
  readonly steps?: readonly { readonly pollId: string; readonly steps: Steps }[]
}

/** Writes all of it, and that the posts of these polls are to be drawn anew (as `touch` does), by one statement. */
export async function save(sql: Sql, { ballots, counts, tookPart, steps = [] }: Changes): Promise<void> {
  if (ballots.length === 0) return
  const moves = counts.flatMap(({ pollId, areaId, by }) =>
    [...by].filter(([, n]) => n !== 0).map(([option, n]) => ({ pollId, areaId, option, n })),
  )
  const here = tookPart.filter(row => !row.gone)
  const gone = tookPart.filter(row => row.gone)
  await sql.query(
    `WITH ballots AS (
       INSERT INTO "Ballot" ("pollId", "voter", "options", "areaId", "receipt")
       SELECT p, v, o::int[], a, r FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS u(p, v, o, a, r)
       ON CONFLICT ("pollId", "voter") DO UPDATE SET "options" = EXCLUDED."options"
     ), counts AS (
       INSERT INTO "Count" AS c ("pollId", "areaId", "option", "n") SELECT * FROM unnest($6::text[], $7::text[], $8::int[], $9::int[])
       ON CONFLICT ("pollId", "areaId", "option") DO UPDATE SET "n" = c."n" + EXCLUDED."n"
     ), here AS (
       INSERT INTO "TookPart" ("pollId", "personId") SELECT * FROM unnest($10::text[], $11::text[]) ON CONFLICT DO NOTHING
     ), gone AS (
       DELETE FROM "TookPart" t USING unnest($12::text[], $13::text[]) AS u(p, v) WHERE t."pollId" = u.p AND t."personId" = u.v
     ), steps AS (
       INSERT INTO "PollShown" ("pollId", "figures") SELECT * FROM unnest($15::text[], $16::jsonb[])
       ON CONFLICT ("pollId") DO UPDATE SET "figures" = EXCLUDED."figures"
     )
     INSERT INTO "Touched" ("subject") SELECT * FROM unnest($14::text[])`,
    [
      ballots.map(row => row.pollId),
      ballots.map(row => row.voter),
      ballots.map(row => `{${row.options.join(',')}}`),
      ballots.map(row => row.areaId),
      ballots.map(row => row.receipt),
      moves.map(row => row.pollId),
      moves.map(row => row.areaId),
      moves.map(row => row.option),
      moves.map(row => row.n),
      here.map(row => row.pollId),
      here.map(row => row.personId),
      gone.map(row => row.pollId),
      gone.map(row => row.personId),
      [...new Set(ballots.map(row => `polls_post_${row.pollId}`))],
      steps.map(row => row.pollId),
      steps.map(row => JSON.stringify(writeShown({ kind: 'steps', steps: row.steps }))),
    ],
  )
}
