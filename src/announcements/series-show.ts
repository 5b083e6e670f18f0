import type { Ctx } from '../feature/context.ts'
import { knownPlaces } from '../kit/audience.ts'
import { placeFacts } from '../kit/view-audience.ts'
import type { View } from '../view/view.ts'
import { comingDates, type WholeSeries } from './series.ts'
import { seriesCard } from './view-series.ts'

/** How many of its dates the card shows. */
const SHOWN = 3

/** How a series stands, with what a coordinator can do about it. */
export async function showSeries(ctx: Ctx, one: WholeSeries, said?: string): Promise<View> {
  const dates = one.nextAt ? await comingWithLeftOut(one, ctx.speech.now, SHOWN) : []
  const last = await ctx.tx.announcement.findFirst({ where: { seriesId: one.id }, orderBy: { date: 'desc' }, select: { id: true } })
  const where = placeFacts(one.places, await knownPlaces(ctx, one.places), ctx.speech)
  return seriesCard(one, { dates, last: last?.id, where }, ctx.speech, said)
}

/** The next dates, and in their places those that are left out: `most` that go out. */
export async function comingWithLeftOut(one: WholeSeries, now: Date, most: number): ReturnType<typeof comingDates> {
  const after = one.doneTo > now ? one.doneTo : now
  const all = await comingDates({ ...one, except: [] }, after, most + one.except.length)
  const gone = new Set(one.except)
  const end = all.findIndex((_, i) => all.slice(0, i + 1).filter(({ date }) => !gone.has(date.toISOString())).length === most)
  return end < 0 ? all : all.slice(0, end + 1)
}
