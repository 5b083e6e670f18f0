import { DateTime } from 'luxon'
import type { Ctx } from '../feature/context.ts'
import { fullTime, regional } from '../texts/when.ts'
import { shorten } from '../view/sanitize.ts'
import type { Choice } from '../view/view.ts'
import { type NoTime, type PlainTime, readTime } from './plain-time.ts'
import type { Repeats } from './recurrence/rule.ts'

/** What people type, read for them. Every time, and every rule, that somebody says in words comes through here. */

/** In plain words what is wrong, with what was meant perhaps; `nearest` are those readings, `meant` the same as choices of a field. */
export interface Problem<T> {
  readonly problem: string
  readonly nearest: readonly T[]
  readonly meant: readonly Choice[]
}

/** `note`: where the clocks change then, what it will be; or that an end is not kept. */
export interface AskedTime {
  readonly at: Date
  readonly note?: string
}

/** A time, or what is wrong with it and what would do. */
export async function timeOr(ctx: Ctx, words: string): Promise<AskedTime | Problem<Date>> {
  const read = await spanOr(ctx, words)
  if ('problem' in read || read.minutes === undefined) return read
  return { at: read.at, note: ctx.speech.texts.t('time-span', { when: fullTime(read.at, ctx.speech) }) }
}

/** The same, for what has a length. `minutes`: where an end was said too. */
export async function spanOr(ctx: Ctx, words: string): Promise<(AskedTime & { readonly minutes?: number }) | Problem<Date>> {
  const read: PlainTime = await readTime(words, ctx.speech)
  if ('key' in read) {
    const meant = read.nearest.map(at => ({ value: at.toISOString(), label: fullTime(at, ctx.speech) }))
    return { problem: why(ctx, read, meant), nearest: read.nearest, meant }
  }
  const { at, odd, minutes } = read
  const note = odd && ctx.speech.texts.t(`time-${odd}`, { when: fullTime(at, ctx.speech) })
  return { at, ...(note ? { note } : {}), ...(minutes === undefined ? {} : { minutes }) }
}

function why({ speech }: Ctx, { key, said, at }: NoTime, meant: readonly Choice[]): string {
  const { t, locale } = speech.texts
  const day = at && DateTime.fromJSDate(at, { zone: 'utc' }).setLocale(regional(locale)).toFormat('cccc d LLLL yyyy')
  const refused = t(key, { said: shorten(said, 60), when: at ? fullTime(at, speech) : '', day: day ?? '' })
  if (meant.length > 0) return `${refused} ${t('time-maybe', { nearest: either(meant, locale) })}`
  return key === 'time-past' ? refused : `${refused} ${t('time-example')}`
}

/** How often; or what is wrong with it and what would do. */
export async function repeatsOr(
  ctx: Ctx,
  words: string,
  zone = ctx.speech.zone,
): Promise<{ readonly repeats: Repeats } | Problem<Repeats>> {
  const { readRepeats } = await import('./recurrence/plain-rule.ts')
  const read = await readRepeats(words, { zone, now: ctx.speech.now })
  if ('repeats' in read) return read
  const { texts } = ctx.speech
  const refused = texts.t(read.key, read.args)
  const nearest = read.nearest ?? []
  const { sayRepeats } = await import('./recurrence/say-rule.ts')
  const meant = nearest.map(one => sayRepeats(one, texts)).map(said => ({ value: said, label: said }))
  const maybe = meant.length > 0 && texts.t('repeat-maybe', { nearest: either(meant.map(quoted), texts.locale) })
  const example = NEEDS_EXAMPLE.includes(read.key) && texts.t('repeat-example')
  return { problem: [refused, maybe || example || ''].join(' ').trim(), nearest, meant }
}

const NEEDS_EXAMPLE: readonly string[] = ['repeat-unknown', 'repeat-word', 'repeat-one-way', 'repeat-no-clock', 'time-no-hour']

function either(all: readonly Choice[], locale: string): string {
  return new Intl.ListFormat(regional(locale), { type: 'disjunction' }).format(all.map(({ label }) => label))
}

function quoted({ value, label }: Choice): Choice {
  return { value, label: `“${label}”` }
}
