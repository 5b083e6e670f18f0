import type pg from 'pg'
import { setActsApart } from '../community/acts.ts'
import { SCRUB } from './close.ts'

/** The fact that says up to which wish to scrub the rows below were written anew: its time is that of `SCRUB`. */
const PARTED = 'parted-polls'

/**
 * A row tells in which transaction it was written (`xmin`), and its place in the table when: both are the same for all that was written with one vote. So
 * after a close all of that is written anew, apart from the close and from each other: who took part in random order, the counts likewise, and what only
 * stands beside a vote (the person it made, the chats they act in, the delivery it came by) all at once. What was given beside answers that are not kept goes: its words can name
 * the person, and the delivery's id the moment. What waits in place of an answer about a choice goes too. Done once for each wish to scrub (`at`), and again after a crash.
 */
export async function part(client: pg.PoolClient, at: Date): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM "Fact" WHERE "name" = $1 AND "at" = $2', [PARTED, at])
  if (rowCount !== 0) return
  await client.query(anew('TookPart', ['pollId', 'personId']))
  await client.query(anew('Count', ['pollId', 'areaId', 'option', 'n']))
  await setActsApart(client, at)
  // One statement each: nobody waits for long, and no two tables are held at once.
  await client.query('UPDATE "Person" SET "name" = "name"')
  await client.query('UPDATE "Membership" SET "personId" = "personId"')
  await client.query('UPDATE "Identity" SET "name" = "name"')
  await client.query(`UPDATE "Seen" SET "replies" = CASE jsonb_typeof("replies") WHEN 'object' THEN NULL ELSE "replies" END`)
  await client.query(
    `DELETE FROM "Waiting" w USING "Poll" p WHERE p."secret" AND p."state" <> 'open'
       AND w."view" ? 'whole' AND w."view" #>> '{buttons,0,0,token}' = 'polls_mine_' || p."id"`,
  )
  await client.query('INSERT INTO "Fact" ("name", "at") VALUES ($1, $2) ON CONFLICT ("name") DO UPDATE SET "at" = EXCLUDED."at"', [
    PARTED,
    at,
  ])
}

/** Rows of secret polls that are over and were not written all together yet, in random order. */
function anew(table: string, names: readonly string[]): string {
  const columns = names.map(name => `"${name}"`).join(', ')
  return `WITH apart AS (
      SELECT t."pollId" FROM "${table}" t JOIN "Poll" p ON p."id" = t."pollId" WHERE p."secret" AND p."state" <> 'open'
      GROUP BY t."pollId" HAVING count(DISTINCT t.xmin::text) > 1
    ), gone AS (DELETE FROM "${table}" t USING apart WHERE t."pollId" = apart."pollId" RETURNING t.*)
    INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM gone ORDER BY gen_random_uuid()`
}

/** All is done that was wished for at that moment; what was wished for since then is still to be done. */
export async function parted(pool: pg.Pool, at: Date): Promise<void> {
  await pool.query('DELETE FROM "Fact" WHERE "name" = ANY($1) AND "at" = $2', [[SCRUB, PARTED], at])
}
