import type { Ctx, Submit } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import { pictureFields, readPictureFields } from '../pictures/picture-form.ts'
import type { KeptPicture } from '../pictures/pictures.ts'
import type { Form } from '../view/view.ts'
import { checkBeside } from './domain.ts'

/** The picture of an announcement: its form, on the draft card (`picture`) and on one that stands (`repicture`). */

interface Pictured {
  readonly id: string
  readonly words: string
  readonly link: string | null
  readonly picture: KeptPicture | null
}

export function pictureForm(ctx: Ctx, action: 'picture' | 'repicture', { id, picture }: Pictured, about?: string): Form {
  const { t, locale } = ctx.speech.texts
  return {
    token: token('announcements', action, id),
    title: t('announcements-form-picture'),
    submit: t('announcements-form-save'),
    lang: locale,
    fields: pictureFields(ctx, picture, about),
  }
}

/** What the form brought, or what is wrong with it by field. May throw `Wanted`. */
export function readPicture(ctx: Ctx, submit: Submit, one: Omit<Pictured, 'id'>): ReturnType<typeof readPictureFields> {
  return readPictureFields(ctx, submit, one.picture, about => checkBeside({ ...one, picture: { about } }))
}
