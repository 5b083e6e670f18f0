import type { Ctx } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import { filled, timeField } from '../schedule/time-field.ts'
import type { Field, Form } from '../view/view.ts'
import { LIMITS } from './domain.ts'

type Values = Readonly<Record<string, string>>

/** Words, link, time: the three things that matter. */
export function newForm(ctx: Ctx, home: string | undefined, values: Values = {}): Form {
  const { t, locale } = ctx.speech.texts
  return {
    token: home ? token('announcements', 'new', home) : token('announcements', 'new'),
    title: t('announcements-form-title'),
    submit: t('announcements-form-submit'),
    lang: locale,
    fields: [...wordFields(ctx, values), whenField(ctx, values['when'])],
  }
}

/** New words and link, of a draft (`words`), of an announcement that stands (`reword`) or of a series (`rewrite`). */
export function wordsForm(ctx: Ctx, action: 'words' | 'reword' | 'rewrite', id: string, values: Values): Form {
  const { t, locale } = ctx.speech.texts
  const title = t('announcements-do-words')
  return {
    token: token('announcements', action, id),
    title,
    submit: t('announcements-form-save'),
    lang: locale,
    fields: wordFields(ctx, values),
  }
}

/** Another time, of a draft (`when`) or of an announcement that still waits (`move`). `at`: what is set, as ISO. */
export function whenForm(ctx: Ctx, action: 'when' | 'move', id: string, value = '', at?: string | null): Form {
  const { t, locale } = ctx.speech.texts
  return {
    token: token('announcements', action, id),
    title: t('announcements-do-move'),
    submit: t('announcements-form-save'),
    lang: locale,
    fields: [whenField(ctx, value, at)],
  }
}

function wordFields(ctx: Ctx, values: Values): readonly Field[] {
  const { t } = ctx.speech.texts
  return [
    {
      name: 'words',
      label: t('announcements-form-words'),
      hint: t('announcements-form-words-hint'),
      kind: 'lines',
      required: true,
      max: LIMITS.words,
      ...filled(values['words']),
    },
    {
      name: 'link',
      label: t('announcements-form-link'),
      hint: t('announcements-form-link-hint'),
      kind: 'line',
      required: false,
      max: LIMITS.link,
      ...filled(values['link']),
    },
  ]
}

function whenField(ctx: Ctx, value: string | undefined, at?: string | null): Field {
  const { t } = ctx.speech.texts
  const field = timeField({
    name: 'when',
    label: t('announcements-form-when'),
    hint: t('announcements-form-when-hint'),
    pick: t('announcements-form-when-pick'),
    value,
    at,
  })
  // How often takes more words than when.
  return { ...field, max: 120 }
}
