import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { KnownPlaces } from '../kit/audience.ts'
import { quiet, text } from '../kit/page.ts'
import { placeFacts, widenButtons } from '../kit/view-audience.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { overBy, REMIND, SUPPORT, stageOf } from './domain.ts'
import type { WholeForum } from './forum.ts'
import type { ForumSettings } from './settings.ts'
import { figures, hostRows, lengthOf, placeRows } from './view-post.ts'

/** The cards of those who make forums. Pure. */

interface Card {
  readonly id: string
  readonly settings: ForumSettings
  readonly speech: Speech
  /** What has just happened. */
  readonly said?: string | undefined
}

/** Everything that is set, each with a button that changes it, a preview, and Post. */
export function draftCard(card: Card, known: KnownPlaces): View {
  const { id, settings, speech, said } = card
  const { t, locale } = speech.texts
  const to = doer(id, speech)
  const blocks: Block[] = [
    ...(said ? [{ kind: 'text', text: said } as const] : []),
    { kind: 'title', text: t('forums-draft-title') },
    ...wordBlocks(settings),
    { kind: 'facts', rows: [...facts(settings, speech), ...placeFacts(settings.places, known, speech)] },
  ]
  const buttons: Button[][] = [
    [{ ...to('post', 'forums-draft-post'), look: 'main' }, to('preview', 'forums-draft-preview')],
    ...partButtons(id, speech),
    [to('where', 'forums-set-where'), to('chats', 'forums-set-chats', '0')],
    widenButtons('forums', id, settings.places, speech),
    [{ ...to('drop', 'forums-draft-drop'), look: 'danger' }],
  ]
  return view({ lang: locale, blocks, buttons, brief: said ?? t('forums-draft-title') })
}

type Doer = (action: string, label: TextKey, ...args: string[]) => Button

function doer(id: string, { texts: { t } }: Speech): Doer {
  return (action, label, ...args) => ({ label: t(label), token: token('forums', action, id, ...args) })
}

/** A button for each part that can be changed. */
export function partButtons(id: string, speech: Speech): Button[][] {
  const to = doer(id, speech)
  return [
    [to('edit', 'forums-form-words', 'words'), to('edit', 'forums-form-time', 'time')],
    [to('edit', 'forums-form-place', 'place'), to('edit', 'forums-form-people', 'people')],
    [to('options', 'forums-set-options')],
  ]
}

function wordBlocks(s: ForumSettings): Block[] {
  return [
    { kind: 'quote', text: s.theme },
    ...(s.about === '' ? [] : [{ kind: 'text', text: s.about } as const]),
    ...(s.agenda.length > 0 ? [{ kind: 'list', items: s.agenda, numbered: true } as const] : []),
  ]
}

function facts(s: ForumSettings, speech: Speech): { name: string; value: string }[] {
  const { t } = speech.texts
  const when = s.startsAt
    ? t('forums-when', { when: fullTime(new Date(s.startsAt), speech), long: lengthOf(s.minutes, speech) })
    : t('forums-when-missing')
  const announced = s.postsAt ? fullTime(new Date(s.postsAt), speech) : t('forums-announced-now')
  return [
    { name: t('forums-fact-when'), value: when },
    { name: t('forums-fact-announced'), value: announced },
    ...placeRows(s, speech),
    ...(s.link ? [{ name: t('forums-fact-link'), value: s.link }] : []),
    { name: t('forums-fact-capacity'), value: s.capacity === null ? t('forums-capacity-none') : t('forums-capacity', { n: s.capacity }) },
    ...hostRows(s, speech),
    { name: t('forums-fact-remind'), value: remindWords(s, speech) },
  ]
}

function remindWords({ remind }: Pick<ForumSettings, 'remind'>, { texts: { t } }: Speech): string {
  const set = REMIND.filter(minutes => remind.includes(minutes)).map(minutes => t(`forums-before-${minutes}`))
  return set.length > 0 ? set.join(', ') : t('forums-before-none')
}

/** What is there for people, and when reminders go out: a tap turns each on or off. */
export function optionsMenu({ id, settings: s, speech }: Card): View {
  const { t, locale } = speech.texts
  const pick = (label: string, chosen: boolean, name: string): Button => ({
    label: chosen ? t('places-chosen', { name: label }) : label,
    token: token('forums', 'set', id, name),
    ...(chosen ? { chosen } : {}),
  })
  const buttons: Button[][] = [
    [pick(t('forums-steps-yes'), s.stepFree === 'yes', 'steps-yes'), pick(t('forums-steps-no'), s.stepFree === 'no', 'steps-no')],
    ...SUPPORT.map(one => [pick(t(`forums-support-${one}`), s.support.includes(one), one)]),
    REMIND.map(minutes => pick(t(`forums-before-${minutes}`), s.remind.includes(minutes), String(minutes))),
    [{ label: t('places-back'), token: token('forums', 'draft', id) }],
  ]
  return view({ lang: locale, blocks: [{ kind: 'text', text: t('forums-options-question') }], buttons })
}

