import { actionsIn, id, oneOf, whole } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Action, Args, Deps, Feature } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { DRAFT_ARGS } from '../kit/draft-args.ts'
import { adopting, firstForm, firstOf, pressActions, pressForms } from '../kit/presses.ts'
import { verbAction } from '../kit/verbs.ts'
import { sanitizeLine } from '../view/sanitize.ts'

/** What the buttons, forms and links of forums carry, and where each leads. */

// All of it is loaded when it is first needed: a vote needs none, and would wait for it at every start otherwise.

const part = oneOf('words', 'time', 'place', 'people')

/** What people answer. */
const ANSWER: Readonly<Record<string, Args>> = {
  ...{ go: [id], maybe: [id], cant: [id], party: [id, whole], remind: [id, oneOf('on', 'off')], forget: [id], still: [id], alone: [id] },
}
/** On one's own draft. */
const { draft, ...DRAFT } = DRAFT_ARGS
/** On one's own draft, or on a forum that stands. */
const EITHER: Readonly<Record<string, Args>> = { edit: [id, part], options: [id], set: [id, id] }
const PART_FORMS: Readonly<Record<string, Args>> = { words: [id], time: [id], place: [id], people: [id] }
/** On a forum that stands. */
const MANAGE: Readonly<Record<string, Args>> = {
  ...{
    stop: [id],
    host: [id],
    who: [id, whole.optional()],
    wants: [id, whole.optional()],
    again: [id],
    here: [id],
    write: [id],
    summary: [id],
    missed: [id],
  },
}

/** On a change that is not sent yet. */
const CHANGE: Readonly<Record<string, Args>> = { change: [id], send: [id], leave: [id] }

/** Verbs that may have to ask which. */
const VERBS = ['show', 'edit', 'cancel', 'who', 'notes', 'summary'] as const

export function forumActions(deps: Deps): Pick<Feature, 'actions' | 'forms'> {
  const answers = () => import('./answer.ts')
  const manage = () => import('./manage.ts')
  const drafts = async () => (await import('./draft.ts')).forumDrafts(deps)
  const managing = async () => (await manage()).managing(deps)
  const cycles = async () => (await import('./cycle.ts')).cycleDrafts(deps)
  const anyDraft = () => firstOf(drafts, cycles)
  const either = () => firstOf(drafts, managing)
  const answered =
    (name: string): Action['run'] =>
    async (ctx, args) =>
      (await answers()).answerPress(ctx, deps, { action: name, args })
  return {
    actions: {
      sample: { args: [id], run: async (ctx, [does]) => unchanged(ctx, does === 'mine' ? 'forums-preview-mine' : 'forums-preview-answer') },
      mine: { args: [id], link: [id], run: async (ctx, [one]) => (await answers()).openMine(ctx, deps, one) },
      show: { args: [id], link: [id], run: async (ctx, [one]) => (await manage()).show(ctx, one) },
      list: { args: [id], link: [id], run: (ctx, [networkId = '']) => list(ctx, networkId) },
      // The code at the door opens the question; being there is said by a press.
      in: { args: [id, id], link: [id, id], run: async (ctx, [one, code]) => (await answers()).askCheckIn(ctx, one, code) },
      arrive: { args: [id, id], run: async (ctx, [one, code]) => (await answers()).checkInBy(ctx, deps, one, code) },
      file: { args: [id], run: async (ctx, [one]) => (await import('./file.ts')).sendFile(ctx, deps, one) },
      offer: { args: [id, id], run: async (ctx, args) => (await import('./offer.ts')).takeOffer(ctx, deps, args) },
      ...actionsIn(ANSWER, answered),
      do: verbAction(VERBS, async () => (await import('./command.ts')).forumCommand(deps)),
      adopt: adopting(drafts),
      ...pressActions(DRAFT, anyDraft),
      ...pressActions(draft ? { draft } : {}, () => firstOf(anyDraft, managing)),
      ...pressActions(EITHER, either),
      ...pressActions(MANAGE, managing),
      ...pressActions(CHANGE, async () => (await import('./pending.ts')).pendingChanges(deps)),
    },
    forms: {
      new: firstForm([id.optional()], drafts),
      cycle: firstForm([id.optional()], cycles),
      ...pressForms({ plan: [id] }, 'opens it', cycles),
      door: {
        ...{ args: [], link: 'opens it' },
        open: async ctx => (await import('./command.ts')).openDoor(ctx),
        read: async (ctx, { values }) => (await import('./command.ts')).here(ctx, deps, sanitizeLine(values['code'] ?? '')),
      },
      needs: {
        ...{ args: [id], link: 'opens it' },
        open: async (ctx, [one]) => (await answers()).openNeeds(ctx, deps, one),
        read: async (ctx, submit) => (await answers()).answerSubmit(ctx, deps, submit),
      },
      ...pressForms(PART_FORMS, 'opens it', either),
      ...pressForms({ notes: [id], photo: [id] }, 'opens it', managing),
      // Sent back empty it cancels the forum.
      ...pressForms({ cancel: [id] }, ([one = '']) => token('forums', 'show', one), managing),
    },
  }
}

/** The list of a network. */
async function list(ctx: Ctx, networkId: string): Promise<Outcome> {
  const there = await ctx.in(networkId)
  if (!there) return unchanged(ctx, 'forums-unknown')
  return { again: turnTo(there, await (await import('./show.ts')).listView(there)) }
}
