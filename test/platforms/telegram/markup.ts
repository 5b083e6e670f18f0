import type { MessageEntity } from '@grammyjs/types'
import { parseMarkdown } from './markdown.ts'
import { bad, type Refusal } from './refusal.ts'
import type { Words } from './text.ts'

type Plain = 'bold' | 'italic' | 'underline' | 'strikethrough' | 'spoiler' | 'blockquote' | 'code' | 'pre'

const tags: Record<string, Plain | 'link'> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  blockquote: 'blockquote',
  code: 'code',
  pre: 'pre',
  a: 'link',
}

const signs: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

interface Open {
  readonly tag: string
  readonly offset: number
  readonly href: string | undefined
}

/** A text with HTML or MarkdownV2 in it, as plain text with marks; or why Telegram cannot read it. The old Markdown is not done here. */
export function parseMarkup(mode: 'HTML' | 'MarkdownV2' | 'Markdown', text: string): Words | Refusal {
  if (mode === 'Markdown') return bad("can't parse entities: this loop-back server does not do the old Markdown")
  return mode === 'HTML' ? parseHtml(text) : parseMarkdown(text)
}

function parseHtml(source: string): Words | Refusal {
  const entities: MessageEntity[] = []
  const open: Open[] = []
  let text = ''
  for (const part of source.matchAll(/<(\/?)([a-zA-Z0-9-]*)([^>]*)(>?)|&(#x[0-9a-f]+|#\d+|[a-z]+);|[^<&]+|&/gi)) {
    const [whole, slash, name = '', attributes = '', end, sign] = part
    if (!whole.startsWith('<')) {
      text += sign === undefined ? whole : decode(sign, whole)
      continue
    }
    const tag = name.toLowerCase()
    const at = Buffer.byteLength(source.slice(0, part.index))
    if (end !== '>') return bad(`can't parse entities: Unclosed start tag at byte offset ${at}`)
    if (!(tag in tags)) return bad(`can't parse entities: Unsupported start tag "${tag}" at byte offset ${at}`)
    if (slash === '') {
      open.push({ tag, offset: text.length, href: /href\s*=\s*"([^"]*)"/.exec(attributes)?.[1] })
      continue
    }
    const last = open.pop()
    if (!last) return bad(`can't parse entities: Unexpected end tag at byte offset ${at}`)
    if (last.tag !== tag)
      return bad(`can't parse entities: Unmatched end tag at byte offset ${at}, expected "</${last.tag}>", found "</${tag}>"`)
    const entity = entityOf(last, text)
    if (entity) entities.push(entity)
  }
  const left = open.at(-1)
  if (left) return bad(`can't parse entities: Can't find end tag corresponding to start tag "${left.tag}"`)
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) }
}

function entityOf({ tag, offset, href }: Open, text: string): MessageEntity | undefined {
  const length = text.length - offset
  const type = tags[tag]
  if (length === 0 || type === undefined) return undefined
  if (type !== 'link') return { type, offset, length }
  return href ? { type: 'text_link', offset, length, url: href } : undefined
}

function decode(sign: string, whole: string): string {
  if (!sign.startsWith('#')) return signs[sign.toLowerCase()] ?? whole
  const code = sign.toLowerCase().startsWith('#x') ? Number.parseInt(sign.slice(2), 16) : Number.parseInt(sign.slice(1), 10)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}
