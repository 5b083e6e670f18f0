import type { When } from '../../runtime/alarm.ts'
import { Prisma } from '../../store/generated/client.ts'

/** When the next date of a series comes. `table`: see `seriesTable`. */
export function nextTurn(table: string): When {
  return { at: resting => Prisma.sql`SELECT min("dueAt") FROM ${Prisma.raw(`"${table}"`)} WHERE "id" <> ALL (${[...resting]}::text[])` }
}
