import type { CallbackQuery, Chat, ChatMember, Message, Update, User } from 'grammy/types'
import type { Me } from '../../../adapters/telegram/decode.ts'
import { spaceRef } from '../../../adapters/telegram/refs.ts'
import type { Place } from '../../../src/platform/adapter.ts'

export const me: Me = {
  id: 7,
  username: 'OurBot',
  fetch: async () => new Uint8Array(),
  commands: new Set(['poll', 'network']),
  topics: new Map(),
}
export const received = new Date('2026-11-02T18:00:00Z')
export const at = new Date('2026-11-02T17:59:58Z')
export const date = at.getTime() / 1000

export const bot: User = { id: 7, is_bot: true, first_name: 'Folkmoot', username: 'OurBot' }
export const amina: User = { id: 41, is_bot: false, first_name: 'Amina', last_name: 'N.', language_code: 'en' }
export const anonymousAdmin: User = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' }
export const channelBot: User = { id: 136_817_688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' }
export const privately: Chat.PrivateChat = { id: 41, type: 'private', first_name: 'Amina' }
export const ardwick: Chat.SupergroupChat = { id: -1001, type: 'supergroup', title: 'Ardwick  residents' }
export const basic: Chat.GroupChat = { id: -55, type: 'group', title: 'Clayton' }
export const news: Chat.ChannelChat = { id: -1009, type: 'channel', title: 'News' }

export const person = { ref: 'telegram:41', name: 'Amina N.', locale: 'en' }
export const there: Exclude<Place, 'private'> = { space: spaceRef(-1001), title: 'Ardwick residents' }

type Said = Partial<Message> & { chat?: Chat }
/** Somebody says something in the group. */
export const said = (text: string, more: Said = {}): Update => message({ text, ...more })
export const message = (more: Said): Update => ({
  update_id: 9,
  message: { message_id: 12, date, chat: ardwick, from: amina, ...more } as unknown as NonNullable<Update['message']>,
})
/** ... in reply to the bot. */
export const replyTo = (more: Partial<Message>): Said => ({
  reply_to_message: { message_id: 5, date, chat: ardwick, from: bot, ...more } as unknown as NonNullable<Message['reply_to_message']>,
})
/** A press on a message of the bot. */
export const pressed = (more: Partial<CallbackQuery>): Update => ({
  update_id: 9,
  callback_query: {
    id: 'q1',
    from: amina,
    chat_instance: 'i',
    data: 'polls_v_1',
    message: { message_id: 5, date, chat: ardwick, from: bot, text: 'Poll' },
    ...more,
  },
})
/** The bot stands otherwise to a chat than before. */
export const member = (chat: Chat, before: Partial<ChatMember>, now: Partial<ChatMember>): Update => ({
  update_id: 9,
  my_chat_member: {
    chat,
    from: amina,
    date,
    old_chat_member: { user: bot, ...before } as ChatMember,
    new_chat_member: { user: bot, ...now } as ChatMember,
  },
})
