import type { KnownBlock, RichTextBlock, RichTextElement } from '@slack/types'
import { type How, markdown, mrkdwn, nothing, plain, type Shown, together } from './mrkdwn.ts'

interface TextObject {
  readonly type: string
  readonly text: string
  readonly verbatim?: boolean
}

const isText = (value: unknown): value is TextObject =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string' && 'type' in value

/** A text object as it would be shown; plain text pings and links nothing. */
function textShown(text: TextObject): Shown {
  if (text.type !== 'mrkdwn') return plain(text.text)
  const how: How = text.verbatim ? {} : { finds: true }
  return mrkdwn(text.text, how)
}

/** All that a block would show, from the top to the bottom: its texts, labels of buttons, options, placeholders left out. */
export function blockShown(block: KnownBlock): Shown {
  if (block.type === 'markdown') return markdown(block.text)
  if (block.type === 'rich_text') return richShown(block)
  return together(partsOf(block))
}

/** The same without what is to be pressed beside its words. */
export function wordsShown(block: KnownBlock): Shown {
  if (block.type !== 'section') return blockShown(block)
  const { accessory: _, ...words } = block
  return blockShown(words)
}

const hidden: ReadonlySet<string> = new Set(['placeholder', 'confirm', 'initial_option', 'initial_options', 'options', 'option_groups'])

function partsOf(value: unknown): Shown[] {
  if (Array.isArray(value)) return value.flatMap(item => partsOf(item))
  if (typeof value !== 'object' || value === null) return []
  if (isText(value) && (value.type === 'mrkdwn' || value.type === 'plain_text')) return [textShown(value)]
  const picture = 'alt_text' in value && typeof value.alt_text === 'string' ? [plain(value.alt_text)] : []
  const own = 'url' in value && typeof value.url === 'string' ? [{ ...nothing, links: [value.url] }] : []
  return [
    ...picture,
    ...own,
    ...Object.entries(value)
      .filter(([name]) => !hidden.has(name) || optionsAreSeen(value, name))
      .flatMap(([, inner]) => partsOf(inner)),
  ]
}

/** Radio buttons and checkboxes stand open; a menu's options are seen only once it is opened. */
const optionsAreSeen = (owner: object, name: string): boolean =>
  name === 'options' && 'type' in owner && (owner.type === 'radio_buttons' || owner.type === 'checkboxes')

function richShown(block: RichTextBlock): Shown {
  const parts: Shown[] = []
  for (const element of block.elements) {
    for (const inner of element.elements) {
      if ('elements' in inner) parts.push(...inner.elements.map(richElement))
      else parts.push(richElement(inner))
    }
  }
  return { ...together(parts, ''), text: parts.map(part => part.text).join('') }
}

function richElement(element: RichTextElement): Shown {
  switch (element.type) {
    case 'text':
      return plain(element.text)
    case 'link':
      return { ...nothing, text: element.text ?? element.url, links: [element.url] }
    case 'user':
      return { ...nothing, text: `@${element.user_id}`, pings: [element.user_id] }
    case 'usergroup':
      return { ...nothing, text: `@${element.usergroup_id}`, pings: [element.usergroup_id] }
    case 'broadcast':
      return { ...nothing, text: `@${element.range}`, pings: [element.range] }
    case 'channel':
      return { ...nothing, text: `#${element.channel_id}`, links: [`#${element.channel_id}`] }
    case 'date':
      return plain(element.fallback ?? '')
    case 'emoji':
      return plain(`:${element.name}:`)
    default:
      return nothing
  }
}
