import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime, moment, shortTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import type { Block, Button, PictureBlock, View } from '../view/view.ts'
import { endsAt, free, SUPPORT, stageOf } from './domain.ts'
import type { WholeForum } from './forum.ts'

/** What of a forum is public. */
export type Shown = Omit<WholeForum, 'hostId' | 'code' | 'createdBy' | 'createdAt' | 'settledAt' | 'overAt' | 'needsGoneAt' | 'lookAt'>

/** A picture, apart from being a block. */
export type Shot = Omit<PictureBlock, 'kind'>

type Row = { name: string; value: string }

/** A forum as it stands in a space: what, when, where, what is there for whom; numbers, never names. Pure. */
export function postView(one: Shown, speech: Speech): View {
  const { t, locale } = speech.texts
  const stage = stageOf(one, speech.now)
  const blocks: Block[] = [
    { kind: 'title', text: one.theme },
    ...(stage === 'cancelled' ? cancelled(one, speech) : whenBlocks(one, speech)),
    ...(one.about === '' ? [] : [{ kind: 'text', text: one.about } as const]),
    ...(one.agenda.length > 0 ? [{ kind: 'list', items: one.agenda, numbered: true } as const] : []),
    ...(stage === 'cancelled' ? [] : [{ kind: 'facts', rows: [...placeRows(one, speech), ...hostRows(one, speech)] } as const]),
    ...(one.link && stage !== 'cancelled' ? [{ kind: 'link', label: t('forums-link'), url: one.link } as const] : []),
    ...(stage === 'cancelled' ? [] : [{ kind: 'text', text: figures(one, speech) } as const]),
    ...(stage === 'planned' || stage === 'ahead' || stage === 'on' ? [{ kind: 'quiet', text: t('forums-post-who-sees') } as const] : []),
    ...(one.changedAt && stage !== 'cancelled'
      ? [{ kind: 'quiet', text: t('forums-post-changed', { when: shortTime(one.changedAt, speech) }) } as const]
      : []),
  ]
  const brief = t(`forums-brief-${stage === 'cancelled' ? 'cancelled' : 'ahead'}`, {
    theme: one.theme,
    when: shortTime(one.startsAt, speech),
  })
  return view({ lang: locale, blocks, buttons: answerButtons(one, speech), brief, whole: true })
}

function cancelled(one: Shown, speech: Speech): readonly Block[] {
  const { t } = speech.texts
  return [
    { kind: 'text', text: one.why === '' ? t('forums-cancelled') : t('forums-cancelled-why', { why: one.why }) },
    { kind: 'struck', text: fullTime(one.startsAt, speech) },
  ]
}

/** When it begins, in the reader's zone where a platform can, and how long it lasts. */
export function whenBlocks(one: Pick<Shown, 'startsAt' | 'minutes'>, speech: Speech): readonly Block[] {
  const { t } = speech.texts
  return [
    {
      kind: 'when',
      name: t('forums-fact-when'),
      ...moment(one.startsAt, speech, when => t('forums-when', { when, long: lengthOf(one.minutes, speech) })),
    },
  ]
}

