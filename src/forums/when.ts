import type { Alarm } from '../runtime/alarm.ts'
import { Prisma } from '../store/generated/client.ts'

/** When a forum is next to be looked after. */
export const forumsWhen: Omit<Alarm, 'run'> = {
  ...{ name: 'look-after-forums', trouble: 'forums-alarm-look' },
  when: {
    at: resting => Prisma.sql`SELECT min("lookAt") FROM "Forum" WHERE "id" <> ALL (${[...resting]}::text[])`,
  },
}
