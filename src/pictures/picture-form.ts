import type { Ctx } from '../feature/context.ts'
import type { Submit } from '../feature/feature.ts'
import type { Sheet, Taken } from '../kit/forms.ts'
import { told } from '../kit/refusal.ts'
import { sanitizeLine, tooLong } from '../view/sanitize.ts'
import type { Field } from '../view/view.ts'
import { type PictureRefusal, TAKEN } from './picture-guard.ts'
import { type KeptPicture, keepPicture, PICTURE } from './pictures.ts'

/** The form with which a post gets its picture, for every feature that has pictures. */

interface Pictured {
  readonly picture: KeptPicture | null
}

interface Look<S> extends Pick<Sheet<S>, 'title' | 'submit'> {
  /** More that is to be right before the file is fetched. */
  check?(now: S, about: string): PictureRefusal | undefined
}

/** May throw `Wanted` where it is read. */
export function pictureSheet<S extends Pictured>({ check, ...look }: Look<S>): Sheet<S, Pictured> {
  return {
    ...look,
    fields: ({ ctx, now }, typed) => pictureFields(ctx, now.picture, typed?.['about']),
    read: ({ ctx, now }, submit) => readPicture(ctx, submit, now.picture, about => check?.(now, about)),
  }
}

/** `now`: the picture that it has; then the file may be left out and its words alone changed. `about`: what was typed, where the form is shown again. */
function pictureFields(ctx: Ctx, now: KeptPicture | null, about?: string): readonly Field[] {
  const { t } = ctx.speech.texts
  const value = about ?? now?.about
  return [
    {
      name: 'about',
      label: t('pictures-about'),
      hint: t('pictures-about-hint'),
      kind: 'lines',
      required: true,
      max: PICTURE.about,
      ...(value && { value }),
    },
    {
      name: 'picture',
      label: t('pictures-file'),
      hint: now ? t('pictures-file-kept') : t('pictures-file-hint', { max: TAKEN.megabytes }),
      kind: 'picture',
      required: !now,
    },
  ]
}

/** What came in: the picture, or what is wrong, by field. */
async function readPicture(
  ctx: Ctx,
  { values, files }: Pick<Submit, 'values' | 'files'>,
  now: KeptPicture | null,
  check: (about: string) => PictureRefusal | undefined,
): Promise<Taken<Pictured>> {
  const about = sanitizeLine(values['about'] ?? '')
  const refused = checkAbout(about) ?? check(about)
  if (refused) return { wrong: { about: told(refused, ctx.speech) } }
  const file = files['picture']
  if (!file)
    return now
      ? { changes: { picture: { ...now, about } } }
      : { wrong: { picture: ctx.speech.texts.t('pictures-wrong-none', { max: TAKEN.megabytes }) } }
  const kept = await keepPicture(ctx, file, about)
  return 'key' in kept ? { wrong: { picture: told(kept, ctx.speech) } } : { changes: { picture: kept } }
}

function checkAbout(about: string): PictureRefusal | undefined {
  if (about === '') return { key: 'pictures-wrong-no-about' }
  const length = tooLong(about, PICTURE.about)
  return length === undefined ? undefined : { key: 'pictures-wrong-about-long', args: { max: PICTURE.about, length } }
}
