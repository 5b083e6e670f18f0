import type { InlineKeyboardMarkup, MessageEntity } from '@grammyjs/types'
import { botStanding, hasRight, post, show } from '../chats.ts'
import { findAlone, longestEdit, type NamedAlone } from '../ephemeral.ts'
import { photoOf } from '../people.ts'
import type { Posted, Said, Upload } from '../posted.ts'
import { type ChatId, checkMayPin, reach } from '../reach.ts'
import { bad, Refusal } from '../refusal.ts'
import type { Words } from '../text.ts'
import type { ChatState, World } from '../world.ts'
import { checkPicture, fileOf, markupOf, type ParseMode, words } from './send.ts'

/** A message in a chat, or what one person alone sees there. */
type Named = { chat_id: ChatId; message_id: number } | NamedAlone

export type EditText = Named & {
  text: string
  parse_mode?: ParseMode
  entities?: MessageEntity[]
  link_preview_options?: object
  reply_markup?: InlineKeyboardMarkup
}

/** Bots delete their own messages for 48 hours. */
const deletableMs = 48 * 60 * 60 * 1000
const same =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

export function editMessageText(world: World, request: EditText): Said | Refusal {
  const said = words(world, 'text', request.text, request.parse_mode, request.entities)
  if (said instanceof Refusal) return said
  const markup = markupOf(world, request.reply_markup)
  if (markup instanceof Refusal) return markup
  const own = findOwn(world, request)
  if (own instanceof Refusal) return own
  if (own.raw.text === undefined) return bad('there is no text in the message to edit')
  if (own.sees !== undefined && said.text.length > longestEdit) return bad('MEDIA_CAPTION_TOO_LONG')
  const { entities: _, reply_markup: __, ...rest } = own.raw
  const marks = said.entities.length > 0 && { entities: [...said.entities] }
  return change(world, own, { ...rest, text: said.text, ...marks, ...(markup.keyboard && { reply_markup: markup.keyboard }) })
}

export type EditCaption = Named & {
  caption?: string
  parse_mode?: ParseMode
  caption_entities?: MessageEntity[]
  reply_markup?: InlineKeyboardMarkup
}

export function editMessageCaption(world: World, request: EditCaption): Said | Refusal {
  const said = words(world, 'caption', request.caption ?? '', request.parse_mode, request.caption_entities)
  if (said instanceof Refusal) return said
  const markup = markupOf(world, request.reply_markup)
  if (markup instanceof Refusal) return markup
  const own = findOwn(world, request)
  if (own instanceof Refusal) return own
  if (own.raw.text !== undefined) return bad('there is no caption in the message to edit')
  const { caption: _, caption_entities: __, reply_markup: ___, ...rest } = own.raw
  return change(world, own, { ...rest, ...captioned(said), ...(markup.keyboard && { reply_markup: markup.keyboard }) })
}

function captioned({ text, entities }: Words): Pick<Said, 'caption' | 'caption_entities'> {
  return text ? { caption: text, ...(entities.length > 0 && { caption_entities: [...entities] }) } : {}
}

export type EditMedia = Named & {
  media: { type: string; media: string; caption?: string; parse_mode?: ParseMode; caption_entities?: MessageEntity[] }
  reply_markup?: InlineKeyboardMarkup
}

/** Puts a photo in the place of another, or adds one to a text. */
export function editMessageMedia(world: World, request: EditMedia, files: ReadonlyMap<string, Upload>): Said | Refusal {
  const { media } = request
  if (media.type !== 'photo') return bad(`this loop-back server takes photos only, not "${media.type}"; teach it before using it`)
  const file = fileOf(world, media.media, files)
  if (file instanceof Refusal) return file
  const said = words(world, 'caption', media.caption ?? '', media.parse_mode, media.caption_entities)
  const no = said instanceof Refusal ? said : world.strict ? checkPicture(file) : undefined
  if (no || said instanceof Refusal) return no ?? bad('MEDIA_INVALID')
  const markup = markupOf(world, request.reply_markup)
  if (markup instanceof Refusal) return markup
  const own = findOwn(world, request)
  if (own instanceof Refusal) return own
  const { text: _, entities: __, caption: ___, caption_entities: ____, reply_markup: _____, document: ______, ...rest } = own.raw
  const photo = own.file === file && rest.photo ? rest.photo : photoOf(world, file)
  const done = change(world, own, { ...rest, photo, ...captioned(said), ...(markup.keyboard && { reply_markup: markup.keyboard }) })
  if (!(done instanceof Refusal)) own.file = file
  return done
}

