import { notifyCoordinators } from '../community/notify.ts'
import { sendAgain } from '../delivery/replan.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps, Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, turnTo, unchanged, update, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { formOf, taken } from '../kit/forms.ts'
import type { Handlers } from '../kit/presses.ts'
import { target } from '../kit/target.ts'
import { openMissed, openNotes, openPhoto, openSummary, showCode, submitNotes, submitPhoto } from './after.ts'
import { cancelForum, changeForum } from './change.ts'
import { endsAt, stageOf } from './domain.ts'
import { partOf } from './draft.ts'
import { CANCEL, PARTS, type Part, SHEETS } from './forms.ts'
import { postsOf, type WholeForum } from './forum.ts'
import { showGuests, showWants } from './guests.ts'
import { propose } from './pending.ts'
import { changesOf, pendingOf } from './pending-rows.ts'
import { readForum, showForum } from './show.ts'
import { FORUM, type ForumTarget, forumTarget } from './target.ts'
import { toggled } from './toggle.ts'
import { optionsMenu } from './view-card.ts'

/** What coordinators and hosts do with a forum that stands. */

export function managing(deps: Deps): Handlers<ForumTarget> {
  const parts = Object.fromEntries(PARTS.map(part => [part, ifRunning((found, submit) => change(found, deps, part, submit))]))
  return {
    find: forumTarget,
    presses: {
      draft: async ({ ctx, one }) => ({ again: turnTo(ctx, await showForum(ctx, one)) }),
      edit: (found, [, part]) => openPart(found, partOf(part)),
      ...Object.fromEntries(PARTS.map(part => [part, (found: ForumTarget) => openPart(found, part)])),
      options: ({ ctx, id, settings }) => ({ again: update(optionsMenu({ id, settings, speech: ctx.speech })) }),
      set: (found, [, name]) => set(found, deps, name),
      stop: openCancel,
      cancel: openCancel,
      host: found => takeOver(found, deps),
      who: showGuests,
      wants: showWants,
      again,
      here: showCode,
      write: openNotes,
      notes: openNotes,
      photo: openPhoto,
      summary: found => openSummary(found, deps),
      missed: found => openMissed(found, deps),
    },
    forms: {
      ...parts,
      notes: submitNotes,
      photo: submitPhoto,
      cancel: ifRunning((found, submit) => cancel(found, deps, submit)),
    },
  }
}

type Read = (found: ForumTarget, submit: Submit) => Promise<Outcome>

function ifRunning(read: Read): Read {
  return async (found, submit) => (isRunning(found.one, found.ctx) ? read(found, submit) : unchanged(found.ctx, 'forums-over'))
}

async function openPart({ ctx, id, settings, one }: ForumTarget, part: Part): Promise<Outcome> {
  if (!isRunning(one, ctx)) return unchanged(ctx, 'forums-over')
  const pending = await pendingOf(ctx, one)
  return {
    again: ask(formOf(token('forums', part, id), SHEETS[part], { ctx, now: { ...settings, ...(pending && changesOf(pending.kept)) } })),
  }
}

function openCancel({ ctx, one }: ForumTarget): Outcome {
  return isRunning(one, ctx)
    ? { again: ask(formOf(token('forums', 'cancel', one.id), CANCEL, { ctx, now: one })) }
    : unchanged(ctx, 'forums-over')
}

function isRunning(one: WholeForum, ctx: Ctx): boolean {
  return ['planned', 'ahead', 'on'].includes(stageOf(one, ctx.speech.now))
}

/** A forum, for whoever may know of it. */
export async function show(ctx: Ctx, id: string | undefined): Promise<Outcome> {
  const found = await target(ctx, FORUM, id)
  return 'refused' in found ? found.refused : { again: turnTo(found.ctx, await readForum(found.ctx, found.thing)) }
}

/** Of one that has been announced, the change is shown back first. */
async function change(found: ForumTarget, deps: Deps, part: Part, submit: Submit): Promise<Outcome> {
  const { ctx, one, settings } = found
  const isOut = stageOf(one, ctx.speech.now) !== 'planned'
  const pending = isOut ? await pendingOf(ctx, one) : undefined
  const now = { ...settings, ...(pending && changesOf(pending.kept)) }
  return taken(token('forums', part, one.id), SHEETS[part], { ctx, now }, submit, async (changes, said) => {
    if (isOut) return propose(found, changes, said)
    const refused = await changeForum(ctx.tx, deps, one, changes, ctx.person?.id)
    const { t } = ctx.speech.texts
    if (refused) return { again: whisper(await showForum(ctx, one, t(refused.key, refused.args))) }
    return whisper(await showForum(ctx, one, t('forums-done-changed')))
  })
}

async function set({ ctx, one, settings }: ForumTarget, deps: Deps, name: string | undefined): Promise<Outcome> {
  if (!isRunning(one, ctx)) return unchanged(ctx, 'forums-over')
  const changes = toggled(settings, name)
  const refused = await changeForum(ctx.tx, deps, one, changes, ctx.person?.id)
  const { t } = ctx.speech.texts
  if (refused) return { again: turnTo(ctx, await showForum(ctx, one, t(refused.key, refused.args))) }
  return update(optionsMenu({ id: one.id, settings: { ...settings, ...changes }, speech: ctx.speech }))
}

function cancel({ ctx, one }: ForumTarget, deps: Deps, submit: Submit): Promise<Outcome> {
  return taken(token('forums', 'cancel', one.id), CANCEL, { ctx, now: one }, submit, async ({ why = '' }) => {
    await cancelForum(ctx.tx, deps, one, why)
    return whisper(await showForum(ctx, one, ctx.speech.texts.t('forums-done-cancel')))
  })
}

/** Whoever hosts sees names and needs: the one before hears that somebody else does now. */
async function takeOver({ ctx, one, isHost }: ForumTarget, deps: Deps): Promise<Outcome> {
  if (isHost || !ctx.person) return { again: turnTo(ctx, await showForum(ctx, one)) }
  const before = one.hostId
  const name = ctx.person.name
  await ctx.tx.forum.update({ where: { id: one.id }, data: { hostId: ctx.person.id } })
  await notifyCoordinators(ctx.tx, deps, [
    {
      ...{ networkId: one.networkId, about: `forums/${one.id}/host`, maker: before },
      words: ({ t }) => t('forums-host-told', { name, theme: one.theme }),
      buttons: ({ t }) => [[{ label: t('forums-do-look'), token: token('forums', 'show', one.id) }]],
    },
  ])
  return turnTo(ctx, await showForum(ctx, one, ctx.speech.texts.t('forums-done-host')))
}

/** Sends once more where the forum is not. */
async function again({ ctx, one }: ForumTarget): Promise<Outcome> {
  if (!isRunning(one, ctx)) return unchanged(ctx, 'forums-over')
  const which = {
    networkId: one.networkId,
    subjects: [postsOf(one.id)],
    now: ctx.speech.now,
    usefulUntil: one.startsAt > ctx.speech.now ? one.startsAt : endsAt(one),
  }
  const n = await sendAgain(ctx.tx, which)
  return turnTo(ctx, await showForum(ctx, one, ctx.speech.texts.t('forums-done-again', { n })))
}
