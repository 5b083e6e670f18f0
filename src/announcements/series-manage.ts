import type { Ctx } from '../feature/context.ts'
import { knownPlaces } from '../kit/audience.ts'
import type { CardParts, Managed } from '../kit/series/kind.ts'
import { managing } from '../kit/series/manage.ts'
import { ifEnded } from '../kit/series/rule.ts'
import { changed } from '../kit/series/show.ts'
import { thingForm } from '../kit/thing.ts'
import { placeFacts } from '../kit/view-audience.ts'
import { WORDS } from './forms.ts'
import { SERIES, type WholeSeries } from './series.ts'
import { cardParts } from './view-series.ts'

/** How a repeated announcement is shown and managed. */
export const MANAGED: Managed<WholeSeries> = { ...SERIES, card, unknown: 'series-unknown' }

async function card(ctx: Ctx, one: WholeSeries): Promise<CardParts> {
  const last = await ctx.tx.announcement.findFirst({ where: { seriesId: one.id }, orderBy: { date: 'desc' }, select: { id: true } })
  const where = placeFacts(one.places, await knownPlaces(ctx, one.places), ctx.speech)
  return cardParts(one, { last: last?.id, where }, ctx.speech)
}

export const MANAGING = managing(MANAGED, {
  // From the next date on.
  rewrite: thingForm({
    ...{ sheet: WORDS, of: (one: WholeSeries) => one, unless: (ctx, one) => ifEnded(ctx, one) },
    async take(ctx, one, { words = one.words, link = one.link }) {
      await ctx.tx.announcementSeries.update({ where: { id: one.id }, data: { words, link } })
      return changed(MANAGED, ctx, one, {}, { key: 'series-done-words' })
    },
  }),
})
