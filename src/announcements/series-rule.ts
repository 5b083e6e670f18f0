import { z } from 'zod'
import { readRow } from '../base/readable.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo, unchanged } from '../feature/replies.ts'
import { keepDraft, ownDraft } from '../kit/draft-rows.ts'
import { thingForm } from '../kit/thing.ts'
import type { Repeats } from '../schedule/recurrence/rule.ts'
import { sayRepeats } from '../schedule/recurrence/say-rule.ts'
import { RERULE } from './forms.ts'
import { changeSeries, comingDates, type WholeSeries } from './series.ts'
import { anchoredAnew } from './series-create.ts'
import { showSeries } from './series-show.ts'
import { KeptRepeats } from './settings.ts'
import { newRuleCard } from './view-series.ts'

/** Another rule for a series: it is shown back with its dates, and holds when that is confirmed. */

/** Where a rule waits for its confirmation. */
const DRAFT = 'rules'
const KeptChange = z.object({ seriesId: z.string(), repeats: KeptRepeats })

const SHOWN = 3

/** The form, and what comes of it: the rule is shown back. */
export const NEW_RULE = thingForm({
  sheet: RERULE,
  of: (one: WholeSeries) => ({ repeats: one }),
  unless: ifEnded,
  async take(ctx, one, { repeats = one }) {
    const { texts } = ctx.speech
    const isSame = sayRepeats(repeats, texts) === sayRepeats(one, texts)
    if (isSame && one.nextAt) return { again: turnTo(ctx, await showSeries(ctx, one)) }
    const draft = await keepDraft(ctx, DRAFT, { seriesId: one.id, repeats })
    return draft ? shownBack(ctx, one, repeats, draft) : []
  },
})

export function ifEnded(ctx: Ctx, { state }: WholeSeries): Outcome | undefined {
  return state === 'ended' ? unchanged(ctx, 'series-ended') : undefined
}

async function shownBack(ctx: Ctx, one: WholeSeries, repeats: Repeats, draft: string): Promise<Outcome> {
  const dates = await comingDates({ ...repeats, except: [], moved: {} }, ctx.speech.now, SHOWN)
  return turnTo(ctx, newRuleCard(one, repeats, dates, draft, ctx.speech))
}

/** It was confirmed. What was changed about single dates belonged to the rule before. */
export async function takeRule(ctx: Ctx, one: WholeSeries, draft: string | undefined): Promise<Outcome> {
  const ended = ifEnded(ctx, one)
  if (ended) return ended
  const found = await ownDraft(ctx, DRAFT, draft)
  const change = found && readRow('Draft', found.row, row => KeptChange.parse(row.data))
  if (!found || change?.seriesId !== one.id) return unchanged(ctx, 'series-rule-gone')
  const { now } = ctx.speech
  const anew = await anchoredAnew(change.repeats, now)
  if (anew) {
    await ctx.tx.draft.update({ where: { id: found.row.id }, data: { data: { seriesId: one.id, repeats: { ...anew } } } })
    return shownBack(ctx, one, anew, found.row.id)
  }
  await ctx.tx.draft.delete({ where: { id: found.row.id } })
  const { rule, start, zone } = change.repeats
  const fresh = await changeSeries(ctx.tx, one, { rule, start, zone, except: [], moved: {}, doneTo: now }, now)
  return turnTo(ctx, await showSeries(ctx, fresh, ctx.speech.texts.t('series-done-rule')))
}
