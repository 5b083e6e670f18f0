import { mayStart } from '../community/permissions.ts'
import { actionsIn, formsIn, id, oneOf, whole, yes } from '../feature/args.ts'
import type { Action, Args, Ctx, Deps, Feature, Outcome } from '../feature/feature.ts'
import { turnTo, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'

/** What the buttons, forms and links of announcements carry, and where each leads. */

// All of it is loaded when it is first needed: a vote needs none, and would wait for it at every start otherwise.
const drafts = () => import('./draft.ts')
const manage = () => import('./manage.ts')
const series = () => import('./series-manage.ts')

/** On one's own draft. */
const DRAFT: Readonly<Record<string, Args>> = {
  ...{ draft: [id], drop: [id], post: [id], preview: [id, id.optional()], picture: [id, oneOf('none')] },
  set: [id, oneOf('pin', 'late')],
  where: [id, oneOf('here', 'all', 'area', 'platform', 'audience').optional(), id.optional()],
  chats: [id, whole, id.optional()],
}
const DRAFT_FORMS: Readonly<Record<string, Args>> = { words: [id], when: [id], repeat: [id], picture: [id] }

/** On an announcement that stands. */
const MANAGE: Readonly<Record<string, Args>> = {
  now: [id],
  again: [id],
  withdraw: [id, yes],
  offer: [id, id],
  repicture: [id, oneOf('none')],
}
const MANAGE_FORMS: Readonly<Record<string, Args>> = { reword: [id], move: [id], repicture: [id] }

/** On a series. Dates are named by their second. */
const SERIES: Readonly<Record<string, Args>> = {
  ...{ dates: [id], date: [id, whole.optional()], skip: [id, whole.optional()], putback: [id, whole.optional()], newrule: [id, id] },
  ...{ pause: [id], resume: [id], end: [id, yes] },
}
const SERIES_FORMS: Readonly<Record<string, Args>> = { rewrite: [id], rerule: [id], shift: [id, whole.optional()] }

export function announcementActions(deps: Deps): Pick<Feature, 'actions' | 'forms' | 'bulk'> {
  const draft =
    (name: string): Action['run'] =>
    async (ctx, args) =>
      (await drafts()).draftPress(ctx, deps, { action: name, args })
  const managed =
    (name: string): Action['run'] =>
    async (ctx, args) =>
      (await manage()).managePress(ctx, deps, { action: name, args })
  const repeated =
    (name: string): Action['run'] =>
    async (ctx, args) =>
      (await series()).seriesPress(ctx, { action: name, args })
  return {
    actions: {
      list: { args: [id], link: [id], run: (ctx, [networkId = '']) => list(ctx, networkId) },
      show: { args: [id], link: [id], run: managed('show') },
      series: { args: [id], link: [id], run: repeated('series') },
      ...actionsIn(DRAFT, draft),
      ...actionsIn(MANAGE, managed),
      ...actionsIn(SERIES, repeated),
    },
    forms: {
      new: {
        ...{ args: [id.optional()], link: 'opens it' },
        open: async (ctx, [home]) => mayStart(ctx) ?? (await drafts()).openNew(ctx, home),
        read: async (ctx, submit) => mayStart(ctx) ?? (await drafts()).submitNew(ctx, submit),
      },
      ...formsIn(DRAFT_FORMS, 'opens it', name => ({
        open: draft(name),
        read: async (ctx, submit) => (await drafts()).draftSubmit(ctx, submit),
      })),
      ...formsIn(
        MANAGE_FORMS,
        ([one = '']) => token('announcements', 'show', one),
        name => ({
          open: managed(name),
          read: async (ctx, submit) => (await manage()).manageSubmit(ctx, submit),
        }),
      ),
      ...formsIn(
        SERIES_FORMS,
        ([one = '']) => token('announcements', 'series', one),
        name => ({
          open: repeated(name),
          read: async (ctx, submit) => (await series()).seriesSubmit(ctx, submit),
        }),
      ),
    },
    bulk: {},
  }
}

/** The list of a network, for a coordinator there. */
async function list(ctx: Ctx, networkId: string): Promise<Outcome> {
  const there = await ctx.in(networkId)
  if (!there) return unchanged(ctx, 'announcements-unknown')
  const { listView } = await import('./show.ts')
  return mayStart(there) ?? { again: turnTo(there, await listView(there)) }
}
