import type { Ctx } from '../../feature/context.ts'
import { anchoredAnew } from '../../schedule/recurrence/first-dates.ts'
import type { Repeats } from '../../schedule/recurrence/rule.ts'
import type { View } from '../../view/view.ts'
import type { Refusal } from '../refusal.ts'
import { nextOf } from './dates.ts'
import type { Managed } from './kind.ts'
import type { Series } from './series.ts'
import { showSeries } from './show.ts'

/** When a series goes out that begins now. */
interface Beginning extends Repeats, Pick<Series, 'doneTo' | 'nextAt'> {
  readonly dueAt: Date
  readonly changedAt: Date
  readonly createdAt: Date
}

/** The columns of a series that begins now, beside the feature's own; or why it cannot. */
export async function beginning(repeats: Repeats, now: Date): Promise<Beginning | Refusal> {
  const { rule, start, zone } = repeats
  const nextAt = await nextOf({ ...{ rule, start, zone, except: [], moved: {} }, state: 'active', doneTo: now })
  if (!nextAt) return { key: 'repeat-never' }
  return { rule, start, zone, doneTo: now, nextAt, dueAt: nextAt, changedAt: now, createdAt: now }
}

/** Post was pressed on a draft. What was shown back must be what comes: where the first date has passed meanwhile, the dates are shown once more. */
export async function beginSeries<S extends Series>(
  kind: Managed<S>,
  ctx: Ctx,
  repeats: Repeats,
  create: () => Promise<{ readonly made: S } | Refusal>,
): Promise<{ view: View } | { changes: { repeats?: Repeats }; said: string }> {
  const { t } = ctx.speech.texts
  const anew = anchoredAnew(repeats, ctx.speech.now)
  if (anew) return { changes: { repeats: anew }, said: t('series-wrong-begun') }
  const created = await create()
  if ('key' in created) return { changes: {}, said: t(created.key, created.args) }
  return { view: await showSeries(kind, ctx, created.made, t('series-made')) }
}
