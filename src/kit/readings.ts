import { z } from 'zod'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { sentence } from '../view/make.ts'
import type { Button } from '../view/view.ts'
import type { Draft, DraftKind, Placed, Saving } from './draft-kind.ts'
import { keepDraft } from './draft-rows.ts'

/** What was not wholly understood is never acted on: each thing that it may have been meant for is a button, and what was typed beside it is kept in a draft. */

/** One thing that words may have been meant for. */
export interface Reading<Settings> {
  readonly label: string
  readonly changes: Partial<Settings>
}

export interface Unsure<Settings> {
  /** What is wrong, in plain words. */
  readonly problem: string
  readonly readings: readonly Reading<Settings>[]
  /** The buttons that ask for it anew. */
  others(draft: string): readonly Button[]
}

/** Says what is wrong, privately, with its buttons. */
export async function offerReadings<Settings extends Placed>(
  ctx: Ctx,
  feature: string,
  settings: Settings,
  { problem, readings, others }: Unsure<Settings>,
): Promise<Outcome> {
  const id = await keepDraft(ctx, feature, { ...settings, readings: readings.map(({ changes }) => changes) })
  if (id === undefined) return []
  const { locale } = ctx.speech.texts
  const offered = readings.map(({ label }, n): Button[] => [{ label, token: token(feature, 'take', id, n), look: 'main' }])
  return whisper(sentence(locale, problem, [...offered, others(id)]))
}

const Kept = z.object({ readings: z.array(z.record(z.string(), z.unknown())) })

/** One of the buttons was pressed: the draft with that reading. */
export async function takeReading<Settings extends Placed>(
  kind: Pick<DraftKind<Settings>, 'settings'>,
  { save }: Pick<Saving<Settings>, 'save'>,
  draft: Draft<Settings>,
  n: number,
): Promise<Outcome> {
  const row = await draft.ctx.tx.draft.findUnique({ where: { id: draft.id }, select: { data: true } })
  const kept = Kept.safeParse(row?.data)
  const reading = kept.success ? kept.data.readings[n] : undefined
  return save(draft, reading ? kind.settings.parse({ ...draft.settings, ...reading }) : {})
}
