import { type APIComponentInLabel, type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js'
import type { Values } from '../../src/platform/adapter.ts'
import { shorten } from '../../src/view/sanitize.ts'
import type { Field, Form } from '../../src/view/view.ts'
import { capabilities, longest } from './capabilities.ts'
import { escaped } from './escape.ts'

const optionsMost = 25

/**
 * A form as Discord opens it. `kept`: what was typed before, which goes before the form's own values. Discord has a button of its own for sending it.
 * @throws Error for more fields or choices than Discord takes
 */
export function encodeForm(form: Form, kept: Values = {}): APIModalInteractionResponseCallbackData {
  const fields = capabilities.forms === 'questions' ? 0 : capabilities.forms.fields
  if (form.fields.length > fields || form.fields.some(({ choices }) => (choices?.length ?? 0) > optionsMost))
    throw new Error('A form has more fields or choices than Discord takes.', { cause: { form: form.token } })
  // The introduction counts like a field.
  const intro =
    form.intro && form.fields.length < fields ? [{ type: ComponentType.TextDisplay as const, content: escaped(form.intro) }] : []
  const room = fields - form.fields.length - intro.length
  const listed = form.fields.find(({ lists = [] }) => lists.length > 0 && lists.length <= room)
  const components = form.fields.flatMap(field => {
    const value = kept[field.name] ?? field.value ?? ''
    // One of both is enough: the bot says so where there is neither.
    return field === listed ? [encodeField({ ...field, required: false }, value), ...encodeLists(field)] : [encodeField(field, value)]
  })
  return { custom_id: form.token, title: shorten(form.title, longest.title), components: [...intro, ...components] }
}

/** What is picked in the n-th list of a field comes in under its name and number. */
export const ofList = /~\d$/

/** Lists to pick from, below the field that can be typed into. */
function encodeLists({ name, lists = [] }: Field) {
  return lists.map(({ label, choices }, n) =>
    encodeField({ name: `${name}~${n + 1}`, label, kind: 'choice', required: false, choices }, ''),
  )
}

function encodeField(field: Field, value: string | readonly string[]) {
  const about = [...(field.label.length > longest.label ? [field.label] : []), ...(field.hint ? [field.hint] : [])].join(' ')
  return {
    type: ComponentType.Label as const,
    label: shorten(field.label, longest.label),
    ...(about && { description: shorten(about, longest.hint) }),
    component: control(field, value),
  }
}

function control({ name, kind, required, max, choices = [] }: Field, value: string | readonly string[]): APIComponentInLabel {
  if (kind === 'choice' || kind === 'choices') {
    const chosen = new Set(typeof value === 'string' ? value.split('\n') : value)
    return {
      ...{ type: ComponentType.StringSelect, custom_id: name, required },
      ...{ min_values: required ? 1 : 0, max_values: kind === 'choice' ? 1 : choices.length },
      options: choices.map(choice => ({
        ...{ label: shorten(choice.label, longest.choice), value: choice.value },
        ...(chosen.has(choice.value) && { default: true }),
      })),
    }
  }
  if (kind === 'picture') return { type: ComponentType.FileUpload, custom_id: name, required, min_values: required ? 1 : 0, max_values: 1 }
  const most = Math.min(max ?? longest.input, longest.input)
  const text = (typeof value === 'string' ? value : value.join('\n')).slice(0, most)
  return {
    ...{ type: ComponentType.TextInput, custom_id: name, required, max_length: most },
    style: kind === 'lines' ? TextInputStyle.Paragraph : TextInputStyle.Short,
    ...(text && { value: kind === 'lines' ? text : text.replaceAll('\n', ' ') }),
  }
}
