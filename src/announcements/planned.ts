import type { Source } from '../base/readable.ts'
import { datesOf } from '../kit/series/dates.ts'
import type { Occurrence } from '../schedule/recurrence/dates.ts'
import type { Prisma } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
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

/** The first ones, whether there are more, and how many could not be read. */
export interface Coming {
  readonly first: readonly Planned[]
  readonly isMore: boolean
  readonly unread: number
}

/** What is to come in a network, soonest first. */
export async function comingOf(source: Source<Tx>, { networkId, now, to, most, each }: Ahead): Promise<Coming> {
  const standing: Prisma.AnnouncementWhereInput = { networkId, state: 'standing', postsAt: { gt: now } }
  const single = await loadAnnouncements(source, standing, { first: 'asc', most: most + 1 })
  const all = await loadSeries(source, { networkId, state: 'active', nextAt: { not: null } }, SERIES)
  const dated = (await datesOf(all, { after: now, each })).map(one => ({ ...one, at: one.date.at }))
  const found = [
    ...single.map(one => ({ at: one.postsAt, one })),
    ...dated.filter(({ at, series }) => at <= to || at.getTime() === series.nextAt?.getTime()),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime())
  return { first: found.slice(0, most), isMore: found.length > most, unread: single.unread + all.unread }
}
