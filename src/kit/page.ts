import type { Speech } from '../feature/context.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Args } from '../texts/texts.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'

/** Pages in a private answer: a title with what can be done, "Really?", and long lists a page at a time. */

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

export function danger(button: Button): Button {
  return { ...button, look: 'danger' }
}

/** "Really?" with the button that does it and the way back. */
export function sure(speech: Speech, o: { readonly key: TextKey; readonly args?: Args; readonly yes: Button; readonly no: Button }): View {
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

/** One page of a long list, and the buttons that turn to the others. `to`: the button of a page, by its number. */
export async function paged<T>(
  long: Long<T>,
  wanted: string | undefined,
  speech: Speech,
  to: (page: number, label: string) => Button,
): Promise<{ readonly some: readonly T[]; readonly turn: readonly Button[] }> {
  const last = Math.max(0, Math.ceil(long.total / PAGE) - 1)
  const at = Math.min(Math.max(0, Number.parseInt(wanted ?? '0', 10) || 0), last)
  const { t } = speech.texts
  const turn = [...(at > 0 ? [to(at - 1, t('network-page-before'))] : []), ...(at < last ? [to(at + 1, t('network-page-after'))] : [])]
  return { some: await long.read({ skip: at * PAGE, take: PAGE }), turn }
}

interface Listed<T> extends Long<T> {
  readonly title: string
  readonly note?: string | undefined
  /** Which page, as its button says. */
  readonly at: string | undefined
  to(page: number, label: string): Button
  blocks(some: readonly T[]): readonly Block[]
  /** What can be done with one of them. */
  button(one: T, i: number): Button
  /** The last row. */
  readonly below: readonly Button[]
}

/** A page of a long list: its lines, a button for each, and the turning of pages. */
export async function listed<T>(speech: Speech, all: Listed<T>): Promise<View> {
  const { some, turn } = await paged(all, all.at, speech, all.to)
  return page(speech, { ...all, blocks: all.blocks(some), rows: [...some.map((one, i) => [all.button(one, i)]), turn, all.below] })
}
