import type { types } from '@slack/bolt'
import { shorten } from '../../src/view/sanitize.ts'
import type { Choice, Field, Form } from '../../src/view/view.ts'
import { longest } from './capabilities.ts'
import { words } from './encode.ts'

/** Where a dialog was opened from: Slack does not say it when the dialog is sent. `url`: the response address, as long as it is good. */
export interface From {
  readonly channel?: string | undefined
  readonly url?: string | undefined
  /** In the home of the app. */
  readonly home?: true | undefined
}

/** The same in every field and every dialog, so that Slack keeps what is filled in when a dialog is shown again. */
const action_id = 'value'

/** A form as a dialog. `problems` stand in it as words, for where Slack has no field errors to give. */
export function encodeForm(form: Form, from: From, problems: readonly string[] = []): types.ModalView {
  const intro = [...(form.title.length > longest.title ? [form.title] : []), ...(form.intro ? [form.intro] : []), ...problems]
  return {
    type: 'modal',
    callback_id: form.token,
    private_metadata: JSON.stringify(from),
    title: words(shorten(form.title, longest.title)),
    submit: words(shorten(form.submit, longest.title)),
    blocks: [
      ...intro.map(text => ({ type: 'section' as const, text: words(shorten(text, longest.section)) })),
      ...form.fields.map(encodeField),
    ],
  }
}

function encodeField(field: Field): types.InputBlock {
  const hint = field.kind === 'when' ? (field.pick ?? field.hint) : field.hint
  return {
    ...{ type: 'input', block_id: field.name, label: words(shorten(field.label, longest.label)), optional: !field.required },
    element: elementOf(field),
    ...(hint && { hint: words(shorten(hint, longest.label)) }),
  }
}

function elementOf(field: Field): types.InputBlock['element'] {
  if (field.kind === 'choice' || field.kind === 'choices') return choose(field)
  // A picker shows and takes the time on the person's own clock; to Slack it is seconds since 1970.
  if (field.kind === 'when')
    return { type: 'datetimepicker', action_id, ...(field.at && { initial_date_time: Math.floor(Date.parse(field.at) / 1000) }) }
  if (field.kind === 'picture')
    return { type: 'file_input', action_id, filetypes: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'avif'], max_files: 1 }
  const max = Math.min(field.max ?? longest.input, longest.input)
  return {
    ...{ type: 'plain_text_input', action_id, multiline: field.kind === 'lines', max_length: max },
    ...(field.value && { initial_value: field.value.slice(0, max) }),
  }
}

function choose({ kind, choices = [], value }: Field): types.InputBlock['element'] {
  const options = choices.slice(0, longest.options).map(optionOf)
  const chosen = options.filter(option => option.value === value)
  const isOpen = options.length <= longest.open
  if (kind === 'choices') {
    const more = { action_id, options, ...(chosen.length > 0 && { initial_options: chosen }) }
    return isOpen ? { type: 'checkboxes', ...more } : { type: 'multi_static_select', ...more }
  }
  const [first] = chosen
  const more = { action_id, options, ...(first && { initial_option: first }) }
  return isOpen ? { type: 'radio_buttons', ...more } : { type: 'static_select', ...more }
}

const optionOf = ({ label, value }: Choice): types.PlainTextOption => ({ text: words(shorten(label, longest.option) || '…'), value })
