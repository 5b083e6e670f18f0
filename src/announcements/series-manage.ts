import type { Ctx, Outcome, Submit } from '../feature/feature.ts'
import { ask, turnTo, unchanged } from '../feature/replies.ts'
import { wrongForm } from '../kit/drafts.ts'
import { type Handlers, onThing } from '../kit/presses.ts'
import type { Found, Member } from '../kit/target.ts'
import { timeOr } from '../schedule/asked-time.ts'
import type { Occurrence } from '../schedule/recurrence/dates.ts'
import { isRepeating } from '../schedule/recurrence/plain-rule.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime } from '../texts/when.ts'
import { readWords } from './draft.ts'
import { wordsForm } from './forms.ts'
import { changeSeries, MOST_APART, type SeriesChange, stageOfSeries, type WholeSeries } from './series.ts'
import { shiftForm } from './series-forms.ts'
import { askRule, takeRule, tryRule } from './series-rule.ts'
import { comingWithLeftOut, showSeries } from './series-show.ts'
import { SERIES } from './target.ts'
import { confirmEnd, dateMenu, datesMenu, dateToken } from './view-series.ts'

/** What a coordinator does with a series: every action looks it, the network and the role up again, and holds it while it changes. */

/** Dates in the menu. */
const MENU = 8

export const MANAGING: Handlers<Found<WholeSeries>> = onThing(
  SERIES,
  'coordinator',
  {
    series: async (ctx, one) => ({ again: turnTo(ctx, await showSeries(ctx, one)) }),
    dates: async (ctx, one) => ({ again: turnTo(ctx, await menu(ctx, one)) }),
    date: (ctx, one, args) => onDate(ctx, one, args, async date => ({ again: turnTo(ctx, dateMenu(one, date, ctx.speech)) })),
    shift: (ctx, one, args) =>
      onDate(ctx, one, args, async date => ({
        again: ask(shiftForm(ctx, { id: one.id, date: dateToken(date), at: date.at.toISOString() })),
      })),
    skip: (ctx, one, args) => onDate(ctx, one, args, date => skip(ctx, one, date)),
    putback: (ctx, one, args) =>
      onDate(ctx, one, args, date => {
        const except = one.except.filter(gone => gone !== date.date.toISOString())
        return done(ctx, one, { except }, 'series-done-putback', { when: fullTime(date.at, { ...ctx.speech, zone: one.zone }) })
      }),
    rewrite: async (ctx, one) =>
      one.state === 'ended'
        ? unchanged(ctx, 'series-ended')
        : { again: ask(wordsForm(ctx, 'rewrite', one.id, { words: one.words, link: one.link ?? '' })) },
    rerule: async (ctx, one) => askRule(ctx, one),
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
    rerule: unlessEnded((ctx, one, { values }) => tryRule(ctx, one, values['repeat'] ?? '')),
    rewrite: unlessEnded(rewrite),
    shift: unlessEnded((ctx, one, { args, values }) => onDate(ctx, one, args, date => shift(ctx, one, date, values['when'] ?? ''))),
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

type Read = (ctx: Member, one: WholeSeries, submit: Submit) => Promise<Outcome>

function unlessEnded(read: Read): Read {
  return async (ctx, one, submit) => (one.state === 'ended' ? unchanged(ctx, 'series-ended') : read(ctx, one, submit))
}

/** New words and link, from the next date on. */
async function rewrite(ctx: Ctx, one: WholeSeries, { values }: Submit): Promise<Outcome> {
  const { words, link, fields } = await readWords(ctx, values, one.picture)
  if (Object.keys(fields).length > 0) return wrongForm(wordsForm(ctx, 'rewrite', one.id, values), fields)
  return done(ctx, one, { words, link }, 'series-done-words')
}

/** One date to another time; the others stay. */
async function shift(ctx: Ctx, one: WholeSeries, { date, at }: Occurrence, said: string): Promise<Outcome> {
  const { t } = ctx.speech.texts
  const form = shiftForm(ctx, { id: one.id, date: dateToken({ date }), value: said, at: at.toISOString() })
  if (isRepeating(said)) return wrongForm(form, { when: t('series-one-time') })
  const asked = await timeOr({ ...ctx, speech: { ...ctx.speech, zone: one.zone } }, said)
  if ('problem' in asked) return wrongForm(form, { when: asked.problem })
  const { datesBetween } = await import('../schedule/recurrence/dates.ts')
  const before = new Date(asked.at.getTime() - 1)
  const there = datesBetween(one, before, asked.at).filter(other => other.date.getTime() !== date.getTime())
  if (there.length > 0) return wrongForm(form, { when: t('series-taken') })
  if (isFull(one)) return unchanged(ctx, 'series-apart')
  const moved = { ...one.moved, [date.toISOString()]: asked.at.toISOString() }
  if (asked.at.getTime() === date.getTime()) delete moved[date.toISOString()]
  const when = fullTime(asked.at, { ...ctx.speech, zone: one.zone })
  return done(ctx, one, { moved }, 'series-done-move', { when }, asked.note)
}
