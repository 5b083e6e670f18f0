import type { Alarm } from '../runtime/alarm.ts'
import { Prisma } from '../store/generated/client.ts'
import { SCRUB } from './close.ts'

/** When a planned poll opens. One of a network that is paused waits. */
export const openWhen: Omit<Alarm, 'run'> = {
  ...{ name: 'open-polls', trouble: 'polls-alarm-open' },
  when: {
    at: resting => Prisma.sql`
      SELECT p."opensAt" FROM "Poll" p JOIN "Network" n ON n."id" = p."networkId"
      WHERE p."state" = 'scheduled' AND p."opensAt" IS NOT NULL AND n."state" = 'active' AND p."id" <> ALL (${[...resting]}::text[])
      ORDER BY p."opensAt" LIMIT 1`,
  },
}

/** When an open poll closes. */
export const closeWhen: Omit<Alarm, 'run'> = {
  ...{ name: 'close-polls', trouble: 'polls-alarm-close' },
  when: {
    at: resting => Prisma.sql`SELECT min("closesAt") FROM "Poll" WHERE "state" = 'open' AND "id" <> ALL (${[...resting]}::text[])`,
  },
}

/** When a poll that closes soon is reminded of. */
export const remindWhen: Omit<Alarm, 'run'> = {
  ...{ name: 'remind-polls', trouble: 'polls-alarm-remind' },
  when: {
    at: resting => Prisma.sql`SELECT min("remindAt") FROM "Poll" WHERE "state" = 'open' AND "id" <> ALL (${[...resting]}::text[])`,
  },
}

/** While there is something to wipe: at once, whatever the clock says. */
export const scrubWhen: Omit<Alarm, 'run'> = {
  ...{ name: 'wipe-polls', trouble: 'polls-alarm-scrub', isLong: true },
  when: { at: () => Prisma.sql`SELECT to_timestamp(0) FROM "Fact" WHERE "name" = ${SCRUB}` },
}