/** "2 hours", "1 hour 30 minutes". */
export function lengthOf(minutes: number, { texts: { t } }: Speech): string {
  return t('forums-length', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}

export function placeRows(
  one: Pick<Shown, 'address' | 'directions' | 'stepFree' | 'support' | 'link'>,
  { texts: { t } }: Speech,
): readonly Row[] {
  const there = SUPPORT.filter(what => one.support.includes(what)).map(what => t(`forums-support-${what}`))
  return [
    ...(one.address === ''
      ? [{ name: t('forums-fact-place'), value: t(one.link ? 'forums-place-online' : 'forums-place-open') }]
      : [{ name: t('forums-fact-place'), value: one.address }]),
    ...(one.directions === '' ? [] : [{ name: t('forums-fact-directions'), value: one.directions }]),
    ...(one.stepFree === 'unsaid' || one.address === ''
      ? []
      : [{ name: t('forums-fact-steps'), value: t(one.stepFree === 'yes' ? 'forums-steps-yes' : 'forums-steps-no') }]),
    ...(there.length > 0 ? [{ name: t('forums-fact-support'), value: there.join(', ') }] : []),
  ]
}

export function hostRows(one: Pick<Shown, 'host' | 'contact'>, { texts: { t } }: Speech): readonly Row[] {
  return [
    ...(one.host === '' ? [] : [{ name: t('forums-fact-host'), value: one.host }]),
    ...(one.contact === '' ? [] : [{ name: t('forums-fact-contact'), value: one.contact }]),
  ]
}

/** "Coming 12 · Maybe 4 · Can't 3 · 8 places left". */
export function figures(
  one: Pick<Shown, 'coming' | 'maybe' | 'cant' | 'waiting' | 'capacity' | 'taken' | 'lastPlace'> & Parameters<typeof endsAt>[0],
  speech: Speech,
): string {
  const { t } = speech.texts
  const counts = t('forums-figures', { coming: one.coming, maybe: one.maybe, cant: one.cant })
  if (one.capacity === null || speech.now >= endsAt(one)) return counts
  const held = one.taken - one.coming
  const left = t('forums-places-left', { left: free(one), capacity: one.capacity })
  return [
    counts,
    left,
    ...(held > 0 ? [t('forums-places-held', { n: held })] : []),
    ...(one.waiting > 0 ? [t('forums-places-waiting', { n: one.waiting })] : []),
  ].join(' · ')
}

function answerButtons(one: Shown, speech: Speech): Button[][] {
  const { t } = speech.texts
  const stage = stageOf(one, speech.now)
  if (stage === 'cancelled' || stage === 'over') return []
  const button = (action: string, label: TextKey): Button => ({ label: t(label), token: token('forums', action, one.id) })
  const isFull = free(one) === 0 || one.waiting > 0
  const come = { ...button('go', isFull ? 'forums-do-wait' : 'forums-do-go'), look: 'main' } as const
  return [[come, button('maybe', 'forums-do-maybe'), button('cant', 'forums-do-cant')], [button('mine', 'forums-do-mine')]]
}

/** A reminder in a space. Pure. */
export function reminderView(one: Shown, speech: Speech): View {
  const { t, locale } = speech.texts
  const text = t('forums-remind', { theme: one.theme, when: fullTime(one.startsAt, speech) })
  const blocks: Block[] = [
    { kind: 'text', text: t('forums-remind-short', { theme: one.theme }) },
    ...whenBlocks(one, speech),
    { kind: 'facts', rows: placeRows(one, speech) },
    ...(one.link ? [{ kind: 'link', label: t('forums-link'), url: one.link } as const] : []),
    { kind: 'quiet', text: t('forums-post-who-sees') },
  ]
  return view({ lang: locale, blocks, buttons: answerButtons(one, speech), brief: text })
}

/** A picture of it. Pure. */
export function photoView(one: Shown, picture: Shot, { texts: { t, locale } }: Speech): View {
  const text = t('forums-photo', { theme: one.theme })
  const blocks: Block[] = [
    { kind: 'picture', ...picture },
    { kind: 'quiet', text },
  ]
  return view({ lang: locale, blocks, brief: text, whole: true })
}

/** What came out of it. Pure. */
export function summaryView(one: Shown, speech: Speech): View {
  const { t, locale } = speech.texts
  const title = t('forums-summary-title', { theme: one.theme })
  const blocks: Block[] = [
    { kind: 'title', text: title },
    { kind: 'quiet', text: t('forums-summary-when', { when: shortTime(one.startsAt, speech), came: one.came }) },
    ...(one.notes === '' ? [] : [{ kind: 'text', text: one.notes } as const]),
    ...(one.outcomes.length > 0
      ? [{ kind: 'text', text: t('forums-summary-outcomes') } as const, { kind: 'list', items: one.outcomes } as const]
      : []),
  ]
  return view({ lang: locale, blocks, brief: title, whole: true })
}
