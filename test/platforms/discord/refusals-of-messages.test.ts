import { type APIMessageTopLevelComponent, type APITextDisplayComponent, ButtonStyle, ComponentType, Routes } from 'discord.js'
import { describe } from 'vitest'
import { row, type Stage, send, tryAll } from './harness.ts'

const messages = ({ ardwick }: Stage): `/${string}` => Routes.channelMessages(ardwick.id)
const raw = (on: Stage, body: object): Promise<unknown> => on.rest.post(messages(on), { body })
const buttons = (...customIds: string[]): APIMessageTopLevelComponent => ({
  type: ComponentType.ActionRow,
  components: customIds.map(custom_id => ({ type: ComponentType.Button, style: ButtonStyle.Primary, label: 'x', custom_id })),
})
const text = (content: string): APITextDisplayComponent => ({ type: ComponentType.TextDisplay, content })
const select = (count: number, more: object = {}): object => ({
  type: 1,
  components: [{ type: 3, custom_id: 's', options: Array.from({ length: count }, (_, n) => ({ label: `${n}`, value: `${n}` })), ...more }],
})
const v2 = 32_768

describe('a message that Discord takes', () => {
  tryAll([
    { name: '2000 signs', call: on => send(on, { content: 'x'.repeat(2000) }), says: 'done' },
    { name: 'emoji count as one', call: on => send(on, { content: '😀'.repeat(1500) }), says: 'done' },
    {
      name: 'five rows of five',
      call: on => raw(on, { content: 'x', components: [0, 1, 2, 3, 4].map(r => buttons(...[0, 1, 2, 3, 4].map(n => `${r}${n}`))) }),
      says: 'done',
    },
    {
      name: 'a full menu',
      call: on => raw(on, { content: 'x', components: [select(25, { min_values: 0, max_values: 25 })] }),
      says: 'done',
    },
    {
      name: 'Components V2',
      call: on => send(on, { flags: v2, components: [{ type: ComponentType.Container, components: [text('What?'), row('A')] }] }),
      says: 'done',
    },
    { name: 'what discord.js always sends', call: on => raw(on, { content: 'x', tts: false, enforce_nonce: false }), says: 'done' },
  ])
})

describe('a message that Discord does not take', () => {
  tryAll([
    { name: 'nothing', call: on => send(on, {}), says: '50006 Cannot send an empty message' },
    { name: 'blanks', call: on => send(on, { content: ' \n' }), says: '50006 Cannot send an empty message' },
    {
      name: '2001 signs',
      call: on => send(on, { content: 'x'.repeat(2001) }),
      says: /^50035 .*content\[BASE_TYPE_MAX_LENGTH\]: Must be 2000 or fewer/,
    },
    { name: 'words that are no text', call: on => raw(on, { content: 5 }), says: /^50035 .*content/ },
    {
      name: 'a field that is not there',
      call: on => raw(on, { content: 'x', colour: 1 }),
      says: /colour\[UNKNOWN_FIELD\]: MessageCreateRequest has no such field/,
    },
    {
      name: 'such a field deep inside',
      call: on => raw(on, { content: 'x', embeds: [{ title: 'x', hue: 1 }] }),
      says: /embeds\[0\]\.hue\[UNKNOWN_FIELD\]/,
    },
    {
      name: 'eleven embeds',
      call: on => send(on, { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }),
      says: /^50035 .*embeds/,
    },
    {
      name: 'embeds of 6,001 signs',
      call: on => send(on, { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] }),
      says: /MAX_EMBED_SIZE_EXCEEDED/,
    },
    {
      name: 'six rows',
      call: on => send(on, { content: 'x', components: [1, 2, 3, 4, 5, 6].map(n => buttons(`${n}`)) }),
      says: /components\[BASE_TYPE_BAD_LENGTH\]/,
    },
    {
      name: 'six buttons in a row',
      call: on => send(on, { content: 'x', components: [buttons('1', '2', '3', '4', '5', '6')] }),
      says: /^50035 .*components/,
    },
    {
      name: 'the same custom id twice',
      call: on => send(on, { content: 'x', components: [buttons('a'), buttons('a')] }),
      says: /COMPONENT_CUSTOM_ID_DUPLICATED/,
    },
    {
      name: 'a custom id of 101 signs',
      call: on => send(on, { content: 'x', components: [buttons('x'.repeat(101))] }),
      says: /^50035 .*custom_id/,
    },
    { name: 'a label of 81 signs', call: on => send(on, { content: 'x', components: [row('x'.repeat(81))] }), says: /^50035 .*label/ },
    {
      name: 'a button without words',
      call: on => raw(on, { content: 'x', components: [{ type: 1, components: [{ type: 2, style: 1, custom_id: 'a' }] }] }),
      says: /BUTTON_COMPONENT_NO_LABEL/,
    },
    {
      name: 'a link with a custom id',
      call: on =>
        raw(on, {
          content: 'x',
          components: [{ type: 1, components: [{ type: 2, style: 5, label: 'x', custom_id: 'a', url: 'https://example.org' }] }],
        }),
      says: /MUTUALLY_EXCLUSIVE/,
    },
    { name: 'a menu with 26 options', call: on => raw(on, { content: 'x', components: [select(26)] }), says: /^50035 .*options/ },
    {
      name: 'a menu that wants more than it has',
      call: on => raw(on, { content: 'x', components: [select(1, { max_values: 2 })] }),
      says: /MAX_VALUES/,
    },
    { name: 'a text display without the flag', call: on => raw(on, { components: [text('x')] }), says: /UNION_TYPE_CHOICES/ },
    {
      name: 'content beside Components V2',
      call: on => send(on, { content: 'x', flags: v2, components: [text('x')] }),
      says: /LEGACY_FIELDS_WITH_COMPONENTS_V2/,
    },
    {
      name: 'Components V2 with 4,001 signs',
      call: on => send(on, { flags: v2, components: [text('x'.repeat(2001)), text('x'.repeat(2000))] }),
      says: /DISPLAYABLE_TEXT_SIZE/,
    },
    {
      name: 'Components V2 with 41 of them',
      call: on =>
        send(on, {
          flags: v2,
          components: Array.from({ length: 3 }, () => ({
            type: ComponentType.Container,
            components: Array.from({ length: 13 }, () => text('x')) as never,
          })),
        }),
      says: /cannot exceed 40/,
    },
    {
      name: 'an ephemeral message without an interaction',
      call: on => raw(on, { content: 'x', flags: 64 }),
      says: /MESSAGE_FLAGS_INVALID/,
    },
    { name: 'a nonce of 26 signs', call: on => send(on, { content: 'x', nonce: '1'.repeat(26) }), says: /^50035 .*nonce/ },
    {
      name: 'enforce_nonce without a nonce',
      call: on => raw(on, { content: 'x', enforce_nonce: true }),
      says: /nonce\[BASE_TYPE_REQUIRED\]/,
    },
    {
      name: 'mentions both all and some',
      call: on => raw(on, { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } }),
      says: /mutually exclusive/,
    },
    {
      name: 'an answer to a message that is gone',
      call: on => send(on, { content: 'x', message_reference: { message_id: '1' } }),
      says: /MESSAGE_REFERENCE_UNKNOWN_MESSAGE/,
    },
    {
      name: 'a file of more than 10 MiB',
      call: on => on.rest.post(messages(on), { files: [{ name: 'a.bin', data: Buffer.alloc(10 * 1024 * 1024 + 1) }] }),
      says: /^40005/,
    },
  ])
})
