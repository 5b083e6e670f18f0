import type { Speech } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import type { PollSettings } from './settings.ts'
import { secrecyLine } from './view-post.ts'

/** What the card needs to name places. */
export interface Places {
  readonly areas: readonly { readonly id: string; readonly name: string }[]
  readonly spaces: readonly { readonly id: string; readonly title: string }[]
  /** How many spaces the poll would be posted in. */
  readonly reach: number
}

/** The draft card: everything that is set, each with a button that changes it, a preview, and Post. */
export function draftCard(id: string, s: PollSettings, places: Places, speech: Speech, note?: string): View {
  const { t, locale } = speech.texts
  const rows = facts(s, places, speech)
  const blocks: Block[] = [
    ...(note ? [{ kind: 'text', text: note } as const] : []),
    { kind: 'title', text: t('polls-draft-title') },
    { kind: 'quote', text: s.question },
    { kind: 'list', items: s.options, numbered: true },
    { kind: 'facts', rows },
    { kind: 'quiet', text: secrecyLine(s, speech) },
  ]
  const set = (name: string, label: TextKey): Button => ({ label: t(label), token: token('polls', 'set', id, name) })
  const buttons: Button[][] = [
    [
      { label: t('polls-draft-post'), token: token('polls', 'post', id), look: 'main' },
      { label: t('polls-draft-preview'), token: token('polls', 'preview', id) },
    ],
    [set('answers', 'polls-set-answers'), set('secret', s.secret ? 'polls-set-named' : 'polls-set-secret')],
    [set('results', 'polls-set-results'), set('add', s.addOptions ? 'polls-set-add-off' : 'polls-set-add-on')],
    [set('opens', 'polls-set-opens'), set('closes', 'polls-set-closes')],
    [set('voters', s.voters === 'everyone' ? 'polls-set-steering' : 'polls-set-everyone'), set('where', 'polls-set-where')],
    [set('words', 'polls-set-words'), { label: t('polls-draft-drop'), token: token('polls', 'drop', id), look: 'danger' }],
  ]
  return view({ lang: locale, blocks, buttons, brief: t('polls-draft-title') })
}

function facts(s: PollSettings, places: Places, speech: Speech): { name: string; value: string }[] {
  const { t } = speech.texts
  const time = (iso: string | null, none: TextKey): string => (iso ? fullTime(new Date(iso), speech) : t(none))
  return [
    { name: t('polls-fact-answers'), value: s.max === 1 ? t('polls-one-answer') : t('polls-several-answers', { min: s.min, max: s.max }) },
    { name: t('polls-fact-kind'), value: t(s.secret ? 'polls-kind-secret' : 'polls-kind-named') },
    { name: t('polls-fact-results'), value: t(`polls-results-${s.results}`) },
    { name: t('polls-fact-add'), value: t(s.addOptions ? 'polls-yes' : 'polls-no') },
    { name: t('polls-fact-opens'), value: time(s.opensAt, 'polls-opens-now') },
    { name: t('polls-fact-closes'), value: time(s.closesAt, 'polls-closes-never') },
    { name: t('polls-fact-voters'), value: t(`polls-voters-${s.voters}`) },
    { name: t('polls-fact-where'), value: t('polls-where-reach', { where: whereName(s, places, speech), n: places.reach }) },
  ]
}

function whereName({ where }: PollSettings, places: Places, { texts }: Speech): string {
  if (where.kind === 'all') return texts.t('polls-where-all')
  if (where.kind === 'area') return places.areas.find(area => area.id === where.areaId)?.name ?? texts.t('polls-area-gone')
  return places.spaces.find(space => space.id === where.spaceId)?.title ?? texts.t('polls-where-gone')
}

/** The places that a poll can go to, as buttons: one chat, an area, everywhere. */
export function whereMenu(id: string, s: PollSettings, places: Places, speech: Speech): View {
  const { t, locale } = speech.texts
  const here = places.spaces.find(space => space.id === s.home)
  const pick = (label: string, ...args: string[]): Button => ({ label, token: token('polls', 'where', id, ...args) })
  const buttons: Button[][] = [
    ...(here ? [[pick(here.title, 'space', here.id)]] : []),
    ...places.areas.map(area => [pick(area.name, 'area', area.id)]),
    [pick(t('polls-where-all'), 'all')],
    [{ label: t('polls-back'), token: token('polls', 'draft', id) }],
  ]
  return view({ lang: locale, blocks: [{ kind: 'text', text: t('polls-where-question') }], buttons })
}
