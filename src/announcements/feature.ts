import type { Ctx, Deps, Feature, Outcome, Press, Submit } from '../feature.ts'
import { note, turnTo } from '../network/desk.ts'
import { mayStart } from '../network/may-start.ts'
import { checkWhen, seriesWhen } from './when.ts'

// All of it is loaded when it is first needed: a vote needs none, and would wait for it at every start otherwise.
const command = () => import('./command.ts')
const drafts = () => import('./draft.ts')
const manage = () => import('./manage.ts')
const held = () => import('./held.ts')
const series = () => import('./series-manage.ts')

/** Announcements: words that are posted in many chats, now, at a set time, or again and again. */
export function announcementsFeature(deps: Deps): Feature {
  return {
    name: 'announcements',
    commands: [
      {
        ...{ name: 'announce', about: 'announcements-command', where: 'network', role: 'coordinator' },
        run: async (ctx, args) => (await command()).runAnnounce(ctx, deps, args),
        onMessage: { label: 'announcements-make-this', run: async (ctx, { text }) => (await drafts()).draftFrom(ctx, text) },
        suggest: async (ctx, typed) => (await command()).suggest(ctx, typed),
      },
    ],
    isBulk: () => false,
    inBulk: async () => [],
    onPress: (ctx, press) => onPress(ctx, deps, press),
    onSubmit,
    onText: async () => undefined,
    alarms: [
      { ...checkWhen, run: async turn => (await import('./due.ts')).announcementsDue(deps, turn) },
      { ...seriesWhen, run: async turn => (await import('./series-due.ts')).seriesDue(deps, turn) },
    ],
    draw: async subjects => (subjects.length > 0 ? (await import('./draw.ts')).drawPosts(deps, subjects) : new Map()),
    forPerson: async () => [],
    held: async ctx => (await held()).heldLines(ctx),
    forExport: async (tx, networkId) => (await held()).exportAnnouncements(tx, networkId),
    calendar: async (tx, ask) => (await import('./calendar.ts')).announcementsCalendar(tx, ask),
    hear: async () => false,
    spaceJoined: async (tx, spaceId, speech) => (await held()).offers(tx, spaceId, speech),
    // What waits goes to the new address by itself; what was posted stays readable in the chat's history.
    spaceMoved: async () => undefined,
  }
}

async function onPress(ctx: Ctx, deps: Deps, press: Press): Promise<Outcome> {
  const { draftPress, openNew } = await drafts()
  if (press.action === 'new') return mayStart(ctx) ?? openNew(ctx)
  if (press.action === 'list') return list(ctx, press.args[0])
  const outcome = (await draftPress(ctx, deps, press)) ?? (await (await manage()).managePress(ctx, deps, press))
  return outcome ?? (await (await series()).seriesPress(ctx, press)) ?? note(ctx, 'app-old-button')
}

/** The list of a network, for a coordinator there. */
async function list(ctx: Ctx, networkId: string | undefined): Promise<Outcome> {
  const there = networkId ? await ctx.in(networkId) : undefined
  if (!there) return note(ctx, 'announcements-unknown')
  const { listView } = await import('./show.ts')
  return mayStart(there) ?? { again: turnTo(there, await listView(there)) }
}

async function onSubmit(ctx: Ctx, submit: Submit): Promise<Outcome> {
  const { draftSubmit, submitNew } = await drafts()
  if (submit.action === 'new') return mayStart(ctx) ?? submitNew(ctx, submit)
  const outcome = (await draftSubmit(ctx, submit)) ?? (await (await manage()).manageSubmit(ctx, submit))
  return outcome ?? (await (await series()).seriesSubmit(ctx, submit)) ?? note(ctx, 'app-old-button')
}
