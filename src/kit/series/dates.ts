import type { Dated, Occurrence } from '../../schedule/recurrence/dates.ts'
import type { Tx } from '../../store/tx.ts'
import type { DateOf, SeriesKind } from './kind.ts'
import type { Series } from './series.ts'
import type { SeriesChange } from './table.ts'

/** Dates of things that repeat. The library that knows them is loaded here, when the first is asked for. */

/** Its next dates after a moment. */
async function comingDates(one: Dated, after: Date, most: number): Promise<readonly Occurrence[]> {
  const { nextDates } = await import('../../schedule/recurrence/dates.ts')
  return nextDates(one, after, most)
}

/** When its next date is; null where there is none, or it rests. */
export async function nextOf(one: Pick<Series, 'state' | 'doneTo'> & Dated): Promise<Date | null> {
  if (one.state !== 'active') return null
  const [next] = await comingDates(one, one.doneTo, 1)
  return next?.at ?? null
}

/** From when on dates are to come: what is done with is none of them, whatever the clock says. */
export function laterOf({ doneTo }: Pick<Series, 'doneTo'>, now: Date): Date {
  return doneTo > now ? doneTo : now
}

/** The next dates, and in their places those that are left out: `most` that go out. */
export async function comingWithLeftOut(one: Series, now: Date, most: number): Promise<readonly Occurrence[]> {
  const all = await comingDates({ ...one, except: [] }, laterOf(one, now), most + one.except.length)
  const gone = new Set(one.except)
  const end = all.findIndex((_, i) => all.slice(0, i + 1).filter(({ date }) => !gone.has(date.toISOString())).length === most)
  return end < 0 ? all : all.slice(0, end + 1)
}

/** The next dates of several, at most `each` of one, those that are left out among them where they are wanted. */
export async function datesOf<S extends Series>(
  all: readonly S[],
  { after, each, withLeftOut = false }: { readonly after: Date; readonly each: number; readonly withLeftOut?: boolean },
): Promise<readonly DateOf<S>[]> {
  const found: DateOf<S>[] = []
  for (const series of all) {
    const dates = await comingDates(withLeftOut ? { ...series, except: [] } : series, laterOf(series, after), each)
    found.push(...dates.map(date => ({ series, date })))
  }
  return found
}

/** Single dates that still matter: one that was moved matters until both its places are behind us. */
export function apart({ except, moved, doneTo }: Pick<Series, 'except' | 'moved' | 'doneTo'>): Pick<Series, 'except' | 'moved'> {
  const done = doneTo.toISOString()
  return {
    except: except.filter(date => date > done),
    moved: Object.fromEntries(Object.entries(moved).filter(([date, at]) => date > done || at > done)),
  }
}

/** Changes a series that is held, and finds its next date anew. */
export async function changeSeries<S extends Series>(
  { table }: SeriesKind<S>,
  tx: Tx,
  one: S,
  change: SeriesChange,
  now: Date,
): Promise<S> {
  const changed = { ...one, ...change }
  return table.save(tx, { ...changed, ...apart(changed), nextAt: await nextOf(changed) }, now)
}
