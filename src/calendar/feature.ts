import type { Deps, Feature } from '../feature.ts'
import { note } from '../network/desk.ts'

const held = () => import('./held.ts')

/** How often links that have ended by themselves are swept away, in milliseconds. */
const SWEEP = 3_600_000

/** Everybody’s own calendar, and the page of the coordinators: buttons only, wherever other features put them. `others`: what has something in the calendar. */
export function calendarFeature(deps: Deps, others: readonly Feature[]): Feature {
  return {
    name: 'calendar',
    commands: [],
    isBulk: () => false,
    inBulk: async () => [],
    onPress: async (ctx, press) => (await import('./deeds.ts')).onPress(ctx, { deps, others }, press),
    onSubmit: async ctx => note(ctx, 'app-old-button'),
    onText: async () => undefined,
    alarms: [
      {
        ...{ name: 'sweep-calendar', trouble: 'calendar-alarm-sweep', when: { every: SWEEP } },
        run: async ({ now }) => void (await deps.store.feed.deleteMany({ where: { endsAt: { lt: now } } })),
      },
    ],
    draw: async () => new Map(),
    forPerson: async ctx => (await held()).linkSection(ctx),
    held: async ctx => (await held()).heldLines(ctx),
    forExport: async (tx, networkId) => (await held()).exportFeeds(tx, networkId),
    calendar: async () => [],
    hear: async () => false,
    spaceJoined: async () => [],
    spaceMoved: async () => undefined,
  }
}
