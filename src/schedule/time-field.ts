import { DateTime } from 'luxon'
import type { Speech } from '../feature/context.ts'
import { regional } from '../texts/when.ts'
import type { Field, PickList } from '../view/view.ts'

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
  /** For whom, and when. */
  readonly speech: Speech
}

/** The field of a form that asks for a time; it may stay empty. */
export function timeField({ name, label, hint, pick, value, at, speech }: Wish): Field {
  const lists = [daysFrom(speech), hours(speech)]
  return { name, label, hint, pick, lists, kind: 'when', required: false, max: 60, ...filled(value), ...picked(value || at) }
}

/** Two weeks of days; from the morning to late in the evening. */
const DAYS = 14
const FIRST_HOUR = 7
const LAST_HOUR = 22

/** The days from today on, in the zone in which words are read. */
function daysFrom({ texts, now, zone }: Speech): PickList {
  const today = DateTime.fromJSDate(now, { zone }).setLocale(regional(texts.locale))
  const choices = Array.from({ length: DAYS }, (_, n) => today.plus({ days: n })).map(day => ({
    value: day.toFormat('yyyy-MM-dd'),
    label: day.toFormat('cccc d LLLL'),
  }))
  return { label: texts.t('time-pick-day'), choices }
}

function hours({ texts }: Speech): PickList {
  const choices = Array.from({ length: LAST_HOUR - FIRST_HOUR + 1 }, (_, n) => `${String(FIRST_HOUR + n).padStart(2, '0')}:00`)
  return { label: texts.t('time-pick-hour'), choices: choices.map(hour => ({ value: hour, label: hour })) }
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
