import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime, shortTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import type { FeedKind } from './feed.ts'

/** A link as its owner sees it. */
export interface LinkLike {
  readonly id: string
  readonly kind: string
  readonly networkId: string
  readonly area: { readonly name: string } | null
  readonly createdAt: Date
  readonly endsAt: Date | null
  readonly usedAt: Date | null
}

interface Place {
  readonly id: string
  readonly name: string
}

/** "all of Ancoats and around", "Ardwick", "what you said you come to", "what is planned" */
export function whatOf({ kind, area }: Pick<LinkLike, 'kind' | 'area'>, network: Place, { texts: { t } }: Speech): string {
  return t('calendar-what', { kind, name: area?.name ?? network.name })
}

interface Menu {
  readonly network: Place
  /** The area that the person chose for themselves. */
  readonly area: Place | undefined
  readonly hasAreas: boolean
  readonly isCoordinator: boolean
  /** Whether links can be given; else files are. */
  readonly links: boolean
  readonly mine: readonly LinkLike[]
  /** What has just happened. */
  readonly said?: string
}

/** What one can have in one's own calendar, and the links that one has. */
export function menuView({ network, area, hasAreas, isCoordinator, links, mine, said }: Menu, speech: Speech): View {
  const { t, locale } = speech.texts
  const blocks: Block[] = [
    ...(said ? [{ kind: 'text', text: said } as const] : []),
    { kind: 'title', text: t('calendar-title') },
    { kind: 'text', text: t(links ? 'calendar-choose-link' : 'calendar-choose-file') },
    ...(mine.length > 0
      ? [
          { kind: 'text', text: t('calendar-yours') } as const,
          { kind: 'list', items: mine.map(one => linkLine(one, network, speech)) } as const,
        ]
      : []),
  ]
  const areas: Button[] = [
    ...(area ? [make(network, 'area', t('calendar-do-area', { area: area.name }), area.id)] : []),
    ...(hasAreas
      ? [{ label: t(area ? 'calendar-do-other-area' : 'calendar-do-areas'), token: token('calendar', 'areas', network.id) }]
      : []),
  ]
  const rows: Button[][] = [
    [make(network, 'network', t('calendar-do-network', { network: network.name }))],
    areas,
    [make(network, 'person', t('calendar-do-person'))],
    ...(isCoordinator ? [[{ label: t('calendar-do-page'), token: token('calendar', 'page', network.id) }]] : []),
    ...mine.map((one): Button[] => [
      { label: t('calendar-do-one', { what: whatOf(one, network, speech) }), token: token('calendar', 'one', one.id) },
    ]),
  ]
  return view({ lang: locale, blocks, buttons: rows, brief: said ?? t('calendar-title') })
}

function make(network: Place, kind: FeedKind, label: string, ...more: readonly string[]): Button {
  return { label, token: token('calendar', 'make', network.id, kind, ...more) }
}

/** Areas in one page of the list. */
const PAGE = 12

/** Which area? `wanted`: the number of the page. */
export function areasView(network: Place, areas: readonly Place[], wanted: string | undefined, { texts }: Speech): View {
  const { t, locale } = texts
  const last = Math.max(0, Math.ceil(areas.length / PAGE) - 1)
  const at = Math.min(Math.max(0, Number.parseInt(wanted ?? '0', 10) || 0), last)
  const turn = (key: TextKey, to: number): Button => ({ label: t(key), token: token('calendar', 'areas', network.id, to) })
  const rows = areas.slice(at * PAGE, (at + 1) * PAGE).map((area): Button[] => [make(network, 'area', area.name, area.id)])
  const turns = [...(at > 0 ? [turn('calendar-page-before', at - 1)] : []), ...(at < last ? [turn('calendar-page-after', at + 1)] : [])]
  return view({
    lang: locale,
    blocks: [{ kind: 'text', text: t('calendar-areas-question') }],
    buttons: [...rows, turns, [back(network.id, texts.t)]],
  })
}

function back(networkId: string, t: Speech['texts']['t']): Button {
  return { label: t('calendar-back'), token: token('calendar', 'feed', networkId) }
}

/** "all of Ancoats and around (made Monday 2 November, 09:00, not read yet)" */
export function linkLine(one: LinkLike, network: Place, speech: Speech): string {
  const { t } = speech.texts
  return t(one.endsAt ? 'calendar-line-until' : 'calendar-line', {
    what: whatOf(one, network, speech),
    since: shortTime(one.createdAt, speech),
    until: one.endsAt ? shortTime(one.endsAt, speech) : '',
    used: one.usedAt ? t('calendar-used', { when: shortTime(one.usedAt, speech) }) : t('calendar-used-never'),
  })
}

/** A link that stands, with what its owner can do with it. The link itself is not known any more. */
export function linkCard(one: LinkLike, network: Place, links: boolean, speech: Speech, said?: string): View {
  const { t, locale } = speech.texts
  const anew: Button =
    one.kind === 'page'
      ? { label: t('calendar-do-renew'), token: token('calendar', 'page', one.networkId) }
      : { label: t('calendar-do-renew'), token: token('calendar', 'renew', one.id) }
  return view({
    lang: locale,
    blocks: [
      ...(said ? [{ kind: 'text', text: said } as const] : []),
      { kind: 'text', text: linkLine(one, network, speech) },
      { kind: 'quiet', text: t('calendar-hidden') },
    ],
    buttons: [[...(links ? [anew] : []), end(one.id, t)], [back(one.networkId, t)]],
  })
}

function end(id: string, t: Speech['texts']['t']): Button {
  return { label: t('calendar-do-off'), token: token('calendar', 'off', id), look: 'danger' }
}

/** A new link: the only time that it is shown. No button but the one that ends it takes its place. */
export function newLink(one: LinkLike, network: Place, url: string, speech: Speech): View {
  const { t, locale } = speech.texts
  const what = whatOf(one, network, speech)
  const isPage = one.kind === 'page'
  const blocks: Block[] = isPage
    ? [
        { kind: 'text', text: t('calendar-page-ready', { network: network.name, until: one.endsAt ? fullTime(one.endsAt, speech) : '' }) },
        { kind: 'link', label: t('calendar-page-link'), url },
        { kind: 'quiet', text: t('calendar-page-secret') },
      ]
    : [
        { kind: 'text', text: t('calendar-ready', { what }) },
        { kind: 'link', label: t('calendar-link'), url },
        { kind: 'text', text: t('calendar-how') },
        { kind: 'list', items: (['calendar-how-google', 'calendar-how-apple', 'calendar-how-outlook'] as const).map(key => t(key)) },
        { kind: 'text', text: t('calendar-how-webcal', { scheme: url.slice(0, url.indexOf('//') + 2) }) },
        { kind: 'quiet', text: t('calendar-secret', { kind: one.kind }) },
      ]
  // A notification must not show it.
  const brief = t(isPage ? 'calendar-page-brief' : 'calendar-brief')
  return view({ lang: locale, blocks, buttons: [[end(one.id, t)]], brief })
}
