import type { Speech } from '../feature.ts'
import { platformName } from '../network/preview.ts'
import { fullTime } from '../texts/when.ts'
import { token } from '../token.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { AUDIENCES } from './domain.ts'
import type { AnnouncementSettings, KeptPlaces } from './settings.ts'

/** What the card and its menus need to name places. */
export interface Known {
  readonly areas: readonly { readonly id: string; readonly name: string }[]
  readonly spaces: readonly { readonly id: string; readonly title: string }[]
  readonly platforms: readonly string[]
  /** How many chats it would be posted in. */
  readonly reach: number
}

const MOST_NAMES = 5
const PAGE = 8

/** The draft card: everything that is set, each with a button that changes it, a preview, and Post. */
export function draftCard(id: string, s: AnnouncementSettings, known: Known, speech: Speech, note?: string): View {
  const { t, locale } = speech.texts
  const blocks: Block[] = [
    ...(note ? [{ kind: 'text', text: note } as const] : []),
    { kind: 'title', text: t('announcements-draft-title') },
    ...(s.words ? [{ kind: 'quote', text: s.words } as const] : []),
    { kind: 'facts', rows: facts(s, known, speech) },
  ]
  const to = (action: string, label: string, ...args: string[]): Button => ({
    label: t(label),
    token: token('announcements', action, id, ...args),
  })
  const buttons: Button[][] = [
    [{ ...to('post', 'announcements-draft-post'), look: 'main' }, to('preview', 'announcements-draft-preview')],
    [to('words', 'announcements-do-words'), to('when', 'announcements-do-move')],
    s.picture
      ? [to('picture', 'announcements-do-picture'), to('picture', 'announcements-set-no-picture', 'none')]
      : [to('picture', 'announcements-set-picture')],
    [to('where', 'announcements-set-where'), to('chats', 'announcements-set-chats', '0')],
    [to('set', s.pin ? 'announcements-set-pin-off' : 'announcements-set-pin-on', 'pin'), to('set', 'announcements-set-late', 'late')],
    [{ ...to('drop', 'announcements-draft-drop'), look: 'danger' }],
  ]
  return view({ lang: locale, blocks, buttons, brief: note ?? t('announcements-draft-title') })
}

function facts(s: AnnouncementSettings, known: Known, speech: Speech): { name: string; value: string }[] {
  const { t } = speech.texts
  const { places } = s
  const isNamed = places.spaces.length > 0
  return [
    ...(s.link ? [{ name: t('announcements-fact-link'), value: s.link }] : []),
    ...(s.picture ? [{ name: t('announcements-fact-picture'), value: s.picture.about }] : []),
    { name: t('announcements-fact-when'), value: s.postsAt ? fullTime(new Date(s.postsAt), speech) : t('announcements-when-now') },
    { name: t('announcements-fact-late'), value: t('announcements-late', { hours: s.lateHours }) },
    {
      name: t('announcements-fact-where'),
      value: t('announcements-where-reach', { where: whereName(places, known, speech), n: known.reach }),
    },
    ...(isNamed ? [] : [{ name: t('announcements-fact-audience'), value: t(`announcements-audience-${places.audience}`) }]),
    ...(isNamed || places.platforms.length === 0
      ? []
      : [{ name: t('announcements-fact-platforms'), value: places.platforms.map(platformName).join(', ') }]),
    { name: t('announcements-fact-pin'), value: t(s.pin ? 'announcements-pin-yes' : 'announcements-pin-no') },
  ]
}

/** The areas or chats by name; what is no more says so. */
function whereName({ spaces, areas }: KeptPlaces, known: Known, { texts: { t } }: Speech): string {
  if (spaces.length === 0 && areas.length === 0) return t('announcements-where-all')
  const found =
    spaces.length > 0
      ? spaces.map(id => known.spaces.find(space => space.id === id)?.title ?? t('announcements-where-gone'))
      : areas.map(id => known.areas.find(area => area.id === id)?.name ?? t('announcements-where-gone'))
  const more = found.length - MOST_NAMES
  return [...found.slice(0, MOST_NAMES), ...(more > 0 ? [t('announcements-where-more', { n: more })] : [])].join(', ')
}

/** Where it goes: this chat, all chats, areas, for whom, on which platforms. What is chosen is marked; a tap on it takes it back. */
export function whereMenu(id: string, s: AnnouncementSettings, known: Known, speech: Speech): View {
  const { t, locale } = speech.texts
  const { places } = s
  const byName = places.spaces.length > 0
  const pick = (label: string, chosen: boolean, ...args: string[]): Button => ({
    label: chosen ? t('announcements-chosen', { name: label }) : label,
    token: token('announcements', 'where', id, ...args),
    ...(chosen ? { chosen } : {}),
  })
  const home = known.spaces.find(space => space.id === s.home)
  const buttons: Button[][] = [
    ...(home ? [[pick(home.title, byName && places.spaces.includes(home.id), 'here')]] : []),
    [pick(t('announcements-where-all'), !byName && places.areas.length === 0, 'all')],
    ...known.areas.map(area => [pick(area.name, !byName && places.areas.includes(area.id), 'area', area.id)]),
    AUDIENCES.map(one => pick(t(`announcements-audience-${one}`), !byName && places.audience === one, 'audience', one)),
    ...(known.platforms.length > 1
      ? [known.platforms.map(one => pick(platformName(one), !byName && places.platforms.includes(one), 'platform', one))]
      : []),
    [back(id, speech)],
  ]
  const now = t('announcements-where-reach', { where: whereName(places, known, speech), n: known.reach })
  return view({
    lang: locale,
    blocks: [
      { kind: 'text', text: t('announcements-where-question') },
      { kind: 'text', text: now },
    ],
    buttons,
  })
}

/** Single chats, page by page. */
export function chatsMenu(id: string, s: AnnouncementSettings, known: Known, speech: Speech, wanted: number): View {
  const { t, locale } = speech.texts
  const last = Math.max(0, Math.ceil(known.spaces.length / PAGE) - 1)
  const at = Math.min(Math.max(0, wanted || 0), last)
  const turn = (label: string, page: number): Button => ({ label: t(label), token: token('announcements', 'chats', id, page) })
  const rows = known.spaces.slice(at * PAGE, (at + 1) * PAGE).map((space): Button[] => {
    const chosen = s.places.spaces.includes(space.id)
    const label = chosen ? t('announcements-chosen', { name: space.title }) : space.title
    return [{ label, token: token('announcements', 'chats', id, at, space.id), ...(chosen ? { chosen } : {}) }]
  })
  const turns = [
    ...(at > 0 ? [turn('announcements-page-before', at - 1)] : []),
    ...(at < last ? [turn('announcements-page-after', at + 1)] : []),
  ]
  const blocks: Block[] = [{ kind: 'text', text: t('announcements-chats-question', { n: s.places.spaces.length }) }]
  return view({ lang: locale, blocks, buttons: [...rows, turns, [back(id, speech)]] })
}

function back(id: string, { texts: { t } }: Speech): Button {
  return { label: t('announcements-back'), token: token('announcements', 'draft', id) }
}
