import type { Ctx } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import { weekFromNow } from '../schedule/plain-time.ts'
import { filled, timeField } from '../schedule/time-field.ts'
import type { Form } from '../view/view.ts'
import { LIMITS } from './domain.ts'
import { openOptions, type WholePoll } from './poll.ts'
import type { PollSettings } from './settings.ts'

type Values = Readonly<Record<string, string>>

/** Question, options, closing time: the three things that matter. */
export function newPollForm(ctx: Ctx, home: string | undefined, values: Values = {}): Form {
  const { t, locale } = ctx.speech.texts
  const closes = values['closes']
  return {
    token: home ? token('polls', 'new', home) : token('polls', 'new'),
    title: t('polls-form-title'),
    submit: t('polls-form-submit'),
    lang: locale,
    fields: [
      {
        name: 'question',
        label: t('polls-form-question'),
        hint: t('polls-form-question-hint'),
        kind: 'line',
        required: true,
        max: LIMITS.question,
        ...filled(values['question']),
      },
      {
        name: 'options',
        label: t('polls-form-options'),
        hint: t('polls-form-options-hint'),
        kind: 'lines',
        required: true,
        max: 2200,
        ...filled(values['options']),
      },
      timeField({
        name: 'closes',
        label: t('polls-form-closes'),
        hint: t('polls-form-closes-hint'),
        pick: t('polls-form-closes-pick'),
        value: closes,
        at: closes === undefined ? weekFromNow(ctx.speech).toISOString() : null,
      }),
    ],
  }
}

export function wordsForm(ctx: Ctx, draftId: string, settings: PollSettings): Form {
  const whole = newPollForm(ctx, undefined, { question: settings.question, options: settings.options.join('\n') })
  return {
    ...whole,
    token: token('polls', 'words', draftId),
    submit: ctx.speech.texts.t('polls-form-save'),
    fields: whole.fields.filter(field => field.name !== 'closes'),
  }
}

export function answersForm(ctx: Ctx, draftId: string, { min, max }: PollSettings): Form {
  const { t, locale } = ctx.speech.texts
  return {
    token: token('polls', 'answers', draftId),
    title: t('polls-answers-title'),
    submit: t('polls-form-save'),
    lang: locale,
    fields: [
      { name: 'min', label: t('polls-answers-min'), kind: 'line', required: true, max: 2, value: String(min) },
      {
        name: 'max',
        label: t('polls-answers-max'),
        hint: t('polls-answers-hint'),
        kind: 'line',
        required: true,
        max: 2,
        value: String(max),
      },
    ],
  }
}

/** When it opens or closes; left empty: now, or by hand. `value`: what was said; `at`: what is set, as ISO. */
export function timeForm(ctx: Ctx, formToken: string, which: string, value = '', at?: string | null): Form {
  const { t, locale } = ctx.speech.texts
  const opens = which === 'opens'
  return {
    token: formToken,
    title: t(opens ? 'polls-set-opens' : 'polls-set-closes'),
    submit: t('polls-form-save'),
    lang: locale,
    fields: [
      timeField({
        name: 'when',
        label: t('polls-form-when'),
        hint: t(opens ? 'polls-form-opens-hint' : 'polls-form-closes-hand'),
        pick: t(opens ? 'polls-form-opens-pick' : 'polls-form-closes-pick-hand'),
        value,
        at,
      }),
    ],
  }
}

/** New words for a poll that stands: one line for each option, in order. */
export function rewordForm(ctx: Ctx, poll: WholePoll, values: Values = {}): Form {
  const { t } = ctx.speech.texts
  const whole = newPollForm(ctx, undefined, {
    question: poll.question,
    options: openOptions(poll)
      .map(option => option.text)
      .join('\n'),
    ...values,
  })
  const fields = whole.fields
    .filter(field => field.name !== 'closes')
    .map(field => (field.name === 'options' ? { ...field, hint: t('polls-reword-hint') } : field))
  return { ...whole, token: token('polls', 'reword', poll.id), title: t('polls-do-words'), submit: t('polls-form-save'), fields }
}

/** One sentence on what came of it: goes to every space. */
export function outcomeForm(ctx: Ctx, poll: WholePoll, action: 'close' | 'outcome'): Form {
  const { t, locale } = ctx.speech.texts
  return {
    token: token('polls', action, poll.id),
    title: t(action === 'close' ? 'polls-do-close' : 'polls-do-outcome'),
    intro: poll.question,
    submit: t(action === 'close' ? 'polls-close-submit' : 'polls-form-save'),
    lang: locale,
    fields: [
      {
        name: 'outcome',
        label: t('polls-outcome-label'),
        hint: t('polls-outcome-hint'),
        kind: 'lines',
        required: false,
        max: LIMITS.outcome,
        ...filled(poll.outcome ?? undefined),
      },
    ],
  }
}