interface Standing extends Card {
  readonly isHost: boolean
  /** In how many chats it stands, and to how many it is on its way; where it is not. */
  readonly there: number
  readonly coming: number
  readonly trouble: readonly string[]
  /** What came of the last reminders and of the news of a change. */
  readonly arrived: readonly string[]
  /** How many of those who come have said after the change that they still do. */
  readonly still: number
  /** A change that this coordinator has not sent yet. */
  readonly pending: string | undefined
}

/** A forum that stands, for coordinators and its host: how it goes, and what can be done. */
export function manageCard(one: WholeForum, card: Standing): View {
  const { settings, speech, said, isHost } = card
  const { t, locale } = speech.texts
  const stage = stageOf(one, speech.now)
  const blocks: Block[] = [
    ...(said ? [{ kind: 'text', text: said } as const] : []),
    ...wordBlocks(settings),
    { kind: 'text', text: t(`forums-stage-${stage}`, { when: fullTime(one.postsAt, speech) }) },
    { kind: 'facts', rows: facts(settings, speech).slice(0, stage === 'planned' ? undefined : 1) },
    { kind: 'text', text: figures(one, speech) },
    ...(overBy(one) > 0 && stage !== 'over' ? [text(t('forums-over-by', { n: overBy(one) }))] : []),
    ...(one.was && card.still > 0 && stage !== 'over' ? [quiet(t('forums-still-said', { n: card.still }))] : []),
    ...(card.pending ? [text(t('forums-change-waits'))] : []),
    ...(stage === 'planned' || (card.there === 0 && card.coming > 0)
      ? []
      : [{ kind: 'quiet', text: t('forums-stands-in', { n: card.there }) } as const]),
    ...(stage === 'planned' || card.coming === 0 ? [] : [{ kind: 'quiet', text: t('forums-on-its-way', { n: card.coming }) } as const]),
    ...(card.trouble.length > 0
      ? [{ kind: 'text', text: t('forums-trouble') } as const, { kind: 'list', items: card.trouble } as const]
      : []),
    ...card.arrived.map(quiet),
    ...(one.summaryAt ? [{ kind: 'quiet', text: t('forums-summary-done') } as const] : []),
    ...(isHost ? [] : [{ kind: 'quiet', text: t('forums-not-host') } as const]),
  ]
  return view({ lang: locale, blocks, buttons: manageButtons(one, card), brief: said ?? one.theme })
}

function manageButtons(
  one: WholeForum,
  { speech, isHost, trouble, pending }: Pick<Standing, 'speech' | 'isHost' | 'trouble' | 'pending'>,
): Button[][] {
  const to = doer(one.id, speech)
  const stage = stageOf(one, speech.now)
  const all: Button = { label: speech.texts.t('forums-do-list'), token: token('forums', 'list', one.networkId) }
  const people = isHost ? [to('who', 'forums-do-who'), to('wants', 'forums-do-wants')] : [to('host', 'forums-do-host')]
  const look = [to('show', 'forums-do-show'), all]
  if (stage === 'cancelled') return [look]
  const change: Button[][] = pending
    ? [[{ label: speech.texts.t('forums-change-look'), token: token('forums', 'change', pending), look: 'main' }]]
    : []
  const again = trouble.length > 0 ? [[to('again', 'forums-do-again')]] : []
  const after = [
    [
      to('write', 'forums-do-notes'),
      to('photo', 'forums-do-photo'),
      ...(one.notes === '' && one.outcomes.length === 0 ? [] : [to('summary', 'forums-do-summary')]),
    ],
    ...(one.pollId ? [] : [[to('missed', 'forums-do-missed')]]),
  ]
  if (stage === 'over') return [people, ...after, look]
  return [
    ...change,
    ...again,
    people,
    ...(stage === 'on' ? after : []),
    ...partButtons(one.id, speech),
    [to('here', 'forums-do-here'), { ...to('stop', 'forums-do-cancel'), look: 'danger' }],
    look,
  ]
}
