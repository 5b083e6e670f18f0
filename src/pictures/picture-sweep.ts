import { keptMs } from '../base/kept.ts'
import type { PictureKeeper } from '../feature/parts.ts'
import { Prisma, type PrismaClient } from '../store/generated/client.ts'

/** How many are looked at in one statement. */
const BATCH = 500

/**
 * Forgets pictures older than a day that nothing refers to; how many. A batch at a time, and each picture is looked for by its id in the indexes of the migration
 * `pictures_kept`: neither grows with what was ever posted. A feature that keeps pictures says so by `pictures`, and has an index of its own.
 */
export async function sweepPictures(store: PrismaClient, keepers: readonly PictureKeeper[], now: Date, batch = BATCH): Promise<number> {
  const before = new Date(now.getTime() - keptMs('pictures'))
  const kept = Prisma.join([Prisma.sql`false`, ...keepers.map(keeper => keeper(Prisma.sql`old."id"`))], ' OR ')
  let gone = 0
  for (let after: { at: Date; id: string } | undefined = { at: new Date(0), id: '' }; after; ) {
    const [done]: Batch[] = await store.$queryRaw<Batch[]>`
      WITH old AS MATERIALIZED (
        SELECT "id", "createdAt" FROM "Picture"
        WHERE "createdAt" < ${before}::timestamptz AND ("createdAt", "id") > (${after.at}::timestamptz, ${after.id})
        ORDER BY "createdAt", "id" LIMIT ${batch}),
      dropped AS (
        DELETE FROM "Picture" p USING old WHERE p."id" = old."id"
          AND NOT (${kept})
          AND NOT EXISTS (SELECT 1 FROM "Draft" WHERE "data" #>> '{picture,id}' = old."id")
          AND NOT EXISTS (SELECT 1 FROM "Delivery" WHERE "view" @> '{"blocks":[{"kind":"picture"}]}' AND "view" @> ${SHOWN})
          AND NOT EXISTS (SELECT 1 FROM "Waiting" WHERE "view" @> '{"blocks":[{"kind":"picture"}]}' AND "view" @> ${SHOWN})
        RETURNING 1)
      SELECT (SELECT count(*)::int FROM dropped) AS "gone", (SELECT count(*)::int FROM old) AS "seen",
        (SELECT max("createdAt") FROM old) AS "at", (SELECT "id" FROM old ORDER BY "createdAt" DESC, "id" DESC LIMIT 1) AS "id"`
    gone += done?.gone ?? 0
    after = done && done.seen === batch && done.at && done.id !== null ? { at: done.at, id: done.id } : undefined
  }
  return gone
}

/** Says that a table whose column `picture` has an index by its id keeps pictures. `table`: a name of our own, never what somebody sent. */
export function keptIn(table: string): PictureKeeper {
  return id => Prisma.sql`EXISTS (SELECT 1 FROM ${Prisma.raw(`"${table}"`)} WHERE "picture" IS NOT NULL AND "picture" ->> 'id' = ${id})`
}

/** A view with this picture in it. */
const SHOWN = Prisma.sql`jsonb_build_object('blocks', jsonb_build_array(jsonb_build_object('kind', 'picture', 'id', old."id")))`

interface Batch {
  readonly gone: number
  readonly seen: number
  readonly at: Date | null
  readonly id: string | null
}
