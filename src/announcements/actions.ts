import { mayStart } from '../community/permissions.ts'
import { id, oneOf, yes } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Args, Deps, Feature } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { DRAFT_ARGS } from '../kit/draft-args.ts'
import { adopting, firstForm, pressActions, pressForms } from '../kit/presses.ts'
import { SERIES_FORMS, SERIES_PRESSES } from '../kit/series/actions.ts'
import { verbAction } from '../kit/verbs.ts'

/** What the buttons, forms and links of announcements carry, and where each leads. */

// All of it is loaded when it is first needed: a vote needs none, and would wait for it at every start otherwise.

/** On one's own draft. */
const DRAFT: Readonly<Record<string, Args>> = {
  ...DRAFT_ARGS,
  picture: [id, oneOf('none')],
  set: [id, oneOf('pin', 'late')],
}
const DRAFT_FORMS: Readonly<Record<string, Args>> = { words: [id], when: [id], repeat: [id], picture: [id] }

/** On an announcement that stands. */
const MANAGE: Readonly<Record<string, Args>> = {
  ...{ show: [id], now: [id] },
  again: [id],
  withdraw: [id, yes],
  offer: [id, id],
  repicture: [id, oneOf('none')],
}
const MANAGE_FORMS: Readonly<Record<string, Args>> = { reword: [id], move: [id], repicture: [id] }

/** Verbs that may have to ask which. */
const VERBS = ['show', 'edit', 'move', 'now', 'skip', 'pause', 'resume', 'end', 'withdraw'] as const

export function announcementActions(deps: Deps): Pick<Feature, 'actions' | 'forms'> {
  const drafts = async () => (await import('./draft.ts')).announcementDrafts(deps)
  const managing = async () => (await import('./manage.ts')).managing(deps)
  const series = async () => (await import('./series-manage.ts')).MANAGING
  return {
    actions: {
      list: { args: [id], link: [id], run: (ctx, [networkId = '']) => list(ctx, networkId) },
      do: verbAction(VERBS, async () => (await import('./command.ts')).announceCommand(deps)),
      adopt: adopting(drafts),
      ...pressActions(DRAFT, drafts),
      ...pressActions(MANAGE, managing, ['show']),
      ...pressActions(SERIES_PRESSES, series, ['series']),
    },
    forms: {
      new: firstForm([id.optional()], drafts),
      ...pressForms(DRAFT_FORMS, 'opens it', drafts),
      ...pressForms(MANAGE_FORMS, ([one = '']) => token('announcements', 'show', one), managing),
      ...pressForms({ ...SERIES_FORMS, rewrite: [id] }, ([one = '']) => token('announcements', 'series', one), series),
    },
  }
}

/** The list of a network, for a coordinator there. */
async function list(ctx: Ctx, networkId: string): Promise<Outcome> {
  const there = await ctx.in(networkId)
  if (!there) return unchanged(ctx, 'announcements-unknown')
  const { listView } = await import('./show.ts')
  return mayStart(there) ?? { again: turnTo(there, await listView(there)) }
}
