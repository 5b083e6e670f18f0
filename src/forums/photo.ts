import { touch } from '../delivery/outbox.ts'
import type { Ctx, Outcome, Submit } from '../feature/feature.ts'
import { ask, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { wrongForm } from '../kit/drafts.ts'
import { pictureFields, readPictureFields } from '../pictures/picture-form.ts'
import type { Form } from '../view/view.ts'
import { photoOf, type WholeForum } from './forum.ts'
import { showForum } from './show.ts'
import type { ForumTarget } from './target.ts'

/** The picture that goes with what came out of a forum. */

export function openPhoto({ ctx, one }: ForumTarget): Outcome {
  return { again: ask(photoForm(ctx, one)) }
}

export async function submitPhoto({ ctx, one }: ForumTarget, submit: Submit): Promise<Outcome> {
  const read = await readPictureFields(ctx, submit, one.picture, () => undefined)
  if ('wrong' in read) return wrongForm(photoForm(ctx, one, submit.values['about']), read.wrong)
  await ctx.tx.forum.update({ where: { id: one.id }, data: { picture: read.picture } })
  // Where it stands already it changes.
  if (one.summaryAt) await touch(ctx.tx, [photoOf(one.id)])
  return whisper(
    await showForum(ctx, one, ctx.speech.texts.t(one.summaryAt && one.picture ? 'forums-done-photo-there' : 'forums-done-photo')),
  )
}

function photoForm(ctx: Ctx, one: WholeForum, about?: string): Form {
  const { t, locale } = ctx.speech.texts
  return {
    ...{ token: token('forums', 'photo', one.id), title: t('forums-do-photo'), submit: t('forums-form-save'), lang: locale },
    fields: pictureFields(ctx, one.picture, about),
  }
}
