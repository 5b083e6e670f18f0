import type { Block, View } from '../view/view.ts'

/** A file of words that goes with a message. `about`: what it is, in words. */
export interface TextFile {
  readonly name: string
  readonly text: string
  readonly about: string
}

/** The files of a view. */
export const filesIn = ({ blocks }: View): readonly TextFile[] =>
  blocks.flatMap(block => (block.kind === 'file' ? [{ name: block.name, text: block.text, about: block.about }] : []))

const tight: ReadonlySet<Block['kind']> = new Set(['when', 'link', 'quiet', 'file'])

/** What stands between two blocks of one text: an empty line, none under a title and none between lines that belong together. */
export const gap = (before: Block, after: Block): string =>
  before.kind === 'title' || (before.kind === after.kind && tight.has(after.kind)) ? '\n' : '\n\n'
