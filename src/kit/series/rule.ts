import { z } from 'zod'
import { readRow } from '../../base/readable.ts'
import type { Ctx } from '../../feature/context.ts'
import type { Outcome } from '../../feature/outcome.ts'
import { turnTo, unchanged } from '../../feature/replies.ts'
import { anchoredAnew, datesOfRule } from '../../schedule/recurrence/first-dates.ts'
import type { Repeats } from '../../schedule/recurrence/rule.ts'
import { sayRepeats } from '../../schedule/recurrence/say-rule.ts'
import { keepDraft, ownDraft } from '../draft-rows.ts'
import { type ThingForm, thingForm } from '../thing.ts'
import { RERULE } from './forms.ts'
import { KeptRepeats } from './kept.ts'
import type { Managed } from './kind.ts'
import type { Series } from './series.ts'
import { changed, showSeries } from './show.ts'
import { seriesViews } from './view-series.ts'

/** Another rule for a series: it is shown back with its dates, and holds when that is confirmed. */

/** Where a rule waits for its confirmation. */
const DRAFT = 'rules'
const KeptChange = z.object({ seriesId: z.string(), repeats: KeptRepeats })

/** The form, and what comes of it: the rule is shown back. */
export function newRule<S extends Series>(kind: Managed<S>): ThingForm<S> {
  return thingForm({
    ...{ sheet: RERULE, of: (one: S): { readonly repeats: Repeats } => ({ repeats: one }), unless: ifEnded },
    async take(ctx, one, { repeats = one }) {
      const { texts } = ctx.speech
      const isSame = sayRepeats(repeats, texts) === sayRepeats(one, texts)
      if (isSame && one.nextAt) return { again: turnTo(ctx, await showSeries(kind, ctx, one)) }
      const draft = await keepDraft(ctx, DRAFT, { seriesId: one.id, repeats })
      return draft ? shownBack(kind, ctx, one, repeats, draft) : []
    },
  })
}

export function ifEnded(ctx: Ctx, { state }: Series): Outcome | undefined {
  return state === 'ended' ? unchanged(ctx, 'series-ended') : undefined
}

function shownBack<S extends Series>(kind: Managed<S>, ctx: Ctx, one: S, repeats: Repeats, draft: string): Outcome {
  const { speech } = ctx
  return turnTo(ctx, seriesViews(kind).newRule(one, repeats, datesOfRule(repeats, speech.now), draft, speech))
}

/** It was confirmed. What was changed about single dates belonged to the rule before. */
export async function takeRule<S extends Series>(kind: Managed<S>, ctx: Ctx, one: S, draft: string | undefined): Promise<Outcome> {
  const ended = ifEnded(ctx, one)
  if (ended) return ended
  const found = await ownDraft(ctx, DRAFT, draft)
  const change = found && readRow('Draft', found.row, row => KeptChange.parse(row.data))
  if (!found || change?.seriesId !== one.id) return unchanged(ctx, 'series-rule-gone')
  const { now } = ctx.speech
  const anew = anchoredAnew(change.repeats, now)
  if (anew) {
    await ctx.tx.draft.update({ where: { id: found.row.id }, data: { data: { seriesId: one.id, repeats: { ...anew } } } })
    return shownBack(kind, ctx, one, anew, found.row.id)
  }
  await ctx.tx.draft.delete({ where: { id: found.row.id } })
  const { rule, start, zone } = change.repeats
  return changed(kind, ctx, one, { rule, start, zone, except: [], moved: {}, doneTo: now }, { key: 'series-done-rule' })
}
