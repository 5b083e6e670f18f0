import { beside, isolated, numbered } from './direction.ts'
import type { Block, View } from './view.ts'

/** A block as plain lines, as a platform without layout shows it. What `fit` measures and what tests read. */
export function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'title':
    case 'text':
    case 'quiet':
    case 'quote':
    case 'struck':
      return block.text
    case 'list':
      return block.items.map((item, i) => (block.numbered ? numbered(i + 1, item) : `• ${isolated(item)}`)).join('\n')
    case 'facts':
      return block.rows.map(({ name, value }) => `${beside(name, value)}: ${beside(value, name)}`).join('\n')
    case 'bars':
      return block.rows.map(row => (row.count === '' ? row.label : `${beside(row.label, row.count)}: ${row.count}`)).join('\n')
    case 'when':
      return block.name === '' ? block.text : `${block.name}: ${block.text}`
    case 'link':
      return `${isolated(block.label)}: ${block.url}`
    case 'file':
    case 'picture':
      return block.about
    case 'event':
      return [block.name, `${block.startsAt} – ${block.endsAt}`, block.place, block.about, block.link].filter(Boolean).join('\n')
  }
}

/** All blocks, one after the other, a line break between them. */
export function plain(view: View): string {
  return view.blocks.map(plainBlock).join('\n')
}
