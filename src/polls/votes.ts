import type { Tx } from '../feature.ts'
import type { Rules } from './domain.ts'

/** A poll as a vote sees it, locked until the vote is committed: a close waits for it, and it waits for a close. */
export interface PollNow extends Rules {
  readonly id: string
  readonly networkId: string
  readonly state: string
  readonly question: string
  readonly closesAt: Date | null
  readonly paused: boolean
  readonly zone: string
  readonly locale: string
  readonly key: Uint8Array | null
  readonly options: readonly { readonly number: number; readonly text: string; readonly hidden: boolean }[]
  readonly spaces: readonly { readonly id: string; readonly areaId: string | null; readonly audience: string }[]
}

export interface BallotRow {
  readonly pollId: string
  readonly voter: string
  readonly options: readonly number[]
  readonly areaId: string | null
  readonly receipt: string
}

/** Marks deliveries as seen and says which of them are new. Only the id is kept. */
export async function unseen(tx: Tx, ids: readonly string[], now: Date): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "Seen" ("id", "day") SELECT id, ${now.toISOString().slice(0, 10)}::date FROM (SELECT DISTINCT unnest(${ids}::text[]) AS id) AS new ORDER BY id
    ON CONFLICT DO NOTHING RETURNING "id"`
  return new Set(rows.map(row => row.id))
}

/** Polls by id, locked in one order. */
export async function lockPolls(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, PollNow>> {
  const rows = await tx.$queryRaw<PollNow[]>`
    SELECT p."id", p."networkId", p."state", p."question", p."closesAt", p."min", p."max", p."secret", p."results", p."addOptions", p."voters",
           n."state" <> 'active' AS "paused", n."zone", n."locale", k."key",
           (SELECT json_agg(json_build_object('number', o."number", 'text', o."text", 'hidden', o."hiddenAt" IS NOT NULL) ORDER BY o."number") FROM "Option" o WHERE o."pollId" = p."id") AS "options",
           (SELECT coalesce(json_agg(json_build_object('id', s."id", 'areaId', s."areaId", 'audience', s."audience")), '[]') FROM "PollSpace" ps JOIN "Space" s ON s."id" = ps."spaceId" WHERE ps."pollId" = p."id") AS "spaces"
    FROM "Poll" p JOIN "Network" n ON n."id" = p."networkId" LEFT JOIN "PollKey" k ON k."pollId" = p."id"
    WHERE p."id" = ANY(${ids}) ORDER BY p."id" FOR NO KEY UPDATE OF p`
  return new Map(rows.map(row => [row.id, row]))
}

/** Ballots by `"poll voter"`. */
export async function ballotsOf(tx: Tx, seats: readonly { pollId: string; voter: string }[]): Promise<ReadonlyMap<string, BallotRow>> {
  if (seats.length === 0) return new Map()
  const rows = await tx.$queryRaw<BallotRow[]>`
    SELECT b."pollId", b."voter", b."options", b."areaId", b."receipt" FROM "Ballot" b
    JOIN (SELECT DISTINCT * FROM unnest(${seats.map(seat => seat.pollId)}::text[], ${seats.map(seat => seat.voter)}::text[]) AS u(p, v)) AS w ON b."pollId" = w.p AND b."voter" = w.v`
  return new Map(rows.map(row => [`${row.pollId} ${row.voter}`, row]))
}

export async function saveBallots(tx: Tx, rows: readonly BallotRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.$executeRaw`
    INSERT INTO "Ballot" ("pollId", "voter", "options", "areaId", "receipt")
    SELECT p, v, o::int[], a, r
    FROM unnest(${rows.map(row => row.pollId)}::text[], ${rows.map(row => row.voter)}::text[], ${rows.map(row => `{${row.options.join(',')}}`)}::text[],
                ${rows.map(row => row.areaId)}::text[], ${rows.map(row => row.receipt)}::text[]) AS u(p, v, o, a, r)
    ON CONFLICT ("pollId", "voter") DO UPDATE SET "options" = EXCLUDED."options"`
}

/** Moves the counts of areas by differences. */
export async function saveCounts(
  tx: Tx,
  changes: readonly { pollId: string; areaId: string; by: ReadonlyMap<number, number> }[],
): Promise<void> {
  const rows = changes.flatMap(({ pollId, areaId, by }) =>
    [...by].filter(([, n]) => n !== 0).map(([option, n]) => ({ pollId, areaId, option, n })),
  )
  if (rows.length === 0) return
  await tx.$executeRaw`
    INSERT INTO "Count" AS c ("pollId", "areaId", "option", "n")
    SELECT * FROM unnest(${rows.map(row => row.pollId)}::text[], ${rows.map(row => row.areaId)}::text[], ${rows.map(row => row.option)}::int[], ${rows.map(row => row.n)}::int[])
    ON CONFLICT ("pollId", "areaId", "option") DO UPDATE SET "n" = c."n" + EXCLUDED."n"`
}

/** Who took part in secret polls; who has taken everything back has not. */
export async function saveTookPart(tx: Tx, rows: readonly { pollId: string; personId: string; gone: boolean }[]): Promise<void> {
  const last = [...new Map(rows.map(row => [`${row.pollId} ${row.personId}`, row])).values()]
  const here = last.filter(row => !row.gone)
  const gone = last.filter(row => row.gone)
  if (here.length > 0) {
    await tx.$executeRaw`
      INSERT INTO "TookPart" ("pollId", "personId") SELECT * FROM unnest(${here.map(row => row.pollId)}::text[], ${here.map(row => row.personId)}::text[])
      ON CONFLICT DO NOTHING`
  }
  if (gone.length > 0) {
    await tx.$executeRaw`
      DELETE FROM "TookPart" t USING unnest(${gone.map(row => row.pollId)}::text[], ${gone.map(row => row.personId)}::text[]) AS u(p, v)
      WHERE t."pollId" = u.p AND t."personId" = u.v`
  }
}
