import type { Speech } from '../feature.ts'
import { shortTime } from '../texts/when.ts'
import { token } from '../token.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { nameOf, stageOf } from './domain.ts'
import type { WholeForum } from './forum.ts'
import type { Shot } from './view-post.ts'

/** One line of the list. Pure. */
export function listItem(one: WholeForum, speech: Speech): string {
  const { t } = speech.texts
  const stage = stageOf(one, speech.now)
  const about = { when: shortTime(one.startsAt, speech), theme: nameOf(one.theme) }
  if (stage === 'cancelled') return t('forums-list-cancelled', about)
  if (stage === 'over') return t('forums-list-over', { ...about, n: one.outcomes.length })
  const place = one.address || t(one.link ? 'forums-list-online' : 'forums-list-open')
  return t('forums-list-line', { ...about, place })
}

/** Somebody on the host's list. */
export interface Guest {
  readonly name: string
  readonly answer: string
  readonly party: number
  readonly needs: string | null
  readonly came: boolean
}

const PAGE = 40

/** Who has answered, for the host alone. Pure. */
export function guestsView(one: WholeForum, guests: readonly Guest[], wanted: number, speech: Speech): View {
  const { t, locale } = speech.texts
  const last = Math.max(0, Math.ceil(guests.length / PAGE) - 1)
  const at = Math.min(Math.max(0, wanted || 0), last)
  const items = guests.slice(at * PAGE, (at + 1) * PAGE).map(({ name, answer, party, came }) => {
    const line = t(`forums-guest-${answer}`, { name, with: party - 1 })
    return came ? t('forums-guest-came', { line }) : line
  })
  const turn = (label: string, page: number): Button => ({ label: t(label), token: token('forums', 'who', one.id, page) })
  const turns = [...(at > 0 ? [turn('places-page-before', at - 1)] : []), ...(at < last ? [turn('places-page-after', at + 1)] : [])]
  const blocks: Block[] = [
    { kind: 'title', text: t('forums-guests-title', { theme: one.theme }) },
    ...(items.length > 0 ? [{ kind: 'list', items } as const] : [{ kind: 'text', text: t('forums-guests-none') } as const]),
    { kind: 'quiet', text: t('forums-guests-keep') },
  ]
  return view({ lang: locale, blocks, buttons: [turns, [back(one, speech)]] })
}

/** What people need to be able to come, for the host alone. Pure. */
export function wantsView(one: WholeForum, guests: readonly Guest[], gone: string, speech: Speech): View {
  const { t, locale } = speech.texts
  const needs = guests.filter(guest => guest.needs !== null)
  const blocks: Block[] = [
    { kind: 'title', text: t('forums-wants-title', { theme: one.theme }) },
    ...(needs.length > 0
      ? [{ kind: 'list', items: needs.map(({ name, needs: words }) => t('forums-wants-line', { name, needs: words ?? '' })) } as const]
      : [{ kind: 'text', text: t('forums-wants-none') } as const]),
    { kind: 'quiet', text: t('forums-wants-keep', { when: gone }) },
  ]
  return view({ lang: locale, blocks, buttons: [[back(one, speech)]] })
}

function back(one: WholeForum, { texts: { t } }: Speech): Button {
  return { label: t('places-back'), token: token('forums', 'show', one.id) }
}

/** What hangs at the door. */
interface Door {
  readonly code: string
  readonly link: string | undefined
  /** The code as a picture. */
  readonly picture: Shot | undefined
}

/** The code that people check in with, for the host to show and to print. Pure. */
export function hereView(one: WholeForum, door: Door, speech: Speech): View {
  const { t, locale } = speech.texts
  const text = t('forums-here-code', { theme: one.theme, code: door.code })
  const said = door.link ? t('forums-here-link', { text, link: door.link }) : text
  const blocks: Block[] = [
    ...(door.picture ? [{ kind: 'picture', ...door.picture } as const] : []),
    { kind: 'text', text: said },
    ...(door.picture ? [{ kind: 'quiet', text: t('forums-here-print') } as const] : []),
  ]
  return view({ lang: locale, blocks, buttons: [[back(one, speech)]], brief: said })
}
