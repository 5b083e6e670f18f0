import type { Delivery } from '../delivery/worker.ts'
import type { Deps } from '../feature/feature.ts'
import { Prisma } from '../store/generated/client.ts'
import type { Alarm } from './alarm.ts'
import type { Leases } from './leases/leases.ts'
import { sweep } from './sweep.ts'

/** How often what is long past is swept away. */
const SWEEP_MS = 3_600_000
const DAY_MS = 86_400_000

/** What is nobody's but the bot's: that what waits is delivered, and that nothing is kept for longer than it is of use. */
export function ownAlarms(
  { store, kept, features }: Deps,
  delivery: () => Pick<Delivery, 'poke'>,
  leases: () => Pick<Leases, 'mine'>,
): readonly Alarm[] {
  return [
    {
      ...{ name: 'deliver', trouble: 'app-alarm-delivery' },
      when: { at: () => nextPost([...leases().mine().keys()]) },
      run: async () => delivery().poke(),
    },
    {
      ...{ name: 'sweep-kept', trouble: 'app-alarm-sweep', when: { every: SWEEP_MS } },
      run: ({ now }) => sweepAll(() => sweep(store, now, kept)),
    },
    {
      ...{ name: 'sweep-pictures', trouble: 'app-alarm-sweep', when: { every: DAY_MS } },
      run: async ({ now }) =>
        void (await (
          await import('../pictures/picture-sweep.ts')
        ).sweepPictures(
          store,
          features().flatMap(one => one.pictures),
          now,
        )),
    },
  ]
}

/** The most batches in one turn: what is left is for the next. */
const BATCHES = 100

async function sweepAll(batch: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < BATCHES && (await batch()); n += 1);
}

/** When something is next to be sent or edited on the platforms that are ours. */
function nextPost(platforms: readonly string[]): Prisma.Sql {
  return Prisma.sql`SELECT least(
    (SELECT to_timestamp(0) FROM "Touched" LIMIT 1),
    (SELECT min(d."dueAt") FROM unnest(${[...platforms]}::text[]) AS p(platform) CROSS JOIN LATERAL (
      SELECT w."dueAt" FROM "Delivery" w WHERE w.platform = p.platform AND w."dueAt" IS NOT NULL ORDER BY w."dueAt" LIMIT 1) d))`
}
