import { type Api, InputFile } from 'grammy'
import type { BotCommand } from 'grammy/types'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { outcome, posted, type Stage, stage, tryAll } from './harness.ts'
import type { Posted } from './posted.ts'
import { TELEGRAM_S } from './world.ts'

/** What one person alone sees in a group. */

const commands: BotCommand[] = [{ command: 'poll', description: 'Ask the neighbours', is_ephemeral: true }]
const list = ({ api }: Stage): Promise<true> => api.setMyCommands(commands)
const noRight = '400 Bad Request: not enough rights to send ephemeral messages to the chat'
const toAmina = ({ amina }: Stage, more: object = {}) => ({ ephemeral_message_parameters: { receiver_user_id: amina.id, ...more } })

/** In answer to a press of Amina's. */
async function shown(on: Stage, text = 'Only you'): Promise<Posted> {
  const press = on.amina.presses(await posted(on), { data: 'x' })
  await on.api.sendMessage(on.group.id, text, toAmina(on, { callback_query_id: press.id }))
  const found = on.amina.seesAlone(on.group).at(-1)
  if (!found) throw new Error('Amina sees nothing')
  return found
}

const named = ({ group, amina }: Stage, post: Posted) => ({
  chat_id: group.id,
  receiver_user_id: amina.id,
  ephemeral_message_id: post.ephemeralId ?? 0,
})
const edit = (on: Stage, post: Posted, text: string): Promise<unknown> => on.api.raw.editEphemeralMessageText({ ...named(on, post), text })

describe('what is refused', () => {
  tryAll(
    [
      { name: 'without a press or a command', call: on => on.api.sendMessage(on.group.id, 'x', toAmina(on)), says: noRight },
      {
        name: 'to somebody else than the one who pressed',
        call: async on => {
          const press = on.tg.person('Brendan').presses(await posted(on), { data: 'x' })
          return on.api.sendMessage(on.group.id, 'x', toAmina(on, { callback_query_id: press.id }))
        },
        says: noRight,
      },
      {
        name: 'later than 15 s after the press',
        call: async on => {
          const press = on.amina.presses(await posted(on), { data: 'x' })
          on.clock.forward(TELEGRAM_S + 1)
          return on.api.sendMessage(on.group.id, 'x', toAmina(on, { callback_query_id: press.id }))
        },
        says: noRight,
      },
      {
        name: 'in private',
        call: on => on.api.sendMessage(on.amina.id, 'x', toAmina(on)),
        says: '400 Bad Request: ephemeral messages can be sent only to groups and supergroups',
      },
      {
        name: 'to all, in reply to what one person said to the bot',
        call: async on => {
          await list(on)
          const { posted: asked } = on.amina.says(on.group, '/poll')
          return on.api.sendMessage(on.group.id, 'x', { reply_parameters: { ephemeral_message_id: asked.ephemeralId ?? 0 } })
        },
        says: '400 Bad Request: a reply to an ephemeral message must be an ephemeral message',
      },
      {
        name: 'by an admin, to somebody who is not there',
        call: on => {
          on.group.promote()
          return on.api.sendMessage(on.group.id, 'x', toAmina(on))
        },
        says: '400 Bad Request: USER_NOT_PARTICIPANT',
      },
      {
        name: 'an edit of 1,025 signs (an open bug of Telegram)',
        call: async on => edit(on, await shown(on), 'x'.repeat(1025)),
        says: '400 Bad Request: MEDIA_CAPTION_TOO_LONG',
      },
      { name: 'an edit of 1,024 signs', call: async on => edit(on, await shown(on), 'x'.repeat(1024)), says: 'done' },
      {
        name: 'an edit of what is gone',
        call: async on => {
          const post = await shown(on)
          on.amina.restartsApp()
          return edit(on, post, 'x')
        },
        says: '400 Bad Request: message to edit not found',
      },
      {
        name: 'deleting it as any other',
        call: async on => {
          await shown(on)
          return on.api.deleteMessage(on.group.id, 0)
        },
        says: '400 Bad Request: message to delete not found',
      },
    ],
    { answerWithin: TELEGRAM_S },
  )
})

