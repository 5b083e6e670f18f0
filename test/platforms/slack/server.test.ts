import type { App } from '@slack/bolt'
import { afterEach, describe, expect, test } from 'vitest'
import { buttons, input, modal, newApp, newClient, posted, type Stage, section, stage } from './harness.ts'
import type { WorkspaceOptions } from './workspaces.ts'
import type { Options } from './world.ts'

let on: Stage
let app: App
const start = async (teach: (app: App) => void, options: Partial<Options> = {}, workspace: WorkspaceOptions = {}): Promise<Stage> => {
  on = await stage(options, workspace)
  app = newApp(on.slack, on.workspace)
  teach(app)
  await app.start()
  return on
}
afterEach(async () => {
  await app.stop()
  await on.slack.stop()
})

describe('a poll in a channel, through Bolt', () => {
  test('Amina asks, the bot posts, she presses, it answers her alone and edits', async () => {
    const { slack, channel, amina, workspace } = await start(bot => {
      bot.command('/poll', async ({ ack, command, client }) => {
        await ack(`Made: ${command.text}`)
        await client.chat.postMessage({
          channel: command.channel_id,
          text: 'What?',
          blocks: [section('What?'), ...buttons('Damp homes', 'Buses')],
        })
      })
      bot.action('v:0', async ({ ack, respond, client, body }) => {
        await ack()
        await respond({ text: 'Counted', replace_original: false })
        if (body.type === 'block_actions') {
          await client.chat.update({
            channel: body.channel?.id ?? '',
            ts: body.message?.ts ?? '',
            text: '1 answer',
            blocks: [section('1 answer')],
          })
        }
      })
    })
    const run = amina.runs(channel, '/poll', 'What? | Damp homes & mould')
    expect(await run.answer).toMatchObject({ kind: 'said', text: 'Made: What? | Damp homes & mould' })
    const poll = await slack.until(() => channel.fromBot[0])
    expect(poll.labels).toEqual([['Damp homes', 'Buses']])

    const press = amina.presses(poll, 'Damp homes')
    expect(await press.answer).toMatchObject({ kind: 'said', text: 'Counted', message: { only: amina.id } })
    await slack.until(() => poll.shown.text === '1 answer')
    expect(poll.edits).toBe(1)
    expect(amina.sees(channel).map(message => message.shown.text)).toEqual(['Made: What? | Damp homes & mould', '1 answer', 'Counted'])
    const ben = workspace.person('Ben')
    expect(ben.sees(channel).map(message => message.shown.text)).toEqual(['1 answer'])
    expect(slack.oddities).toEqual([])
  })

  test('a press on what is not there is a mistake of the test; a forged one arrives', async () => {
    const seen: unknown[] = []
    const { amina } = await start(bot => {
      bot.action(/.*/, async ({ ack, action }) => {
        await ack()
        seen.push(action)
      })
    })
    const poll = await posted(on, 'What?', ['Buses'])
    expect(() => amina.presses(poll, 'Parks')).toThrow('no element "Parks" there; there are: ["Buses"]')
    expect(await amina.presses(poll, { forged: { actionId: 'x', value: '9' } }).acknowledged).toBe(true)
    expect(seen).toMatchObject([{ action_id: 'x', value: '9' }])
  })

  test('what is for one alone can be replaced and deleted through its own press', async () => {
    const { amina, channel } = await start(bot => {
      bot.command('/mine', async ({ ack }) => ack({ text: 'Yours', blocks: buttons('Again', 'Away') }))
      bot.action('v:0', async ({ ack, respond }) => {
        await ack()
        await respond({ text: 'Fresh', blocks: buttons('Again', 'Away'), replace_original: true })
      })
      bot.action('v:1', async ({ ack, respond }) => {
        await ack()
        await respond({ delete_original: true })
      })
    })
    const { message } = await amina.runs(channel, '/mine').answer
    if (!message) throw new Error('nothing was said')
    expect(await amina.presses(message, 'Again').answer).toMatchObject({ kind: 'replaced' })
    expect(message.text).toBe('Fresh')
    expect(await amina.presses(message, 'Away').answer).toMatchObject({ kind: 'deleted' })
    expect(amina.sees(channel)).toEqual([])
  })

  test('a command in a thread, and one that nobody declared, are answered by Slack itself', async () => {
    const { amina, channel } = await start(() => {}, {}, { commands: ['/poll'] })
    const poll = await posted(on)
    expect(await amina.runs(channel, '/poll', '', { thread: poll }).answer).toEqual({
      kind: 'failed',
      text: '/poll is not supported in threads. Sorry!',
    })
    expect(await amina.runs(channel, '/dance').answer).toEqual({ kind: 'failed', text: '/dance is not a valid command.' })
  })
})

