import type { types } from '@slack/bolt'
import { filesIn, type TextFile } from '../../src/platform/layout.ts'
import { withAddresses } from '../../src/view/addresses.ts'
import { barLine, besideRows } from '../../src/view/bar.ts'
import { momentIn, secondsOf } from '../../src/view/moment.ts'
import { pictureIn } from '../../src/view/pictured.ts'
import { plain, plainBlock } from '../../src/view/plain.ts'
import { shorten } from '../../src/view/sanitize.ts'
import type { Bar, Block, Button, PictureBlock, View, WhenBlock } from '../../src/view/view.ts'
import { capabilities, longest } from './capabilities.ts'

type Native = types.KnownBlock

/** A message as Slack takes it. `text` is what notifications and screen readers say. */
export interface Encoded {
  readonly text: string
  readonly blocks: Native[]
  readonly files: readonly TextFile[]
  readonly picture?: PictureBlock | undefined
}

/**
 * A view as a Slack message; undefined where it is too long. Words are data: plain text everywhere, marks only around what we make
 * ourselves. `file`: Slack's id of its picture; without it words say what the picture shows.
 */
export function encode(view: View, file?: string): Encoded | undefined {
  const words = plain(view)
  const all = view.buttons.filter(row => row.length > 0)
  if (words.length > capabilities.limits.text || all.length > capabilities.limits.rows) return undefined
  const { beside, below } = besideRows(view)
  const rich = view.blocks.flatMap((block, i) => encodeBlock(block, `b${i}`, file, beside))
  const isRich = rich.length + below.length <= longest.blocks
  const full = isRich ? rich : view.blocks.flatMap((block, i) => encodeBlock(block, `b${i}`, file))
  const buttons = (isRich ? below : all).map(encodeRow)
  const shown =
    full.length + buttons.length <= longest.blocks ? full : [...sections(words, 'b0'), ...full.filter(({ type }) => type === 'image')]
  const spoken = shown.length > 0 ? shown : sections(view.brief, 'b0')
  return {
    text: escaped(view.brief),
    blocks: [...spoken, ...buttons],
    files: filesIn(view),
    picture: file === undefined ? undefined : pictureIn(view),
  }
}

/** The three signs with which a mark may begin or end. */
export const escaped = (text: string): string =>
  text.toWellFormed().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Words that stay words: nothing pings, nothing links, and `:smile:` stays as it is. */
export const words = (text: string): types.PlainTextElement => ({ type: 'plain_text', text: text.toWellFormed(), emoji: false })

/** Slack's own marks: only around what we make ourselves. */
const mrkdwn = (text: string): types.MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true })

function encodeBlock(block: Block, id: string, file: string | undefined, beside: Beside = new Map()): Native[] {
  const text = plainBlock(block)
  if (text.trim() === '') return []
  switch (block.kind) {
    case 'title':
      return text.length <= longest.header ? [{ type: 'header', block_id: id, text: words(text) }] : sections(text, id)
    case 'picture':
      return file === undefined
        ? quiet(text, id)
        : [{ type: 'image', block_id: id, slack_file: { id: file }, alt_text: shorten(text, longest.alt) }]
    case 'quiet':
      return quiet(text, id)
    case 'quote':
      return [{ type: 'rich_text', block_id: id, elements: [{ type: 'rich_text_quote', elements: said(text) }] }]
    case 'struck':
      return [{ type: 'rich_text', block_id: id, elements: [{ type: 'rich_text_section', elements: said(text, { strike: true }) }] }]
    case 'when':
      return [{ type: 'rich_text', block_id: id, elements: [moment(block)] }]
    case 'link':
      return [{ type: 'section', block_id: id, text: link(block.label, block.url) }]
    case 'bars':
      return block.rows.some(({ token = '' }) => beside.has(token))
        ? block.rows.flatMap((row, i) => rowOf(row, `${id}:${i}`, beside.get(row.token ?? '')))
        : sections(block.rows.map(barLine).join('\n'), id)
    default:
      return sections(text, id)
  }
}

type Beside = ReadonlyMap<string, Button>

/** A row of a tally with the button that chooses it, which a screen reader calls by the words of the row. */
function rowOf(row: Bar, id: string, button: Button | undefined): Native[] {
  if (!button) return sections(barLine(row), id)
  const accessory = { ...encodeButton(button, `v${id}`), accessibility_label: shorten(row.label, capabilities.limits.label) }
  return pieces(barLine(row), id).map(([block_id, piece], i) => ({
    ...{ type: 'section', block_id, text: words(piece) },
    ...(i === 0 && { accessory }),
  }))
}

const quiet = (text: string, id: string): Native[] =>
  pieces(text, id).map(([block_id, piece]) => ({ type: 'context', block_id, elements: [words(piece)] }))

/** Words stand in plain text; with addresses among them, which are to be links, in a rich one, which has no marks either. */
const sections = (text: string, id: string): Native[] =>
  pieces(text, id).map(([block_id, piece]) =>
    withAddresses(piece).some(({ isAddress }) => isAddress)
      ? { type: 'rich_text', block_id, elements: [{ type: 'rich_text_section', elements: said(piece) }] }
      : { type: 'section', block_id, text: words(piece) },
  )

/** Words and addresses, as a rich text holds them. */
const said = (text: string, style?: { readonly strike: true }): types.RichTextElement[] =>
  withAddresses(text.toWellFormed()).map(piece => ({
    ...(piece.isAddress ? { type: 'link', url: piece.text } : { type: 'text', text: piece.text }),
    ...(style && { style }),
  }))

/** A text in pieces that one block takes, cut between whole characters; what goes on with a piece before is marked so in its id. */
function pieces(text: string, id: string): (readonly [string, string])[] {
  const all: (readonly [string, string])[] = []
  for (let from = 0; from < text.length; ) {
    const isSplitPair = /[\uD800-\uDBFF]/.test(text.charAt(from + longest.section - 1))
    const to = Math.min(text.length, from + longest.section - (isSplitPair ? 1 : 0))
    all.push([all.length === 0 ? id : `${id}~${all.length}`, text.slice(from, to)])
    from = to
  }
  return all
}

/** A moment on each reader's own clock, on a day that is called "tomorrow" when it is; where an app cannot show that, as it was written. */
function moment(block: WhenBlock): types.RichTextSection {
  const { before, clock, zone, after } = momentIn(block)
  const date = { type: 'date' as const, timestamp: secondsOf(block), format: '{date_long_pretty}, {time}', fallback: `${clock}${zone}` }
  return { type: 'rich_text_section', elements: [...said(before), ...(clock === '' ? [] : [date]), ...said(after)] }
}

function link(label: string, url: string): types.PlainTextElement | types.MrkdwnElement {
  if (!/^(?:https?|mailto):/i.test(url)) return words(`${label}: ${url}`)
  const address = escaped(url.replaceAll('|', '%7C').replaceAll(' ', '%20'))
  return mrkdwn(`<${address}|${escaped(label).replaceAll('|', '¦')}>`)
}

const encodeRow = (row: readonly Button[], at: number): Native => ({
  ...{ type: 'actions', block_id: `r${at}` },
  elements: row.map((button, i) => encodeButton(button, `r${at}:${i}`)),
})

function encodeButton(button: Button, action_id: string): types.Button {
  const made = { type: 'button' as const, action_id, text: words(shorten(button.label, capabilities.limits.label) || '…') }
  if ('url' in button) return { ...made, url: button.url }
  const style = button.look === 'danger' ? 'danger' : button.look === 'main' || button.chosen ? 'primary' : undefined
  return { ...made, value: button.token, ...(style && { style }) }
}
