import { isMeant } from '../community/audience.ts'
import { post } from '../delivery/outbox.ts'
import type { Deps } from '../feature/feature.ts'
import { datesBetween, nextDates, type Occurrence } from '../schedule/recurrence/dates.ts'
import { isOfTheWall, readRule } from '../schedule/recurrence/rule.ts'
import type { Space } from '../store/generated/client.ts'
import type { Tx } from '../store/tx.ts'
import { lookAt, postRows } from './create.ts'
import { usefulUntil } from './domain.ts'
import { apart, loadSeries, type WholeSeries } from './series.ts'
import { type Missed, tellMissedDates } from './series-missed.ts'

/** When a series is looked at again whose network is paused. */
const PAUSED_MS = 120_000
/** And one whose dates cannot be computed. */
const BROKEN_MS = 3_600_000
const DAY_MS = 86_400_000
/** How far back dates are counted that were missed: of minutes and hours there are many. */
const BACK_MS = { wall: 3_660 * DAY_MS, time: 31 * DAY_MS } as const

/** What becomes of a series whose time has come. */
export interface Turn {
  readonly series: WholeSeries
  /** The date to post: the newest, where it is still of use. */
  readonly posts: Occurrence | undefined
  /** Dates that are of no use any more, or that the newest has overtaken. */
  readonly missed: readonly Occurrence[]
  readonly next: Occurrence | undefined
}

/** Pure. What is due lies after everything that is done with, so that a clock that was ahead repeats nothing. After a long absence only the newest date is posted, and only if it is not too late for it. */
export function turnOf(series: WholeSeries, now: Date): Turn {
  const back = BACK_MS[isOfTheWall(readRule(series.rule).every) ? 'wall' : 'time']
  const from = new Date(Math.max(series.doneTo.getTime(), now.getTime() - back))
  const passed = datesBetween(series, from, now)
  const newest = passed.at(-1)
  const isUseful = newest !== undefined && usefulUntil({ postsAt: newest.at, lateHours: series.lateHours }) >= now
  const [next] = nextDates(series, now, 1)
  return { series, posts: isUseful ? newest : undefined, missed: isUseful ? passed.slice(0, -1) : passed, next }
}

/**
 * Gives a batch of due series their turns, in one transaction and as many statements as for one. Each is held by whoever takes it, and of each date there is
 * one row at the most: neither two processes nor a clock that jumps back make a date twice.
 */
export async function takeTurns(tx: Tx, deps: Deps, ids: readonly string[], now: Date): Promise<void> {
  const held = await tx.$queryRaw<{ id: string; runs: boolean }[]>`
    SELECT s."id", n."state" = 'active' AS "runs" FROM "AnnouncementSeries" s JOIN "Network" n ON n."id" = s."networkId"
    WHERE s."id" = ANY (${[...ids]}::text[]) AND s."dueAt" <= ${now}::timestamptz ORDER BY s."dueAt", s."id" FOR UPDATE OF s SKIP LOCKED`
  const resting = held.filter(row => !row.runs).map(row => row.id)
  const running = held.filter(row => row.runs).map(row => row.id)
  if (resting.length > 0)
    await tx.announcementSeries.updateMany({ where: { id: { in: resting } }, data: { dueAt: new Date(now.getTime() + PAUSED_MS) } })
  if (running.length === 0) return
  const loaded = await loadSeries({ tx, log: deps.log }, { id: { in: running } })
  // Each is then tried alone, and one that cannot be read rests and is told of.
  if (loaded.unread > 0) throw new Error('A repeated announcement cannot be read.')
  const turns = loaded.flatMap(series => turnOrNone(deps, series, now) ?? [])
  const broken = running.filter(id => !turns.some(({ series }) => series.id === id))
  if (broken.length > 0)
    await tx.announcementSeries.updateMany({ where: { id: { in: broken } }, data: { dueAt: new Date(now.getTime() + BROKEN_MS) } })
  const posted = await makePosts(tx, deps, turns, now)
  await moveOn(tx, turns, now)
  await tellMissedDates(tx, deps, missedIn(turns, posted))
}

/** One that cannot be computed must not hold up all others. */
function turnOrNone(deps: Deps, series: WholeSeries, now: Date): Turn | undefined {
  try {
    return turnOf(series, now)
  } catch (err) {
    deps.log.error({ err, series: series.id }, 'A repeated announcement has no dates that can be computed')
    return undefined
  }
}

/** Each date as an announcement with its posts; the ids of the series that have one now. */
async function makePosts(tx: Tx, deps: Deps, turns: readonly Turn[], now: Date): Promise<ReadonlySet<string | null>> {
  const rows = turns.flatMap(({ series, posts }) => (posts ? [dateRow(deps, series, posts, now)] : []))
  if (rows.length === 0) return new Set()
  const made = await tx.announcement.createManyAndReturn({ data: rows, skipDuplicates: true })
  const networks = [...new Set(made.map(one => one.networkId))]
  const spaces = await tx.space.findMany({ where: { networkId: { in: networks }, state: 'joined' }, orderBy: { id: 'asc' } })
  const meant = ({ networkId, places }: WholeSeries): readonly Space[] =>
    spaces.filter(space => space.networkId === networkId && isMeant(space, places))
  const bySeries = new Map(turns.map(({ series }) => [series.id, series]))
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

function dateRow(deps: Deps, series: WholeSeries, { date, at }: Occurrence, now: Date) {
  const { id: seriesId, networkId, words, link, pin, lateHours, places, createdBy, sequence, picture } = series
  const course = { postsAt: at, lateHours }
  const what = { networkId, words, link, pin, places, createdBy, createdAt: now, ...(picture ? { picture } : {}) }
  return { ...what, ...course, id: deps.ids.id(), seriesId, date, checkAt: lookAt(course), sequence }
}

/** All of them are done with up to now, and know their next date. */
async function moveOn(tx: Tx, turns: readonly Turn[], now: Date): Promise<void> {
  const rows = turns.map(({ series, missed, next }) => {
    const kept = apart({ ...series, doneTo: now })
    return { id: series.id, doneTo: now, ...kept, nextAt: next?.at ?? null, n: missed.length, last: missed.at(-1)?.at ?? null }
  })
  await tx.$executeRaw`
    UPDATE "AnnouncementSeries" s SET "doneTo" = r."doneTo", "except" = r."except", "moved" = r."moved", "nextAt" = r."nextAt", "dueAt" = r."nextAt",
      "missed" = s."missed" + r."n", "lastMissed" = coalesce(r."last", s."lastMissed")
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r("id" text, "doneTo" timestamptz, "except" text[], "moved" jsonb, "nextAt" timestamptz, "n" int, "last" timestamptz)
    WHERE s."id" = r."id"`
}

function missedIn(turns: readonly Turn[], posted: ReadonlySet<string | null>): readonly Missed[] {
  return turns.flatMap(({ series, missed }) => {
    const last = missed.at(-1)
    return last ? [{ series, n: missed.length, last: last.at, isPosted: posted.has(series.id) }] : []
  })
}
