import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import { fullTime } from '../texts/when.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { stageOf } from './domain.ts'
import { changeRows, differing } from './view-from.ts'
import { placeRows, type Shown, whenBlocks } from './view-post.ts'
import { MATTERS } from './was.ts'

/** Who reads the news: everybody in a chat, or in private somebody who comes, or who has said something else. */
export type Reading = 'chat' | 'coming' | 'others'

/** A change of time or place, and from what; or that it is cancelled. Who comes is asked whether they still can. Pure. */
export function newsView(one: Shown, speech: Speech, reading: Reading = 'chat'): View {
  const { t, locale } = speech.texts
  if (one.state === 'cancelled') return cancelledView(one, speech)
  const text = t('forums-news-changed', { theme: one.theme })
  const rows = fromRows(one, speech)
  const blocks: Block[] = [
    { kind: 'text', text },
    ...(rows.length > 0 ? [{ kind: 'facts', rows: [...rows] } as const] : []),
    { kind: 'text', text: t('forums-news-now') },
    ...whenBlocks(one, speech),
    { kind: 'facts', rows: placeRows(one, speech) },
    { kind: 'text', text: t(`forums-news-ask-${reading}`) },
    ...(reading === 'chat' ? [{ kind: 'quiet', text: t('forums-post-who-sees') } as const] : []),
  ]
  return view({ lang: locale, blocks, buttons: buttons(one, reading, speech), brief: text })
}

function cancelledView(one: Shown, speech: Speech): View {
  const { t, locale } = speech.texts
  const text = t('forums-news-cancelled', { theme: one.theme, when: fullTime(one.startsAt, speech) })
  const blocks: Block[] = [{ kind: 'text', text }, ...(one.why === '' ? [] : [{ kind: 'quote', text: one.why } as const])]
  return view({ lang: locale, blocks, brief: text })
}

/** None where nobody knows what it was before. */
function fromRows(one: Shown, speech: Speech): ReturnType<typeof changeRows> {
  if (!one.was) return []
  const now = { ...one, startsAt: one.startsAt.toISOString() }
  const before = { ...now, ...one.was }
  return changeRows(before, now, differing(before, now, MATTERS), speech)
}

function buttons(one: Shown, reading: Reading, speech: Speech): Button[][] {
  if (['cancelled', 'over'].includes(stageOf(one, speech.now))) return []
  const button = (action: string, label: TextKey): Button => ({ label: speech.texts.t(label), token: token('forums', action, one.id) })
  const still = { ...button('still', 'forums-do-still'), look: 'main' } as const
  const mine = [button('mine', 'forums-do-mine')]
  return reading === 'others' ? [mine] : [[still, button('cant', 'forums-do-cannot')], mine]
}
