import type { CallbackQuery, Chat, Update, User } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { decode } from '../../../adapters/telegram/decode.ts'
import type { Inbound, MessageRef } from '../../../src/platform/adapter.ts'
import {
  amina,
  anonymousAdmin,
  ardwick,
  at,
  basic,
  bot,
  channelBot,
  date,
  me,
  member,
  message,
  news,
  person,
  pressed,
  privately,
  received,
  replyTo,
  said,
  there,
} from './updates.ts'

interface Row {
  readonly name: string
  readonly input: Update
  readonly expects: Partial<Inbound> | undefined
}

const run: (row: Row) => void = ({ input, expects }) => {
  const inbound = decode(input, me, received)
  if (expects === undefined) expect(inbound).toBeUndefined()
  else expect(inbound).toEqual({ id: 'telegram:7:9', received, person, ...expects })
}

const command = (name: string, args = '', more: object = {}) =>
  ({ kind: 'command', name, args, message: 'telegram:-1001/12', ...more }) as const

describe('commands', () => {
  const forum: Chat = { ...ardwick, is_forum: true }
  test.each<Row>([
    {
      name: 'with words, for us',
      input: said('/poll@OurBot What matters?  | Buses\n| Parks '),
      expects: { at, place: there, event: command('poll', 'What matters?  | Buses\n| Parks') },
    },
    { name: 'without a name it is for all bots', input: said('/poll list'), expects: { at, place: there, event: command('poll', 'list') } },
    { name: 'in any case, as phones write it', input: said('/Poll@ourbot'), expects: { at, place: there, event: command('poll') } },
    { name: 'for another bot', input: said('/poll@OtherBot'), expects: undefined },
    { name: "another bot's command", input: said('/weather'), expects: undefined },
    { name: 'an unknown one, but to us', input: said('/weather@OurBot'), expects: { at, place: there, event: command('weather') } },
    {
      name: 'an unknown one in private',
      input: said('/weather', { chat: privately }),
      expects: { at, place: 'private', event: { ...command('weather'), message: 'telegram:41/12' } },
    },
    {
      name: 'a path is none',
      input: said('/home/amina', { chat: privately }),
      expects: { at, place: 'private', event: { kind: 'text', text: '/home/amina', message: 'telegram:41/12' } },
    },
    {
      name: 'about what somebody said',
      input: said('/action', { ...replyTo({ from: amina, text: 'The lift is \u0000broken' }), chat: privately }),
      expects: {
        at,
        place: 'private',
        event: { ...command('action'), message: 'telegram:41/12', about: { message: 'telegram:-1001/5', text: 'The lift is broken' } },
      },
    },
    {
      name: 'in a topic, which is no reply to the message that opened it',
      input: said('/poll', {
        chat: forum,
        is_topic_message: true,
        message_thread_id: 17,
        ...replyTo({ from: bot, text: 'x', forum_topic_created: { name: 'Damp', icon_color: 7322096 } }),
      }),
      expects: { at, place: { ...there, space: 'telegram:-1001:17', part: 'Damp' }, event: command('poll') },
    },
    {
      name: 'in a topic, as a reply to somebody: its name is not told',
      input: said('/poll', { chat: forum, is_topic_message: true, message_thread_id: 18, ...replyTo({ from: amina, text: 'x' }) }),
      expects: {
        at,
        place: { ...there, space: 'telegram:-1001:18' },
        event: { ...command('poll'), about: { message: 'telegram:-1001/5', text: 'x' } },
      },
    },
    { name: 'in the general topic', input: said('/poll', { chat: forum }), expects: { at, place: there, event: command('poll') } },
    {
      name: 'in a reply thread of a group without topics',
      input: said('/poll', { message_thread_id: 3 }),
      expects: { at, place: there, event: command('poll') },
    },
    { name: 'under a picture', input: message({ caption: '/poll' }), expects: { at, place: there, event: command('poll') } },
    { name: 'from another bot', input: said('/poll', { from: { ...amina, is_bot: true } }), expects: undefined },
    { name: 'sent by way of another bot', input: said('/poll', { via_bot: bot }), expects: undefined },
    {
      name: 'passed on from elsewhere',
      input: said('/poll', { forward_origin: { type: 'hidden_user', date, sender_user_name: 'X' } }),
      expects: undefined,
    },
    {
      name: 'edited into it',
      input: {
        update_id: 9,
        edited_message: { message_id: 12, date, chat: ardwick, from: amina, text: '/poll', edit_date: date } as never,
      },
      expects: undefined,
    },
    {
      name: 'as an anonymous admin',
      input: said('/poll', { from: anonymousAdmin, sender_chat: ardwick }),
      expects: { at, place: there, person: { ref: 'telegram:1087968824', name: 'Group' }, event: { kind: 'nameless' } },
    },
    {
      name: 'as a channel',
      input: said('/poll', { from: channelBot, sender_chat: news }),
      expects: { at, place: there, person: { ref: 'telegram:136817688', name: 'Channel' }, event: { kind: 'nameless' } },
    },
    {
      name: "the linked channel's own posts",
      input: said('/poll', { from: channelBot, sender_chat: news, is_automatic_forward: true }),
      expects: undefined,
    },
    { name: 'in a channel', input: said('/poll', { chat: news }), expects: undefined },
  ])('$name', run)
})

