import { type Readable, readRows, type Source } from '../base/readable.ts'
import { KeptPlaces } from '../kit/audience.ts'
import { KeptMoved } from '../kit/series/kept.ts'
import type { SeriesKind } from '../kit/series/kind.ts'
import type { Series } from '../kit/series/series.ts'
import { seriesTable } from '../kit/series/table.ts'
import { KeptPicture } from '../pictures/pictures.ts'
import type { AnnouncementSeries, Prisma, PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { nameOf } from './domain.ts'

/** A repeated announcement as it is kept. Its dates become announcements of their own when they come (`series-turn.ts`). */
export type WholeSeries = Omit<AnnouncementSeries, 'places' | 'moved' | 'picture'> & {
  readonly places: KeptPlaces
  readonly picture: KeptPicture | null
} & Series

/** Repeated announcements as the kit of series knows them. */
export const SERIES: SeriesKind<WholeSeries> = {
  feature: 'announcements',
  table: seriesTable({ name: 'AnnouncementSeries', words: 'words', nameOf, read: wholeSeries }),
  nameOf: ({ words }) => nameOf(words),
}

/** Those whose next date is soonest come first, those without one last; without those that cannot be read. */
export async function loadSeries(
  { tx, log }: Source<Tx | PrismaClient>,
  where: Prisma.AnnouncementSeriesWhereInput,
  most: number,
): Promise<Readable<WholeSeries>> {
  const rows = await tx.announcementSeries.findMany({
    where,
    orderBy: [{ nextAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
    take: most,
  })
  return readRows(log, 'AnnouncementSeries', rows, wholeSeries)
}

/** A row as a whole series. Throws where its JSON is not what it should be. */
export function wholeSeries(row: AnnouncementSeries): WholeSeries {
  const { places, moved, picture } = row
  return {
    ...row,
    ...{ places: KeptPlaces.parse(places), moved: KeptMoved.parse(moved), picture: KeptPicture.nullable().parse(picture) },
  }
}
