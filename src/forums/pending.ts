import { readRow } from '../base/readable.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo, unchanged, whisper } from '../feature/replies.ts'
import { keepDraft, ownDraft } from '../kit/draft-rows.ts'
import type { Handlers } from '../kit/presses.ts'
import type { View } from '../view/view.ts'
import { changeForum, spacesWith } from './change.ts'
import { checkSettings } from './create.ts'
import { stageOf } from './domain.ts'
import { CHANGE_ROWS, changesOf, Kept, pendingOf } from './pending-rows.ts'
import { ForumSettings } from './settings.ts'
import { showForum } from './show.ts'
import { type ForumTarget, forumTarget } from './target.ts'
import { changeCard } from './view-change.ts'
import { differing } from './view-from.ts'
import { MATTERS } from './was.ts'

/** A change of a forum that has been announced: shown to the coordinator first, kept as a draft, and sent by a press. */

interface Pending extends ForumTarget {
  readonly draft: string
  readonly kept: Kept
}

/** Keeps a change beside what was changed before, and shows what it comes to. */
export async function propose(found: ForumTarget, typed: Partial<ForumSettings>, said?: string): Promise<Outcome> {
  const { ctx, one, settings } = found
  if (typed.postsAt !== undefined && typed.postsAt !== settings.postsAt) return refusedTime(found)
  const before = await pendingOf(ctx, one)
  const wanted = { ...settings, ...(before && changesOf(before.kept)), ...typed }
  const names = [...differing(settings, wanted, ForumSettings.keyof().options)]
  if (names.length === 0) {
    if (before) await ctx.tx.draft.delete({ where: { id: before.id } })
    return whisper(await showForum(ctx, one, ctx.speech.texts.t('forums-change-none')))
  }
  const kept: Kept = { forum: one.id, names, wanted, from: settings }
  if (before) await ctx.tx.draft.update({ where: { id: before.id }, data: { data: kept } })
  const draft = before?.id ?? (await keepDraft(ctx, CHANGE_ROWS, kept))
  return draft ? whisper(await cardOf({ ...found, draft, kept }, said)) : []
}

/** It has been announced: that time is over. */
async function refusedTime({ ctx, one }: ForumTarget): Promise<Outcome> {
  return { again: whisper(await showForum(ctx, one, ctx.speech.texts.t('forums-wrong-announced'))) }
}

/** What can be done with it: look at it, send it, let it be. */
export function pendingChanges(deps: Deps): Handlers<Pending> {
  return {
    async find(ctx, id) {
      const own = await ownDraft(ctx, CHANGE_ROWS, id)
      if (!own) return { refused: unchanged(ctx, 'forums-draft-gone') }
      const kept = readRow('Draft', own.row, ({ data }) => Kept.parse(data))
      const found = await forumTarget(own.ctx, kept.forum)
      return 'refused' in found ? found : { ...found, draft: own.row.id, kept }
    },
    presses: {
      change: async pending => ({ again: turnTo(pending.ctx, await cardOf(pending)) }),
      send: pending => send(pending, deps),
      async leave({ ctx, one, draft }) {
        await ctx.tx.draft.delete({ where: { id: draft } })
        return turnTo(ctx, await showForum(ctx, one, ctx.speech.texts.t('forums-change-left')))
      },
    },
  }
}

async function cardOf({ ctx, one, settings, draft, kept }: Pending, said?: string): Promise<View> {
  const { names } = kept
  const after = { ...settings, ...changesOf(kept) }
  const wrong = checkSettings(after, names.includes('startsAt') ? ctx.speech.now : new Date(0))
  const { t } = ctx.speech.texts
  const change = {
    ...{ draft, before: settings, after, names },
    chats: (await spacesWith(ctx.tx, one)).length,
    answers: await ctx.tx.rsvp.count({ where: { forumId: one.id, answer: { not: 'cant' } } }),
    isNews: MATTERS.some(name => names.includes(name)),
    said: wrong ? t(wrong.key, wrong.args) : said,
  }
  return changeCard(one, change, ctx.speech)
}

/** As it was shown: where somebody else has changed the same meanwhile, it is shown once more. */
async function send(pending: Pending, deps: Deps): Promise<Outcome> {
  const { ctx, one, settings, draft, kept } = pending
  const { t } = ctx.speech.texts
  if (!['planned', 'ahead', 'on'].includes(stageOf(one, ctx.speech.now))) {
    await ctx.tx.draft.delete({ where: { id: draft } })
    return unchanged(ctx, 'forums-over')
  }
  if (differing(kept.from, settings, kept.names).length > 0) {
    await ctx.tx.draft.update({ where: { id: draft }, data: { data: { ...kept, from: settings } } })
    return turnTo(ctx, await cardOf(pending, t('forums-change-moved')))
  }
  const refused = await changeForum(ctx.tx, deps, one, changesOf(kept), ctx.person?.id)
  if (refused) return { again: turnTo(ctx, await cardOf(pending, t(refused.key, refused.args))) }
  await ctx.tx.draft.delete({ where: { id: draft } })
  return turnTo(ctx, await showForum(ctx, one, t('forums-change-sent')))
}
