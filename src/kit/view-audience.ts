import { platformName } from '../community/chat-names.ts'
import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import { listed } from '../view/direction.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { AUDIENCES, type Choosing, type KeptPlaces, type KnownPlaces } from './audience.ts'

/** The menus in which places are chosen, and the words for what is chosen. Pure. */

const MOST_NAMES = 5
const PAGE = 8

/** Whose draft it is: buttons are `<feature>_where_<id>_…`, `<feature>_chats_<id>_…` and `<feature>_draft_<id>` (back). */
export interface PlacesMenu extends Choosing {
  readonly feature: string
  readonly id: string
  readonly known: KnownPlaces
  readonly speech: Speech
}

/** What is chosen, as rows for a card. */
export function placeFacts(places: KeptPlaces, known: KnownPlaces, speech: Speech): { name: string; value: string }[] {
  const { t } = speech.texts
  const isNamed = places.spaces.length > 0
  return [
    { name: t('places-fact-where'), value: t('places-reach', { where: whereName(places, known, speech), n: known.reach }) },
    ...(isNamed ? [] : [{ name: t('places-fact-audience'), value: t(`places-audience-${places.audience}`) }]),
    ...(isNamed || places.platforms.length === 0
      ? []
      : [{ name: t('places-fact-platforms'), value: places.platforms.map(platformName).join(', ') }]),
  ]
}

/** One tap to all chats, where it does not go there yet. */
export function widenButtons(feature: string, id: string, { spaces, areas, platforms }: KeptPlaces, { texts }: Speech): Button[] {
  const isNarrow = spaces.length + areas.length + platforms.length > 0
  return isNarrow ? [{ label: texts.t('kit-widen'), token: token(feature, 'widen', id) }] : []
}

/** The areas or chats by name; what is no more says so. */
function whereName({ spaces, areas }: KeptPlaces, known: KnownPlaces, { texts: { t } }: Speech): string {
  if (spaces.length === 0 && areas.length === 0) return t('places-all-said')
  const found =
    spaces.length > 0
      ? spaces.map(id => known.spaces.find(space => space.id === id)?.title ?? t('places-gone'))
      : areas.map(id => known.areas.find(area => area.id === id)?.name ?? t('places-gone'))
  const more = found.length - MOST_NAMES
  return listed([...found.slice(0, MOST_NAMES), ...(more > 0 ? [t('places-more', { n: more })] : [])])
}

/** Where it goes: this chat, all chats, areas, for whom, on which platforms. What is chosen is marked; a tap on it takes it back. */
export function whereMenu(menu: PlacesMenu): View {
  const { feature, id, places, home, known, speech } = menu
  const { t, locale } = speech.texts
  const byName = places.spaces.length > 0
  const pick = (label: string, chosen: boolean, ...args: string[]): Button => ({
    label: chosen ? t('places-chosen', { name: label }) : label,
    token: token(feature, 'where', id, ...args),
    ...(chosen ? { chosen } : {}),
  })
  const here = known.spaces.find(space => space.id === home)
  const buttons: Button[][] = [
    ...(here ? [[pick(here.title, byName && places.spaces.includes(here.id), 'here')]] : []),
    [pick(t('places-all'), !byName && places.areas.length === 0, 'all')],
    ...known.areas.map(area => [pick(area.name, !byName && places.areas.includes(area.id), 'area', area.id)]),
    AUDIENCES.map(one => pick(t(`places-audience-${one}`), !byName && places.audience === one, 'audience', one)),
    ...(known.platforms.length > 1
      ? [known.platforms.map(one => pick(platformName(one), !byName && places.platforms.includes(one), 'platform', one))]
      : []),
    [back(menu)],
  ]
  const now = t('places-now', { where: t('places-reach', { where: whereName(places, known, speech), n: known.reach }) })
  return view({
    lang: locale,
    blocks: [
      { kind: 'text', text: t('places-question') },
      { kind: 'text', text: now },
    ],
    buttons,
  })
}

/** Single chats, page by page. */
export function chatsMenu(menu: PlacesMenu, wanted: number): View {
  const { feature, id, places, known, speech } = menu
  const { t, locale } = speech.texts
  const last = Math.max(0, Math.ceil(known.spaces.length / PAGE) - 1)
  const at = Math.min(Math.max(0, wanted || 0), last)
  const turn = (label: TextKey, page: number): Button => ({ label: t(label), token: token(feature, 'chats', id, page) })
  const rows = known.spaces.slice(at * PAGE, (at + 1) * PAGE).map((space): Button[] => {
    const chosen = places.spaces.includes(space.id)
    const label = chosen ? t('places-chosen', { name: space.title }) : space.title
    return [{ label, token: token(feature, 'chats', id, at, space.id), ...(chosen ? { chosen } : {}) }]
  })
  const turns = [...(at > 0 ? [turn('places-page-before', at - 1)] : []), ...(at < last ? [turn('places-page-after', at + 1)] : [])]
  const blocks: Block[] = [{ kind: 'text', text: t('places-chats-question', { n: places.spaces.length }) }]
  return view({ lang: locale, blocks, buttons: [...rows, turns, [back(menu)]] })
}

function back({ feature, id, speech: { texts } }: PlacesMenu): Button {
  return { label: texts.t('places-back'), token: token(feature, 'draft', id) }
}
