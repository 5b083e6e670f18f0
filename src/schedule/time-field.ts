import type { Field } from '../view/view.ts'

/** What a picker submits. */
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

type Value = string | null | undefined

interface Wish {
  readonly name: string
  readonly label: string
  /** Under words. */
  readonly hint: string
  /** Under a picker. */
  readonly pick: string
  /** What was said, in words or as an instant. */
  readonly value?: Value
  /** What a picker stands on at first, unless a moment was picked before. */
  readonly at?: Value
}

/** The field of a form that asks for a time; it may stay empty. */
export function timeField({ name, label, hint, pick, value, at }: Wish): Field {
  return { name, label, hint, pick, kind: 'when', required: false, max: 60, ...filled(value), ...picked(value || at) }
}

/** What stands in a field at first, where something does. */
export function filled(value: Value): { value?: string } {
  return value ? { value } : {}
}

/** Whether this is a moment from a picker, not words. */
export function isPicked(said: string): boolean {
  return INSTANT.test(said)
}

/** What a picker stands on: a moment that was picked before, or is set. Words are none. */
function picked(value: Value): { at?: string } {
  return value && isPicked(value) ? { at: value } : {}
}
