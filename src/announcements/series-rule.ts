import { z } from 'zod'
import { readRow } from '../base/readable.ts'
import type { Ctx, Outcome } from '../feature/feature.ts'
import { ask, turnTo, unchanged } from '../feature/replies.ts'
import { keepDraft, ownDraft, wrongForm } from '../kit/drafts.ts'
import { readRepeats } from '../schedule/recurrence/plain-rule.ts'
import type { Repeats } from '../schedule/recurrence/rule.ts'
import { sayRepeats } from '../schedule/recurrence/say-rule.ts'
import { changeSeries, comingDates, type WholeSeries } from './series.ts'
import { anchoredAnew } from './series-create.ts'
import { ruleForm } from './series-forms.ts'
import { showSeries } from './series-show.ts'
import { KeptRepeats } from './settings.ts'
import { newRuleCard } from './view-series.ts'

/** Another rule for a series: it is shown back with its dates, and holds when that is confirmed. */

/** Where a rule waits for its confirmation. */
const DRAFT = 'rules'
const KeptChange = z.object({ seriesId: z.string(), repeats: KeptRepeats })

const SHOWN = 3

export function askRule(ctx: Ctx, one: WholeSeries): Outcome {
  if (one.state === 'ended') return unchanged(ctx, 'series-ended')
  return { again: ask(ruleForm(ctx, 'rerule', one.id, sayRepeats(one, ctx.speech.texts))) }
}

/** How often, in plain words; or in plain words what is wrong with it and what would do. */
export async function repeatsOr(ctx: Ctx, words: string, zone = ctx.speech.zone): Promise<{ repeats: Repeats } | { problem: string }> {
  const read = await readRepeats(words, { zone, now: ctx.speech.now })
  return 'repeats' in read ? read : { problem: ctx.speech.texts.t(read.key, read.args) }
}

/** The form came in: the rule is shown back. */
export async function tryRule(ctx: Ctx, one: WholeSeries, words: string): Promise<Outcome> {
  const read = await repeatsOr(ctx, words, one.zone)
  if ('problem' in read) return wrongForm(ruleForm(ctx, 'rerule', one.id, words), { repeat: read.problem })
  const { texts } = ctx.speech
  const isSame = sayRepeats(read.repeats, texts) === sayRepeats(one, texts)
  if (isSame && one.nextAt) return { again: turnTo(ctx, await showSeries(ctx, one)) }
  const draft = await keepDraft(ctx, DRAFT, { seriesId: one.id, repeats: read.repeats })
  return draft ? shownBack(ctx, one, read.repeats, draft) : []
}

async function shownBack(ctx: Ctx, one: WholeSeries, repeats: Repeats, draft: string): Promise<Outcome> {
  const dates = await comingDates({ ...repeats, except: [], moved: {} }, ctx.speech.now, SHOWN)
  return turnTo(ctx, newRuleCard(one, repeats, dates, draft, ctx.speech))
}

/** It was confirmed. What was changed about single dates belonged to the rule before. */
export async function takeRule(ctx: Ctx, one: WholeSeries, draft: string | undefined): Promise<Outcome> {
  if (one.state === 'ended') return unchanged(ctx, 'series-ended')
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