describe('dialogs', () => {
  const teach = (bot: App): void => {
    bot.shortcut('make_poll', async ({ ack, client, body, shortcut }) => {
      await ack()
      const first = input('question', 'Question', { initial_value: shortcut.type === 'message_action' ? shortcut.message.text : '' })
      const day = { ...input('day', 'Closes'), optional: true, element: { type: 'datepicker' as const, action_id: 'day' } }
      await client.views.open({ trigger_id: body.trigger_id, view: modal('New poll', first, day) })
    })
    bot.view('form', async ({ ack, view }) => {
      const question = view.state.values['question']?.['value']?.value ?? ''
      const day = view.state.values['day']?.['day']?.selected_date
      if (!question.endsWith('?')) return ack({ response_action: 'errors', errors: { question: 'Ask with a question mark.' } })
      if (!day) return ack({ response_action: 'update', view: modal('Which day?', input('question', 'Question'), input('other', 'Why')) })
      return ack()
    })
  }

  test('a shortcut opens one; it says what is wrong, shows another page, closes', async () => {
    const { amina, channel, slack } = await start(teach, {}, { shortcuts: { 'Make this a poll': 'make_poll' } })
    const said = amina.says(channel, 'Buses & <parks>')
    const opened = await amina.uses(said, 'Make this a poll').answer
    expect(opened).toMatchObject({ kind: 'opened', text: 'New poll' })
    expect(() => amina.uses(said, 'make_poll')).toThrow('no "make_poll" in the menu; there are: ["Make this a poll"]')
    const view = amina.modal
    if (!view) throw new Error('no dialog')
    expect(view.fields).toEqual({ question: 'Question', day: 'Closes' })
    expect(view.state['question']).toEqual({ value: { type: 'plain_text_input', value: 'Buses &amp; &lt;parks&gt;' } })

    expect(await amina.submits(view).answer).toMatchObject({ kind: 'errors', errors: { question: 'Ask with a question mark.' } })
    expect(await amina.submits(view, { Question: 'Buses?' }).answer).toMatchObject({ kind: 'updated', text: 'Which day?' })
    // What was filled in stays where the ids stay.
    expect(view.state['question']).toEqual({ value: { type: 'plain_text_input', value: 'Buses?' } })
    expect(() => amina.submits(view)).toThrow('the client asks for "Why" first')
    expect(amina.modal).toBe(view)
    expect(slack.oddities).toEqual([])
  })

  test('with a day it closes', async () => {
    const { amina, channel } = await start(teach)
    await amina.uses(amina.says(channel, 'Buses?'), 'make_poll').answer
    const view = amina.modal
    if (!view) throw new Error('no dialog')
    expect(() => amina.submits(view, { Closes: 'tomorrow' })).toThrow('"tomorrow" is no selected_date')
    expect(await amina.submits(view, { Closes: '2026-11-06' }).answer).toEqual({ kind: 'closed', text: '' })
    expect(amina.modal).toBeUndefined()
    expect(() => amina.submits(view)).toThrow('the dialog "New poll" is closed')
  })

  test('errors that name no field leave the person with a bare failure, and are noted', async () => {
    const { amina, slack, channel } = await start(bot => {
      teach(bot)
      bot.view('other', async ({ ack }) => ack({ response_action: 'errors', errors: { nothing: 'wrong' } }))
      bot.command('/x', async ({ ack, client, body }) => {
        await ack()
        await client.views.open({ trigger_id: body.trigger_id, view: { ...modal('X', input('q', 'Q')), callback_id: 'other' } })
      })
    })
    const { view } = await amina.runs(channel, '/x').answer
    if (!view) throw new Error('no dialog')
    expect(await amina.submits(view, { q: 'hm' }).answer).toEqual({ kind: 'failed', text: 'We had some trouble connecting. Try again?' })
    expect(slack.oddities).toHaveLength(1)
  })

  test('the closing of a dialog is told where the view asks for it', async () => {
    const closed: unknown[] = []
    const { amina, channel } = await start(bot => {
      bot.command('/x', async ({ ack, client, body }) => {
        await ack()
        await client.views.open({ trigger_id: body.trigger_id, view: { ...modal('X', input('q', 'Q')), notify_on_close: true } })
      })
      bot.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
        await ack()
        closed.push(body.type)
      })
    })
    const { view } = await amina.runs(channel, '/x').answer
    if (!view) throw new Error('no dialog')
    expect(await amina.closes(view).acknowledged).toBe(true)
    expect(closed).toEqual(['view_closed'])
  })
})

