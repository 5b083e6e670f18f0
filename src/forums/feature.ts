import { defineFeature } from '../feature/define.ts'
import type { Deps, Feature } from '../feature/feature.ts'
import { keptIn } from '../pictures/picture-sweep.ts'
import { forumActions } from './actions.ts'
import { forumsWhen } from './when.ts'

// All of it is loaded when it is first needed: a vote needs none, and would wait for it at every start otherwise.
const command = () => import('./command.ts')
const held = () => import('./personal-data.ts')
const reports = () => import('./report.ts')
const people = () => import('./people.ts')

/** Forums: meetings with a theme, a time, a place or link; people say if they come. */
export function forumsFeature(deps: Deps): Feature {
  return defineFeature({
    name: 'forums',
    commands: [
      {
        ...{ name: 'forum', about: 'forums-command', example: 'forums-example', where: 'network' },
        run: async (ctx, args) => (await command()).runForum(ctx, deps, args),
        suggest: async (ctx, typed) => (await import('../kit/verbs.ts')).suggestVerbs((await command()).forumCommand(deps), ctx, typed),
      },
    ],
    ...forumActions(deps),
    alarms: [{ ...forumsWhen, run: async turn => (await import('./due.ts')).forumsDue(deps, turn) }],
    draw: async subjects => (subjects.length > 0 ? (await import('./draw.ts')).drawPosts(deps, subjects) : new Map()),
    forPerson: async ctx => (await held()).mySections(ctx),
    personalData: async ctx => (await held()).personalDataLines(ctx),
    forExport: async (tx, networkId) => (await held()).exportForums(tx, networkId),
    calendar: async (tx, ask) => (await held()).forumsInCalendar({ tx, log: deps.log }, ask, deps.clock.now()),
    forPack: async (tx, period, speech) => (await reports()).forumsForPack({ tx, log: deps.log }, period, speech),
    forBulletin: async (tx, period, speech) => (await reports()).forumsForBulletin({ tx, log: deps.log }, period, speech),
    metrics: [
      {
        ...{ name: 'forums_ahead', help: 'Forums that have not begun yet, of all networks' },
        // Those that are still looked after are found by an index, and one that is ahead is.
        read: () => deps.store.forum.count({ where: { lookAt: { not: null }, state: 'standing', startsAt: { gt: deps.clock.now() } } }),
      },
    ],
    forget: async (tx, who) => (await people()).forgetInForums(tx, deps, who),
    join: async (tx, who) => (await people()).joinInForums(tx, deps, who),
    pictures: [keptIn('Forum')],
    offers: async (tx, spaceId, speech) => (await held()).offers({ tx, log: deps.log }, spaceId, speech),
    listens: { 'space moved': async (tx, { spaceId }) => (await import('./moved.ts')).forumsMoved(tx, spaceId, deps.clock.now()) },
  })
}
