import { LIMITS } from '../community/names.ts'
import type { Speech } from '../feature/feature.ts'
import type { BeginOf } from '../texts/texts.ts'
import type { Field, Form } from '../view/view.ts'

/** A form of one question. */
function oneLine(
  { texts: { t, locale } }: Speech,
  token: string,
  key: BeginOf<'-title'> & BeginOf<'-label'> & BeginOf<'-hint'>,
  field: Omit<Field, 'label' | 'kind'> & { kind?: Field['kind'] },
): Form {
  return {
    token,
    title: t(`${key}-title`),
    submit: t('network-form-save'),
    lang: locale,
    fields: [{ kind: 'line', ...field, label: t(`${key}-label`), hint: t(`${key}-hint`) }],
  }
}

function filled(value: string): { value?: string } {
  return value ? { value } : {}
}

export function areaForm(speech: Speech, token: string, value = ''): Form {
  return oneLine(speech, token, 'network-form-area', { name: 'name', required: true, max: LIMITS.area.max, ...filled(value) })
}

export function nameForm(speech: Speech, token: string, value: string): Form {
  return oneLine(speech, token, 'network-form-name', { name: 'name', required: true, max: LIMITS.network.max, ...filled(value) })
}

export function contactForm(speech: Speech, token: string, value: string): Form {
  return oneLine(speech, token, 'network-form-contact', {
    name: 'contact',
    kind: 'lines',
    required: false,
    max: LIMITS.contact,
    ...filled(value),
  })
}

export function zoneForm(speech: Speech, token: string, value: string): Form {
  return oneLine(speech, token, 'network-form-zone', { name: 'zone', required: true, max: 60, ...filled(value) })
}

export function hideForm(speech: Speech, token: string, value: string): Form {
  return oneLine(speech, token, 'network-form-hide', { name: 'hide', required: true, max: 2, ...filled(value) })
}

/** A code that somebody was given, where it cannot be said aloud. */
export function codeForm(speech: Speech, token: string): Form {
  return oneLine(speech, token, 'network-form-code', { name: 'code', required: true, max: 40 })
}
