import { z } from 'zod'
import { type Readable, readRow, readRows, type Source } from '../base/readable.ts'
import { KeptPlaces } from '../kit/audience.ts'
import { KeptPicture } from '../pictures/pictures.ts'
import type { Dated, Occurrence } from '../schedule/recurrence/dates.ts'
import type { AnnouncementSeries, Prisma, PrismaClient } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'

/** A repeated announcement as it is kept. Its dates become announcements of their own when they come (`series-turn.ts`). */
export type WholeSeries = Omit<AnnouncementSeries, 'places' | 'moved' | 'picture'> & {
  readonly places: KeptPlaces
  readonly picture: KeptPicture | null
} & Dated

const Moved = z.record(z.string(), z.string())

/** How many single dates of one series may stand apart from its rule. */
export const MOST_APART = 100

/** Those whose next date is soonest come first, those without one last; without those that cannot be read. */
export async function loadSeries(
  { tx, log }: Source<Tx | PrismaClient>,
  where: Prisma.AnnouncementSeriesWhereInput,
  most?: number,
): Promise<Readable<WholeSeries>> {
  const rows = await tx.announcementSeries.findMany({
    where,
    orderBy: [{ nextAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
    ...(most === undefined ? {} : { take: most }),
  })
  return readRows(log, 'AnnouncementSeries', rows, wholeSeries)
}

/** A row as a whole series. Throws where its JSON is not what it should be. */
export function wholeSeries(row: AnnouncementSeries): WholeSeries {
  const { places, moved, picture } = row
  return {
    ...row,
    ...{ places: KeptPlaces.parse(places), moved: Moved.parse(moved), picture: KeptPicture.nullable().parse(picture) },
  }
}

/** One series. Throws `Unreadable`. */
export async function loadOneSeries(tx: Tx, id: string): Promise<WholeSeries | undefined> {
  const found = await tx.announcementSeries.findUnique({ where: { id } })
  return found ? readRow('AnnouncementSeries', found, wholeSeries) : undefined
}

/** One series, held until the end of the transaction: nobody changes it or makes one of its dates meanwhile. */
export async function holdSeries(tx: Tx, id: string | undefined): Promise<WholeSeries | undefined> {
  if (!id) return undefined
  await tx.$queryRaw`SELECT "id" FROM "AnnouncementSeries" WHERE "id" = ${id} FOR UPDATE`
  return loadOneSeries(tx, id)
}

/** What may be changed about it by people. */
export type SeriesChange = Partial<
  Pick<WholeSeries, 'state' | 'words' | 'link' | 'rule' | 'start' | 'zone' | 'except' | 'moved' | 'doneTo'>
>

/** Changes a series that is held, and finds its next date anew. */
export async function changeSeries(tx: Tx, one: WholeSeries, change: SeriesChange, now: Date): Promise<WholeSeries> {
  const changed = { ...one, ...change }
  const nextAt = await nextOf(changed)
  const { except, moved, ...rest } = change
  const data = { ...rest, ...apart({ ...changed, except: except ?? one.except, moved: moved ?? one.moved }), nextAt, dueAt: nextAt }
  await tx.announcementSeries.update({ where: { id: one.id }, data: { ...data, sequence: { increment: 1 }, changedAt: now } })
  const fresh = await loadOneSeries(tx, one.id)
  if (!fresh) throw new Error('A series that was just changed is not there.')
  return fresh
}

/** Single dates that still matter: one that was moved matters until both its places are behind us. */
export function apart({ except, moved, doneTo }: Pick<WholeSeries, 'except' | 'moved' | 'doneTo'>): {
  except: string[]
  moved: Record<string, string>
} {
  const done = doneTo.toISOString()
  return {
    except: except.filter(date => date > done),
    moved: Object.fromEntries(Object.entries(moved).filter(([date, at]) => date > done || at > done)),
  }
}

/** When its next date is; null where there is none, or it rests. */
export async function nextOf(one: Pick<WholeSeries, 'state' | 'doneTo'> & Dated): Promise<Date | null> {
  if (one.state !== 'active') return null
  const [next] = await comingDates(one, one.doneTo, 1)
  return next?.at ?? null
}

/** Its next dates after a moment. The library that knows them is loaded here, when the first is asked for. */
export async function comingDates(one: Dated, after: Date, most: number): Promise<readonly Occurrence[]> {
  const { nextDates } = await import('../schedule/recurrence/dates.ts')
  return nextDates(one, after, most)
}

/** `active` with a date to come, `over` without one; else as it was left. */
export function stageOfSeries({ state, nextAt }: Pick<WholeSeries, 'state' | 'nextAt'>): 'active' | 'over' | 'paused' | 'ended' {
  if (state === 'paused' || state === 'ended') return state
  return nextAt ? 'active' : 'over'
}
