import { COMING_OR_HERE, isMeant } from '../community/audience.ts'
import { post } from '../delivery/outbox.ts'
import type { Deps } from '../feature/feature.ts'
import type { DateOf, Turning } from '../kit/series/kind.ts'
import type { Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { lookAt, postRows } from './create.ts'
import { usefulUntil } from './domain.ts'
import { SERIES, type WholeSeries } from './series.ts'

/** How a date of a repeated announcement becomes an announcement of its own. */
export const TURNING: Turning<WholeSeries> = {
  ...SERIES,
  usefulUntil: ({ lateHours }, postsAt) => usefulUntil({ postsAt, lateHours }),
  make: makePosts,
  missed: 'series-missed',
}

/** Each date as an announcement with its posts. */
async function makePosts(tx: Tx, deps: Deps, dates: readonly DateOf<WholeSeries>[], now: Date): Promise<ReadonlySet<string | null>> {
  const data = dates.map(one => dateRow(deps, one, now))
  const made = await tx.announcement.createManyAndReturn({ data, skipDuplicates: true })
  const networks = [...new Set(made.map(one => one.networkId))]
  const spaces = await tx.space.findMany({ where: { networkId: { in: networks }, state: COMING_OR_HERE }, orderBy: { id: 'asc' } })
  const meant = ({ networkId, places }: WholeSeries): readonly Space[] =>
    spaces.filter(space => space.networkId === networkId && isMeant(space, places))
  const bySeries = new Map(dates.map(({ series }) => [series.id, series]))
  await post(
    tx,
    made.flatMap(one => {
      const series = bySeries.get(one.seriesId ?? '')
      return series ? postRows(deps, one, meant(series)) : []
    }),
    now,
  )
  return new Set(made.map(one => one.seriesId))
}

function dateRow(deps: Deps, { series, date: { date, at } }: DateOf<WholeSeries>, now: Date) {
  const { id: seriesId, networkId, words, link, pin, lateHours, places, createdBy, sequence, picture } = series
  const course = { postsAt: at, lateHours }
  const what = { networkId, words, link, pin, places, createdBy, createdAt: now, ...(picture ? { picture } : {}) }
  return { ...what, ...course, id: deps.ids.id(), seriesId, date, checkAt: lookAt(course), sequence }
}
