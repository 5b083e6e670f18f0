import type { Alarm } from '../runtime/alarm.ts'
import { Prisma } from '../store/generated/client.ts'
import { sweepWrongCodes } from './codes.ts'
import { JOINING } from './hello.ts'
import { joiningDue } from './joining.ts'
import { endingDue, leavingDue } from './leaving.ts'
import type { Tools } from './permissions.ts'

/** How often wrong codes are forgotten, in milliseconds. */
const SWEEP = 600_000

/** What the last look did not settle is settled by the next: chats on their way in or out, networks on their way out. */
export function networkAlarms(tools: Tools): readonly Alarm[] {
  return [
    {
      ...{ name: 'join-chats', trouble: 'network-alarm-join' },
      when: {
        at: resting =>
          Prisma.sql`SELECT to_timestamp(0) FROM "Draft" WHERE "feature" = ${JOINING} AND "id" <> ALL (${[...resting]}::text[]) LIMIT 1`,
      },
      run: turn => joiningDue(tools, turn),
    },
    {
      ...{ name: 'let-chats-go', trouble: 'network-alarm-leave' },
      when: { at: () => Prisma.sql`SELECT to_timestamp(0) FROM "Space" WHERE "state" = 'leaving' LIMIT 1` },
      run: ({ now }) => leavingDue(tools.deps, now),
    },
    {
      ...{ name: 'end-networks', trouble: 'network-alarm-end' },
      when: {
        at: resting =>
          Prisma.sql`SELECT to_timestamp(0) FROM "Network" WHERE "state" = 'deleting' AND "id" <> ALL (${[...resting]}::text[]) LIMIT 1`,
      },
      run: turn => endingDue(tools, turn),
    },
    {
      ...{ name: 'sweep-codes', trouble: 'network-alarm-codes', when: { every: SWEEP } },
      run: ({ now }) => sweepWrongCodes(tools.deps.store, now),
    },
  ]
}
