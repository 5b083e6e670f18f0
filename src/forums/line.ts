import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { PLACES } from '../kit/line/places.ts'
import { lineWith, type Readers, type Said, strayParts, understand } from '../kit/line/said.ts'
import { timeReader } from '../kit/line/times.ts'
import { spanOr } from '../schedule/asked-time.ts'
import { sanitizeLine, tooLong } from '../view/sanitize.ts'
import { LIMITS } from './domain.ts'
import { forumDrafts } from './draft.ts'
import { defaults, type ForumSettings, lasting } from './settings.ts'

/** `/forum Strengths | when: 14 Jan 6pm | place: Grange Community Centre`: the draft card, from where it is posted. */

type Settings = ForumSettings

const READERS: Readers<Settings> = {
  ...PLACES,
  when: timeReader<Settings>('edit time', (at, minutes) => lasting({ at, ...(minutes === undefined ? {} : { minutes }) }), spanOr),
  place,
}

async function place(ctx: Ctx, value: string): Promise<Said<Settings>> {
  const length = tooLong(value, LIMITS.address)
  if (length === undefined) return { changes: { address: value } }
  const { t } = ctx.speech.texts
  const problem = t('forums-wrong-long', { max: LIMITS.address, length })
  return { problem, readings: [], anew: { press: 'edit place', label: t('forums-form-place') } }
}

export async function forumLine(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  const drafts = forumDrafts(deps)
  const line = lineWith(args, READERS)
  const theme = sanitizeLine(line.words)
  const made = await understand(ctx, line, defaults(theme, ctx.person?.name ?? '', ctx.space?.id), READERS)
  const { t } = ctx.speech.texts
  const length = tooLong(theme, LIMITS.theme)
  if (theme === '') return drafts.mend(ctx, made.settings, 'words', t('forums-wrong-no-theme'))
  if (length !== undefined) return drafts.mend(ctx, made.settings, 'words', t('forums-wrong-long', { max: LIMITS.theme, length }))
  return drafts.fromLine(ctx, { ...made, misread: [...strayParts(ctx, line, READERS), ...made.misread] })
}