describe('what is shown', () => {
  let on: Stage
  beforeEach(async () => {
    on = await stage()
    await list(on)
  })
  afterEach(() => on.tg.stop())

  test('is seen by one person, has no number of its own, and can be edited and deleted by what it has', async () => {
    const post = await shown(on)
    expect(post.raw).toMatchObject({ message_id: 0, ephemeral_message_id: 1, receiver_user: { id: on.amina.id }, text: 'Only you' })
    expect(on.group.fromBot.map(one => one.text)).toEqual(['What matters most?'])
    expect(on.tg.person('Brendan').seesAlone(on.group)).toEqual([])
    expect(await edit(on, post, 'Changed')).toBe(true)
    expect(await outcome(edit(on, post, 'Changed'))).toContain('message is not modified')
    expect(on.amina.seesAlone(on.group).map(one => one.text)).toEqual(['Changed'])
    await on.api.raw.deleteEphemeralMessage(named(on, post))
    expect(on.amina.seesAlone(on.group)).toEqual([])
    // Its number is used again.
    expect((await shown(on, 'Another')).ephemeralId).toBe(1)
  })

  test('may be a file, and its caption and keyboard be edited', async () => {
    const press = on.amina.presses(await posted(on), { data: 'x' })
    const file = new InputFile(Buffer.from('a,b'), 'tally.csv')
    await on.api.sendDocument(on.group.id, file, toAmina(on, { callback_query_id: press.id }))
    const [post] = on.amina.seesAlone(on.group)
    if (!post) throw new Error('no file')
    await on.api.raw.editEphemeralMessageCaption({ ...named(on, post), caption: 'All votes' })
    const reply_markup = { inline_keyboard: [[{ text: 'More', callback_data: 'm' }]] }
    await on.api.raw.editEphemeralMessageReplyMarkup({ ...named(on, post), reply_markup })
    expect([post.text, post.labels]).toEqual(['All votes', [['More']]])
  })

  test('by an admin goes to any member at any time', async () => {
    on.group.joined(on.amina)
    on.group.promote()
    await on.api.sendMessage(on.group.id, 'Only you', toAmina(on))
    expect(on.amina.seesAlone(on.group)).toHaveLength(1)
  })

  test('can be pressed by the one who sees it, and answered for another 15 s', async () => {
    const post = await shown(on)
    const press = on.amina.presses(post, { data: 'more' })
    expect(press.update?.callback_query?.message).toMatchObject({ message_id: 0, ephemeral_message_id: 1 })
    await on.api.answerCallbackQuery(press.id)
    await on.api.sendMessage(on.group.id, 'More', toAmina(on, { callback_query_id: press.id }))
    expect(on.amina.seesAlone(on.group).map(one => one.text)).toEqual(['Only you', 'More'])
    expect(() => on.tg.person('Brendan').presses(post, { data: 'more' })).toThrow('Brendan does not see "Only you"')
  })

  test('may never arrive, and is lost on an old app; the bot is told that it was sent', async () => {
    on.tg.loses(1)
    await expect(shown(on)).rejects.toThrow('Amina sees nothing')
    await shown(on)
    on.amina.restartsApp()
    on.amina.state.oldApp = true
    await expect(shown(on)).rejects.toThrow('Amina sees nothing')
  })
})

describe('a command', () => {
  let on: Stage
  beforeEach(async () => {
    on = await stage()
  })
  afterEach(() => on.tg.stop())
  const answer = (api: Api, asked: Posted): Promise<string> =>
    outcome(
      api.sendMessage(on.group.id, 'Only you', {
        ...toAmina(on),
        reply_parameters: { ephemeral_message_id: asked.ephemeralId ?? 0 },
      }),
    )

  test('that is listed so is seen by the bot alone, and so is what replies to its answer', async () => {
    await list(on)
    const { posted: asked, update } = on.amina.says(on.group, '/poll Buses?')
    expect(update?.message).toMatchObject({ message_id: 0, ephemeral_message_id: 1, receiver_user: { is_bot: true }, text: '/poll Buses?' })
    expect(on.group.messages).toEqual([])
    expect(await answer(on.api, asked)).toBe('done')
    const [post] = on.amina.seesAlone(on.group)
    const replied = on.amina.says(on.group, 'Buses', { ...(post && { replyTo: post }) })
    expect(replied.update?.message).toMatchObject({ message_id: 0, text: 'Buses' })
    expect(replied.update?.message).not.toHaveProperty('reply_to_message')
  })

  test('that is not, is for another bot, or comes from an old app is seen by all', async () => {
    await list(on)
    on.amina.says(on.group, '/guide')
    on.amina.says(on.group, '/poll@other_bot')
    on.amina.state.oldApp = true
    on.amina.says(on.group, '/poll')
    expect(on.group.messages.map(one => one.text)).toEqual(['/guide', '/poll@other_bot', '/poll'])
  })

  test('on a server from before all this: fields are dropped, and what was for one person stands for all', async () => {
    await on.tg.stop()
    on = await stage({ isOld: true })
    await list(on)
    expect(await on.api.getMyCommands()).toEqual([{ command: 'poll', description: 'Ask the neighbours' }])
    await on.api.sendMessage(on.group.id, 'Only you', toAmina(on))
    expect(on.group.fromBot.map(one => one.text)).toEqual(['Only you'])
    const call = on.api.raw.deleteEphemeralMessage({ chat_id: on.group.id, receiver_user_id: on.amina.id, ephemeral_message_id: 1 })
    expect(await outcome(call)).toBe('404 Not Found: method not found')
  })
})
