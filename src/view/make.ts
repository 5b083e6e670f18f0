import { plain } from './plain.ts'
import { shorten } from './sanitize.ts'
import type { Block, Button, View } from './view.ts'

/** The most characters of a view's `brief`. */
const BRIEF = 190

/** White space that is not just one space. */
const WIDE = /\s\s|[^\S ]/

interface Parts {
  readonly lang: string
  readonly blocks: readonly Block[]
  readonly buttons?: readonly (readonly Button[])[]
  /** Left out: the words of the view itself, shortened. */
  readonly brief?: string
  readonly whole?: boolean
}

/** A view from its parts; rows without a button are dropped. */
export function view({ lang, blocks, buttons = [], brief, whole }: Parts): View {
  const made: View = { lang, blocks, buttons: buttons.filter(row => row.length > 0), brief: '', ...(whole ? { whole } : {}) }
  const words = brief ?? plain(made)
  return { ...made, brief: shorten(WIDE.test(words) ? words.replaceAll(/\s+/g, ' ') : words, BRIEF) }
}

/** One paragraph, perhaps with buttons. */
export function sentence(lang: string, text: string, buttons: readonly (readonly Button[])[] = []): View {
  return view({ lang, blocks: [{ kind: 'text', text }], buttons })
}
