import type { Submit } from '../../feature/feature.ts'
import type { Outcome } from '../../feature/outcome.ts'
import { ask, turnTo, unchanged } from '../../feature/replies.ts'
import { token } from '../../feature/token.ts'
import { dateAt, nextDates, type Occurrence } from '../../schedule/recurrence/dates.ts'
import { fullTime } from '../../texts/when.ts'
import { formOf, taken } from '../forms.ts'
import type { Handlers } from '../presses.ts'
import type { Found, Kind, Member } from '../target.ts'
import { onThing, type ThingForm } from '../thing.ts'
import { comingWithLeftOut, laterOf } from './dates.ts'
import { SHIFT } from './forms.ts'
import type { Managed } from './kind.ts'
import { ifEnded, newRule, takeRule } from './rule.ts'
import { type Series, stageOf } from './series.ts'
import { changed, type Done, showSeries } from './show.ts'
import type { SeriesChange } from './table.ts'
import { dateToken, seriesViews } from './view-series.ts'

/** What a coordinator does with something that repeats: every action looks it, the network and the role up again, and holds it while it changes. */

/** Dates in the menu. */
const MENU = 8

/** How many single dates of one series may stand apart from its rule. */
const MOST_APART = 100

/** The handlers of its buttons (see `SERIES_PRESSES`) and forms; with forms of the feature's own. */
export function managing<S extends Series>(kind: Managed<S>, forms: Readonly<Record<string, ThingForm<S>>> = {}): Handlers<Found<S>> {
  const views = seriesViews(kind)
  const onDate = datesOn(kind)
  const done = (ctx: Member, one: S, change: SeriesChange, said: Done) => changed(kind, ctx, one, change, said)
  return onThing(
    kind.feature,
    target(kind),
    'coordinator',
    {
      series: async (ctx, one) => ({ again: turnTo(ctx, await showSeries(kind, ctx, one)) }),
      dates: async (ctx, one) => ({ again: turnTo(ctx, await menu(kind, ctx, one)) }),
      date: (ctx, one, [, said]) => onDate(ctx, one, said, async date => ({ again: turnTo(ctx, views.date(one, date, ctx.speech)) })),
      shift: (ctx, one, [, said]) =>
        onDate(ctx, one, said, async date => ({
          again: ask(formOf(shiftToken(kind, one, date), SHIFT, { ctx, now: { series: one, date } })),
        })),
      skip: (ctx, one, [, said]) =>
        onDate(ctx, one, said, async ({ date, at }) => {
          if (isFull(one)) return unchanged(ctx, 'series-apart')
          const except = [...new Set([...one.except, date.toISOString()])]
          return done(ctx, one, { except }, { key: 'series-done-skip', args: when(ctx, one, at) })
        }),
      putback: (ctx, one, [, said]) =>
        onDate(ctx, one, said, ({ date, at }) => {
          const except = one.except.filter(gone => gone !== date.toISOString())
          return done(ctx, one, { except }, { key: 'series-done-putback', args: when(ctx, one, at) })
        }),
      newrule: (ctx, one, [, draft]) => takeRule(kind, ctx, one, draft),
      pause: (ctx, one) =>
        stageOf(one) === 'active' ? done(ctx, one, { state: 'paused' }, { key: 'series-done-pause' }) : unchanged(ctx, 'series-not-active'),
      // What passed meanwhile was not meant to go out.
      resume: (ctx, one) =>
        one.state === 'paused'
          ? done(ctx, one, { state: 'active', doneTo: ctx.speech.now }, { key: 'series-done-resume' })
          : unchanged(ctx, 'series-not-paused'),
      end: (ctx, one, [, yes]) =>
        ifEnded(ctx, one) ??
        (yes === 'yes'
          ? done(ctx, one, { state: 'ended' }, { key: 'series-done-end' })
          : { again: turnTo(ctx, views.end(one, ctx.speech)) }),
    },
    {
      ...{ ...forms, rerule: newRule(kind) },
      shift: {
        take: async (_made, ctx, one, submit) =>
          ifEnded(ctx, one) ?? onDate(ctx, one, submit.args[1], date => shift(kind, ctx, one, date, submit)),
      },
    },
  )
}

/** Held until the end of the transaction, for coordinators. */
function target<S extends Series>({ table, unknown }: Managed<S>): Kind<S> {
  return { find: table.hold, isOpenTo: (_, { roles }) => roles.has('coordinator'), unknown }
}

async function menu<S extends Series>(kind: Managed<S>, ctx: Member, one: S, said?: string) {
  const dates = one.state === 'active' ? await comingWithLeftOut(one, ctx.speech.now, MENU) : []
  return seriesViews(kind).dates(one, dates, ctx.speech, said)
}

type OnDate<S> = (ctx: Member, one: S, said: string | undefined, then: (date: Occurrence) => Promise<Outcome>) => Promise<Outcome>

/** The date that a token names; without one the next. Only dates to come, of a series that goes out. */
function datesOn<S extends Series>(kind: Managed<S>): OnDate<S> {
  return async (ctx, one, said, then) => {
    if (one.state !== 'active') return unchanged(ctx, 'series-not-active')
    const date = dateOf(one, said, ctx.speech.now)
    return date ? then(date) : { again: turnTo(ctx, await menu(kind, ctx, one, ctx.speech.texts.t('series-no-date'))) }
  }
}

function dateOf(one: Series, said: string | undefined, now: Date): Occurrence | undefined {
  const after = laterOf(one, now)
  if (said === undefined) return nextDates(one, after, 1)[0]
  if (!/^\d{1,11}$/.test(said)) return undefined
  const found = dateAt(one, new Date(Number(said) * 1_000))
  return found && found.at > after ? found : undefined
}

function when(ctx: Member, { zone }: Series, at: Date): { readonly when: string } {
  return { when: fullTime(at, { ...ctx.speech, zone }) }
}

function isFull({ except, moved }: Series): boolean {
  return except.length + Object.keys(moved).length >= MOST_APART
}

function shiftToken<S extends Series>({ feature }: Managed<S>, { id }: S, date: Occurrence): string {
  return token(feature, 'shift', id, dateToken(date))
}

/** One date to another time; the others stay. */
function shift<S extends Series>(kind: Managed<S>, ctx: Member, one: S, date: Occurrence, submit: Submit): Promise<Outcome> {
  const on = { ctx, now: { series: one, date } }
  return taken(shiftToken(kind, one, date), SHIFT, on, submit, ({ to = date.at }, more = '') => {
    if (isFull(one)) return unchanged(ctx, 'series-apart')
    const name = date.date.toISOString()
    const moved = { ...one.moved, [name]: to.toISOString() }
    if (to.getTime() === date.date.getTime()) delete moved[name]
    return changed(kind, ctx, one, { moved }, { key: 'series-done-move', args: when(ctx, one, to), more })
  })
}
