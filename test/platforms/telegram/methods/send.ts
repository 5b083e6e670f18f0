import type { ForceReply, InlineKeyboardMarkup, MessageEntity } from '@grammyjs/types'
import { post, type Saying } from '../chats.ts'
import { type EphemeralParameters, receiverOf, showAlone } from '../ephemeral.ts'
import { checkKeyboard, tidyKeyboard } from '../keyboard.ts'
import { parseMarkup } from '../markup.ts'
import { keepFile, photoOf } from '../people.ts'
import type { Posted, Said, Upload } from '../posted.ts'
import { type ChatId, checkMaySend, findReplied, findTopic, type ReplyParameters, reach } from '../reach.ts'
import { bad, Refusal } from '../refusal.ts'
import { checkEntities, checkLength, clean, type Words, withFound } from '../text.ts'
import type { ChatState, TopicState, World } from '../world.ts'

export type ParseMode = 'HTML' | 'MarkdownV2' | 'Markdown'

interface Sending {
  chat_id: ChatId
  message_thread_id?: number
  reply_parameters?: ReplyParameters
  ephemeral_message_parameters?: EphemeralParameters
  reply_markup?: InlineKeyboardMarkup | ForceReply
  disable_notification?: boolean
  protect_content?: boolean
}

export interface SendMessage extends Sending {
  text: string
  parse_mode?: ParseMode
  entities?: MessageEntity[]
  link_preview_options?: object
}

export interface SendFile extends Sending {
  document?: string
  photo?: string
  caption?: string
  parse_mode?: ParseMode
  caption_entities?: MessageEntity[]
  disable_content_type_detection?: boolean
}

/** The words as they will stand, after markup, cleaning and Telegram's own marking. */
export function words(
  world: World,
  kind: 'text' | 'caption',
  text: string,
  mode: ParseMode | undefined,
  entities: MessageEntity[] = [],
): Words | Refusal {
  const parsed = mode ? parseMarkup(mode, text) : { text, entities }
  if (parsed instanceof Refusal) return parsed
  const no = world.strict ? checkEntities(parsed) : undefined
  if (no) return no
  const cleaned = clean(parsed)
  return (world.strict ? checkLength(cleaned.text, kind) : undefined) ?? withFound(cleaned)
}

/** The keyboard under the message, or the wish for a forced reply. Reply keyboards stand nowhere in the message. */
export function markupOf(
  world: World,
  markup: Sending['reply_markup'],
): { keyboard: InlineKeyboardMarkup | undefined; asks: ForceReply | undefined } | Refusal {
  if (!markup) return { keyboard: undefined, asks: undefined }
  if (!('inline_keyboard' in markup)) return { keyboard: undefined, asks: 'force_reply' in markup ? markup : undefined }
  const no = world.strict ? checkKeyboard(markup) : undefined
  return no ?? { keyboard: tidyKeyboard(markup), asks: undefined }
}

export function sendMessage(world: World, request: SendMessage): Said | Refusal {
  const said = words(world, 'text', request.text, request.parse_mode, request.entities)
  if (said instanceof Refusal) return said
  return send(world, request, 'messages', () => ({ text: said.text, ...(said.entities.length > 0 && { entities: [...said.entities] }) }))
}

export function sendDocument(world: World, request: SendFile, files: ReadonlyMap<string, Upload>): Said | Refusal {
  const file = fileOf(world, request.document, files)
  if (file instanceof Refusal) return file
  return sendFile(world, request, 'documents', file, () => ({ document: keepFile(world, file) }))
}

/** A picture. Its size in pixels is not looked at. */
export function sendPhoto(world: World, request: SendFile, files: ReadonlyMap<string, Upload>): Said | Refusal {
  const file = fileOf(world, request.photo, files)
  if (file instanceof Refusal) return file
  const no = world.strict ? checkPicture(file) : undefined
  return no ?? sendFile(world, request, 'photos', file, () => ({ photo: photoOf(world, file) }))
}

export function checkPicture(file: Upload): Refusal | undefined {
  if (!isPicture(file)) return bad('IMAGE_PROCESS_FAILED')
  return file.content.length > mostPhoto ? new Refusal(413, 'Request Entity Too Large') : undefined
}

const mostPhoto = 10 * 1024 * 1024

function sendFile(
  world: World,
  request: SendFile,
  kind: 'documents' | 'photos',
  file: Upload,
  media: () => Pick<Said, 'document' | 'photo'>,
): Said | Refusal {
  const caption = words(world, 'caption', request.caption ?? '', request.parse_mode, request.caption_entities)
  if (caption instanceof Refusal) return caption
  const marks = caption.entities.length > 0 && { caption_entities: [...caption.entities] }
  return send(world, request, kind, () => ({ ...media(), ...(caption.text && { caption: caption.text, ...marks }) }), file)
}

function send(
  world: World,
  request: Sending,
  kind: 'messages' | 'documents' | 'photos',
  content: () => Partial<Saying>,
  file?: Upload,
): Said | Refusal {
  const markup = markupOf(world, request.reply_markup)
  if (markup instanceof Refusal) return markup
  const chat = reach(world, request.chat_id)
  if (chat instanceof Refusal) return chat
  const no = checkMaySend(world, chat, kind)
  if (no) return no
  const under = place(world, chat, request)
  if (under instanceof Refusal) return under
  const saying: Saying = {
    from: world.meInChats,
    ...content(),
    ...(markup.keyboard && { reply_markup: markup.keyboard }),
    ...(request.protect_content && { has_protected_content: true as const }),
  }
  const receiver = world.isOld ? undefined : receiverOf(world, chat, request)
  if (receiver instanceof Refusal) return receiver
  const more = { ...under, file, asks: markup.asks }
  return receiver ? showAlone(world, chat, saying, receiver, more).raw : post(world, chat, saying, more).raw
}

interface Place {
  readonly topic: TopicState | undefined
  readonly replyTo: Posted | undefined
}

/** An answer goes where the answered message stands, unless a topic is named. */
function place(world: World, chat: ChatState, request: Sending): Place | Refusal {
  const replyTo = findReplied(chat, request.reply_parameters)
  if (replyTo instanceof Refusal) return replyTo
  const topic = findTopic(world, chat, request.message_thread_id ?? replyTo?.topic)
  return topic instanceof Refusal ? topic : { topic, replyTo }
}

/** A file that came with the request ("attach://name"), or one that the server knows by its id. */
export function fileOf(world: World, named: string | undefined, files: ReadonlyMap<string, Upload>): Upload | Refusal {
  const attached = named?.startsWith('attach://') ? files.get(named.slice('attach://'.length)) : world.files.get(named ?? '')
  if (!attached) return bad('wrong remote file identifier specified: Wrong string length')
  return attached.content.length > 0 ? attached : bad('file must be non-empty')
}

/** PNG, JPEG, GIF or WebP by the first bytes. */
const isPicture = (file: Upload): boolean => /^(?:89504e47|ffd8ff|47494638|52494646)/.test(file.content.subarray(0, 4).toString('hex'))

export function sendChatAction(world: World, request: { chat_id: ChatId; message_thread_id?: number; action: string }): true | Refusal {
  const chat = reach(world, request.chat_id)
  if (chat instanceof Refusal) return chat
  const topic = findTopic(world, chat, request.message_thread_id)
  return topic instanceof Refusal ? topic : true
}
