import {
  type APIInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  type GatewayMessageCreateDispatchData,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { decodeInteraction, decodeWords } from '../../../adapters/discord/decode.ts'

const received = new Date('2026-11-02T18:00:00Z')
const user = { id: '34', username: 'amina', global_name: 'Amina', discriminator: '0', avatar: null }
/** What every interaction carries, as far as it is read. */
const common = {
  ...{ id: '1573919303017693184', application_id: '9', token: 'secret', version: 1, locale: 'cy' },
  ...{ guild_id: '7', channel: { id: '12', type: 0, name: 'ardwick' }, member: { user, nick: null } },
}
const decode = (more: object) =>
  decodeInteraction({ ...common, ...more } as unknown as APIInteraction, received, new Map([['Make this a poll', 'poll']]))
const option = (value: string) => ({ type: ApplicationCommandOptionType.String, name: 'what', value })
const said = { id: '56', channel_id: '12', content: 'Buses? \u0000' }
const inMenu = (name: string, messages: object) => ({ type: ApplicationCommandType.Message, name, target_id: '56', resolved: { messages } })
const message = { id: '56', channel_id: '12', flags: 0 }
const press = (custom_id: string, on: object = message) =>
  decode({ type: InteractionType.MessageComponent, data: { component_type: ComponentType.Button, custom_id }, message: on })

test('who, where, when, in which language', () => {
  const found = press('polls_v_1')
  expect(found).toEqual({
    inbound: {
      ...{ id: 'discord:1573919303017693184', received, at: new Date(Number(1573919303017693184n >> 22n) + 1_420_070_400_000) },
      ...{ place: { space: 'discord:12', title: 'ardwick' }, person: { ref: 'discord:@34', name: 'Amina', locale: 'cy' } },
      event: { kind: 'press', token: 'polls_v_1', message: 'discord:12/56' },
    },
    way: { id: '1573919303017693184', app: '9', token: 'secret', kind: 'press', message: { isWhisper: false } },
  })
})

test.each<{ name: string; more: object; is: object }>([
  { name: 'a name of their own on that server', more: { member: { user, nick: 'Mina' } }, is: { person: { name: 'Mina' } } },
  { name: 'no name but the account’s', more: { member: { user: { ...user, global_name: null } } }, is: { person: { name: 'amina' } } },
  { name: 'who runs the channel', more: { member: { user, permissions: '16' } }, is: { isAdmin: true } },
  { name: 'who does not', more: { member: { user, permissions: '2048' } }, is: { isAdmin: false } },
  { name: 'in private', more: { guild_id: undefined, member: undefined, user }, is: { place: 'private', person: { ref: 'discord:@34' } } },
])('$name', ({ more, is }) => {
  const data = { type: ApplicationCommandType.ChatInput, name: 'poll' }
  expect(decode({ type: InteractionType.ApplicationCommand, data, ...more })?.inbound).toMatchObject(is)
})

test.each<{ name: string; more: object; is: object | undefined }>([
  {
    name: 'a command with words',
    more: { type: InteractionType.ApplicationCommand, data: { type: 1, name: 'poll', options: [option(' Buses? | A\u0000 ')] } },
    is: { kind: 'command', name: 'poll', args: 'Buses? | A' },
  },
  {
    name: 'a command without',
    more: { type: InteractionType.ApplicationCommand, data: { type: 1, name: 'poll' } },
    is: { kind: 'command', name: 'poll', args: '' },
  },
  {
    name: 'a command from the menu of a message',
    more: { type: InteractionType.ApplicationCommand, data: inMenu('Make this a poll', { 56: said }) },
    is: { kind: 'shortcut', name: 'poll', about: { message: 'discord:12/56', text: 'Buses? ' } },
  },
  {
    name: 'one that we have not',
    more: { type: InteractionType.ApplicationCommand, data: inMenu('Translate', { 56: said }) },
    is: undefined,
  },
  {
    name: 'one without its message',
    more: { type: InteractionType.ApplicationCommand, data: inMenu('Make this a poll', {}) },
    is: undefined,
  },
  {
    name: 'typing',
    more: { type: InteractionType.ApplicationCommandAutocomplete, data: { type: 1, name: 'poll', options: [option('li')] } },
    is: { kind: 'suggest', command: 'poll', typed: 'li' },
  },
  {
    name: 'a form',
    more: {
      type: InteractionType.ModalSubmit,
      data: {
        custom_id: 'polls_new',
        components: [
          { type: ComponentType.TextDisplay, id: 1 },
          { type: ComponentType.Label, id: 2, component: { type: ComponentType.TextInput, id: 3, custom_id: 'question', value: 'What?' } },
          {
            type: ComponentType.Label,
            id: 4,
            component: { type: ComponentType.StringSelect, id: 5, custom_id: 'areas', values: ['x', 'y'] },
          },
        ],
      },
    },
    is: { kind: 'submit', form: 'polls_new', values: { question: 'What?', areas: ['x', 'y'] } },
  },
  ...[
    { typed: '', day: ['2026-12-05'], hour: ['18:00'], says: '2026-12-05 18:00' },
    { typed: '', day: [], hour: ['18:00'], says: '18:00' },
    { typed: 'Friday 6pm', day: ['2026-12-05'], hour: ['18:00'], says: 'Friday 6pm' },
    { typed: '', day: [], hour: [], says: '' },
  ].map(({ typed, day, hour, says }) => ({
    name: `a form with a day and an hour to pick: “${typed}”, ${[...day, ...hour].join(' ')}`,
    more: {
      type: InteractionType.ModalSubmit,
      data: {
        custom_id: 'polls_closes_1',
        components: [
          { type: ComponentType.Label, id: 1, component: { type: ComponentType.TextInput, id: 2, custom_id: 'when', value: typed } },
          { type: ComponentType.Label, id: 3, component: { type: ComponentType.StringSelect, id: 4, custom_id: 'when~1', values: day } },
          { type: ComponentType.Label, id: 5, component: { type: ComponentType.StringSelect, id: 6, custom_id: 'when~2', values: hour } },
        ],
      },
    },
    is: { kind: 'submit', form: 'polls_closes_1', values: { when: says } },
  })),
  { name: 'a ping', more: { type: InteractionType.Ping, data: undefined }, is: undefined },
])('$name', ({ more, is }) => {
  expect(decode(more)?.inbound.event).toEqual(is)
})

test('a press on a twin, on a whisper, on the way into the private chat; a menu that is not ours', () => {
  expect(press('polls_v_1~2')?.inbound.event).toMatchObject({ token: 'polls_v_1' })
  expect(press('a_b', { ...message, flags: MessageFlags.Ephemeral })?.way).toMatchObject({ kind: 'press', message: { isWhisper: true } })
  expect(press('~go~polls_mine_1')).toMatchObject({
    inbound: { place: 'private', event: { kind: 'started', payload: 'polls_mine_1' } },
    way: { kind: 'go' },
  })
  const data = { component_type: ComponentType.StringSelect, custom_id: 'x', values: [] }
  expect(decode({ type: InteractionType.MessageComponent, data, message })).toBeUndefined()
})

test('words: in private only, of people only', () => {
  const said = { id: '1573919303017693184', channel_id: '12', type: MessageType.Default, author: user, content: 'hello' }
  const words = (more: object) => decodeWords({ ...said, ...more } as unknown as GatewayMessageCreateDispatchData, '9', received)?.inbound
  expect(words({})).toMatchObject({ place: 'private', event: { kind: 'text', text: 'hello', message: 'discord:12/1573919303017693184' } })
  expect(words({ type: MessageType.Reply, referenced_message: { id: '5', author: { id: '9' } } })?.event).toMatchObject({
    replyTo: 'discord:12/5',
  })
  expect(words({ type: MessageType.Reply, referenced_message: { id: '5', author: { id: '34' } } })?.event).not.toHaveProperty('replyTo')
  for (const none of [{ guild_id: '7' }, { author: { ...user, bot: true } }, { content: ' ' }, { type: MessageType.ChannelPinnedMessage }])
    expect(words(none)).toBeUndefined()
  expect(words({ content: '', sticker_items: [{ id: '1', name: 'Wave' }] })?.event).toMatchObject({ kind: 'text', text: '' })
})
