import type { Speech } from '../feature/context.ts'
import { token } from '../feature/token.ts'
import { quiet, text } from '../kit/page.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'
import { overBy } from './domain.ts'
import type { WholeForum } from './forum.ts'
import type { ForumSettings } from './settings.ts'
import { partButtons } from './view-card.ts'
import { changeRows } from './view-from.ts'

interface Change {
  readonly draft: string
  readonly before: ForumSettings
  readonly after: ForumSettings
  readonly names: readonly (keyof ForumSettings)[]
  /** The chats where the forum stands, and how many have answered and not said that they cannot. */
  readonly chats: number
  readonly answers: number
  /** Time or place change: people are told. */
  readonly isNews: boolean
  readonly said: string | undefined
}

/** What changes and from what, and who hears of it: before anything is sent. Pure. */
export function changeCard(one: WholeForum, change: Change, speech: Speech): View {
  const { t, locale } = speech.texts
  const { draft, before, after, names, chats, answers, isNews, said } = change
  const title = t('forums-change-title', { theme: one.theme })
  const over = overBy({ ...one, capacity: after.capacity })
  const blocks: Block[] = [
    ...(said ? [text(said)] : []),
    { kind: 'title', text: title },
    { kind: 'facts', rows: [...changeRows(before, after, names, speech)] },
    text(t(isNews ? 'forums-change-told' : 'forums-change-quiet', { chats, answers })),
    ...(names.includes('capacity') && over > 0 ? [text(t('forums-over-by', { n: over }))] : []),
  ]
  const to = (action: string, label: string): Button => ({ label, token: token('forums', action, draft) })
  const buttons: Button[][] = [
    [
      { ...to('send', t('forums-change-send')), look: 'main' },
      { ...to('leave', t('forums-draft-drop')), look: 'danger' },
    ],
    ...partButtons(one.id, speech),
    [{ label: t('places-back'), token: token('forums', 'show', one.id) }],
  ]
  return view({ lang: locale, blocks: [...blocks, quiet(t('forums-change-not-yet'))], buttons, brief: said ?? title })
}
