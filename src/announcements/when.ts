import { nextTurn } from '../kit/series/when.ts'
import type { Alarm } from '../runtime/alarm.ts'
import { Prisma } from '../store/generated/client.ts'

/** When an announcement is next to be looked after. */
export const checkWhen: Omit<Alarm, 'run'> = {
  ...{ name: 'check-announcements', trouble: 'announcements-alarm-check' },
  when: {
    at: resting => Prisma.sql`SELECT min("checkAt") FROM "Announcement" WHERE "id" <> ALL (${[...resting]}::text[])`,
  },
}

/** When the next date of a repeated announcement comes. */
export const seriesWhen: Omit<Alarm, 'run'> = {
  ...{ name: 'post-dates', trouble: 'announcements-alarm-series', when: nextTurn('AnnouncementSeries') },
}
