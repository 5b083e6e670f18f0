import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import { sure } from '../kit/page.ts'
import type { Occurrence } from '../schedule/recurrence/dates.ts'
import type { Repeats } from '../schedule/recurrence/rule.ts'
import { sayRepeats } from '../schedule/recurrence/say-rule.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime, shortTime } from '../texts/when.ts'
import { sentence, view } from '../view/make.ts'
import { shorten } from '../view/sanitize.ts'
import type { Block, Button, View } from '../view/view.ts'
import { nameOf } from './domain.ts'
import { stageOfSeries, type WholeSeries } from './series.ts'

/** Of the words: enough to know which it is. */
const WORDS = 400

interface Row {
  readonly name: string
  readonly value: string
}

/** What the card shows beside the series itself. */
export interface SeriesFacts {
  /** Its next dates, those that are left out among them. */
  readonly dates: readonly Occurrence[]
  /** The announcement that its newest date became. */
  readonly last: string | undefined
  /** Where it goes, as rows. */
  readonly where: readonly Row[]
}

/** A rule in words, with its zone. */
export function sayRule(repeats: Repeats, { texts }: Speech): string {
  return texts.t('series-goes-out', { rule: sayRepeats(repeats, texts), zone: repeats.zone })
}

/** A date with weekday and offset, on the clocks of the series' zone; and what the clocks do to it. */
export function sayDate({ at, odd }: Occurrence, { start, zone }: Repeats, speech: Speech): string {
  const when = fullTime(at, { ...speech, zone })
  return odd ? speech.texts.t(`series-date-${odd}`, { when, time: start.slice(11) }) : when
}

/** A date of a series, and whether it was moved or is left out. */
function sayPlace(one: Occurrence, series: WholeSeries, speech: Speech): string {
  const { t } = speech.texts
  const when = sayDate(one, series, speech)
  if (isLeftOut(one, series)) return t('series-skipped', { when })
  const from = fullTime(one.date, { ...speech, zone: series.zone })
  return one.at.getTime() === one.date.getTime() ? when : t('series-moved', { when, from })
}

function isLeftOut({ date }: Occurrence, { except }: WholeSeries): boolean {
  return except.includes(date.toISOString())
}

/** A date in a token: seconds since 1970. */
export function dateToken({ date }: Pick<Occurrence, 'date'>): number {
  return date.getTime() / 1000
}

function to(one: WholeSeries, action: string, label: TextKey, speech: Speech, ...args: (string | number)[]): Button {
  return { label: speech.texts.t(label), token: token('announcements', action, one.id, ...args) }
}

/** The card of a series: what it says, how often, its next dates, and what can be done. Pure. */
export function seriesCard(one: WholeSeries, { dates, last, where }: SeriesFacts, speech: Speech, said?: string): View {
  const { t, locale } = speech.texts
  const stage = stageOfSeries(one)
  const blocks: Block[] = [
    ...(said ? [{ kind: 'text', text: said } as const] : []),
    { kind: 'quote', text: shorten(one.words, WORDS) },
    ...(one.link ? [{ kind: 'quiet', text: one.link } as const] : []),
    ...(one.picture ? [{ kind: 'quiet', text: t('series-picture', { about: one.picture.about }) } as const] : []),
    { kind: 'text', text: t(`series-stage-${stage}`, { rule: sayRule(one, speech) }) },
    ...(stage === 'active' ? [{ kind: 'list', items: dates.map(date => sayPlace(date, one, speech)) } as const] : []),
    { kind: 'facts', rows: facts(one, where, speech) },
  ]
  const all: Button = { label: t('announcements-do-list'), token: token('announcements', 'list', one.networkId) }
  const lastPost: Button[] = last ? [{ label: t('series-do-last'), token: token('announcements', 'show', last) }] : []
  return view({
    lang: locale,
    blocks,
    buttons: [...seriesButtons(one, speech), [...lastPost, all]],
    brief: said ?? nameOf(one.words),
  })
}

