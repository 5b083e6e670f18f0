import { whisper } from '../feature/replies.ts'
import type { Adapter, Inbound, Reply } from '../platform/adapter.ts'
import type { Catalogues } from '../texts/texts.ts'
import { sentence } from '../view/make.ts'
import { fitWords } from './respond.ts'

/** What a person did that can be answered. Of other things nobody waits for a word. */
const answered: ReadonlySet<Inbound['event']['kind']> = new Set(['command', 'press', 'shortcut', 'started', 'submit', 'text', 'home'])

export function isAnswered({ event }: Inbound): boolean {
  return answered.has(event.kind)
}

/** What somebody hears whose deed cannot be written down yet: that it is done later, where their platform keeps it, else that they are to do it again. */
export function unavailableWords(texts: Catalogues, inbound: Inbound, adapter: Adapter, isVote: boolean): readonly Reply[] {
  const { kind } = inbound.event
  const { t, locale } = texts.in(inbound.person.locale)
  const tapped = kind === 'press' || kind === 'started' || kind === 'home'
  const later = isVote ? t('app-away-vote-later') : t('app-away-later')
  const again = tapped ? t('app-away-tap') : t('app-away-again')
  const view = sentence(locale, adapter.can.keeps ? later : again)
  return kind === 'home' ? [{ kind: 'home', view }] : fitWords(whisper(view), inbound, adapter)
}
