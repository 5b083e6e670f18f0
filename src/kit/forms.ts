import type { Ctx } from '../feature/context.ts'
import type { Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { timeOr } from '../schedule/asked-time.ts'
import { filled, timeField } from '../schedule/time-field.ts'
import type { TextKey } from '../texts/keys.ts'
import { sanitize, sanitizeLine, tooLong } from '../view/sanitize.ts'
import type { Choice, Field, Form } from '../view/view.ts'
import { type Refusal, told } from './refusal.ts'

/** Forms, declared: each field says what it asks, what stands in it, and how it is read. The same for drafts and for what stands. */

/** By the name of its field: why what was typed cannot be taken. */
export type Wrong = Readonly<Record<string, string>>

/** What came of a form: what becomes of the settings, perhaps with a word on it. */
export type Taken<S> =
  | { readonly changes: Partial<S>; readonly said?: string | undefined }
  | { readonly wrong: Wrong; readonly meant?: Meant }

/** By the name of its field: what words may have been meant for. */
type Meant = Readonly<Record<string, readonly Choice[]>>

/** What a form is about, and in which event. */
export interface On<S> {
  readonly ctx: Ctx
  readonly now: S
}

/** What one field made of the words in it. */
export type Read<S> =
  | { readonly changes: Partial<S>; readonly said?: string | undefined }
  | Refusal
  | { readonly problem: string; readonly meant?: readonly Choice[] }

/** A form: what it shows of the settings, and how it is read. */
export interface Sheet<S, Set = S> {
  readonly title: TextKey
  readonly submit: TextKey
  intro?(on: On<S>): string
  /** `typed`: what was sent, where it comes back with its mistakes. */
  fields(on: On<S>, typed?: Submit['values']): readonly Field[]
  read(on: On<S>, submit: Pick<Submit, 'values' | 'files'>): Promise<Taken<Set>>
}

/** One field of a form. */
export interface Asked<S> {
  readonly name: string
  readonly label: TextKey
  readonly hint?: TextKey
  /** Of a `when`: under a picker. */
  readonly pick?: TextKey
  readonly kind: 'line' | 'lines' | 'when'
  readonly max?: number
  readonly required?: boolean | ((now: S) => boolean)
  /** What is set; of a `when`, as an instant. */
  now?(now: S, ctx: Ctx): string | null | undefined
  read(words: string, on: On<S>): Read<S> | Promise<Read<S>>
}

interface Declared<S> extends Pick<Sheet<S>, 'title' | 'submit' | 'intro'> {
  readonly asks: readonly Asked<S>[]
  /** What is wrong where fields depend on each other. `after`: as it would be. */
  check?(after: S, on: On<S>): Readonly<Record<string, Refusal>> | undefined
}

export function sheet<S>({ asks, check, ...whole }: Declared<S>): Sheet<S> {
  return {
    ...whole,
    fields: (on, typed) => asks.map(one => field(one, on, typed?.[one.name])),
    async read(on, { values }) {
      let changes: Partial<S> = {}
      const wrong: Record<string, string> = {}
      const meant: Record<string, readonly Choice[]> = {}
      const said: string[] = []
      for (const one of asks) {
        const read = await one.read(values[one.name] ?? '', on)
        if (!('changes' in read)) wrong[one.name] = told(read, on.ctx.speech)
        else changes = { ...changes, ...read.changes }
        if ('meant' in read && read.meant) meant[one.name] = read.meant
        if ('said' in read && read.said) said.push(read.said)
      }
      for (const [name, refusal] of Object.entries(check?.({ ...on.now, ...changes }, on) ?? {}))
        wrong[name] ??= told(refusal, on.ctx.speech)
      return Object.keys(wrong).length > 0 ? { wrong, meant } : { changes, said: said.join(' ') || undefined }
    },
  }
}

function field<S>({ name, label, hint, pick, kind, max, required = false, now }: Asked<S>, on: On<S>, typed?: string): Field {
  const { t } = on.ctx.speech.texts
  const set = now?.(on.now, on.ctx)
  // What is longer than it may be, as platforms count, is shown whole, to be shortened.
  const most = max && (typed ?? set ?? '').length <= max ? { max } : {}
  const must = typeof required === 'function' ? required(on.now) : required
  if (kind !== 'when')
    return {
      ...{ name, label: t(label), kind, required: must },
      ...(hint && { hint: t(hint) }),
      ...most,
      ...filled(typed ?? set),
    }
  const asked = timeField({
    ...{ name, label: t(label), value: typed, at: set },
    hint: hint ? t(hint) : '',
    pick: t(pick ?? label),
    speech: on.ctx.speech,
  })
  return { ...asked, required: must, ...(max && { max }) }
}

/** The form, with what is set or was typed. */
export function formOf<S>(made: string, { title, submit, intro, fields }: Sheet<S>, on: On<S>, typed?: Submit['values']): Form {
  const { t, locale } = on.ctx.speech.texts
  return { token: made, title: t(title), ...(intro && { intro: intro(on) }), submit: t(submit), lang: locale, fields: fields(on, typed) }
}

export function wrongForm(form: Form, fields: Wrong): Outcome {
  return { again: [{ kind: 'wrong', form, fields }] }
}

/** What becomes of a form that came in; or it comes back with its mistakes. */
export async function taken<S>(
  made: string,
  one: Sheet<S>,
  on: On<S>,
  submit: Pick<Submit, 'values' | 'files'>,
  then: (changes: Partial<S>, said?: string) => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  const read = await one.read(on, submit)
  if (!('wrong' in read)) return then(read.changes, read.said)
  const form = formOf(made, one, on, submit.values)
  const fields = form.fields.map(field => ({ ...field, ...(read.meant?.[field.name]?.length && { meant: read.meant[field.name] ?? [] }) }))
  return wrongForm({ ...form, fields }, read.wrong)
}

type Look = Pick<Asked<unknown>, 'label' | 'hint' | 'max'> & { readonly required?: boolean }
type Has<Name extends string, Value> = { readonly [One in Name]: Value }

function change<Name extends string, Value>(name: Name, value: Value): Partial<Has<Name, Value>> {
  const made: { [One in Name]?: Value } = {}
  made[name] = value
  return made
}

/** Words on one line, or on several; `wrong`: what is said of none, and of too many letters. */
export function words<Name extends string>(
  name: Name,
  kind: 'line' | 'lines',
  look: Look & { readonly max: number; readonly wrong: { readonly none?: TextKey; readonly long: TextKey } },
): Asked<Has<Name, string>> {
  const { wrong, ...shown } = look
  return {
    ...{ ...shown, name, kind },
    now: set => set[name],
    read(typed) {
      const value = kind === 'line' ? sanitizeLine(typed) : sanitize(typed).trim()
      if (value === '' && wrong.none) return { key: wrong.none }
      const length = tooLong(value, look.max)
      if (length !== undefined) return { key: wrong.long, args: { max: look.max, length } }
      return { changes: change(name, value) }
    },
  }
}

/** A list, an item a line. */
export function items<Name extends string>(
  name: Name,
  look: Look,
  read: (typed: string) => string[] | Refusal,
): Asked<Has<Name, string[]>> {
  return {
    ...{ ...look, name, kind: 'lines' },
    now: set => set[name].join('\n'),
    read(typed) {
      const all = read(typed)
      return 'key' in all ? all : { changes: change(name, all) }
    },
  }
}

/** The address of a page, or nothing. */
export function link<Name extends string>(
  name: Name,
  look: Look,
  read: (typed: string) => { readonly url: string } | Refusal,
): Asked<Has<Name, string | null>> {
  return {
    ...{ ...look, name, kind: 'line' },
    now: set => set[name],
    read(typed) {
      const found = typed.trim() === '' ? { url: null } : read(typed)
      return 'key' in found ? found : { changes: change(name, found.url) }
    },
  }
}

/** A time to come, in plain words or picked. `none`: what it is where nothing is said. */
export function when<S>(
  look: Pick<Asked<S>, 'name' | 'label' | 'hint' | 'pick' | 'max' | 'required' | 'now'>,
  set: (at: Date, note?: string) => Read<S>,
  none: (on: On<S>) => Read<S>,
): Asked<S> {
  return {
    ...{ ...look, kind: 'when' },
    async read(typed, on) {
      if (typed.trim() === '') return none(on)
      const read = await timeOr(on.ctx, typed)
      return 'problem' in read ? read : set(read.at, read.note)
    },
  }
}

/** A whole number; left empty: `none`, where it may be. */
export function whole<Name extends string, None>(
  name: Name,
  look: Look & { readonly from: number; readonly to: number; readonly wrong: Refusal; readonly none?: None },
): Asked<Has<Name, number | None>> {
  const { from, to, wrong, none, ...shown } = look
  return {
    ...{ ...shown, name, kind: 'line' },
    now: set => (set[name] === null ? '' : String(set[name])),
    read(typed) {
      const said = sanitizeLine(typed)
      if (said === '') return none === undefined ? wrong : { changes: change(name, none) }
      const value = Number(said)
      return Number.isInteger(value) && value >= from && value <= to ? { changes: change<Name, number | None>(name, value) } : wrong
    },
  }
}
