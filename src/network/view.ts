import type { Role, Speech } from '../feature.ts'
import type { Args } from '../texts/texts.ts'
import { token } from '../token.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'

/** What the pages of `/network` have in common. */

interface Page {
  readonly title: string
  /** What has just happened, or why not. */
  readonly note?: string | undefined
  readonly blocks?: readonly Block[]
  readonly rows?: readonly (readonly Button[])[]
}

export function page({ texts }: Speech, { title, note, blocks = [], rows = [] }: Page): View {
  const first: Block[] = note ? [{ kind: 'text', text: note }] : []
  return view({ lang: texts.locale, blocks: [...first, { kind: 'title', text: title }, ...blocks], buttons: rows, brief: note ?? title })
}

export function text(words: string): Block {
  return { kind: 'text', text: words }
}

export function quiet(words: string): Block {
  return { kind: 'quiet', text: words }
}

/** A button of a network: its token carries the network's id first. */
export function to(networkId: string, action: string, label: string, ...args: readonly (string | number)[]): Button {
  return { label, token: token('network', action, networkId, ...args) }
}

export function danger(button: Button): Button {
  return { ...button, look: 'danger' }
}

/** Back to the card. */
export function back({ texts: { t } }: Speech, networkId: string, action = 'card', ...args: readonly (string | number)[]): Button {
  return to(networkId, action, t('network-back'), ...args)
}

/** "Really?" with the button that does it and the way back. */
export function sure(speech: Speech, o: { readonly key: string; readonly args?: Args; readonly yes: Button; readonly no: Button }): View {
  return view({ lang: speech.locale, blocks: [text(speech.texts.t(o.key, o.args ?? {}))], buttons: [[danger(o.yes), o.no]] })
}

const PAGE = 12

/** A list that is as long as it likes: only one page of it is ever read. */
interface Long<T> {
  readonly total: number
  /** In an order that stays. */
  read(page: Cut): Promise<readonly T[]>
}

/** Which rows of a list a page has. */
export interface Cut {
  readonly skip: number
  readonly take: number
}

/** One page of a long list, and the buttons that turn to the others. `action` gets the number of the page as its last argument. */
export async function paged<T>(
  long: Long<T>,
  wanted: string | undefined,
  speech: Speech,
  networkId: string,
  action: string,
): Promise<{ readonly some: readonly T[]; readonly turn: readonly Button[] }> {
  const last = Math.max(0, Math.ceil(long.total / PAGE) - 1)
  const at = Math.min(Math.max(0, Number.parseInt(wanted ?? '0', 10) || 0), last)
  const { t } = speech.texts
  const turn = [
    ...(at > 0 ? [to(networkId, action, t('network-page-before'), at - 1)] : []),
    ...(at < last ? [to(networkId, action, t('network-page-after'), at + 1)] : []),
  ]
  return { some: await long.read({ skip: at * PAGE, take: PAGE }), turn }
}

/** "coordinator", "steering group member", "decision maker". */
export function roleName({ texts: { t } }: Speech, role: Role | string): string {
  return t('network-role', { role })
}

/** A list of names in one line, or "nobody". `total`: how many there are, where only the first of them were read. */
export function names({ texts: { t } }: Speech, all: readonly string[], total = all.length): string {
  const said = all.length > 0 ? all.join(', ') : t('network-nobody')
  return total > all.length ? t('network-names-more', { names: said, n: total - all.length }) : said
}
