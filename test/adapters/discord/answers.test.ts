import { InteractionResponseType as Ack } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import { deferMs } from '../../../adapters/discord/answers.ts'
import type { Reply } from '../../../src/platform/adapter.ts'
import { PATIENCE_MS, until } from '../../helpers/patience.ts'
import { DISCORD_S } from '../../platforms/discord/world.ts'
import { button, form, held, type Stage, stage, view, whisper } from './harness.ts'

const say = (words: string): Reply => ({ kind: 'say', view: view(words) })
const update = (words: string): Reply => ({ kind: 'update', view: view(words) })
const ask: Reply = { kind: 'ask', form }

describe('in time', () => {
  test('a press is answered once, by a whisper', async () => {
    const on = await stage()
    const post = await on.posted()
    on.reply = () => [whisper('Counted.')]
    const press = on.amina.presses(post, 'Buses')
    expect(await press.answer).toMatchObject({ ack: Ack.ChannelMessageWithSource, text: 'Counted.', message: { ephemeral: true } })
    expect(press.refused).toEqual([])
    expect(on.heard).toMatchObject([{ id: `discord:${press.id}`, event: { kind: 'press', token: 'polls_v_1' } }])
  })

  test('a change of the message goes first, whispers come after it', async () => {
    const on = await stage()
    const post = await on.posted()
    on.reply = () => [whisper('Counted.'), update('Closed'), whisper('Thank you.')]
    const press = on.amina.presses(post, 'Buses')
    await on.discord.until(() => press.followUps.length === 2)
    expect([press.ack, post.text, ...press.followUps.map(one => [one.text, one.ephemeral])]).toEqual([
      Ack.UpdateMessage,
      'Closed',
      ['Counted.', true],
      ['Thank you.', true],
    ])
  })

  test('no reply: a press ends without a trace, a command too', async () => {
    const on = await stage()
    const press = on.amina.presses(await on.posted(), 'Buses')
    expect(await press.acked).toBe(Ack.DeferredMessageUpdate)
    const command = on.amina.runs(on.ardwick, 'poll')
    await on.discord.until(() => command.original?.deleted)
    expect(on.amina.sees(on.ardwick).map(one => one.text)).toEqual(['What matters most?'])
  })

  test('an answer that is cut off is given once more, and stands once', async () => {
    const on = await stage()
    on.discord.fail({ path: '/interactions/*', with: 'drop after doing it' })
    on.reply = () => [whisper('Counted.')]
    const press = on.amina.presses(await on.posted(), 'Buses')
    await on.discord.until(() => press.refused.length === 1)
    expect(press.messages.map(one => one.text)).toEqual(['Counted.'])
    expect(on.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  test('what is said aloud and was cut off after it was done stands once too', async () => {
    const on = await stage()
    on.discord.fail({ path: '/interactions/*', with: 'drop after doing it' })
    on.reply = () => [say('A new poll'), whisper('Done.')]
    const command = on.amina.runs(on.ardwick, 'poll')
    await on.discord.until(() => command.followUps.length === 1)
    expect(on.ardwick.fromBot.map(one => one.text)).toEqual(['A new poll'])
  })

  test.each<{ name: string; with: Parameters<Stage['discord']['fail']>[0]['with'] }>([
    { name: 'too many', with: { status: 429, retry_after: 0.5 } },
    { name: 'too many of all', with: { status: 429, retry_after: 0.5, global: true } },
    { name: 'a server error', with: 502 },
    { name: 'a broken connection', with: 'drop' },
  ])('an answer that meets $name is given once more', async ({ with: harm }) => {
    const on = await stage()
    on.discord.fail({ path: '/interactions/*', with: harm })
    on.reply = () => [whisper('Counted.'), whisper('Thank you.')]
    const press = on.amina.presses(await on.posted(), 'Buses')
    await on.discord.until(() => press.followUps.length === 1)
    expect(press.messages.map(one => one.text)).toEqual(['Counted.', 'Thank you.'])
    expect(on.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([])
  })

  test('the same press delivered twice is heard twice under one id, and nothing breaks', async () => {
    const on = await stage()
    on.reply = () => [whisper('Counted.')]
    const press = on.amina.presses(await on.posted(), 'Buses')
    await press.answer
    on.discord.redeliver(press)
    await until(() => on.lines.some(({ level }) => level === 'debug'), 'a line in the log')
    expect(on.heard.map(one => one.id)).toEqual([`discord:${press.id}`, `discord:${press.id}`])
    expect(on.lines.filter(({ level }) => level !== 'info')).toMatchObject([{ level: 'debug', data: { code: '40060' } }])
  })
})

describe('late: after two seconds the answer is put off', () => {
  test('to a press without a trace; what is whispered and changed comes later', async () => {
    const on = await stage()
    on.answerMs = undefined
    expect(deferMs).toBeLessThan(0.7 * DISCORD_S * 1000)
    const post = await on.posted()
    const done = held<readonly Reply[]>()
    on.reply = () => done.promise
    const press = on.amina.presses(post, 'Buses')
    expect(await press.acked).toBe(Ack.DeferredMessageUpdate)
    done.give([whisper('Counted.'), update('Closed')])
    expect([(await press.said).text, (await press.said).ephemeral, (await press.update).text]).toEqual(['Counted.', true, 'Closed'])
  })

  test('to a command privately; "thinking" becomes the whisper, what is said aloud follows', async () => {
    const on = await stage()
    on.answerMs = 50
    const done = held<readonly Reply[]>()
    on.reply = () => done.promise
    const command = on.amina.runs(on.ardwick, 'poll', 'Buses')
    expect(await command.acked).toBe(Ack.DeferredChannelMessageWithSource)
    on.answerMs = PATIENCE_MS
    done.give([say('For all'), ask])
    await on.discord.until(() => command.messages.length === 2)
    expect(command.messages.map(one => [one.text, one.ephemeral, one.labels])).toEqual([
      ['### A new poll', true, [['discord-open-form in en-GB']]],
      ['For all', false, []],
    ])
    on.reply = () => [ask]
    const again = command.messages[0]
    const modal = again && (await on.amina.presses(again, { customId: 'polls_new' }).asks)
    expect(modal?.title).toBe('A new poll')
    expect(on.heard.at(-1)?.event).toMatchObject({ kind: 'press', token: 'polls_new' })
  })

  test('suggestions that come too late are none', async () => {
    const on = await stage()
    on.answerMs = 50
    const done = held<readonly Reply[]>()
    on.reply = () => done.promise
    expect(await on.amina.types(on.ardwick, 'poll', 'li')).toEqual([])
    done.give([{ kind: 'suggest', choices: [{ value: 'list', label: 'list' }] }])
  })
})

describe('forms', () => {
  test('what is not right comes back by a button, with what was typed', async () => {
    const on = await stage()
    on.reply = ({ event }) => (event.kind === 'submit' ? [{ kind: 'wrong', form, fields: { options: 'Two at least.' } }] : [ask])
    const modal = await on.amina.runs(on.ardwick, 'poll').asks
    expect([modal.title, modal.labels, modal.filled]).toEqual([
      'A new poll',
      ['What do you want to ask?', 'Answers', 'Where?'],
      { question: '', options: '' },
    ])
    const sent = on.amina.submits(modal, { question: 'What *matters*?', options: 'Buses', area: 'Gorton' })
    const told = await sent.said
    expect([told.ephemeral, told.text]).toEqual([true, 'discord-form-wrong in en-GB\n\n**Answers:** Two at least.'])
    expect(on.heard.at(-1)?.event).toEqual({
      kind: 'submit',
      form: 'polls_new',
      values: { question: 'What *matters*?', options: 'Buses', area: ['g'] },
    })
    const again = await on.amina.presses(told, 'discord-open-form in en-GB').asks
    expect(again.filled).toEqual({ question: 'What *matters*?', options: 'Buses' })
    on.reply = () => [whisper('Done.')]
    expect((await on.amina.submits(again, { options: 'Buses\nParks' }).said).text).toBe('Done.')
    expect(on.heard.at(-1)?.event).toMatchObject({ values: { area: ['g'], options: 'Buses\nParks' } })
    on.reply = () => [ask]
    expect((await on.amina.runs(on.ardwick, 'poll').asks).filled).toEqual({ question: '', options: '' })
  })
})

describe('the private chat', () => {
  const way: Reply = { kind: 'go private', payload: 'polls_mine_1', view: view('Come along'), label: 'Open' }

  test('a press on the way there is answered in private, and says so where it was pressed', async () => {
    const on = await stage()
    on.reply = ({ event }) => (event.kind === 'press' ? [way] : [say('Here')])
    const { message } = await on.amina.presses(await on.posted(), 'Buses').answer
    if (!message) throw new Error('no way')
    const told = await on.amina.presses(message, 'Open').said
    expect(on.amina.messages.map(one => one.text)).toEqual(['Here'])
    expect(told.text).toBe('discord-told-in-private in en-GB')
    expect(on.heard.at(-1)).toMatchObject({ place: 'private', event: { kind: 'started', payload: 'polls_mine_1' } })
  })

  test('where it is closed, the words come as a whisper', async () => {
    const on = await stage()
    on.amina.closesDms()
    on.reply = ({ event }) => (event.kind === 'press' ? [way] : [say('Here')])
    const { message } = await on.amina.presses(await on.posted(), 'Buses').answer
    const told = message && (await on.amina.presses(message, 'Open').said)
    expect([told?.text, told?.ephemeral, on.amina.messages]).toEqual(['Here', true, []])
  })

  test('words there come in and are answered there; an apology where the bot breaks', async () => {
    const on = await stage()
    on.reply = () => {
      throw new Error('broken')
    }
    on.amina.says('dm', 'hello *there*')
    await on.discord.until(() => on.amina.messages.length === 2)
    expect(on.heard[0]).toMatchObject({ place: 'private', person: { name: 'Amina' }, event: { kind: 'text', text: 'hello *there*' } })
    expect(on.amina.messages[1]?.text).toBe('discord-sorry in undefined')
  })

  test('a button stays what it is: two with one token stand side by side', async () => {
    const on = await stage()
    const sent = await on.adapter.send(on.space, view('x', [[button('A'), button('B')]]), 'k')
    expect(sent).toMatchObject({ ok: expect.any(String) })
    const [post] = on.ardwick.fromBot
    if (post) await on.amina.presses(post, 'B').answer
    expect(on.heard[0]?.event).toMatchObject({ token: 'polls_v_1' })
  })
})
