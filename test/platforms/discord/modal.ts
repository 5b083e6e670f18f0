import {
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmissionComponent,
  type APITextInputComponent,
  ComponentType,
  type ModalSubmitComponent,
  TextInputStyle,
} from 'discord-api-types/v10'
import type { Interaction } from './interaction.ts'
import { checkSelect } from './message-check.ts'
import type { Upload } from './posted.ts'
import { invalidForm, type Refusal } from './refusal.ts'

type Shown = APIModalInteractionResponseCallbackData['components'][number]
type Control = Extract<Shown, { component: unknown }>['component']

/** One thing to fill in. */
export interface Field {
  readonly label: string
  readonly customId: string
  readonly required: boolean
  readonly control: Control
}

/** What a person fills in: words, the labels or values of what they choose, or a file. */
export type Filled = string | boolean | readonly string[] | Upload

/** A form that stands open on somebody's screen. */
export class Modal {
  readonly raw: APIModalInteractionResponseCallbackData
  readonly opener: Interaction

  constructor(raw: APIModalInteractionResponseCallbackData, opener: Interaction) {
    this.raw = raw
    this.opener = opener
  }

  get title(): string {
    return this.raw.title
  }

  get customId(): string {
    return this.raw.custom_id
  }

  get fields(): Field[] {
    return this.raw.components.flatMap(fieldsOf)
  }

  /** The labels, top to bottom. */
  get labels(): string[] {
    return this.fields.map(field => field.label)
  }

  /** What stands in a field before anybody types, by custom id. */
  get filled(): Record<string, string> {
    const inputs = this.fields.flatMap(({ control, customId }) =>
      control.type === ComponentType.TextInput ? [[customId, control.value ?? '']] : [],
    )
    return Object.fromEntries(inputs) as Record<string, string>
  }
}

function fieldsOf(shown: Shown): Field[] {
  if (shown.type === ComponentType.Label) return [field(shown.label, shown.component)]
  if (shown.type === ComponentType.ActionRow) return shown.components.map(control => field(control.label ?? '', control))
  return []
}

function field(label: string, control: Control): Field {
  const required = control.type === ComponentType.Checkbox ? false : (control.required ?? true)
  return { label, customId: control.custom_id, required, control }
}

/** What the schema does not say of a form. */
export function checkModal(raw: APIModalInteractionResponseCallbackData): Refusal | undefined {
  if (raw.components.length > 5) return invalidForm('data.components', 'Must be between 1 and 5 in length.', 'BASE_TYPE_BAD_LENGTH')
  const fields = raw.components.flatMap(fieldsOf)
  const ids = fields.map(one => one.customId)
  if (new Set(ids).size < ids.length) {
    return invalidForm('data.components', 'Component custom id cannot be duplicated', 'COMPONENT_CUSTOM_ID_DUPLICATED')
  }
  for (const [at, shown] of raw.components.entries()) {
    const wrong = checkShown(shown, `data.components.${at}`)
    if (wrong) return wrong
  }
  const reversed = fields.find(
    ({ control }) => control.type === ComponentType.TextInput && (control.min_length ?? 0) > (control.max_length ?? 4000),
  )
  return reversed && invalidForm('data.components', 'min_length is more than max_length', 'TEXT_INPUT_COMPONENT_MIN_LENGTH')
}

function checkShown(shown: Shown, path: string): Refusal | undefined {
  if (shown.type === ComponentType.ActionRow) {
    if (shown.components.length !== 1) return invalidForm(path, 'Must be between 1 and 1 in length.', 'BASE_TYPE_BAD_LENGTH')
    if (!shown.components[0]?.label) return invalidForm(`${path}.components.0.label`, 'This field is required', 'BASE_TYPE_REQUIRED')
  }
  if (shown.type !== ComponentType.Label) return undefined
  const { component } = shown
  if (component.type === ComponentType.TextInput && component.label) {
    return invalidForm(`${path}.component.label`, 'A text input in a label has no label of its own', 'BASE_TYPE_BAD')
  }
  if (component.type === ComponentType.FileUpload && (component.min_values ?? 1) > (component.max_values ?? 1))
    return invalidForm(`${path}.component`, 'min_values is more than max_values', 'FILE_UPLOAD_COMPONENT_MIN_VALUES')
  if (component.type === ComponentType.FileUpload && component.required && component.min_values === 0)
    return invalidForm(`${path}.component`, 'a required upload takes at least one', 'FILE_UPLOAD_COMPONENT_REQUIRED')
  return component.type === ComponentType.StringSelect ? checkSelect(component) : undefined
}

