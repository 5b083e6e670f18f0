import { keptMs } from '../base/kept.ts'
import { actionsIn, id, oneOf, whole } from '../feature/args.ts'
import { defineFeature } from '../feature/define.ts'
import type { Action, Deps, Feature } from '../feature/feature.ts'
import type { Page } from '../feature/parts.ts'
import { FEEDS } from './feed.ts'

const held = () => import('./personal-data.ts')

/** How often links that have ended by themselves are swept away, in milliseconds. */
const SWEEP = keptMs('links')

/** Everybody’s own calendar, and the page of the coordinators: buttons only, wherever other features put them. */
export function calendarFeature(deps: Deps): Feature {
  const pressed =
    (name: string): Action['run'] =>
    async (ctx, args) =>
      (await import('./presses.ts')).calendarPress(ctx, { deps }, { action: name, args })
  let pages: Promise<Pick<Page, 'get'>> | undefined
  return defineFeature({
    name: 'calendar',
    actions: {
      feed: { args: [id.optional()], link: [id.optional()], run: pressed('feed') },
      one: { args: [id], link: [id], run: pressed('one') },
      ...actionsIn(
        { areas: [id, whole.optional()], make: [id, oneOf(...FEEDS), id.optional()], renew: [id], off: [id], page: [id.optional()] },
        pressed,
      ),
    },
    alarms: [
      {
        ...{ name: 'sweep-calendar', trouble: 'calendar-alarm-sweep', when: { every: SWEEP } },
        run: async ({ now }) => void (await deps.store.feed.deleteMany({ where: { endsAt: { lt: now } } })),
      },
    ],
    forPerson: async ctx => (await held()).linkSection(ctx),
    personalData: async ctx => (await held()).personalDataLines(ctx),
    forExport: async (tx, networkId) => (await held()).exportFeeds(tx, networkId),
    metrics: [{ name: 'calendar_links', help: 'Calendar links that people have, of all networks', read: () => deps.store.feed.count() }],
    forget: async (tx, { personId }) => void (await tx.feed.deleteMany({ where: { personId } })),
    join: async (tx, { from, into }) => void (await tx.feed.updateMany({ where: { personId: from }, data: { personId: into } })),
    pages: [
      {
        path: 'calendar',
        async get(rest) {
          pages ??= import('./serve.ts').then(({ calendarPages }) => calendarPages(deps))
          return (await pages).get(rest)
        },
      },
    ],
  })
}