describe('choices, the home, private words', () => {
  test('menus, calendars and checkboxes, on a message and on the home', async () => {
    const chosen: unknown[] = []
    const option = (text: string) => ({ text: { type: 'plain_text' as const, text }, value: text.toLowerCase() })
    const menu = { type: 'static_select' as const, action_id: 'area', options: [option('Ardwick'), option('Gorton')] }
    const many = { type: 'checkboxes' as const, action_id: 'many', options: [option('One'), option('Two')] }
    const { amina, client, channel } = await start(bot => {
      bot.action(/.*/, async ({ ack, action }) => {
        await ack()
        chosen.push(action)
      })
      bot.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'actions', elements: [many] }] } })
      })
    })
    const { ts } = await client.chat.postMessage({ channel: channel.id, text: 'Where?', blocks: [{ type: 'actions', elements: [menu] }] })
    const message = channel.messages.find(one => one.ts === ts)
    if (!message) throw new Error('nothing there')
    await amina.chooses(message, { actionId: 'area' }, 'Gorton').acknowledged
    const { view } = await amina.opensHome().answer
    if (!view) throw new Error('no home')
    await amina.chooses(view, { actionId: 'many' }, ['One', 'two']).acknowledged
    expect(chosen).toMatchObject([{ selected_option: { value: 'gorton' } }, { selected_options: [{ value: 'one' }, { value: 'two' }] }])
    expect(amina.home).toBe(view)
  })

  test('private words arrive, the words of the bot too, words in a channel do not: no scope allows it', async () => {
    const heard: (string | undefined)[] = []
    const { amina, channel, slack } = await start(bot => {
      bot.message(async ({ message, say }) => {
        heard.push('text' in message ? message.text : undefined)
        await say('Hello yourself')
      })
    })
    amina.says(channel, 'not for you')
    amina.says('private', 'hello <!channel>')
    await slack.until(() => amina.messages[1])
    expect(heard).toEqual(['hello &lt;!channel&gt;'])
    await slack.settled()
    expect(amina.messages.map(message => message.shown.text)).toEqual(['hello <!channel>', 'Hello yourself'])
  })

  test('a file in three steps', async () => {
    const { client, channel } = await start(() => {})
    await client.filesUploadV2({
      channel_id: channel.id,
      filename: 'tally.csv',
      title: 'The tally',
      content: 'buses,41\n',
      initial_comment: 'Here',
    })
    expect(channel.fromBot).toMatchObject([{ text: 'Here', files: [{ name: 'tally.csv', title: 'The tally' }] }])
    expect(channel.fromBot[0]?.files[0]?.content.toString('utf8')).toBe('buses,41\n')
  })
})

test('two workspaces share ids on purpose, and nothing else', async () => {
  const { slack, workspace, channel, amina, client } = await start(() => {})
  const other = slack.workspace('Gorton')
  const bea = other.person('Bea')
  const theirs = other.channel('gorton')
  expect([theirs.id, bea.id, other.botId]).toEqual([channel.id, amina.id, workspace.botId])
  await newClient(slack, other.botToken).chat.postMessage({ channel: theirs.id, text: 'Hello Gorton' })
  await client.chat.postMessage({ channel: channel.id, text: 'Hello Ardwick' })
  expect([channel, theirs].map(one => one.fromBot.map(message => message.text))).toEqual([['Hello Ardwick'], ['Hello Gorton']])
  expect(await client.users.info({ user: amina.id, include_locale: true })).toMatchObject({
    user: { real_name: 'Amina', tz: 'Europe/London', locale: 'en-GB' },
  })
})
