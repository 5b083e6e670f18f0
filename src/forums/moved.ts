import type { Tx } from '../store/tx.ts'

/** A space has a new address: forums that are ahead and stood there are posted there again. One statement, whatever else the network has planned. */
export async function forumsMoved(tx: Tx, spaceId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Touched" ("subject")
    SELECT DISTINCT d."subject" FROM "Space" s
    JOIN "Forum" f ON f."networkId" = s."networkId" AND f."state" = 'standing' AND f."startsAt" > ${now}::timestamptz
    JOIN "Delivery" d ON d."subject" = 'forums_post_' || f."id" AND d."spaceId" = s."id"
    WHERE s."id" = ${spaceId} AND f."postsAt" <= ${now}::timestamptz`
}