export function editMessageReplyMarkup(world: World, request: Named & { reply_markup?: InlineKeyboardMarkup }): Said | Refusal {
  const markup = markupOf(world, request.reply_markup)
  if (markup instanceof Refusal) return markup
  const own = findOwn(world, request)
  if (own instanceof Refusal) return own
  const { reply_markup: _, ...rest } = own.raw
  return change(world, own, { ...rest, ...(markup.keyboard && { reply_markup: markup.keyboard }) })
}

function findOwn(world: World, request: Named): Posted | Refusal {
  const chat = reach(world, request.chat_id)
  if (chat instanceof Refusal) return chat
  if ('ephemeral_message_id' in request) return findAlone(world, chat, request, 'edit')
  const posted = chat.messages.get(request.message_id)
  if (!posted) return bad('message to edit not found')
  return posted.from === world.me.id && !posted.isService ? posted : bad("message can't be edited")
}

function change(world: World, posted: Posted, next: Said): Said | Refusal {
  if (looks(posted.raw) === looks(next)) return bad(same)
  posted.raw = { ...next, edit_date: Math.floor(world.now().getTime() / 1000) }
  posted.edits += 1
  return posted.raw
}

/** What Telegram compares: the words, the marks and the buttons. */
const looks = ({ text, entities = [], caption, caption_entities = [], photo, reply_markup: markup = undefined }: Said): string =>
  JSON.stringify([text, entities, caption, caption_entities, photo?.map(size => size.file_unique_id), markup])

/** What becomes of an edit of what one person sees: Telegram says no more of it. */
const done = (edited: Said | Refusal): true | Refusal => (edited instanceof Refusal ? edited : true)

export const editAloneText = (world: World, request: EditText): true | Refusal => done(editMessageText(world, request))
export const editAloneCaption = (world: World, request: EditCaption): true | Refusal => done(editMessageCaption(world, request))
export const editAloneMarkup = (world: World, request: Parameters<typeof editMessageReplyMarkup>[1]): true | Refusal =>
  done(editMessageReplyMarkup(world, request))
export const editAloneMedia = (world: World, request: EditMedia, files: ReadonlyMap<string, Upload>): true | Refusal =>
  done(editMessageMedia(world, request, files))

export function deleteAlone(world: World, request: NamedAlone): true | Refusal {
  const chat = reach(world, request.chat_id)
  if (chat instanceof Refusal) return chat
  const posted = findAlone(world, chat, request, 'delete')
  if (posted instanceof Refusal) return posted
  chat.ephemeral.delete(request.ephemeral_message_id)
  return true
}

type Standing = { chat_id: ChatId; message_id: number }

export function deleteMessage(world: World, request: Standing): true | Refusal {
  const chat = reach(world, request.chat_id)
  if (chat instanceof Refusal) return chat
  const posted = chat.messages.get(request.message_id)
  if (!posted) return bad('message to delete not found')
  const no = checkMayDelete(world, chat, posted)
  if (no) return no
  chat.messages.delete(posted.id)
  return true
}

function checkMayDelete(world: World, chat: ChatState, posted: Posted): Refusal | undefined {
  if (hasRight(botStanding(world, chat), 'can_delete_messages')) return undefined
  if (posted.from !== world.me.id && chat.chat.type !== 'private') return bad("message can't be deleted")
  return world.now().getTime() - posted.at >= deletableMs ? bad("message can't be deleted for everyone") : undefined
}

/** Pinning tells the chat so in a service message, which the bot gets too though it is its own. */
export function pinChatMessage(world: World, request: Standing & { disable_notification?: boolean }): true | Refusal {
  const chat = reach(world, request.chat_id)
  if (chat instanceof Refusal) return chat
  const no = checkMayPin(world, chat)
  if (no) return no
  const posted = chat.messages.get(request.message_id)
  if (!posted) return bad('message to pin not found')
  if (posted.pinned) return true
  posted.pinned = true
  const { reply_to_message: _, ...pinned } = posted.raw
  const topic = posted.topic === undefined ? undefined : chat.topics?.get(posted.topic)
  show(world, chat, post(world, chat, { from: world.meInChats, pinned_message: pinned }, { topic }))
  return true
}

/** Without a message: the newest of those that are pinned. */
export function unpinChatMessage(world: World, request: { chat_id: ChatId; message_id?: number }): true | Refusal {
  const chat = reach(world, request.chat_id)
  if (chat instanceof Refusal) return chat
  const no = checkMayPin(world, chat)
  if (no) return no
  const pinned = [...chat.messages.values()].filter(message => message.pinned)
  const posted = request.message_id === undefined ? pinned.at(-1) : chat.messages.get(request.message_id)
  if (!posted) return bad('message to unpin not found')
  posted.pinned = false
  return true
}
