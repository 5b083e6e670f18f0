import { InputFile } from 'grammy'
import { describe } from 'vitest'
import { type Case, posted, type Stage, tryAll } from './harness.ts'

const hello = (on: Stage, chat: number): Promise<unknown> => on.api.sendMessage(chat, 'Hello')

const groups: readonly Case[] = [
  { name: 'a chat that never was', call: on => hello(on, -100_999), says: '400 Bad Request: chat not found' },
  {
    name: 'a group the bot was never in',
    call: on => hello(on, on.tg.group('Far away', { bot: false }).id),
    says: '400 Bad Request: chat not found',
  },
  {
    name: 'kicked out of a supergroup',
    call: on => {
      on.group.kick()
      return hello(on, on.group.id)
    },
    says: '403 Forbidden: bot was kicked from the supergroup chat',
  },
  {
    name: 'kicked out of a basic group',
    call: on => {
      const group = on.tg.group('Basic', { kind: 'group' })
      group.kick()
      return hello(on, group.id)
    },
    says: '403 Forbidden: bot was kicked from the group chat',
  },
  {
    name: 'after leaving',
    call: async on => {
      await on.api.leaveChat(on.group.id)
      return hello(on, on.group.id)
    },
    says: '403 Forbidden: bot is not a member of the supergroup chat',
  },
  {
    name: 'a deleted group',
    call: on => {
      on.group.vanish()
      return hello(on, on.group.id)
    },
    says: '403 Forbidden: the group chat was deleted',
  },
  {
    name: 'nobody may write',
    call: on => {
      on.group.allow({ messages: false })
      return hello(on, on.group.id)
    },
    says: '400 Bad Request: not enough rights to send text messages to the chat',
  },
  {
    name: 'nobody but admins may write, and the bot is one',
    call: on => {
      on.group.allow({ messages: false })
      on.group.promote(true)
      return hello(on, on.group.id)
    },
    says: 'done',
  },
  {
    name: 'the bot may send no files',
    call: on => {
      on.group.restrict({ documents: false })
      return on.api.sendDocument(on.group.id, new InputFile(Buffer.from('x'), 'a.txt'))
    },
    says: '400 Bad Request: not enough rights to send documents to the chat',
  },
  {
    name: 'pinning as a member',
    call: async on => on.api.pinChatMessage(on.group.id, (await posted(on)).id),
    says: '400 Bad Request: not enough rights to manage pinned messages in the chat',
  },
  {
    name: 'answering what is gone',
    call: on => on.api.sendMessage(on.group.id, 'x', { reply_parameters: { message_id: 99 } }),
    says: '400 Bad Request: message to be replied not found',
  },
  {
    name: 'answering what is gone, if need be without',
    call: on => on.api.sendMessage(on.group.id, 'x', { reply_parameters: { message_id: 99, allow_sending_without_reply: true } }),
    says: 'done',
  },
]

const topics: readonly Case[] = [
  {
    name: 'a topic in a group without topics',
    call: on => on.api.sendMessage(on.group.id, 'x', { message_thread_id: 3 }),
    says: '400 Bad Request: message thread not found',
  },
  {
    name: 'a removed topic',
    call: on => {
      const group = on.tg.group('Forum', { topics: true })
      const topic = group.topic('Housing')
      group.removeTopic(topic)
      return on.api.sendMessage(group.id, 'x', { message_thread_id: topic.id })
    },
    says: '400 Bad Request: message thread not found',
  },
  {
    name: 'a closed topic',
    call: on => {
      const group = on.tg.group('Forum', { topics: true })
      const topic = group.topic('Housing')
      group.closeTopic(topic)
      return on.api.sendMessage(group.id, 'x', { message_thread_id: topic.id })
    },
    says: '400 Bad Request: TOPIC_CLOSED',
  },
]

const inPrivate: readonly Case[] = [
  {
    name: 'somebody who never pressed START',
    call: on => hello(on, on.tg.person('Ben').id),
    says: "403 Forbidden: bot can't initiate conversation with a user",
  },
  {
    name: 'somebody who blocked the bot',
    call: on => {
      on.amina.blocks()
      return hello(on, on.amina.id)
    },
    says: '403 Forbidden: bot was blocked by the user',
  },
  {
    name: 'a deleted account',
    call: on => {
      on.amina.leavesTelegram()
      return hello(on, on.amina.id)
    },
    says: '403 Forbidden: user is deactivated',
  },
  {
    name: 'after START again',
    call: on => {
      on.amina.blocks()
      on.amina.starts()
      return hello(on, on.amina.id)
    },
    says: 'done',
  },
]

describe('groups', () => tryAll(groups))
describe('topics', () => tryAll(topics))
describe('private chats', () => tryAll(inPrivate))
