import type { Capabilities } from '../platform/adapter.ts'
import { plainBlock } from './plain.ts'
import { shorten } from './sanitize.ts'
import type { Block, Button, View } from './view.ts'

type Limits = Capabilities['limits']

/** A view that must stay whole is too long for a platform: the flow that made it should have refused the words. */
export class TooLong extends Error {}

/**
 * Cuts a view into messages that a platform takes: in order, nothing left out, the buttons under the last one.
 * Labels longer than the platform shows end in "…" (the whole words stand in the text). Throws `TooLong` for a `whole` view that does not fit.
 */
export function fit(view: View, limits: Limits): readonly View[] {
  const buttons = fitButtons(view.buttons, limits)
  const parts = parted(view.blocks, limits)
  const whole = parts.length <= 1 && buttons.length <= 1
  if (view.whole && !whole) throw new TooLong('A view that may not be split does not fit the platform.')
  const messages: View[] = parts.map(blocks => ({ ...view, blocks, buttons: [] }))
  const last = messages.pop() ?? { ...view, blocks: [], buttons: [] }
  messages.push({ ...last, buttons: buttons[0] ?? [] })
  for (const more of buttons.slice(1)) messages.push({ ...view, blocks: [{ kind: 'quiet', text: '…' }], buttons: more })
  return messages
}

/** Rows that are no longer than the platform's, in pages of as many rows as it takes. */
function fitButtons(rows: readonly (readonly Button[])[], limits: Limits): readonly (readonly Button[])[][] {
  const room = rows
    .flatMap(row => chunk(row, limits.perRow))
    .map(row => row.map(button => ({ ...button, label: shorten(button.label, limits.label) })))
  const dense = room.length <= limits.rows ? room : chunk(room.flat(), limits.perRow)
  return chunk(dense, limits.rows)
}

/** What stands beside a picture is shorter on some platforms; where it is too long for that, the picture is a message of its own. */
function parted(blocks: readonly Block[], { text, caption }: Limits): Block[][] {
  const hasPicture = blocks.some(block => block.kind === 'picture')
  const beside = hasPicture ? cut(blocks, Math.min(text, caption), tied) : []
  return beside.length === 1 ? beside : cut(blocks, text, alone)
}

const tied: ReadonlySet<Block['kind']> = new Set(['file'])
const alone: ReadonlySet<Block['kind']> = new Set(['file', 'picture'])

/** Blocks in messages of at most `max` UTF-16 units, as `plainBlock` writes them. `single`: the kinds that are a message of their own. */
function cut(blocks: readonly Block[], max: number, single: ReadonlySet<Block['kind']>): Block[][] {
  const parts: Block[][] = []
  let room = 0
  for (const block of blocks.flatMap(whole => split(whole, max))) {
    const need = plainBlock(block).length + 1
    const last = parts.at(-1)
    if (last && need <= room && !single.has(block.kind)) {
      last.push(block)
      room -= need
      continue
    }
    parts.push([block])
    room = single.has(block.kind) ? 0 : max - need
  }
  return parts
}

/** A block that alone is too long, as several of its kind. */
function split(block: Block, max: number): Block[] {
  if (plainBlock(block).length <= max) return [block]
  switch (block.kind) {
    case 'title':
    case 'text':
    case 'quiet':
    case 'quote':
    case 'struck':
      return pieces(block.text, max).map(text => ({ ...block, text }))
    case 'list':
      return halves(block.items).flatMap(items => split({ kind: 'list', items, ...(block.numbered ? { numbered: false } : {}) }, max))
    case 'facts':
      return block.rows.length > 1
        ? halves(block.rows).flatMap(rows => split({ ...block, rows }, max))
        : block.rows.flatMap(row => split({ kind: 'text', text: plainBlock({ ...block, rows: [row] }) }, max))
    case 'bars':
      return block.rows.length > 1 ? halves(block.rows).flatMap(rows => split({ ...block, rows }, max)) : [block]
    case 'when':
    case 'link':
    case 'file':
    case 'event':
    case 'picture':
      return [block]
  }
}

/** Text cut at line ends where there are some, else at spaces, else between whole characters. */
function pieces(text: string, max: number): string[] {
  const out: string[] = []
  let rest = text
  while (rest.length > max) {
    const head = rest.slice(0, max)
    const at = Math.max(head.lastIndexOf('\n'), 0) || Math.max(head.lastIndexOf(' '), 0) || wholeCharacters(head)
    out.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  if (rest) out.push(rest)
  return out
}

/** Where the last whole character of a text ends that was cut at a UTF-16 unit. */
function wholeCharacters(head: string): number {
  let end = 0
  for (const { segment, index } of new Intl.Segmenter().segment(head))
    end = index + segment.length < head.length ? index + segment.length : end
  return end || head.length
}

function halves<T>(all: readonly T[]): T[][] {
  const middle = Math.ceil(all.length / 2)
  return [all.slice(0, middle), all.slice(middle)]
}

function chunk<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
