import type { Ctx } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import { filled, timeField } from '../schedule/time-field.ts'
import type { Form } from '../view/view.ts'

/** How often: of a draft (`repeat`) or of a series (`rerule`). In words on every platform: no picker knows such rules. */
export function ruleForm(ctx: Ctx, action: 'repeat' | 'rerule', id: string, value: string): Form {
  const { t, locale } = ctx.speech.texts
  return {
    token: token('announcements', action, id),
    title: t(action === 'repeat' ? 'series-do-repeat' : 'series-do-rule'),
    submit: t('announcements-form-save'),
    lang: locale,
    fields: [
      {
        name: 'repeat',
        label: t('series-form-repeat'),
        hint: t('series-form-repeat-hint'),
        kind: 'line',
        required: action === 'rerule',
        max: 120,
        ...filled(value),
      },
    ],
  }
}

/** Another time for one date of a series. `at`: when it is now, as ISO. */
export function shiftForm(
  ctx: Ctx,
  o: { readonly id: string; readonly date: number; readonly value?: string; readonly at?: string },
): Form {
  const { t, locale } = ctx.speech.texts
  const field = timeField({
    name: 'when',
    label: t('series-form-when'),
    hint: t('series-form-when-hint'),
    pick: t('series-form-when'),
    value: o.value,
    at: o.at,
  })
  return {
    token: token('announcements', 'shift', o.id, o.date),
    title: t('series-do-move'),
    submit: t('announcements-form-save'),
    lang: locale,
    fields: [{ ...field, required: true }],
  }
}
