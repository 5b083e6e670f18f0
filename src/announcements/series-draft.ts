import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import { datesBetween, nextDates, type Occurrence } from '../schedule/recurrence/dates.ts'
import { isOfTheWall, type Repeats, readRule } from '../schedule/recurrence/rule.ts'
import type { View } from '../view/view.ts'
import type { Timing } from './read.ts'
import { anchoredAnew, createSeries } from './series-create.ts'
import { showSeries } from './series-show.ts'
import type { AnnouncementSettings } from './settings.ts'

/** What the draft card does with a rule. */

const SHOWN = 3
const YEAR_MS = 366 * 86_400_000

/** The next dates of a rule; and in the year ahead the first that a change of the clocks makes another than was said. */
export function firstDates(repeats: Repeats, now: Date): readonly Occurrence[] {
  const whole = { ...repeats, except: [], moved: {} }
  const first = nextDates(whole, now, SHOWN)
  if (!isOfTheWall(readRule(repeats.rule).every)) return first
  const last = first.at(-1)?.at ?? now
  const odd = datesBetween(whole, last, new Date(now.getTime() + YEAR_MS)).find(date => date.odd === 'skipped')
  return odd ? [...first, odd] : first
}

interface Begun {
  readonly settings: AnnouncementSettings
  readonly repeats: Repeats
  readonly id: string
}

/** Post was pressed. What was shown back must be what comes: where the first date has passed meanwhile, the dates are shown once more. */
export async function publishSeries(
  ctx: Ctx,
  deps: Deps,
  { settings, repeats, id }: Begun,
): Promise<{ view: View } | { changes: Partial<Timing>; said: string }> {
  const { t } = ctx.speech.texts
  const anew = await anchoredAnew(repeats, ctx.speech.now)
  if (anew) return { changes: { repeats: anew }, said: t('series-wrong-begun') }
  const networkId = ctx.network?.id ?? ''
  const made = await createSeries(ctx.tx, deps, { networkId, personId: ctx.person?.id ?? '', settings, repeats, id })
  if ('key' in made) return { changes: {}, said: t(made.key, made.args) }
  return { view: await showSeries(ctx, made, t('series-made')) }
}
