// @ts-check
import { forms, submit } from './acts.js'
import { byId, el } from './dom.js'
import { upload } from './net.js'
import { say } from './store.js'

/** @typedef {import('../../../src/view/view.ts').Field} Field */
/** @typedef {Record<string, string | string[]>} Values */
/** @typedef {import('./acts.js').Opened} Opened */

/** More choices than this stand in a drop-down list. */
const SHOWN = 7
/** What was typed into a form that was closed, by person and form. @type {Map<string, Values>} */
const drafts = new Map()
/** @type {Opened | undefined} */
let open

/** @returns {HTMLDialogElement} */
function dialog() {
  return byId('form', HTMLDialogElement)
}

/** @param {Opened} opened */
function draftKey({ where, form }) {
  return `${where.person} ${form.token}`
}

/** Shows a form, with what was typed before and with what is wrong with it. @param {Opened} opened */
function show(opened) {
  const { form, fields: errors } = opened
  const typed = open && open.form.token === form.token && dialog().open ? read(open) : drafts.get(draftKey(opened))
  open = opened
  dialog().lang = form.lang
  byId('form-title', HTMLElement).textContent = form.title
  byId('form-intro', HTMLElement).textContent = form.intro ?? ''
  byId('form-intro', HTMLElement).hidden = !form.intro
  byId('form-submit', HTMLElement).textContent = form.submit
  byId('form-fields', HTMLElement).replaceChildren(
    ...form.fields.map(field => drawField(field, typed?.[field.name] ?? field.value ?? '', errors[field.name])),
  )
  busy(false)
  if (!dialog().open) dialog().showModal()
  point(errors)
}

/** Says what is wrong and moves to the first wrong field; with nothing wrong, to the first field. @param {Readonly<Record<string, string>>} errors */
function point(errors) {
  const names = new Set(open?.form.fields.map(field => field.name))
  const others = Object.entries(errors).filter(([name]) => !names.has(name))
  const problem = byId('form-problem', HTMLElement)
  problem.hidden = Object.keys(errors).length === 0
  problem.textContent = problem.hidden ? '' : [say('web-form-wrong'), ...others.map(([, text]) => text)].join(' ')
  const inputs = '#form-fields :is(input, textarea, select)'
  const first = dialog().querySelector('#form-fields [aria-invalid=true]') ?? (problem.hidden ? dialog().querySelector(inputs) : null)
  if (first instanceof HTMLElement) first.focus()
  else byId('form-title', HTMLElement).focus()
}

/** @param {Field} field @param {string | string[]} value @param {string | undefined} error */
function drawField(field, value, error) {
  const id = `field-${field.name}`
  const hints = [field.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const tied = { ...(hints ? { 'aria-describedby': hints } : {}), ...(error ? { 'aria-invalid': 'true' } : {}) }
  const label = [field.label, ...(field.required ? [] : [el('span', { class: 'quiet' }, ` ${say('web-form-optional')}`)])]
  const below = [
    field.hint !== undefined && el('p', { class: 'quiet', id: `${id}-hint` }, field.hint),
    error !== undefined && el('p', { class: 'error', id: `${id}-error` }, error),
  ]
  if (field.kind === 'choices' || (field.kind === 'choice' && (field.choices ?? []).length <= SHOWN)) {
    return el('fieldset', { class: 'field', ...tied }, el('legend', {}, ...label), ...below, ...drawChoices(field, value, tied))
  }
  return el('div', { class: 'field' }, el('label', { for: id }, ...label), ...below, drawInput(field, id, value, tied))
}

/** @param {Field} field @param {string | string[]} value @param {Record<string, string>} tied */
function drawChoices({ name, kind, choices = [] }, value, tied) {
  return choices.map((choice, i) => {
    const input = el('input', { type: kind === 'choices' ? 'checkbox' : 'radio', name, value: choice.value, ...(i === 0 ? tied : {}) })
    if (input instanceof HTMLInputElement) input.checked = Array.isArray(value) ? value.includes(choice.value) : value === choice.value
    return el('label', { class: 'choice' }, input, el('span', {}, choice.label))
  })
}

/** @param {Field} field @param {string} id @param {string | string[]} value @param {Record<string, string>} tied */
function drawInput({ name, kind, max, required, choices = [] }, id, value, tied) {
  const attrs = { id, name, ...tied, ...(required ? { 'aria-required': 'true' } : {}) }
  if (kind === 'picture') return el('input', { ...attrs, type: 'file', accept: 'image/jpeg,image/png,image/gif,image/webp,image/avif' })
  const input =
    kind === 'choice'
      ? el(
          'select',
          attrs,
          ...(required && value ? [] : [el('option', { value: '' })]),
          ...choices.map(one => el('option', { value: one.value }, one.label)),
        )
      : el(kind === 'lines' ? 'textarea' : 'input', {
          ...attrs,
          dir: 'auto',
          ...(kind === 'lines' ? { rows: '5' } : {}),
          ...(max ? { maxlength: String(max) } : {}),
        })
  if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement || input instanceof HTMLSelectElement)
    input.value = String(value)
  return input
}

