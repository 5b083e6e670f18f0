import { actionsIn, id, oneOf, whole, yes } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Action, Args, Deps, Feature } from '../feature/feature.ts'
import { whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { DRAFT_ARGS } from '../kit/draft-args.ts'
import { adopting, firstForm, pressActions, pressForms } from '../kit/presses.ts'
import { verbAction } from '../kit/verbs.ts'
import { sentence } from '../view/make.ts'
import { ballotPress, bulkVotes, openAdd, openMine, submitAdd } from './ballot.ts'

/** What the buttons, forms and links of polls carry, and where each leads. */

// Coordinators' work is loaded when the first of them does some: a vote needs none of it, and would wait for it at every start otherwise.

/** On one's own ballot. */
const BALLOT: Readonly<Record<string, Args>> = { pick: [id, whole], back: [id, whole], backall: [id] }

/** On one's own draft. */
const DRAFT: Readonly<Record<string, Args>> = {
  ...DRAFT_ARGS,
  set: [id, oneOf('secret', 'add', 'voters', 'results', 'closing', 'where', 'answers', 'words', 'opens', 'closes')],
}
const DRAFT_FORMS: Readonly<Record<string, Args>> = { opens: [id], closes: [id], answers: [id], words: [id] }

/** On a poll that stands. */
const MANAGE: Readonly<Record<string, Args>> = {
  ...{ show: [id], remind: [id, yes], again: [id], names: [id], withdraw: [id, yes], offer: [id, id] },
  hide: [id, whole.optional(), yes],
  rules: [id, oneOf('results', 'add', 'named').optional(), oneOf('live', 'voted', 'closed').optional()],
}
const MANAGE_FORMS: Readonly<Record<string, Args>> = { retime: [id], reword: [id], outcome: [id], close: [id] }

/** What a button in a preview says that it will do: as the button of a post is called. */
export const SAMPLES = ['v', 'mine', 'add'] as const

/** Verbs that may have to ask which. */
const VERBS = ['show', 'remind', 'edit', 'again', 'hide', 'withdraw', 'close'] as const

export function pollActions(deps: Deps): Pick<Feature, 'actions' | 'forms' | 'bulk'> {
  const drafts = async () => (await import('./draft.ts')).pollDrafts(deps)
  const manage = () => import('./manage.ts')
  const managing = async () => (await manage()).managing(deps)
  const ballot =
    (name: string): Action['run'] =>
    (ctx, args) =>
      ballotPress(ctx, deps, { action: name, args })
  return {
    actions: {
      mine: { args: [id], link: [id], run: (ctx, [pollId]) => openMine(ctx, deps, pollId) },
      see: { args: [id], link: [id], run: async (ctx, [pollId]) => (await manage()).seePoll(ctx, pollId) },
      sample: { args: [whole, oneOf(...SAMPLES).optional()], run: async (ctx, [, does]) => explain(ctx, does) },
      do: verbAction(VERBS, async () => (await import('./command.ts')).pollCommand(deps)),
      ...actionsIn(BALLOT, ballot),
      adopt: adopting(drafts),
      ...pressActions(DRAFT, drafts),
      ...pressActions(MANAGE, managing),
    },
    forms: {
      new: firstForm([id.optional()], drafts),
      add: { args: [id], link: 'opens it', open: (ctx, [pollId]) => openAdd(ctx, pollId), read: submitAdd },
      ...pressForms(DRAFT_FORMS, 'opens it', drafts),
      // Sent back empty, most of these do something: a link leads to the poll's card.
      ...pressForms(MANAGE_FORMS, ([pollId = '']) => token('polls', 'see', pollId), managing),
    },
    bulk: { v: { args: [id, whole], run: bulkVotes(deps) } },
  }
}

/** A button in the preview of a post. */
function explain({ speech: { texts } }: Ctx, does: string | undefined) {
  const known = SAMPLES.find(one => one === does)
  return { again: whisper(sentence(texts.locale, texts.t(known ? `polls-preview-${known}` : 'polls-preview-button'))) }
}
