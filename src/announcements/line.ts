import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { PLACES } from '../kit/line/places.ts'
import { lineWith, type Readers, type Said, strayParts, understand } from '../kit/line/said.ts'
import { told } from '../kit/refusal.ts'
import { sayRepeats } from '../schedule/recurrence/say-rule.ts'
import { fullTime } from '../texts/when.ts'
import { sameKey, shorten } from '../view/sanitize.ts'
import { checkWords, readLink, tidy } from './domain.ts'
import { announcementDrafts } from './draft.ts'
import { timing, type When, whenOr } from './read.ts'
import { type AnnouncementSettings, defaults } from './settings.ts'

/** `/announce Litter pick on Saturday | areas: Ardwick | when: Sat 10am`: the draft card, from where it is posted. */

type Settings = AnnouncementSettings

const READERS: Readers<Settings> = { ...PLACES, when, link, pin }

async function when(ctx: Ctx, value: string): Promise<Said<Settings>> {
  const read = await whenOr(ctx, value)
  if (!('problem' in read)) return { changes: timing(read), note: read.note }
  const { speech } = ctx
  const label = ({ at, repeats }: When) => (repeats ? sayRepeats(repeats, speech.texts) : fullTime(at ?? speech.now, speech))
  const readings = read.nearest.map(one => ({ label: label(one), changes: timing(one) }))
  return { problem: read.problem, readings, anew: { press: 'when', label: speech.texts.t('line-another-time') } }
}

async function link(ctx: Ctx, value: string): Promise<Said<Settings>> {
  const read = readLink(value)
  if ('url' in read) return { changes: { link: read.url } }
  return { problem: told(read, ctx.speech), readings: [], anew: { press: 'words', label: ctx.speech.texts.t('announcements-do-words') } }
}

async function pin(ctx: Ctx, value: string): Promise<Said<Settings>> {
  const said = sameKey(value)
  if (said === 'yes' || said === 'no') return { changes: { pin: said === 'yes' } }
  const { t } = ctx.speech.texts
  const readings = [
    { label: t('announcements-set-pin-on'), changes: { pin: true } },
    { label: t('announcements-set-pin-off'), changes: { pin: false } },
  ]
  const problem = t('announcements-wrong-pin', { value: shorten(value, 40) })
  return { problem, readings, anew: { press: 'draft', label: t('line-show-draft') } }
}

/** `said`: what is to be known beside it. */
export async function announceLine(ctx: Ctx, deps: Deps, args: string, said?: string): Promise<Outcome> {
  const drafts = announcementDrafts(deps)
  const line = lineWith(args, READERS)
  const words = tidy(line.words)
  const made = await understand(ctx, line, defaults(words, ctx.space), READERS)
  const wrong = checkWords(words)
  if (wrong) return drafts.mend(ctx, made.settings, 'words', told(wrong, ctx.speech))
  return drafts.fromLine(ctx, { ...made, misread: [...strayParts(ctx, line, READERS), ...made.misread] }, said)
}
