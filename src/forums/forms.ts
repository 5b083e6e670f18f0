import type { Ctx } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import { filled, timeField } from '../schedule/time-field.ts'
import type { TextKey } from '../texts/keys.ts'
import type { EndOf } from '../texts/texts.ts'
import type { Field, Form } from '../view/view.ts'
import { LIMITS } from './domain.ts'
import type { WholeForum } from './forum.ts'
import type { ForumSettings } from './settings.ts'

type Values = Readonly<Record<string, string>>

/** The parts that can be changed, each by a form of its own. */
export const PARTS = ['words', 'time', 'place', 'people'] as const
export type Part = (typeof PARTS)[number]

/** Theme, time, place: the three things that matter. */
export function newForm(ctx: Ctx, home: string | undefined, values: Values = {}): Form {
  const made = home ? token('forums', 'new', home) : token('forums', 'new')
  return form(ctx, made, 'forums-form-title', 'forums-form-submit', [
    line(ctx, 'theme', LIMITS.theme, values['theme'], true),
    whenField(ctx, 'when', values['when'], undefined, true),
    line(ctx, 'address', LIMITS.address, values['address']),
  ])
}

/** Three meetings in one go: the first time, how many weeks between them, the place of all. */
export function cycleForm(ctx: Ctx, home: string | undefined, values: Values = {}): Form {
  const made = home ? token('forums', 'cycle', home) : token('forums', 'cycle')
  return form(ctx, made, 'forums-cycle-title', 'forums-cycle-submit', [
    whenField(ctx, 'first', values['first'], undefined, true),
    line(ctx, 'weeks', 3, values['weeks']),
    line(ctx, 'address', LIMITS.address, values['address']),
  ])
}

/** One part of a draft or of a forum that stands; `values`: what was sent, where it comes back with its mistakes. */
export function partForm(ctx: Ctx, part: Part, id: string, s: ForumSettings, values?: Values): Form {
  const now = values ?? valuesOf(s)
  const fields: Readonly<Record<Part, readonly Field[]>> = {
    words: [
      line(ctx, 'theme', LIMITS.theme, now['theme'], true),
      lines(ctx, 'about', LIMITS.about, now['about']),
      lines(ctx, 'agenda', LIMITS.agenda * (LIMITS.item + 1), now['agenda']),
    ],
    time: [
      whenField(ctx, 'when', values?.['when'], s.startsAt, true),
      line(ctx, 'length', 20, now['length']),
      whenField(ctx, 'announce', values?.['announce'], s.postsAt),
    ],
    place: [
      line(ctx, 'address', LIMITS.address, now['address']),
      lines(ctx, 'directions', LIMITS.directions, now['directions']),
      line(ctx, 'link', LIMITS.link, now['link']),
    ],
    people: [
      line(ctx, 'capacity', 6, now['capacity']),
      line(ctx, 'host', LIMITS.host, now['host']),
      line(ctx, 'contact', LIMITS.contact, now['contact']),
    ],
  }
  return form(ctx, token('forums', part, id), `forums-form-${part}`, 'forums-form-save', fields[part])
}

function valuesOf(s: ForumSettings): Values {
  const { theme, about, agenda, minutes, address, directions, link, capacity, host, contact } = s
  return {
    ...{ theme, about, address, directions, host, contact },
    ...{ agenda: agenda.join('\n'), length: String(minutes), link: link ?? '', capacity: capacity === null ? '' : String(capacity) },
  }
}

/** What somebody needs to be able to come. */
export function needsForm(ctx: Ctx, one: WholeForum, value: string): Form {
  const { t } = ctx.speech.texts
  const made = form(ctx, token('forums', 'needs', one.id), 'forums-do-needs', 'forums-form-save', [
    lines(ctx, 'needs', LIMITS.needs, value),
  ])
  return { ...made, intro: t('forums-needs-intro') }
}

/** Why it is cancelled. */
export function cancelForm(ctx: Ctx, one: WholeForum): Form {
  return form(ctx, token('forums', 'cancel', one.id), 'forums-form-cancel', 'forums-do-cancel', [lines(ctx, 'why', LIMITS.why, '')])
}

/** What the host writes down afterwards. */
export function notesForm(ctx: Ctx, one: WholeForum, values?: Values): Form {
  const now = values ?? { notes: one.notes, outcomes: one.outcomes.join('\n') }
  return form(ctx, token('forums', 'notes', one.id), 'forums-do-notes', 'forums-form-save', [
    lines(ctx, 'notes', LIMITS.notes, now['notes']),
    lines(ctx, 'outcomes', LIMITS.outcomes * (LIMITS.outcome + 1), now['outcomes']),
  ])
}

/** Fields that have a label and a hint. */
type Name = EndOf<'forums-field-'> & EndOf<'forums-hint-'>

function form(ctx: Ctx, made: string, title: TextKey, submit: TextKey, fields: readonly Field[]): Form {
  const { t, locale } = ctx.speech.texts
  return { token: made, title: t(title), submit: t(submit), lang: locale, fields }
}

function line(ctx: Ctx, name: Name, max: number, value?: string, required = false): Field {
  return { ...said(ctx, name), kind: 'line', required, max, ...filled(value) }
}

function lines(ctx: Ctx, name: Name, max: number, value?: string): Field {
  return { ...said(ctx, name), kind: 'lines', required: false, max, ...filled(value) }
}

function said(ctx: Ctx, name: Name): Pick<Field, 'name' | 'label' | 'hint'> {
  const { t } = ctx.speech.texts
  return { name, label: t(`forums-field-${name}`), hint: t(`forums-hint-${name}`) }
}

function whenField(ctx: Ctx, name: Name, value: string | undefined, at?: string | null, required = false): Field {
  const { t } = ctx.speech.texts
  const field = timeField({ ...said(ctx, name), hint: t(`forums-hint-${name}`), pick: t(`forums-hint-${name}`), value, at })
  // What is set already may stay as it is.
  return { ...field, required: required && !at }
}