/**
 * What a client sends when somebody has filled the form in: by custom id or label; what is left out keeps what stood there. `keep` takes a file and
 * gives its id.
 * @throws Error for a field that is not there, and for what a client would not let through (missing, too long, not among the options)
 */
export function fillIn(
  modal: Modal,
  filled: Readonly<Record<string, Filled>>,
  keep: (file: Upload) => string,
): APIModalSubmissionComponent[] {
  const { fields } = modal
  const unknown = Object.keys(filled).find(key => !fields.some(one => one.customId === key || one.label === key))
  if (unknown !== undefined)
    throw new Error(`no field "${unknown}" in the form "${modal.title}"; there are: ${JSON.stringify(modal.labels)}`)
  const filledOf = (one: Field): Filled | undefined => filled[one.customId] ?? filled[one.label]
  return modal.raw.components.map((shown, at) => {
    const id = at * 2 + 1
    const [only] = fieldsOf(shown)
    if (shown.type === ComponentType.TextDisplay || !only) return { type: ComponentType.TextDisplay, id }
    const component = submitted(only, filledOf(only), id + 1, keep)
    if (shown.type === ComponentType.Label) return { type: ComponentType.Label, id, component }
    if (component.type !== ComponentType.TextInput) throw new Error('only text inputs stand in rows')
    return { type: ComponentType.ActionRow, id, components: [component] }
  })
}

function submitted(one: Field, value: Filled | undefined, id: number, keep: (file: Upload) => string): ModalSubmitComponent {
  const { control, customId: custom_id } = one
  if (control.type === ComponentType.TextInput) return { type: control.type, id, custom_id, value: typed(one, control, value) }
  if (control.type === ComponentType.Checkbox) return { type: control.type, id, custom_id, value: value === true }
  if (control.type === ComponentType.FileUpload) {
    const isFile = typeof value === 'object' && 'content' in value
    if (one.required && !isFile) throw new Error(`"${one.label}" has to be filled in`)
    return { type: control.type, id, custom_id, values: isFile ? [keep(value)] : [] }
  }
  const values = chosen(one, control, value)
  if (control.type === ComponentType.RadioGroup) return { type: control.type, id, custom_id, value: values[0] ?? null }
  return { type: control.type, id, custom_id, values }
}

function typed(one: Field, control: APITextInputComponent, value: Filled | undefined): string {
  const text = typeof value === 'string' ? value : (control.value ?? '')
  if (one.required && text === '') throw new Error(`"${one.label}" has to be filled in`)
  const fits = text.length <= (control.max_length ?? 4000) && (text === '' || text.length >= (control.min_length ?? 0))
  if (!fits) throw new Error(`"${one.label}" does not take ${text.length} signs`)
  if (control.style === TextInputStyle.Short && text.includes('\n')) throw new Error(`"${one.label}" takes one line`)
  return text
}

function chosen(one: Field, control: Exclude<Control, APITextInputComponent>, value: Filled | undefined): string[] {
  if (!('options' in control)) throw new Error(`this loop-back server cannot fill in "${one.label}" yet; teach it before using it`)
  const { options } = control
  const asked = value === undefined ? undefined : [value].flat().map(String)
  const values = asked?.map(name => optionValue(one, options, name)) ?? options.filter(option => option.default).map(option => option.value)
  const usual = control.type === ComponentType.CheckboxGroup ? options.length : 1
  const most = ('max_values' in control ? control.max_values : undefined) ?? usual
  if (one.required && values.length === 0) throw new Error(`"${one.label}" has to be filled in`)
  if (values.length > most) throw new Error(`"${one.label}" takes at most ${most}`)
  return values
}

function optionValue(one: Field, options: readonly { label: string; value: string }[], name: string): string {
  const option = options.find(other => other.label === name || other.value === name)
  if (option) return option.value
  throw new Error(`no option "${name}" in "${one.label}"; there are: ${JSON.stringify(options.map(other => other.label))}`)
}
