import type { Speech } from '../../feature/context.ts'
import { token } from '../../feature/token.ts'
import type { Occurrence } from '../../schedule/recurrence/dates.ts'
import type { Repeats } from '../../schedule/recurrence/rule.ts'
import { sayRepeats } from '../../schedule/recurrence/say-rule.ts'
import type { TextKey } from '../../texts/keys.ts'
import { fullTime, shortTime } from '../../texts/when.ts'
import { sentence, view } from '../../view/make.ts'
import type { Block, Button, View } from '../../view/view.ts'
import { sure, text } from '../page.ts'
import type { CardParts, Fact, SeriesKind } from './kind.ts'
import { type Series, stageOf } from './series.ts'

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
function sayPlace(one: Occurrence, series: Series, speech: Speech): string {
  const { t } = speech.texts
  const when = sayDate(one, series, speech)
  if (isLeftOut(one, series)) return t('series-skipped', { when })
  const from = fullTime(one.date, { ...speech, zone: series.zone })
  return one.at.getTime() === one.date.getTime() ? when : t('series-moved', { when, from })
}

export function isLeftOut({ date }: Occurrence, { except }: Series): boolean {
  return except.includes(date.toISOString())
}

/** A date in a token: seconds since 1970. */
export function dateToken({ date }: Pick<Occurrence, 'date'>): number {
  return date.getTime() / 1000
}

/** What is shown of the series of one kind. */
export interface SeriesViews<S extends Series> {
  /** How often it goes out, its next dates (those that are left out among them), and what can be done. */
  card(one: S, parts: CardParts, dates: readonly Occurrence[], speech: Speech, said?: string): View
  /** Its next dates, one button each. */
  dates(one: S, dates: readonly Occurrence[], speech: Speech, said?: string): View
  /** One date, and what may become of it. */
  date(one: S, date: Occurrence, speech: Speech): View
  /** A new rule, shown back before it holds. `draft`: where it is kept meanwhile. */
  newRule(one: S, repeats: Repeats, dates: readonly Occurrence[], draft: string, speech: Speech): View
  /** "Really?" */
  end(one: S, speech: Speech): View
}

type Does = (action: string, label: TextKey, ...args: (string | number)[]) => Button

export function seriesViews<S extends Series>({ feature, nameOf }: Pick<SeriesKind<S>, 'feature' | 'nameOf'>): SeriesViews<S> {
  const on =
    (one: S, { texts }: Speech): Does =>
    (action, label, ...args) => ({ label: texts.t(label), token: token(feature, action, one.id, ...args) })
  return {
    card(one, parts, dates, speech, said) {
      const blocks: Block[] = [
        ...(said ? [text(said)] : []),
        ...parts.head,
        text(speech.texts.t(`series-stage-${stageOf(one)}`, { rule: sayRule(one, speech) })),
        ...(stageOf(one) === 'active' ? [listed(one, dates, speech)] : []),
        { kind: 'facts', rows: [...parts.facts, ...missedFact(one, speech)] },
      ]
      const buttons = [...seriesButtons(one, parts.edit, on(one, speech)), parts.ways]
      return view({ lang: speech.texts.locale, blocks, buttons, brief: said ?? nameOf(one) })
    },
    dates(one, dates, speech, said) {
      const { t, locale } = speech.texts
      const rows = dates.map((date): Button[] => [
        { label: shortTime(date.at, { ...speech, zone: one.zone }), token: token(feature, 'date', one.id, dateToken(date)) },
      ])
      const blocks: Block[] = [
        ...(said ? [text(said)] : []),
        text(t(dates.length > 0 ? 'series-dates-title' : 'series-dates-none')),
        ...(dates.length > 0 ? [listed(one, dates, speech)] : []),
      ]
      return view({ lang: locale, blocks, buttons: [...rows, [on(one, speech)('series', 'places-back')]] })
    },
    date(one, date, speech) {
      const { t, locale } = speech.texts
      const to = on(one, speech)
      const at = dateToken(date)
      const does = isLeftOut(date, one)
        ? [to('putback', 'series-do-putback', at)]
        : [to('shift', 'series-do-move', at), to('skip', 'series-do-skip', at)]
      const question = t('series-date-question', { words: nameOf(one), when: sayPlace(date, one, speech) })
      return sentence(locale, question, [does, [to('dates', 'places-back')]])
    },
    newRule(one, repeats, dates, draft, speech) {
      const to = on(one, speech)
      const blocks: Block[] = [
        text(speech.texts.t('series-new-rule', { rule: sayRule(repeats, speech) })),
        { kind: 'list', items: dates.map(date => sayDate(date, repeats, speech)) },
      ]
      const yes: Button = { ...to('newrule', 'series-do-yes', draft), look: 'main' }
      return view({ lang: speech.texts.locale, blocks, buttons: [[yes, to('series', 'places-back')]] })
    },
    end(one, speech) {
      const to = on(one, speech)
      const [yes, no] = [to('end', 'series-do-end', 'yes'), to('series', 'places-back')]
      return sure(speech, { key: 'series-end-sure', args: { words: nameOf(one) }, yes, no })
    },
  }
}

function listed(one: Series, dates: readonly Occurrence[], speech: Speech): Block {
  return { kind: 'list', items: dates.map(date => sayPlace(date, one, speech)) }
}

function missedFact({ missed, lastMissed, zone }: Series, speech: Speech): readonly Fact[] {
  if (missed === 0) return []
  const { t } = speech.texts
  const when = lastMissed ? shortTime(lastMissed, { ...speech, zone }) : ''
  return [{ name: t('series-fact-missed'), value: t('series-fact-missed-value', { n: missed, when }) }]
}

function seriesButtons(one: Series, edit: readonly Button[], to: Does): (readonly Button[])[] {
  const stage = stageOf(one)
  if (stage === 'ended') return []
  const end: Button = { ...to('end', 'series-do-end'), look: 'danger' }
  const rest = stage === 'active' ? [to('pause', 'series-do-pause')] : []
  return [
    ...(stage === 'paused' ? [[{ ...to('resume', 'series-do-resume'), look: 'main' } as const]] : []),
    ...(stage === 'active' ? [[to('dates', 'series-do-dates')]] : []),
    [...edit, to('rerule', 'series-do-rule')],
    [...rest, end],
  ]
}
