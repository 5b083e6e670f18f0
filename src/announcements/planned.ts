import type { Tx } from '../feature.ts'
import type { Occurrence } from '../schedule/recurrence/dates.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import { loadAnnouncements, type WholeAnnouncement } from './announcement.ts'
import { loadSeries, type WholeSeries } from './series.ts'

/** One thing that is to go out: a single announcement, or one date of a series. */
export type Planned =
  | { readonly at: Date; readonly one: WholeAnnouncement }
  | { readonly at: Date; readonly series: WholeSeries; readonly date: Occurrence }

/** How many series are looked through. */
const SERIES = 200

export interface Ahead {
  readonly networkId: string
  readonly now: Date
  /** Dates of a series are shown up to here, and its next one wherever that is. */
  readonly to: Date
  readonly most: number
  /** Dates of one series. */
  readonly each: number
}

/** What is to come in a network, soonest first. */
export async function comingOf(tx: Tx | PrismaClient, { networkId, now, to, most, each }: Ahead): Promise<readonly Planned[]> {
  const single = await loadAnnouncements(tx, { networkId, state: 'standing', postsAt: { gt: now } }, { first: 'asc', most })
  const all = await loadSeries(tx, { networkId, state: 'active', nextAt: { not: null } }, SERIES)
  const dated = await datesOf(all, series => ({ after: series.doneTo > now ? series.doneTo : now, most: each }))
  return [
    ...single.map(one => ({ at: one.postsAt, one })),
    ...dated.filter(({ at, series }) => at <= to || at.getTime() === series.nextAt?.getTime()),
  ]
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .slice(0, most)
}

type Dates = Extract<Planned, { series: WholeSeries }>

async function datesOf(
  all: readonly WholeSeries[],
  which: (series: WholeSeries) => { readonly after: Date; readonly most: number },
): Promise<readonly Dates[]> {
  if (all.length === 0) return []
  const { nextDates } = await import('../schedule/recurrence/dates.ts')
  return all.flatMap(series => {
    const { after, most } = which(series)
    return nextDates(series, after, most).map(date => ({ at: date.at, series, date }))
  })
}
