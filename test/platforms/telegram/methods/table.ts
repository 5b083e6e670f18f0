import type { APIMethodParams, APIMethods } from '@gramio/types'
import type { Update } from '@grammyjs/types'
import type { Upload } from '../posted.ts'
import { bad, type Refusal } from '../refusal.ts'
import type { World } from '../world.ts'
import { answerCallbackQuery } from './answer.ts'
import { getChat, getChatAdministrators, getChatMember, getChatMemberCount, leaveChat } from './chat.ts'
import {
  deleteAlone,
  deleteMessage,
  editAloneCaption,
  editAloneMarkup,
  editAloneMedia,
  editAloneText,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  editMessageText,
  pinChatMessage,
  unpinChatMessage,
} from './edit.ts'
import * as own from './own.ts'
import { sendChatAction, sendDocument, sendMessage, sendPhoto } from './send.ts'

/** What came with a request beside its fields. */
export interface Extra {
  readonly files: ReadonlyMap<string, Upload>
  /** Calls back when the caller hangs up. */
  readonly onGone: (gone: () => void) => void
}

interface Method {
  /** Counts against the rates. */
  readonly paced: boolean
  /** The fields that this server does; others that Telegram knows are refused in strict mode rather than left undone in silence. */
  readonly does: readonly string[]
  readonly run: (world: World, fields: never, extra: Extra) => unknown
}

interface GetUpdates {
  offset?: number
  limit?: number
  timeout?: number
  allowed_updates?: string[]
}

async function getUpdates(world: World, request: GetUpdates, extra: Extra): Promise<Update[] | Refusal> {
  const limit = request.limit ?? 100
  if (world.strict && (limit < 1 || limit > 100)) return bad('limit must be between 1 and 100 (the real one corrects it in silence)')
  world.updates.allow(request.allowed_updates)
  return world.updates.poll(request.offset ?? 0, limit, request.timeout ?? 0, extra.onGone)
}

const alone = ['chat_id', 'receiver_user_id', 'ephemeral_message_id'] as const
const sending = [
  ...(['chat_id', 'message_thread_id', 'reply_parameters', 'reply_markup'] as const),
  ...(['disable_notification', 'protect_content', 'ephemeral_message_parameters'] as const),
] as const
const words = ['text', 'parse_mode', 'entities', 'link_preview_options'] as const
const caption = ['caption', 'parse_mode', 'caption_entities'] as const
const message = ['chat_id', 'message_id'] as const
const scoped = ['scope', 'language_code'] as const

type Does<K extends keyof APIMethods> = Method & { readonly does: readonly (keyof NonNullable<APIMethodParams<K>>)[] }

const methods = {
  getMe: { paced: false, does: [], run: own.getMe },
  logOut: { paced: false, does: [], run: own.logOut },
  getUpdates: { paced: false, does: ['offset', 'limit', 'timeout', 'allowed_updates'], run: getUpdates },
  setMyCommands: { paced: false, does: ['commands', ...scoped], run: own.setMyCommands },
  deleteMyCommands: { paced: false, does: scoped, run: own.deleteMyCommands },
  getMyCommands: { paced: false, does: scoped, run: own.getMyCommands },
  setMyDescription: { paced: false, does: ['description', 'language_code'], run: own.setMyDescription },
  setMyShortDescription: { paced: false, does: ['short_description', 'language_code'], run: own.setMyShortDescription },
  setWebhook: { paced: false, does: ['url', 'allowed_updates', 'drop_pending_updates'], run: own.setWebhook },
  deleteWebhook: { paced: false, does: ['drop_pending_updates'], run: own.deleteWebhook },
  getWebhookInfo: { paced: false, does: [], run: own.getWebhookInfo },
  getFile: { paced: false, does: ['file_id'], run: own.getFile },
  sendMessage: { paced: true, does: [...sending, ...words], run: sendMessage },
  sendDocument: {
    paced: true,
    does: [...sending, ...caption, 'document', 'disable_content_type_detection'],
    run: (world, fields, { files }) => sendDocument(world, fields, files),
  },
  sendPhoto: { paced: true, does: [...sending, ...caption, 'photo'], run: (world, fields, { files }) => sendPhoto(world, fields, files) },
  sendChatAction: { paced: false, does: ['chat_id', 'message_thread_id', 'action'], run: sendChatAction },
  editMessageText: { paced: true, does: [...message, ...words, 'reply_markup'], run: editMessageText },
  editMessageCaption: { paced: true, does: [...message, ...caption, 'reply_markup'], run: editMessageCaption },
  editMessageMedia: {
    paced: true,
    does: [...message, 'media', 'reply_markup'],
    run: (world, fields, { files }) => editMessageMedia(world, fields, files),
  },
  editMessageReplyMarkup: { paced: true, does: [...message, 'reply_markup'], run: editMessageReplyMarkup },
  editEphemeralMessageText: { paced: true, does: [...alone, ...words, 'reply_markup'], run: editAloneText },
  editEphemeralMessageCaption: { paced: true, does: [...alone, ...caption, 'reply_markup'], run: editAloneCaption },
  editEphemeralMessageMedia: {
    paced: true,
    does: [...alone, 'media', 'reply_markup'],
    run: (world, fields, { files }) => editAloneMedia(world, fields, files),
  },
  editEphemeralMessageReplyMarkup: { paced: true, does: [...alone, 'reply_markup'], run: editAloneMarkup },
  deleteEphemeralMessage: { paced: false, does: alone, run: deleteAlone },
  deleteMessage: { paced: false, does: message, run: deleteMessage },
  answerCallbackQuery: { paced: false, does: ['callback_query_id', 'text', 'show_alert', 'url', 'cache_time'], run: answerCallbackQuery },
  pinChatMessage: { paced: false, does: [...message, 'disable_notification'], run: pinChatMessage },
  unpinChatMessage: { paced: false, does: message, run: unpinChatMessage },
  getChat: { paced: false, does: ['chat_id'], run: getChat },
  getChatMember: { paced: false, does: ['chat_id', 'user_id'], run: getChatMember },
  getChatAdministrators: { paced: false, does: ['chat_id'], run: getChatAdministrators },
  getChatMemberCount: { paced: false, does: ['chat_id'], run: getChatMemberCount },
  leaveChat: { paced: false, does: ['chat_id'], run: leaveChat },
} satisfies { [K in keyof APIMethods]?: Does<K> }

const byLowerCase = new Map(Object.entries<Method>(methods).map(([name, method]) => [name.toLowerCase(), { name, ...method }]))

export const methodNames: readonly string[] = Object.keys(methods)

/** Telegram takes method names in any case. */
export const findMethod = (name: string): (Method & { name: string }) | undefined => byLowerCase.get(name.toLowerCase())

/** Runs a method on fields that were checked before. */
export const run = (method: Method, world: World, fields: object, extra: Extra): unknown => method.run(world, fields as never, extra)