describe('the start of a private chat', () => {
  test.each<Row>([
    {
      name: 'by a link of ours',
      input: said('/start polls_mine_4', { chat: privately }),
      expects: { at, place: 'private', event: { kind: 'started', payload: 'polls_mine_4' } },
    },
    {
      name: 'by hand',
      input: said('/start', { chat: privately }),
      expects: { at, place: 'private', event: { kind: 'started', payload: '' } },
    },
    {
      name: 'in a group it says by which link the bot was brought in',
      input: said('/start@OurBot x'),
      expects: { at, place: there, event: { kind: 'started', payload: 'x', message: 'telegram:-1001/12' } },
    },
    { name: 'in a group it means nothing without one', input: said('/start@OurBot'), expects: undefined },
  ])('$name', run)
})

describe('words', () => {
  test.each<Row>([
    {
      name: 'in private',
      input: said('Friday 6pm\r\n\u202Eno', { chat: privately }),
      expects: { at, place: 'private', event: { kind: 'text', text: 'Friday 6pm\nno', message: 'telegram:41/12' } },
    },
    {
      name: "under the bot's message in a group",
      input: said('2', replyTo({ text: 'Poll' })),
      expects: { at, place: there, event: { kind: 'text', text: '2', message: 'telegram:-1001/12', replyTo: 'telegram:-1001/5' } },
    },
    { name: "under somebody's message in a group", input: said('2', replyTo({ from: amina, text: 'Hm' })), expects: undefined },
    { name: 'of a group among themselves', input: said('Who has a ladder?'), expects: undefined },
    {
      name: 'of an anonymous admin to the bot',
      input: said('2', { ...replyTo({}), from: anonymousAdmin, sender_chat: ardwick }),
      expects: undefined,
    },
    { name: 'none: a picture', input: message({ chat: privately }), expects: undefined },
    {
      name: 'none: a voice message in private',
      input: message({ chat: privately, voice: { file_id: 'v', file_unique_id: 'v', duration: 2 } }),
      expects: { at, place: 'private', event: { kind: 'text', text: '', message: 'telegram:41/12' as MessageRef } },
    },
    {
      name: 'none: a voice message in a group',
      input: message({ voice: { file_id: 'v', file_unique_id: 'v', duration: 2 } }),
      expects: undefined,
    },
    { name: 'none: somebody came in', input: message({ new_chat_members: [amina] }), expects: undefined },
  ])('$name', run)
})

