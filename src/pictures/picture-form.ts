import type { Ctx, Submit } from '../feature/feature.ts'
import { sanitizeLine } from '../view/sanitize.ts'
import type { Field } from '../view/view.ts'
import type { PictureRefusal } from './picture-guard.ts'
import { type KeptPicture, keepPicture, PICTURE } from './pictures.ts'

/** The two fields with which a post gets its picture, for every feature that has pictures. */

/** `now`: the picture that it has; then the file may be left out and its words alone changed. `about`: what was typed, where the form is shown again. */
export function pictureFields(ctx: Ctx, now: KeptPicture | null, about?: string): readonly Field[] {
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
      hint: t(now ? 'pictures-file-kept' : 'pictures-file-hint'),
      kind: 'picture',
      required: !now,
    },
  ]
}

/** What came in: the picture, or what is wrong, by field. `check`: more that is to be right before the file is fetched. May throw `Wanted`. */
export async function readPictureFields(
  ctx: Ctx,
  { values, files }: Submit,
  now: KeptPicture | null,
  check: (about: string) => PictureRefusal | undefined,
): Promise<{ readonly picture: KeptPicture } | { readonly wrong: Readonly<Record<string, string>> }> {
  const said = ({ key, args }: PictureRefusal): string => ctx.speech.texts.t(key, args)
  const about = sanitizeLine(values['about'] ?? '')
  const refused = checkAbout(about) ?? check(about)
  if (refused) return { wrong: { about: said(refused) } }
  const file = files['picture']
  if (!file) return now ? { picture: { ...now, about } } : { wrong: { picture: said({ key: 'pictures-wrong-none' }) } }
  const kept = await keepPicture(ctx, file, about)
  return 'key' in kept ? { wrong: { picture: said(kept) } } : { picture: kept }
}

function checkAbout(about: string): PictureRefusal | undefined {
  if (about === '') return { key: 'pictures-wrong-no-about' }
  return about.length > PICTURE.about ? { key: 'pictures-wrong-about-long', args: { max: PICTURE.about, length: about.length } } : undefined
}
