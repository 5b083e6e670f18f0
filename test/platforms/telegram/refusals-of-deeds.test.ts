import { InputFile } from 'grammy'
import { describe } from 'vitest'
import { type Case, posted, type Stage, tryAll } from './harness.ts'
import { TELEGRAM_S } from './world.ts'

const notModified =
  '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'
const tooOld = '400 Bad Request: query is too old and response timeout expired or query ID is invalid'
const edits: readonly Case[] = [
  {
    name: 'editing to what it says already',
    call: async on => on.api.editMessageText(on.group.id, (await posted(on, 'Same')).id, ' Same '),
    says: notModified,
  },
  {
    name: 'taking away a keyboard that is not there',
    call: async on => on.api.editMessageReplyMarkup(on.group.id, (await posted(on)).id),
    says: notModified,
  },
  {
    name: 'editing what is not there',
    call: on => on.api.editMessageText(on.group.id, 999, 'x'),
    says: '400 Bad Request: message to edit not found',
  },
  {
    name: "editing somebody else's words",
    call: on => on.api.editMessageText(on.group.id, on.amina.says(on.group, '/x').posted.id, 'x'),
    says: "400 Bad Request: message can't be edited",
  },
  {
    name: 'editing the text of a file',
    call: async on => {
      const { message_id } = await on.api.sendDocument(on.group.id, new InputFile(Buffer.from('a,b'), 'tally.csv'))
      return on.api.editMessageText(on.group.id, message_id, 'x')
    },
    says: '400 Bad Request: there is no text in the message to edit',
  },
  {
    name: 'deleting what is not there',
    call: on => on.api.deleteMessage(on.group.id, 999),
    says: '400 Bad Request: message to delete not found',
  },
  {
    name: "deleting somebody else's words as a member",
    call: on => on.api.deleteMessage(on.group.id, on.amina.says(on.group, 'x').posted.id),
    says: "400 Bad Request: message can't be deleted",
  },
  {
    name: 'deleting own words after two days',
    call: async on => {
      const { id } = await posted(on)
      on.clock.forward(48 * 60 * 60)
      return on.api.deleteMessage(on.group.id, id)
    },
    says: "400 Bad Request: message can't be deleted for everyone",
  },
]

const answers: readonly Case[] = [
  {
    name: 'the second answer',
    call: async on => {
      const { id } = on.amina.presses(await posted(on), { data: 'x' })
      await on.api.answerCallbackQuery(id)
      return on.api.answerCallbackQuery(id)
    },
    says: tooOld,
  },
  {
    name: 'a late answer',
    call: async on => {
      const { id } = on.amina.presses(await posted(on), { data: 'x' })
      on.clock.forward(TELEGRAM_S + 1)
      return on.api.answerCallbackQuery(id)
    },
    says: tooOld,
  },
  { name: 'an answer to nothing', call: on => on.api.answerCallbackQuery('17'), says: tooOld },
  {
    name: '201 signs',
    call: async on => on.api.answerCallbackQuery(on.amina.presses(await posted(on), { data: 'x' }).id, { text: 'x'.repeat(201) }),
    says: '400 Bad Request: MESSAGE_TOO_LONG',
  },
  {
    name: 'a link to somewhere else',
    call: async on => on.api.answerCallbackQuery(on.amina.presses(await posted(on), { data: 'x' }).id, { url: 'https://example.org' }),
    says: '400 Bad Request: URL_INVALID',
  },
  {
    name: 'a start payload of 65 signs',
    call: async on =>
      on.api.answerCallbackQuery(on.amina.presses(await posted(on), { data: 'x' }).id, {
        url: `https://t.me/folkmoot_bot?start=${'x'.repeat(65)}`,
      }),
    says: '400 Bad Request: URL_INVALID',
  },
]

const commands =
  (count: number, command = 'poll', description = 'Ask the neighbours') =>
  (on: Stage) =>
    on.api.setMyCommands(Array.from({ length: count }, (_, at) => ({ command: count === 1 ? command : `c${at}`, description })))

const others: readonly Case[] = [
  { name: '100 commands', call: commands(100), says: 'done' },
  { name: '101 commands', call: commands(101), says: '400 Bad Request: BOT_COMMANDS_TOO_MUCH' },
  { name: 'a command in capitals', call: commands(1, 'Poll'), says: '400 Bad Request: BOT_COMMAND_INVALID' },
  { name: 'a command of 33 signs', call: commands(1, 'x'.repeat(33)), says: '400 Bad Request: BOT_COMMAND_INVALID' },
  {
    name: 'a command without a description',
    call: commands(1, 'poll', ' '),
    says: '400 Bad Request: command description must be non-empty',
  },
  {
    name: 'a description of 257 signs',
    call: commands(1, 'poll', 'x'.repeat(257)),
    says: '400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID',
  },
  {
    name: 'a caption of 1025 signs',
    call: on => on.api.sendDocument(on.group.id, new InputFile(Buffer.from('x'), 'a.txt'), { caption: 'x'.repeat(1025) }),
    says: '400 Bad Request: message caption is too long',
  },
  {
    name: 'an empty file',
    call: on => on.api.sendDocument(on.group.id, new InputFile(Buffer.alloc(0), 'a.txt')),
    says: '400 Bad Request: file must be non-empty',
  },
  {
    name: 'a picture that is none',
    call: on => on.api.sendPhoto(on.group.id, new InputFile(Buffer.from('no picture'), 'a.png')),
    says: '400 Bad Request: IMAGE_PROCESS_FAILED',
  },
  {
    name: '101 updates at once',
    call: on => on.api.getUpdates({ limit: 101 }),
    says: '400 Bad Request: limit must be between 1 and 100 (the real one corrects it in silence)',
  },
]

describe('edits and deletions', () => tryAll(edits))
describe('answers to presses', () => tryAll(answers, { answerWithin: TELEGRAM_S }))
describe('the rest', () => tryAll(others))