describe('presses', () => {
  const message = (more: object) => ({ message: { message_id: 5, date, chat: ardwick, from: bot, ...more } }) as Partial<CallbackQuery>
  const press = (on: MessageRef) => ({ kind: 'press', token: 'polls_v_1', message: on }) as const
  test.each<Row>([
    { name: 'in a group', input: pressed({}), expects: { place: there, event: press('telegram:-1001/5') } },
    {
      name: 'in a topic',
      input: pressed(message({ is_topic_message: true, message_thread_id: 17 })),
      expects: { place: { ...there, space: 'telegram:-1001:17' }, event: press('telegram:-1001/5') },
    },
    { name: 'in private', input: pressed(message({ chat: privately })), expects: { place: 'private', event: press('telegram:41/5') } },
    {
      name: 'on a message that Telegram no longer shows',
      input: pressed(message({ date: 0 })),
      expects: { place: there, event: press('telegram:-1001/5') },
    },
    {
      name: 'with forged data',
      input: pressed({ data: 'x\u0000\ud800y' }),
      expects: { place: there, event: { ...press('telegram:-1001/5'), token: 'xy' } },
    },
    {
      name: 'on an inline-mode message',
      input: { update_id: 9, callback_query: { id: 'q', from: amina, chat_instance: 'i', data: 'x', inline_message_id: 'm' } },
      expects: undefined,
    },
    {
      name: 'on a game',
      input: {
        update_id: 9,
        callback_query: { id: 'q', from: amina, chat_instance: 'i', game_short_name: 'g', message: { message_id: 5, date, chat: ardwick } },
      },
      expects: undefined,
    },
    { name: 'in a channel', input: pressed(message({ chat: news })), expects: undefined },
  ])('$name', run)
})

describe('the bot comes and goes', () => {
  test.each<Row>([
    {
      name: 'added',
      input: member(ardwick, { status: 'left' }, { status: 'member' }),
      expects: { at, place: there, event: { kind: 'joined' } },
    },
    {
      name: 'added again, with less rights',
      input: member(ardwick, { status: 'kicked' }, { status: 'restricted', is_member: true }),
      expects: { at, place: there, event: { kind: 'joined' } },
    },
    {
      name: 'thrown out',
      input: member(ardwick, { status: 'administrator' }, { status: 'kicked' }),
      expects: { at, place: there, event: { kind: 'left' } },
    },
    { name: 'made an admin', input: member(ardwick, { status: 'member' }, { status: 'administrator' }), expects: undefined },
    {
      name: 'restricted while away',
      input: member(ardwick, { status: 'left' }, { status: 'restricted', is_member: false }),
      expects: undefined,
    },
    { name: 'added to a channel', input: member(news, { status: 'left' }, { status: 'administrator' }), expects: undefined },
    {
      name: 'blocked',
      input: member(privately, { status: 'member' }, { status: 'kicked' }),
      expects: { at, place: 'private', event: { kind: 'closed' } },
    },
    {
      name: 'unblocked',
      input: member(privately, { status: 'kicked' }, { status: 'member' }),
      expects: { at, place: 'private', event: { kind: 'opened' } },
    },
    {
      name: 'the group gets another id',
      input: message({ chat: basic, migrate_to_chat_id: -1002 }),
      expects: { at, place: { space: 'telegram:-55', title: 'Clayton' }, event: { kind: 'moved', to: 'telegram:-1002' } },
    },
  ])('$name', run)
})

describe('names', () => {
  const named = (from: Partial<User>): string | undefined =>
    decode(said('/poll', { from: { ...amina, ...from } }), me, received)?.person.name
  test.each([
    { name: 'in one line', input: { first_name: 'Amina\n', last_name: '\u202Eevil  x' }, expects: 'Amina evil x' },
    { name: 'of nothing that can be seen', input: { first_name: '\u2066', last_name: '', username: 'amina_n' }, expects: 'amina_n' },
    { name: 'of nothing at all', input: { first_name: ' ', last_name: '' }, expects: '41' },
  ])('$name', ({ input, expects }) => expect(named(input)).toBe(expects))
})
