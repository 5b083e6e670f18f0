import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { KnownPlaces } from '../kit/audience.ts'
import { placeFacts, widenButtons } from '../kit/view-audience.ts'
import { type State, statesLine } from '../kit/view-states.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { CHOICES, choiceOf, minutesOf, remindsAt } from './closing.ts'
import { RESULTS } from './domain.ts'
import { type PollSettings, timesOf, votersOf } from './settings.ts'
import { secrecyLine } from './view-post.ts'

/** The draft card: everything that is set, each with a button that changes it, a preview, and Post. */
export function draftCard(id: string, s: PollSettings, known: KnownPlaces, speech: Speech, note?: string): View {
  const { t, locale } = speech.texts
  const rows = facts(s, known, speech)
  const blocks: Block[] = [
    ...(note ? [{ kind: 'text', text: note } as const] : []),
    { kind: 'title', text: t('polls-draft-title') },
    { kind: 'quote', text: s.question },
    { kind: 'list', items: s.options, numbered: true },
    { kind: 'facts', rows },
    { kind: 'quiet', text: secrecyLine(s, speech) },
  ]
  const to = (action: string, label: TextKey, ...args: string[]): Button => ({
    label: t(label),
    token: token('polls', action, id, ...args),
  })
  const set = (name: string, label: TextKey): Button => to('set', label, name)
  const buttons: Button[][] = [
    [
      { label: t('polls-draft-post'), token: token('polls', 'post', id), look: 'main' },
      { label: t('polls-draft-preview'), token: token('polls', 'preview', id) },
    ],
    [to('answers', 'polls-set-answers'), set('secret', s.secret ? 'polls-set-named' : 'polls-set-secret')],
    [set('results', 'polls-set-results'), set('add', s.addOptions ? 'polls-set-add-off' : 'polls-set-add-on')],
    [to('opens', 'polls-set-opens'), to('closes', 'polls-set-closes'), set('closing', 'polls-set-closing')],
    [
      set('voters', votersOf(s) === 'everyone' ? 'polls-set-steering' : 'polls-set-everyone'),
      to('where', 'polls-set-where'),
      to('chats', 'polls-set-chats', '0'),
    ],
    widenButtons('polls', id, s.places, speech),
    [to('words', 'polls-set-words'), { label: t('polls-draft-drop'), token: token('polls', 'drop', id), look: 'danger' }],
  ]
  return view({ lang: locale, blocks, buttons, brief: t('polls-draft-title') })
}

function facts(s: PollSettings, known: KnownPlaces, speech: Speech): { name: string; value: string }[] {
  const { t } = speech.texts
  const time = (iso: string | null, none: TextKey): string => (iso ? fullTime(new Date(iso), speech) : t(none))
  return [
    { name: t('polls-fact-answers'), value: s.max === 1 ? t('polls-answers-one') : t('polls-answers-several', { min: s.min, max: s.max }) },
    { name: t('polls-fact-kind'), value: t(s.secret ? 'polls-kind-secret' : 'polls-kind-named') },
    { name: t('polls-fact-results'), value: statesLine(results(s, speech), speech) },
    { name: t('polls-fact-add'), value: t(s.addOptions ? 'polls-yes' : 'polls-no') },
    { name: t('polls-fact-opens'), value: time(s.opensAt, 'polls-opens-now') },
    { name: t('polls-fact-closes'), value: time(s.closesAt, 'polls-closes-never') },
    { name: t('polls-fact-closing'), value: closingLine(s, speech) },
    { name: t('polls-fact-voters'), value: t(`polls-voters-${votersOf(s)}`) },
    ...placeFacts(s.places, known, speech),
  ]
}

function results({ secret, results: chosen }: PollSettings, { texts: { t } }: Speech): readonly State[] {
  return RESULTS.map(one => ({
    label: t(secret && one === 'live' ? 'polls-results-steps' : `polls-results-${one}`),
    chosen: one === chosen,
  }))
}

/** What can be chosen, and where nobody would be reminded, why. */
function closingLine(s: PollSettings, speech: Speech): string {
  const { t } = speech.texts
  const times = timesOf(s, speech.now)
  const choice = choiceOf(s.closing, times)
  const line = statesLine(
    CHOICES.map(one => ({ label: t(`polls-closing-${one}`), chosen: one === choice })),
    speech,
  )
  if (choice === 'off' || remindsAt(minutesOf(s.closing, times), times.closesAt, times.opensAt)) return line
  return t('polls-closing-none', { line, why: t(times.closesAt ? 'polls-closing-too-soon' : 'polls-closing-no-time') })
}
