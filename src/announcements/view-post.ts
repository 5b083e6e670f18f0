import type { Speech } from '../feature/context.ts'
import { shortTime } from '../texts/when.ts'
import { hostOf } from '../view/link.ts'
import { view } from '../view/make.ts'
import type { Block, View } from '../view/view.ts'
import type { WholeAnnouncement } from './announcement.ts'
import { parts } from './domain.ts'

type Shown = Pick<WholeAnnouncement, 'state' | 'words' | 'link' | 'changedAt' | 'picture'>

/** An announcement as it stands in a space: people's own words first. Pure. */
export function postView(one: Shown, speech: Speech): View {
  const { t, locale } = speech.texts
  if (one.state === 'withdrawn') {
    const blocks: Block[] = [
      { kind: 'text', text: t('announcements-post-withdrawn') },
      { kind: 'struck', text: one.words },
    ]
    return view({ lang: locale, blocks, brief: t('announcements-post-withdrawn'), whole: true })
  }
  const { title, text } = parts(one.words)
  const blocks: Block[] = [
    ...(title === undefined ? [] : [{ kind: 'title', text: title } as const]),
    { kind: 'text', text },
    ...(one.link ? [{ kind: 'link', label: t('announcements-link', { host: hostOf(one.link) }), url: one.link } as const] : []),
    ...(one.picture ? [{ kind: 'picture', ...one.picture } as const] : []),
    ...(one.changedAt
      ? [{ kind: 'quiet', text: t('announcements-post-changed', { when: shortTime(one.changedAt, speech) }) } as const]
      : []),
  ]
  return view({ lang: locale, blocks, brief: one.words, whole: true })
}
