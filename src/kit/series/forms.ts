import { repeatsOr, timeOr } from '../../schedule/asked-time.ts'
import type { Occurrence } from '../../schedule/recurrence/dates.ts'
import { isRepeating } from '../../schedule/recurrence/plain-rule.ts'
import type { Repeats } from '../../schedule/recurrence/rule.ts'
import { sayRepeats } from '../../schedule/recurrence/say-rule.ts'
import { type Asked, type On, type Read, type Sheet, sheet } from '../forms.ts'
import type { Series } from './series.ts'

/** The forms of what repeats. */

/** In words on every platform: no picker knows such rules. */
const REPEATS = { name: 'repeat', label: 'series-form-repeat', hint: 'series-form-repeat-hint', kind: 'line', max: 120 } as const

/** How often, asked of a draft; nothing is once. `changes`: what a rule, or none, makes of it. */
export function repeatAsked<S extends { readonly repeats: Repeats | null }>(changes: (repeats: Repeats | null) => Partial<S>): Asked<S> {
  return {
    ...REPEATS,
    now: ({ repeats }, ctx) => repeats && sayRepeats(repeats, ctx.speech.texts),
    async read(typed, { ctx }) {
      if (typed.trim() === '') return { changes: changes(null) }
      const read = await repeatsOr(ctx, typed)
      return 'problem' in read ? read : { changes: changes(read.repeats) }
    },
  }
}

/** Another rule for a series, on the clocks of its zone. */
export const RERULE = sheet<{ readonly repeats: Repeats }>({
  ...{ title: 'series-do-rule', submit: 'series-form-save' },
  asks: [
    {
      ...{ ...REPEATS, required: true },
      now: ({ repeats }, ctx) => sayRepeats(repeats, ctx.speech.texts),
      async read(typed, { ctx, now }) {
        const read = await repeatsOr(ctx, typed, now.repeats.zone)
        return 'problem' in read ? read : { changes: { repeats: read.repeats } }
      },
    },
  ],
})

/** One date of a series, and what becomes of it. */
interface Shifted {
  readonly series: Series
  readonly date: Occurrence
  readonly to?: Date
}

/** Another time for one date of a series; the others stay. */
export const SHIFT: Sheet<Shifted> = sheet({
  ...{ title: 'series-do-move', submit: 'series-form-save' },
  asks: [
    {
      ...{ name: 'when', label: 'series-form-when', hint: 'series-form-when-hint', pick: 'series-form-when', kind: 'when', required: true },
      now: ({ date }) => date.at.toISOString(),
      read: shifted,
    },
  ],
})

async function shifted(typed: string, { ctx, now: { series, date } }: On<Shifted>): Promise<Read<Shifted>> {
  if (isRepeating(typed)) return { key: 'series-one-time' }
  const asked = await timeOr({ ...ctx, speech: { ...ctx.speech, zone: series.zone } }, typed)
  if ('problem' in asked) return asked
  const { datesBetween } = await import('../../schedule/recurrence/dates.ts')
  const there = datesBetween(series, new Date(asked.at.getTime() - 1), asked.at)
  const isTaken = there.some(other => other.date.getTime() !== date.date.getTime())
  return isTaken ? { key: 'series-taken' } : { changes: { to: asked.at }, said: asked.note }
}
