import type { Source } from '../base/readable.ts'
import { datesOf } from '../kit/series/dates.ts'
import { isLeftOut } from '../kit/series/view-series.ts'
import type { CalendarAsk, Happening } from '../schedule/happening.ts'
import type { PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { loadAnnouncements, type WholeAnnouncement } from './announcement.ts'
import { nameOf } from './domain.ts'
import { loadSeries, type WholeSeries } from './series.ts'

/** What one look at the calendar shows at the most, of all and of one series. */
const MOST = 500
const EACH = 100

/** For coordinators, what is planned and what went out. Nobody else learns of words before they are posted, and then they stand in the chats. */
export async function announcementsCalendar(source: Source<Tx | PrismaClient>, ask: CalendarAsk): Promise<readonly Happening[]> {
  if (ask.of.kind !== 'planned') return []
  const { networkId, from, to } = ask
  const { tx } = source
  const made = await loadAnnouncements(source, { networkId, postsAt: { gt: from, lt: to } }, { first: 'asc', most: MOST })
  const series = await loadSeries(source, { networkId, state: 'active', nextAt: { not: null, lt: to } }, MOST)
  const network = await tx.network.findUniqueOrThrow({ where: { id: networkId }, select: { zone: true } })
  const zones = await zonesOf(tx, made)
  const posted = made.map(one => postHappening(one, zones.get(one.seriesId ?? '') ?? network.zone))
  const coming = await datesHappening(series, from, to)
  return [...posted, ...coming].toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime()).slice(0, MOST)
}

/** A date of a series keeps the zone in which it was set. */
async function zonesOf(tx: Tx | PrismaClient, made: readonly WholeAnnouncement[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(made.flatMap(one => one.seriesId ?? []))]
  const rows = ids.length > 0 ? await tx.announcementSeries.findMany({ where: { id: { in: ids } }, select: { id: true, zone: true } }) : []
  return new Map(rows.map(({ id, zone }) => [id, zone]))
}

/** One date is the same happening before and after it became a post. */
function dateId(seriesId: string, date: Date): string {
  return `announcements_${seriesId}_${date.getTime() / 1000}`
}

function postHappening(one: WholeAnnouncement, zone: string): Happening {
  return {
    id: one.seriesId && one.date ? dateId(one.seriesId, one.date) : `announcements_${one.id}`,
    sequence: one.sequence,
    name: nameOf(one.words),
    about: one.words,
    startsAt: one.postsAt,
    zone,
    ...(one.link ? { link: one.link } : {}),
    isCancelled: one.state === 'withdrawn',
    changedAt: one.withdrawnAt ?? one.changedAt ?? one.createdAt,
  }
}

/** Dates still to come; those that are left out are cancelled ones. */
async function datesHappening(all: readonly WholeSeries[], from: Date, to: Date): Promise<readonly Happening[]> {
  const dates = await datesOf(all, { after: from, each: EACH, withLeftOut: true })
  return dates
    .filter(({ date }) => date.at < to)
    .map(({ series, date }) => ({
      id: dateId(series.id, date.date),
      sequence: series.sequence,
      name: nameOf(series.words),
      about: series.words,
      startsAt: date.at,
      zone: series.zone,
      ...(series.link ? { link: series.link } : {}),
      isCancelled: isLeftOut(date, series),
      changedAt: series.changedAt,
    }))
}
