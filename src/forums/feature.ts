import type { Ctx, Deps, Feature, Outcome, Press, Submit } from '../feature.ts'
import { note, turnTo } from '../network/desk.ts'
import { mayStart } from '../network/may-start.ts'
import { forumsWhen } from './when.ts'

// All of it is loaded when it is first needed: a vote needs none, and would wait for it at every start otherwise.
const answers = () => import('./answer.ts')
const command = () => import('./command.ts')
const cycle = () => import('./cycle.ts')
const drafts = () => import('./draft.ts')
const held = () => import('./held.ts')
const manage = () => import('./manage.ts')

/** Forums: meetings with a theme, a time, a place or link; people say if they come. */
export function forumsFeature(deps: Deps): Feature {
  return {
    name: 'forums',
    commands: [
      {
        ...{ name: 'forum', about: 'forums-command', where: 'network' },
        run: async (ctx, args) => (await command()).runForum(ctx, deps, args),
        suggest: async (ctx, typed) => (await command()).suggest(ctx, typed),
      },
    ],
    isBulk: () => false,
    inBulk: async () => [],
    onPress: (ctx, press) => onPress(ctx, deps, press),
    onSubmit: (ctx, submit) => onSubmit(ctx, deps, submit),
    onText: async () => undefined,
    alarms: [{ ...forumsWhen, run: async turn => (await import('./due.ts')).forumsDue(deps, turn) }],
    draw: async subjects => (subjects.length > 0 ? (await import('./draw.ts')).drawPosts(deps, subjects) : new Map()),
    forPerson: async ctx => (await held()).mySections(ctx),
    held: async ctx => (await held()).heldLines(ctx),
    forExport: async (tx, networkId) => (await held()).exportForums(tx, networkId),
    calendar: async (tx, ask) => (await held()).forumsInCalendar(tx, ask, deps.clock.now()),
    hear: async () => false,
    spaceJoined: async (tx, spaceId, speech) => (await held()).offers(tx, spaceId, speech),
    spaceMoved: async (tx, spaceId) => (await import('./moved.ts')).forumsMoved(tx, spaceId, deps.clock.now()),
  }
}

async function onPress(ctx: Ctx, deps: Deps, press: Press): Promise<Outcome> {
  const { action, args } = press
  if (action === 'new') return mayStart(ctx) ?? (await drafts()).openNew(ctx)
  if (action === 'cycle') return mayStart(ctx) ?? (await cycle()).openCycle(ctx)
  if (action === 'list') return list(ctx, args[0])
  if (action === 'in') return (await answers()).checkInBy(ctx, deps, args[0], args[1])
  if (action === 'file') return (await import('./file.ts')).sendFile(ctx, deps, args[0])
  if (action === 'offer') return (await import('./offer.ts')).takeOffer(ctx, deps, args)
  const outcome =
    (await (await answers()).answerPress(ctx, deps, press)) ??
    (await (await drafts()).draftPress(ctx, deps, press)) ??
    (await (await manage()).managePress(ctx, deps, press))
  return outcome ?? note(ctx, 'app-old-button')
}

/** The list of a network. */
async function list(ctx: Ctx, networkId: string | undefined): Promise<Outcome> {
  const there = networkId ? await ctx.in(networkId) : undefined
  if (!there) return note(ctx, 'forums-unknown')
  return { again: turnTo(there, await (await import('./show.ts')).listView(there)) }
}

async function onSubmit(ctx: Ctx, deps: Deps, submit: Submit): Promise<Outcome> {
  if (submit.action === 'new') return mayStart(ctx) ?? (await drafts()).submitNew(ctx, submit)
  if (submit.action === 'cycle') return mayStart(ctx) ?? (await cycle()).submitCycle(ctx, deps, submit)
  const outcome =
    (await (await answers()).answerSubmit(ctx, deps, submit)) ??
    (await (await drafts()).draftSubmit(ctx, submit)) ??
    (await (await manage()).manageSubmit(ctx, deps, submit))
  return outcome ?? note(ctx, 'app-old-button')
}