/** The file chosen in a field. @param {Field} field */
function chosen({ name }) {
  const input = byId(`field-${name}`, HTMLInputElement)
  return input.files?.[0]
}

/** What stands in the form now; pictures are read apart. @param {Opened} opened @returns {Values} */
function read({ form }) {
  const data = new FormData(dialog().querySelector('form') ?? undefined)
  const typed = form.fields.filter(({ kind }) => kind !== 'picture')
  return Object.fromEntries(
    typed.map(({ name, kind }) => [
      name,
      kind === 'choices' ? data.getAll(name).map(String) : String(data.get(name) ?? '').replaceAll('\r\n', '\n'),
    ]),
  )
}

/** @param {Opened} opened @param {Values} values */
function missing({ form }, values) {
  const empty = form.fields.filter(
    field => field.required && (field.kind === 'picture' ? !chosen(field) : values[field.name]?.length === 0),
  )
  return Object.fromEntries(empty.map(field => [field.name, say('web-form-required')]))
}

/** @param {boolean} on */
function busy(on) {
  byId('form-submit', HTMLElement).classList.toggle('busy', on)
  byId('form-submit', HTMLElement).setAttribute('aria-disabled', String(on))
}

/** Sends the chosen pictures up; undefined where one did not get through. @param {Opened} opened */
async function sendUp({ form }) {
  /** @type {Record<string, string>} */
  const files = {}
  for (const field of form.fields.filter(({ kind }) => kind === 'picture')) {
    const file = chosen(field)
    const id = file && (await upload(file))
    if (file && !id) return undefined
    if (id) files[field.name] = id
  }
  return files
}

/** @param {Opened} opened */
function pictureProblem({ form }) {
  return Object.fromEntries(form.fields.flatMap(({ name, kind }) => (kind === 'picture' ? [[name, say('web-picture-failed')]] : [])))
}

/** @param {SubmitEvent} event */
async function sent(event) {
  event.preventDefault()
  const opened = open
  if (!opened || byId('form-submit', HTMLElement).classList.contains('busy')) return
  const values = read(opened)
  const lacks = missing(opened, values)
  if (Object.keys(lacks).length > 0) return show({ ...opened, fields: lacks })
  drafts.set(draftKey(opened), values)
  busy(true)
  const files = await sendUp(opened)
  const answers = files && (await submit(opened, values, files))
  busy(false)
  if (!files) return show({ ...opened, fields: pictureProblem(opened) })
  if (!answers) return
  const goesOn = answers.some(answer => answer.kind === 'ask' || answer.kind === 'wrong')
  if (!answers.some(answer => answer.kind === 'wrong')) drafts.delete(draftKey(opened))
  if (!goesOn) dialog().close()
}

export function wireForm() {
  forms.open = show
  byId('form-close', HTMLElement).addEventListener('click', () => dialog().close())
  // Escape and the button alike: what was typed waits for the form to be opened again.
  dialog().addEventListener('close', () => byId('form-fields', HTMLElement).replaceChildren())
  dialog().addEventListener('input', () => open && drafts.set(draftKey(open), read(open)))
  dialog().querySelector('form')?.addEventListener('submit', sent)
}
