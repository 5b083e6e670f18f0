import type { Ctx } from '../../feature/context.ts'
import type { Outcome } from '../../feature/outcome.ts'
import { turnTo } from '../../feature/replies.ts'
import type { TextKey } from '../../texts/keys.ts'
import type { Args } from '../../texts/texts.ts'
import type { View } from '../../view/view.ts'
import { changeSeries, comingWithLeftOut } from './dates.ts'
import type { Managed } from './kind.ts'
import type { Series } from './series.ts'
import type { SeriesChange } from './table.ts'
import { seriesViews } from './view-series.ts'

/** How many of its dates the card shows. */
const SHOWN = 3

/** How a series stands, with what a coordinator can do about it. */
export async function showSeries<S extends Series>(kind: Managed<S>, ctx: Ctx, one: S, said?: string): Promise<View> {
  const dates = one.nextAt ? await comingWithLeftOut(one, ctx.speech.now, SHOWN) : []
  return seriesViews(kind).card(one, await kind.card(ctx, one), dates, ctx.speech, said)
}

/** What was done, as it is told. */
export interface Done {
  readonly key: TextKey
  readonly args?: Args
  readonly more?: string
}

/** Changes it, and shows the card as it is now. */
export async function changed<S extends Series>(kind: Managed<S>, ctx: Ctx, one: S, change: SeriesChange, done: Done): Promise<Outcome> {
  const fresh = await changeSeries(kind, ctx.tx, one, change, ctx.speech.now)
  const said = `${ctx.speech.texts.t(done.key, done.args ?? {})} ${done.more ?? ''}`.trim()
  return turnTo(ctx, await showSeries(kind, ctx, fresh, said))
}
