import { defineFeature } from '../feature/define.ts'
import type { Deps, Feature } from '../feature/feature.ts'
import { keptIn } from '../pictures/picture-sweep.ts'
import { announcementActions } from './actions.ts'
import { checkWhen, seriesWhen } from './when.ts'

// All of it is loaded when it is first needed: a vote needs none, and would wait for it at every start otherwise.
const command = () => import('./command.ts')
const held = () => import('./personal-data.ts')
const people = () => import('./people.ts')

/** Announcements: words that are posted in many chats, now, at a set time, or again and again. */
export function announcementsFeature(deps: Deps): Feature {
  return defineFeature({
    name: 'announcements',
    commands: [
      {
        ...{ name: 'announce', about: 'announcements-command', example: 'announcements-example', where: 'network', role: 'coordinator' },
        run: async (ctx, args) => (await command()).runAnnounce(ctx, deps, args),
        onMessage: {
          ...{ label: 'announcements-make-this', about: 'announcements-make-this-about' },
          run: async (ctx, { text }) => (await import('./draft.ts')).takeMessage(ctx, deps, text),
        },
        suggest: async (ctx, typed) => (await import('../kit/verbs.ts')).suggestVerbs((await command()).announceCommand(deps), ctx, typed),
      },
    ],
    ...announcementActions(deps),
    alarms: [
      { ...checkWhen, run: async turn => (await import('./due.ts')).announcementsDue(deps, turn) },
      { ...seriesWhen, run: async turn => (await import('./series-due.ts')).seriesDue(deps, turn) },
    ],
    draw: async subjects => (subjects.length > 0 ? (await import('./draw.ts')).drawPosts(deps, subjects) : new Map()),
    personalData: async ctx => (await held()).personalDataLines(ctx),
    forExport: async (tx, networkId) => (await held()).exportAnnouncements(tx, networkId),
    calendar: async (tx, ask) => (await import('./calendar.ts')).announcementsCalendar({ tx, log: deps.log }, ask),
    forBulletin: async (tx, period, speech) =>
      (await import('./report.ts')).announcementsForBulletin({ tx, log: deps.log }, period, speech),
    metrics: [
      {
        ...{ name: 'announcements_repeated', help: 'Repeated announcements that have a date to come, of all networks' },
        read: () => deps.store.announcementSeries.count({ where: { dueAt: { not: null } } }),
      },
    ],
    forget: async (tx, { personId }) => (await people()).passOn(tx, personId, null),
    join: async (tx, { from, into }) => (await people()).passOn(tx, from, into),
    pictures: ['Announcement', 'AnnouncementSeries'].map(keptIn),
    offers: async (tx, spaceId, speech) => (await held()).offers({ tx, log: deps.log }, spaceId, speech),
  })
}
