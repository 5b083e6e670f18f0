import { notifyCoordinators } from '../community/notify.ts'
import { sendAgain } from '../delivery/replan.ts'
import { need } from '../feature/args.ts'
import type { Ctx, Deps, Outcome, Press, Submit } from '../feature/feature.ts'
import { ask, turnTo, unchanged, update, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { target } from '../kit/target.ts'
import { sanitize, shorten } from '../view/sanitize.ts'
import { openMissed, openNotes, openSummary, showCode, submitNotes } from './after.ts'
import { cancelForum, changeForum } from './change.ts'
import { endsAt, LIMITS, stageOf } from './domain.ts'
import { partOf, wrongForm } from './draft.ts'
import { cancelForm, PARTS, partForm } from './forms.ts'
import { postsOf, type WholeForum } from './forum.ts'
import { showGuests, showWants } from './guests.ts'
import { openPhoto, submitPhoto } from './photo.ts'
import { readPart } from './read.ts'
import { readForum, showForum } from './show.ts'
import { FORUM, type ForumTarget, forumTarget } from './target.ts'
import { toggled } from './toggle.ts'
import { optionsMenu } from './view-card.ts'

/** What coordinators and hosts do with a forum that stands. */

type Deed = (target: ForumTarget, deps: Deps, args: readonly string[]) => Promise<Outcome>

const PRESSES: Readonly<Record<string, Deed>> = {
  draft: async ({ ctx, one }) => ({ again: turnTo(ctx, await showForum(ctx, one)) }),
  edit: async ({ ctx, id, settings, one }, _deps, [, part]) =>
    isRunning(one, ctx) ? { again: ask(partForm(ctx, partOf(part), id, settings)) } : unchanged(ctx, 'forums-over'),
  options: async ({ ctx, id, settings }) => ({ again: update(optionsMenu({ id, settings, speech: ctx.speech })) }),
  set,
  stop: async ({ ctx, one }) => (isRunning(one, ctx) ? { again: ask(cancelForm(ctx, one)) } : unchanged(ctx, 'forums-over')),
  host: takeOver,
  who: showGuests,
  wants: showWants,
  again,
  here: showCode,
  write: async target => openNotes(target),
  photo: async target => (target.ctx.chat.can.pictures.in ? openPhoto(target) : unchanged(target.ctx, 'forums-no-photo')),
  summary: openSummary,
  missed: openMissed,
}

function isRunning(one: WholeForum, ctx: Ctx): boolean {
  return ['planned', 'ahead', 'on'].includes(stageOf(one, ctx.speech.now))
}

/** Buttons on a forum's card. */
export async function managePress(ctx: Ctx, deps: Deps, { action, args }: Press): Promise<Outcome> {
  const found = await forumTarget(ctx, args[0])
  return 'refused' in found ? found.refused : need(PRESSES, action)(found, deps, args)
}

/** A forum, for whoever may know of it. */
export async function show(ctx: Ctx, id: string | undefined): Promise<Outcome> {
  const found = await target(ctx, FORUM, id)
  return 'refused' in found ? found.refused : { again: turnTo(found.ctx, await readForum(found.ctx, found.thing)) }
}

/** Forms on a forum's card. */
export async function manageSubmit(ctx: Ctx, deps: Deps, submit: Submit): Promise<Outcome> {
  const part = PARTS.find(one => one === submit.action)
  const found = await forumTarget(ctx, submit.args[0])
  if ('refused' in found) return found.refused
  if (submit.action === 'notes') return submitNotes(found, submit)
  if (submit.action === 'photo') return submitPhoto(found, submit)
  if (!isRunning(found.one, found.ctx)) return unchanged(ctx, 'forums-over')
  if (!part) return cancel(found, deps, submit)
  const { ctx: there, one, settings } = found
  const read = await readPart(there, part, submit.values, settings)
  if ('wrong' in read) return wrongForm(partForm(there, part, one.id, settings, submit.values), read.wrong)
  const refused = await changeForum(ctx.tx, deps, one, read.changes)
  const { t } = there.speech.texts
  if (refused) return { again: whisper(await showForum(there, one, t(refused.key, refused.args))) }
  return whisper(await showForum(there, one, t('forums-done-changed')))
}

async function set({ ctx, one, settings }: ForumTarget, deps: Deps, [, name]: readonly string[]): Promise<Outcome> {
  if (!isRunning(one, ctx)) return unchanged(ctx, 'forums-over')
  const changes = toggled(settings, name)
  const refused = await changeForum(ctx.tx, deps, one, changes)
  const { t } = ctx.speech.texts
  if (refused) return { again: turnTo(ctx, await showForum(ctx, one, t(refused.key, refused.args))) }
  return update(optionsMenu({ id: one.id, settings: { ...settings, ...changes }, speech: ctx.speech }))
}

async function cancel({ ctx, one }: ForumTarget, deps: Deps, { values }: Submit): Promise<Outcome> {
  await cancelForum(ctx.tx, deps, one, shorten(sanitize(values['why'] ?? '').trim(), LIMITS.why))
  return whisper(await showForum(ctx, one, ctx.speech.texts.t('forums-done-cancel')))
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
