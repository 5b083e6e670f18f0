import { sentence } from '../view/make.ts'
import type { View } from '../view/view.ts'
import type { Capabilities, Inbound, Reply, Workbench } from './adapter.ts'
import { whisperTo } from './whisper.ts'

type Bench = Pick<Workbench, 'words'>

/** One of the adapter's own texts, in that language or English, perhaps with buttons under it. */
export const say = (bench: Bench, locale: string | undefined, key: string, buttons?: View['buttons']): View =>
  sentence(locale ?? 'en', bench.words(locale, key), buttons)

/** What people do that waits for an answer. */
const waits: ReadonlySet<string> = new Set(['command', 'press', 'shortcut', 'started', 'submit', 'text'])

/** What is told, instead of replies, to somebody whose deed broke; nothing where nobody waits. `key`: of the text that says so. */
export function sorry(bench: Bench, key: string, can: Pick<Capabilities, 'whisper'>, inbound: Inbound): readonly Reply[] {
  if (!waits.has(inbound.event.kind)) return []
  return [{ kind: whisperTo(can, inbound) ? 'whisper' : 'say', view: say(bench, inbound.person.locale, key) }]
}