function facts(one: WholeSeries, where: readonly Row[], speech: Speech): Row[] {
  const { t } = speech.texts
  const when = one.lastMissed ? shortTime(one.lastMissed, { ...speech, zone: one.zone }) : ''
  return [
    ...where,
    { name: t('announcements-fact-late'), value: t('announcements-late', { hours: one.lateHours }) },
    { name: t('announcements-fact-pin'), value: t(one.pin ? 'announcements-pin-yes' : 'announcements-pin-no') },
    ...(one.missed > 0 ? [{ name: t('series-fact-missed'), value: t('series-fact-missed-value', { n: one.missed, when }) }] : []),
  ]
}

function seriesButtons(one: WholeSeries, speech: Speech): Button[][] {
  const stage = stageOfSeries(one)
  if (stage === 'ended') return []
  const end: Button = { ...to(one, 'end', 'series-do-end', speech), look: 'danger' }
  const rest = stage === 'active' ? [to(one, 'pause', 'series-do-pause', speech)] : []
  return [
    ...(stage === 'paused' ? [[{ ...to(one, 'resume', 'series-do-resume', speech), look: 'main' } as const]] : []),
    ...(stage === 'active' ? [[to(one, 'dates', 'series-do-dates', speech)]] : []),
    [to(one, 'rewrite', 'announcements-do-words', speech), to(one, 'rerule', 'series-do-rule', speech)],
    [...rest, end],
  ]
}

/** Its next dates, one button each. */
export function datesMenu(one: WholeSeries, dates: readonly Occurrence[], speech: Speech, said?: string): View {
  const { t, locale } = speech.texts
  const rows = dates.map((date): Button[] => [
    { label: shortTime(date.at, { ...speech, zone: one.zone }), token: token('announcements', 'date', one.id, dateToken(date)) },
  ])
  const blocks: Block[] = [
    ...(said ? [{ kind: 'text', text: said } as const] : []),
    { kind: 'text', text: t(dates.length > 0 ? 'series-dates-title' : 'series-dates-none') },
    ...(dates.length > 0 ? [{ kind: 'list', items: dates.map(date => sayPlace(date, one, speech)) } as const] : []),
  ]
  return view({ lang: locale, blocks, buttons: [...rows, [to(one, 'series', 'announcements-back', speech)]] })
}

/** One date, and what may become of it. */
export function dateMenu(one: WholeSeries, date: Occurrence, speech: Speech): View {
  const { t, locale } = speech.texts
  const at = dateToken(date)
  const out = isLeftOut(date, one)
  const does = out
    ? [to(one, 'putback', 'series-do-putback', speech, at)]
    : [to(one, 'shift', 'series-do-move', speech, at), to(one, 'skip', 'series-do-skip', speech, at)]
  const back = to(one, 'dates', 'announcements-back', speech)
  return sentence(locale, t('series-date-question', { words: nameOf(one.words), when: sayPlace(date, one, speech) }), [does, [back]])
}

/** A new rule, shown back before it holds. `draft`: where it is kept meanwhile. */
export function newRuleCard(one: WholeSeries, repeats: Repeats, dates: readonly Occurrence[], draft: string, speech: Speech): View {
  const { t, locale } = speech.texts
  const yes: Button = { label: t('series-do-yes'), token: token('announcements', 'newrule', one.id, draft), look: 'main' }
  const blocks: Block[] = [
    { kind: 'text', text: t('series-new-rule', { rule: sayRule(repeats, speech) }) },
    { kind: 'list', items: dates.map(date => sayDate(date, repeats, speech)) },
  ]
  return view({ lang: locale, blocks, buttons: [[yes, to(one, 'series', 'announcements-back', speech)]] })
}

/** "Really?" */
export function confirmEnd(one: WholeSeries, speech: Speech): View {
  const yes = to(one, 'end', 'series-do-end', speech, 'yes')
  return sure(speech, {
    key: 'series-end-sure',
    args: { words: nameOf(one.words) },
    yes,
    no: to(one, 'series', 'announcements-back', speech),
  })
}
