import { sentence } from '../view/make.ts'
import type { View } from '../view/view.ts'
import type { Capabilities, Inbound, Reply, Workbench } from './adapter.ts'

type Bench = Pick<Workbench, 'words'>

/** One of the adapter's own texts, in that language or English, perhaps with buttons under it. */
export const say = (bench: Bench, locale: string | undefined, key: string, buttons?: View['buttons']): View =>
  sentence(locale ?? 'en', bench.words(locale, key), buttons)

/** What people do that waits for an answer. */
const waits: ReadonlySet<string> = new Set(['command', 'press', 'shortcut', 'started', 'submit', 'text'])

/** What is told, instead of replies, to somebody whose deed broke; nothing where nobody waits. `key`: of the text that says so. */
export function sorry(bench: Bench, key: string, { whisper }: Pick<Capabilities, 'whisper'>, { person, event }: Inbound): readonly Reply[] {
  if (!waits.has(event.kind)) return []
  const isWhisper = whisper.to === 'everything' || event.kind === 'press'
  return [{ kind: isWhisper ? 'whisper' : 'say', view: say(bench, person.locale, key) }]
}
