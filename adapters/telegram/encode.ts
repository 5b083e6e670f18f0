import type { InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity } from 'grammy/types'
import { filesIn, gap, type TextFile } from '../../src/platform/layout.ts'
import { addressesOr, isAddress } from '../../src/view/addresses.ts'
import { barLine } from '../../src/view/bar.ts'
import { momentIn, secondsOf } from '../../src/view/moment.ts'
import { pictureIn } from '../../src/view/pictured.ts'
import { plainBlock } from '../../src/view/plain.ts'
import type { Block, Button, View, WhenBlock } from '../../src/view/view.ts'
import { longest } from './capabilities.ts'

/** A message as Telegram takes it. Words are data: marks are entities, no parse mode is ever used. */
export interface Encoded {
  readonly text: string
  readonly entities: MessageEntity[]
  readonly markup: InlineKeyboardMarkup | undefined
  readonly files: readonly TextFile[]
}

/** A view as a Telegram message. Where the air between its parts, the joiners in it or drawn bars would make it too long, they are left out. */
export function encode(view: View): Encoded {
  const airy = write(view, joined, gap, block => (block.kind === 'bars' ? block.rows.map(barLine).join('\n') : plainBlock(block)))
  const most = pictureIn(view) ? longest.caption : longest.text
  const { text, entities } = airy.text.length <= most ? airy : write(view, swapped, () => '\n', plainBlock)
  return { text: text || view.brief, entities, markup: keyboard(view.buttons), files: filesIn(view) }
}

type Harmless = (words: string) => string

/** `@name`, `example.org` and `scheme://…`, which Telegram by itself turns into links. */
const linking = addressesOr('@(?=\\w)|(?<=[\\p{L}\\p{N}_-])\\.(?=[\\p{L}\\p{N}_-])|:(?=\\/\\/)')

/**
 * Words that stay words. The word joiner is not seen, has no width and ends what Telegram takes for a name or a link (the zero-width non-joiner does
 * not: Telegram reads it as part of a link). A whole address has none in it: copied, it must open. Commands stay live: a tap on one only sends it as the
 * reader's own message.
 */
export const joined: Harmless = words => words.replaceAll(linking, found => (isAddress(found) ? found : `${found}\u2060`))

const twins: Readonly<Record<string, string>> = { '@': '＠', '.': '․', ':': '：' }

/** The same without a character more, with look-alikes: for words that fill the message to the brim. */
export const swapped: Harmless = words => words.replaceAll(linking, sign => twins[sign] ?? sign)

function write(
  view: View,
  harmless: Harmless,
  between: (before: Block, after: Block) => string,
  plain: (block: Block) => string,
): { text: string; entities: MessageEntity[] } {
  const entities: MessageEntity[] = []
  let text = ''
  for (const [i, block] of view.blocks.entries()) {
    const before = view.blocks[i - 1]
    text += before ? between(before, block) : ''
    const offset = text.length
    const { words, times } =
      block.kind === 'when' ? timed(block, harmless) : { words: block.kind === 'link' ? block.label : harmless(plain(block)), times: [] }
    text += words
    const mark = markOf(block)
    if (mark && words.trim() !== '') entities.push({ ...mark, offset, length: words.length })
    entities.push(...times.map(time => ({ ...time, offset: time.offset + offset })))
  }
  return { text, entities }
}

/**
 * A moment that the app draws in the reader's own zone, and in place of the zone's name how far off it is: an app that is too old for that shows the words as
 * they are.
 */
function timed(
  block: WhenBlock,
  harmless: Harmless,
): { readonly words: string; readonly times: readonly MessageEntity.DateTimeMessageEntity[] } {
  const { before, clock, zone, after } = momentIn(block)
  const lead = harmless(before)
  const words = `${lead}${clock}${zone}${harmless(after)}`
  if (clock === '') return { words, times: [] }
  const time = { type: 'date_time', unix_time: secondsOf(block) } as const
  return {
    words,
    times: [
      { ...time, date_time_format: 'wDt', offset: lead.length, length: clock.length },
      // Inside the brackets.
      ...(zone === ''
        ? []
        : [{ ...time, date_time_format: 'r', offset: lead.length + clock.length + 2, length: zone.length - 3 } as const]),
    ],
  }
}

type Mark = { type: 'bold' | 'italic' | 'blockquote' | 'strikethrough' } | { type: 'text_link'; url: string }

function markOf(block: Block): Mark | undefined {
  switch (block.kind) {
    case 'title':
      return { type: 'bold' }
    // Telegram has no other place for what a picture shows.
    case 'picture':
    case 'quiet':
      return { type: 'italic' }
    case 'quote':
      return { type: 'blockquote' }
    case 'struck':
      return { type: 'strikethrough' }
    case 'link':
      return { type: 'text_link', url: block.url }
    default:
      return undefined
  }
}

function keyboard(rows: View['buttons']): InlineKeyboardMarkup | undefined {
  const shown = rows.filter(row => row.length > 0)
  return shown.length > 0 ? { inline_keyboard: shown.map(row => row.map(encodeButton)) } : undefined
}

const styles = { main: 'primary', danger: 'danger' } as const

function encodeButton(button: Button): InlineKeyboardButton {
  if ('url' in button) return { text: button.label, url: button.url }
  const style = button.look ? styles[button.look] : button.chosen ? 'success' : undefined
  return { text: button.label, callback_data: button.token, ...(style && { style }) }
}
