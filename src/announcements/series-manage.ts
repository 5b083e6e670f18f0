import type { Ctx } from '../feature/context.ts'
import type { Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, turnTo, unchanged } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { formOf, taken } from '../kit/forms.ts'
import type { Handlers } from '../kit/presses.ts'
import type { Found } from '../kit/target.ts'
import { onThing, thingForm } from '../kit/thing.ts'
import type { Occurrence } from '../schedule/recurrence/dates.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime } from '../texts/when.ts'
import { SHIFT, WORDS } from './forms.ts'
import { changeSeries, MOST_APART, type SeriesChange, stageOfSeries, type WholeSeries } from './series.ts'
import { ifEnded, NEW_RULE, takeRule } from './series-rule.ts'
import { comingWithLeftOut, showSeries } from './series-show.ts'
import { SERIES } from './target.ts'
import { confirmEnd, dateMenu, datesMenu, dateToken } from './view-series.ts'

/** What a coordinator does with a series: every action looks it, the network and the role up again, and holds it while it changes. */

/** Dates in the menu. */
const MENU = 8

export const MANAGING: Handlers<Found<WholeSeries>> = onThing(
  'announcements',
  SERIES,
  'coordinator',
  {
    series: async (ctx, one) => ({ again: turnTo(ctx, await showSeries(ctx, one)) }),
    dates: async (ctx, one) => ({ again: turnTo(ctx, await menu(ctx, one)) }),
    date: (ctx, one, args) => onDate(ctx, one, args, async date => ({ again: turnTo(ctx, dateMenu(one, date, ctx.speech)) })),
    shift: (ctx, one, args) =>
      onDate(ctx, one, args, async date => ({ again: ask(formOf(shiftToken(one, date), SHIFT, { ctx, now: { series: one, date } })) })),
    skip: (ctx, one, args) => onDate(ctx, one, args, date => skip(ctx, one, date)),
    putback: (ctx, one, args) =>
      onDate(ctx, one, args, date => {
        const except = one.except.filter(gone => gone !== date.date.toISOString())
        return done(ctx, one, { except }, 'series-done-putback', { when: fullTime(date.at, { ...ctx.speech, zone: one.zone }) })
      }),
    newrule: (ctx, one, args) => takeRule(ctx, one, args[1]),
    async pause(ctx, one) {
      if (stageOfSeries(one) !== 'active') return unchanged(ctx, 'series-not-active')
      return done(ctx, one, { state: 'paused' }, 'series-done-pause')
    },
    // What passed meanwhile was not meant to go out.
    async resume(ctx, one) {
      if (one.state !== 'paused') return unchanged(ctx, 'series-not-paused')
      return done(ctx, one, { state: 'active', doneTo: ctx.speech.now }, 'series-done-resume')
    },
    async end(ctx, one, args) {
      if (one.state === 'ended') return unchanged(ctx, 'series-ended')
      if (args[1] !== 'yes') return { again: turnTo(ctx, confirmEnd(one, ctx.speech)) }
      return done(ctx, one, { state: 'ended' }, 'series-done-end')
    },
  },
  {
    rerule: NEW_RULE,
    // From the next date on.
    rewrite: thingForm({
      ...{ sheet: WORDS, of: (one: WholeSeries) => one, unless: ifEnded },
      take: (ctx, one, { words = one.words, link = one.link }) => done(ctx, one, { words, link }, 'series-done-words'),
    }),
    shift: {
      take: async (_made, ctx, one, submit) => ifEnded(ctx, one) ?? onDate(ctx, one, submit.args, date => shift(ctx, one, date, submit)),
    },
  },
)

/** Changes it, and shows the card as it is now. */
async function done(
  ctx: Ctx,
  one: WholeSeries,
  change: SeriesChange,
  key: TextKey,
  args: Record<string, string | number> = {},
  more = '',
): Promise<Outcome> {
  const fresh = await changeSeries(ctx.tx, one, change, ctx.speech.now)
  return turnTo(ctx, await showSeries(ctx, fresh, `${ctx.speech.texts.t(key, args)} ${more}`.trim()))
}

async function menu(ctx: Ctx, one: WholeSeries, said?: string): Promise<ReturnType<typeof datesMenu>> {
  const dates = one.state === 'active' ? await comingWithLeftOut(one, ctx.speech.now, MENU) : []
  return datesMenu(one, dates, ctx.speech, said)
}

/** The date that a token names; without one the next. Only dates to come, of a series that goes out. */
async function onDate(ctx: Ctx, one: WholeSeries, args: readonly string[], then: (date: Occurrence) => Promise<Outcome>): Promise<Outcome> {
  if (one.state !== 'active') return unchanged(ctx, 'series-not-active')
  const date = await dateOf(one, args[1], ctx.speech.now)
  return date ? then(date) : { again: turnTo(ctx, await menu(ctx, one, ctx.speech.texts.t('series-no-date'))) }
}

async function dateOf(one: WholeSeries, said: string | undefined, now: Date): Promise<Occurrence | undefined> {
  const { dateAt, nextDates } = await import('../schedule/recurrence/dates.ts')
  const after = one.doneTo > now ? one.doneTo : now
  if (said === undefined) return nextDates(one, after, 1)[0]
  if (!/^\d{1,11}$/.test(said)) return undefined
  const found = dateAt(one, new Date(Number(said) * 1_000))
  return found && found.at > after ? found : undefined
}

async function skip(ctx: Ctx, one: WholeSeries, { date, at }: Occurrence): Promise<Outcome> {
  if (isFull(one)) return unchanged(ctx, 'series-apart')
  const except = [...new Set([...one.except, date.toISOString()])]
  return done(ctx, one, { except }, 'series-done-skip', { when: fullTime(at, { ...ctx.speech, zone: one.zone }) })
}

function isFull({ except, moved }: WholeSeries): boolean {
  return except.length + Object.keys(moved).length >= MOST_APART
}

function shiftToken({ id }: WholeSeries, date: Occurrence): string {
  return token('announcements', 'shift', id, dateToken(date))
}

/** One date to another time; the others stay. */
function shift(ctx: Ctx, one: WholeSeries, date: Occurrence, submit: Submit): Promise<Outcome> {
  return taken(shiftToken(one, date), SHIFT, { ctx, now: { series: one, date } }, submit, ({ to = date.at }, note) => {
    if (isFull(one)) return unchanged(ctx, 'series-apart')
    const name = date.date.toISOString()
    const moved = { ...one.moved, [name]: to.toISOString() }
    if (to.getTime() === date.date.getTime()) delete moved[name]
    return done(ctx, one, { moved }, 'series-done-move', { when: fullTime(to, { ...ctx.speech, zone: one.zone }) }, note)
  })
}
