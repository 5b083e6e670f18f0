import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import { shortTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { type Answer, nameOf, stageOf } from './domain.ts'
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
  readonly answer: Answer
  readonly party: number
  readonly needs: string | null
  readonly came: boolean
  /** Said after the last change that they still come. */
  readonly still: boolean
}

/** How many of them one page has. */
export const GUESTS = 40

/** One page of them, counted from 0. */
export interface Page {
  readonly guests: readonly Guest[]
  readonly at: number
  readonly last: number
}

/** Who has answered, for the host alone. Pure. */
export function guestsView(one: WholeForum, page: Page, speech: Speech): View {
  const { t, locale } = speech.texts
  const items = page.guests.map(({ name, answer, party, came, still }) => {
    const line = t(`forums-guest-${answer}`, { name, with: party - 1 })
    if (came) return t('forums-guest-came', { line })
    return still ? t('forums-guest-still', { line }) : line
  })
  const blocks: Block[] = [
    { kind: 'title', text: t('forums-guests-title', { theme: one.theme }) },
    ...(items.length > 0 ? [{ kind: 'list', items } as const] : [{ kind: 'text', text: t('forums-guests-none') } as const]),
    { kind: 'quiet', text: t('forums-guests-keep') },
  ]
  return view({ lang: locale, blocks, buttons: [turns(one, 'who', page, speech), [back(one, speech)]] })
}

/** What people need to be able to come, for the host alone. Pure. */
export function wantsView(one: WholeForum, page: Page, gone: string, speech: Speech): View {
  const { t, locale } = speech.texts
  const needs = page.guests
  const blocks: Block[] = [
    { kind: 'title', text: t('forums-wants-title', { theme: one.theme }) },
    ...(needs.length > 0
      ? [{ kind: 'list', items: needs.map(({ name, needs: words }) => t('forums-wants-line', { name, needs: words ?? '' })) } as const]
      : [{ kind: 'text', text: t('forums-wants-none') } as const]),
    { kind: 'quiet', text: t('forums-wants-keep', { when: gone }) },
  ]
  return view({ lang: locale, blocks, buttons: [turns(one, 'wants', page, speech), [back(one, speech)]] })
}

/** To the pages before and after this one. */
function turns(one: WholeForum, action: 'who' | 'wants', { at, last }: Page, { texts: { t } }: Speech): Button[] {
  const turn = (label: TextKey, page: number): Button => ({ label: t(label), token: token('forums', action, one.id, page) })
  return [...(at > 0 ? [turn('places-page-before', at - 1)] : []), ...(at < last ? [turn('places-page-after', at + 1)] : [])]
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
