import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import { fullTime } from '../texts/when.ts'
import { sentence, view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { newsView } from './view-news.ts'
import { placeRows, type Shown, whenBlocks } from './view-post.ts'

/** What people who answered are told in private. Pure. */

/** A place has come free for somebody on the waiting list. */
export function offerView(one: Shown, until: Date, speech: Speech): View {
  const { t, locale } = speech.texts
  const text = t('forums-offer', { theme: one.theme, when: fullTime(one.startsAt, speech), until: fullTime(until, speech) })
  return sentence(locale, text, [offerButtons(one.id, speech)])
}

export function offerButtons(id: string, { texts: { t } }: Speech): readonly Button[] {
  return [
    { label: t('forums-do-accept'), token: token('forums', 'go', id), look: 'main' },
    { label: t('forums-do-decline'), token: token('forums', 'cant', id) },
  ]
}

/** The place was not taken up in time. */
export function lapsedView(one: Shown, speech: Speech): View {
  const { t, locale } = speech.texts
  return sentence(locale, t('forums-lapsed', { theme: one.theme }), [[mineButton(one.id, speech)]])
}

export function mineButton(id: string, { texts: { t } }: Speech): Button {
  return { label: t('forums-do-mine'), token: token('forums', 'mine', id) }
}

/** The time is near. */
export function remindedView(one: Shown, speech: Speech): View {
  const { t, locale } = speech.texts
  const text = t('forums-remind-you', { theme: one.theme })
  const blocks: Block[] = [
    { kind: 'text', text },
    ...whenBlocks(one, speech),
    { kind: 'facts', rows: placeRows(one, speech) },
    ...(one.link ? [{ kind: 'link', label: t('forums-link'), url: one.link } as const] : []),
  ]
  return view({ lang: locale, blocks, buttons: [[mineButton(one.id, speech)]], brief: text })
}

/** A change, or that it is cancelled. */
export function changedView(one: Shown, isComing: boolean, speech: Speech): View {
  return newsView(one, speech, isComing ? 'coming' : 'others')
}
