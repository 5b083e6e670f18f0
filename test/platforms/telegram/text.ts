import type { MessageEntity } from '@grammyjs/types'
import { bad, type Refusal } from './refusal.ts'

export interface Words {
  readonly text: string
  readonly entities: readonly MessageEntity[]
}

/** Control characters become blanks, carriage returns and direction marks go, the ends are trimmed: as Telegram does it. */
export function clean(words: Words): Words {
  if (!/(?!\n)\p{Cc}|[\u2028-\u202e]|^\s|\s$/u.test(words.text)) return words
  const kept: number[] = []
  let text = ''
  for (let at = 0; at < words.text.length; at++) {
    const char = words.text.charAt(at)
    kept.push(text.length)
    if (/[\r\u2028-\u202e]/.test(char)) continue
    text += char < ' ' && char !== '\n' ? ' ' : char
  }
  kept.push(text.length)
  const lead = text.length - text.trimStart().length
  const trimmed = text.trim()
  const move = (at: number): number => Math.min(Math.max((kept[at] ?? text.length) - lead, 0), trimmed.length)
  const entities = words.entities
    .map(entity => ({ ...entity, offset: move(entity.offset), length: move(entity.offset + entity.length) - move(entity.offset) }))
    .filter(entity => entity.length > 0)
  return { text: trimmed, entities }
}

const looks: ReadonlySet<string> = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'date_time',
])

/** What Telegram marks by itself in any text: commands, mentions, links, hashtags. Those inside given entities are left out, unless these are only looks. */
export function withFound(words: Words): Words {
  if (!/[/@#.]/.test(words.text)) return words
  const found: MessageEntity[] = []
  const patterns: [Exclude<MessageEntity['type'], 'text_link' | 'text_mention' | 'pre' | 'custom_emoji' | 'date_time'>, RegExp][] = [
    ['url', /\b(?:https?:\/\/|t\.me\/|telegram\.me\/)[^\s<>"«»\u2000-\u200B\u2016-\u206F]*[^\s<>"«»\u2000-\u200B\u2016-\u206F.,:;!?')]/g],
    ['bot_command', /(?<![\w/@.:])\/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])/g],
    ['mention', /(?<![\w/@.])@[a-zA-Z]\w{2,31}/g],
    ['hashtag', /(?<![\w/#&])#\p{L}[\p{L}\p{N}_]*/gu],
  ]
  const free = (offset: number, length: number): boolean =>
    [...words.entities.filter(({ type }) => !looks.has(type)), ...found].every(
      other => offset + length <= other.offset || offset >= other.offset + other.length,
    )
  for (const [type, pattern] of patterns) {
    for (const match of words.text.matchAll(pattern)) {
      if (free(match.index, match[0].length)) found.push({ type, offset: match.index, length: match[0].length })
    }
  }
  if (found.length === 0) return words
  return { text: words.text, entities: [...words.entities, ...found].sort((a, b) => a.offset - b.offset || b.length - a.length) }
}

/** Offsets and lengths count UTF-16 units, lie within the text and never cut a character in two. */
export function checkEntities(words: Words): Refusal | undefined {
  const cuts = (at: number): boolean => /[\udc00-\udfff]/.test(words.text.charAt(at)) && /[\ud800-\udbff]/.test(words.text.charAt(at - 1))
  for (const entity of words.entities) {
    const { type, offset, length } = entity
    if (entity.type === 'date_time') {
      const wrong = checkMoment(entity)
      if (wrong) return wrong
    }
    if (!Number.isInteger(offset) || offset < 0) return bad(`entity of type ${type} begins at the invalid offset ${offset}`)
    if (!Number.isInteger(length) || length <= 0) return bad(`entity of type ${type} has the invalid length ${length}`)
    const end = offset + length
    if (end > words.text.length) {
      return bad(`entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`)
    }
    if (cuts(offset) || cuts(end)) return bad(`entity beginning at UTF-16 offset ${offset} cuts a character in two`)
  }
  return undefined
}

/** A moment that Telegram can draw: seconds since 1970, and what of it in which length; no letter but these, in this order. */
function checkMoment({ unix_time, date_time_format = '' }: Partial<MessageEntity.DateTimeMessageEntity>): Refusal | undefined {
  if (!Number.isInteger(unix_time) || Number(unix_time) < 0 || Number(unix_time) > 2_147_483_647)
    return bad(`can't parse entities: date_time has the invalid unix_time ${unix_time}`)
  if (/^(?:r|w?[dD]?[tT]?)$/.test(date_time_format)) return undefined
  return bad(`can't parse entities: date_time has the invalid format ${date_time_format}`)
}

/** Every string in a request must be well-formed; half of a surrogate pair is not. */
export function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value)
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return false
  for (const inner of Object.values(value)) if (hasLoneSurrogate(inner)) return true
  return false
}

export const limits = { text: 4096, caption: 1024, answer: 200 } as const

/** The text of a message after parsing: not empty, not too long. */
export function checkLength(text: string, kind: 'text' | 'caption'): Refusal | undefined {
  if (kind === 'text' && text === '') return bad('message text is empty')
  if (text.length <= limits[kind]) return undefined
  return bad(kind === 'text' ? 'message is too long' : 'message caption is too long')
}
