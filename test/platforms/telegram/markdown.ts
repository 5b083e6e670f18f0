import type { MessageEntity } from '@grammyjs/types'
import { bad, type Refusal } from './refusal.ts'
import type { Words } from './text.ts'

type Mark = '*' | '_' | '__' | '~' | '||'

const types = { '*': 'bold', _: 'italic', __: 'underline', '~': 'strikethrough', '||': 'spoiler' } as const
const reserved = '_*[]()~`>#+-=|{}.!'

interface Reading {
  readonly source: string
  at: number
  text: string
  readonly entities: MessageEntity[]
  readonly open: { mark: Mark | '['; offset: number; from: number }[]
}

/** MarkdownV2: marks nest, and every reserved sign that is no mark must have a backslash before it. Quotes and emoji links are not done here. */
export function parseMarkdown(source: string): Words | Refusal {
  const reading: Reading = { source, at: 0, text: '', entities: [], open: [] }
  while (reading.at < source.length) {
    const no = step(reading)
    if (no) return no
  }
  const left = reading.open.at(-1)
  if (left) return cannot(`Can't find end of the entity starting at byte offset ${bytes(source, left.from)}`)
  return { text: reading.text, entities: reading.entities.sort((a, b) => a.offset - b.offset || b.length - a.length) }
}

const cannot = (why: string): Refusal => bad(`can't parse entities: ${why}`)

const bytes = (source: string, at: number): number => Buffer.byteLength(source.slice(0, at))

function step(reading: Reading): Refusal | undefined {
  const { source, at } = reading
  const char = source.charAt(at)
  const next = source.charAt(at + 1)
  if (char === '\\' && next !== '' && next.charCodeAt(0) <= 126) {
    reading.text += next
    reading.at += 2
    return undefined
  }
  if (char === '`') return code(reading)
  const mark = markAt(source, at)
  if (mark) return toggle(reading, mark)
  if (char === '[') {
    reading.open.push({ mark: '[', offset: reading.text.length, from: at })
    reading.at += 1
    return undefined
  }
  if (char === ']' && reading.open.at(-1)?.mark === '[') return link(reading)
  if (reserved.includes(char)) {
    return cannot(`Character '${char}' is reserved and must be escaped with the preceding '\\'`)
  }
  reading.text += char
  reading.at += 1
  return undefined
}

function markAt(source: string, at: number): Mark | undefined {
  for (const mark of ['__', '||', '*', '_', '~'] as const) if (source.startsWith(mark, at)) return mark
  return undefined
}

function toggle(reading: Reading, mark: Mark): Refusal | undefined {
  const last = reading.open.at(-1)
  if (last?.mark === mark) {
    reading.open.pop()
    const length = reading.text.length - last.offset
    if (length > 0) reading.entities.push({ type: types[mark], offset: last.offset, length })
  } else if (reading.open.some(other => other.mark === mark)) {
    return cannot(`Can't find end of the entity starting at byte offset ${bytes(reading.source, last?.from ?? 0)}`)
  } else reading.open.push({ mark, offset: reading.text.length, from: reading.at })
  reading.at += mark.length
  return undefined
}

function code(reading: Reading): Refusal | undefined {
  const { source, at } = reading
  const fence = source.startsWith('```', at) ? '```' : '`'
  const end = source.indexOf(fence, at + fence.length)
  if (end < 0) return cannot(`Can't find end of ${fence === '`' ? 'Code' : 'Pre'} entity at byte offset ${bytes(source, at)}`)
  const inner = source.slice(at + fence.length, end).replaceAll(/\\([`\\])/g, '$1')
  if (inner !== '') reading.entities.push({ type: fence === '`' ? 'code' : 'pre', offset: reading.text.length, length: inner.length })
  reading.text += inner
  reading.at = end + fence.length
  return undefined
}

function link(reading: Reading): Refusal | undefined {
  const last = reading.open.pop()
  const target = /^\]\(((?:\\.|[^)\\])*)\)/.exec(reading.source.slice(reading.at))
  if (!last || !target) return cannot(`Can't find end of a URL at byte offset ${bytes(reading.source, reading.at)}`)
  const url = (target[1] ?? '').replaceAll(/\\(.)/g, '$1')
  const length = reading.text.length - last.offset
  if (length > 0 && url !== '') reading.entities.push({ type: 'text_link', offset: last.offset, length, url })
  reading.at += target[0].length
  return undefined
}
