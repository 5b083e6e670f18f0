import { describe, expect, test } from 'vitest'
import { personRef, spaceRef } from '../../../adapters/telegram/refs.ts'
import type { Reply } from '../../../src/platform/adapter.ts'
import type { Posted } from '../../platforms/telegram/posted.ts'
import { TELEGRAM_S } from '../../platforms/telegram/world.ts'
import { button, kinds, type Stage, stage, view } from './harness.ts'

const long = 'Counted: Damp homes. You can change it or take it back until Friday 6 pm.'

/** A post of the bot in the group, with a button. */
async function poll({ adapter, group }: Stage, topic?: number): Promise<Posted> {
  await adapter.send(spaceRef(group.id, topic), view('What matters most?', [[button('Buses')]]), 'k')
  const found = group.fromBot.at(-1)
  if (!found) throw new Error('the poll does not stand')
  return found
}

describe('a press', () => {
  test('is answered with a toast, which only she sees', async () => {
    const on = await stage()
    on.reply = () => [{ kind: 'whisper', view: view('Counted: Buses') }]
    expect(await on.amina.presses(await poll(on), 'Buses').answer).toEqual({ text: 'Counted: Buses', alert: false, url: undefined })
    expect(on.heard[0]).toMatchObject({
      person: { ref: `telegram:${on.amina.id}`, name: 'Amina', locale: 'en' },
      event: { kind: 'press', token: 'polls_v_1' },
    })
    expect(on.group.fromBot).toHaveLength(1)
  })

  test('is answered with a box when there is more to read', async () => {
    const on = await stage()
    on.reply = () => [{ kind: 'whisper', view: view(long) }]
    expect(await on.amina.presses(await poll(on), 'Buses').answer).toMatchObject({ text: long, alert: true })
  })

  test('is answered in short when the whole is too long', async () => {
    const on = await stage()
    on.reply = () => [{ kind: 'whisper', view: { ...view('x'.repeat(201)), brief: 'In short' } }]
    expect(await on.amina.presses(await poll(on), 'Buses').answer).toMatchObject({ text: 'In short' })
  })

  test('is answered once, whatever the bot says', async () => {
    const on = await stage()
    const post = await poll(on)
    for (const replies of [
      [],
      [{ kind: 'say', view: view('Hello') }],
      [
        { kind: 'whisper', view: view('one') },
        { kind: 'whisper', view: view('two') },
      ],
    ] satisfies Reply[][]) {
      on.reply = () => replies
      await on.amina.presses(post, 'Buses').answer
    }
    await on.tg.settled()
    expect(on.tg.answered.map(press => press.answered?.text)).toEqual(['', '', 'one'])
    expect(on.tg.calls('answerCallbackQuery')).toHaveLength(3)
    // What the answer could not carry stands where only she sees it.
    await on.tg.until(() => on.amina.messages.some(message => message.text === 'two'))
  })

  test('that means nothing to us is let go', async () => {
    const on = await stage()
    const channel = { ...(await poll(on)).raw, chat: { id: -1009, type: 'channel', title: 'News' } } as never
    on.tg.redeliver({ update_id: 1, callback_query: { id: '77', from: on.amina.user, chat_instance: 'i', data: 'x', message: channel } })
    await on.tg.until(() => on.tg.calls('answerCallbackQuery').length === 1)
    expect(on.heard).toEqual([])
  })

  test('changes the message', async () => {
    const on = await stage()
    const post = await poll(on)
    on.reply = () => [{ kind: 'update', view: view('Closed') }]
    on.amina.presses(post, 'Buses')
    await on.tg.until(() => post.text === 'Closed')
    expect(post.labels).toEqual([])
  })

  test('opens the private chat', async () => {
    const on = await stage()
    on.reply = () => [{ kind: 'go private', payload: 'polls_mine_4', view: view('There is more.'), label: 'Open' }]
    const { url, text } = await on.amina.presses(await poll(on), 'Buses').answer
    expect({ url, text }).toEqual({ url: 'https://t.me/folkmoot_bot?start=polls_mine_4', text: '' })
    on.amina.opens(url ?? '')
    await on.tg.until(() => on.heard.length === 2)
    expect(on.heard[1]).toMatchObject({ place: 'private', event: { kind: 'started', payload: 'polls_mine_4' } })
  })

  test('in a topic is answered in that topic', async () => {
    const on = await stage()
    const forum = on.tg.group('Levenshulme', { topics: true })
    const topic = forum.topic('Damp homes')
    const there = { ...on, group: forum }
    const post = await poll(there, topic.id)
    on.reply = () => [{ kind: 'say', view: view('Hello') }]
    on.amina.presses(post, 'Buses')
    const said = await on.tg.until(() => forum.fromBot.find(message => message.text === 'Hello'))
    expect(said.topic).toBe(topic.id)
    expect(on.heard.at(-1)?.place).toMatchObject({ space: `telegram:${forum.id}:${topic.id}` })
  })

  test('in private is answered aloud', async () => {
    const on = await stage()
    await on.adapter.send(personRef(on.amina.id), view('Draft', [[button('Post')]]), 'k')
    on.reply = () => [{ kind: 'whisper', view: view('Posted.') }]
    const draft = await on.tg.until(() => on.amina.messages.at(-1))
    expect(await on.amina.presses(draft, 'Post').answer).toMatchObject({ text: '' })
    await on.tg.until(() => on.amina.messages.at(-1)?.text === 'Posted.')
  })

  test('on a draft that she has deleted brings it back', async () => {
    const on = await stage()
    await on.adapter.send(personRef(on.amina.id), view('Draft', [[button('Post')]]), 'k')
    const draft = await on.tg.until(() => on.amina.messages.at(-1))
    on.amina.presses(draft, 'Post')
    on.amina.removes(draft)
    on.reply = () => [{ kind: 'update', view: view('Draft, changed') }]
    await on.tg.until(() => on.amina.messages.at(-1)?.text === 'Draft, changed')
  })

  test('whose answer comes too late is answered in private', async () => {
    const on = await stage({ answerWithin: TELEGRAM_S })
    on.reply = () => {
      on.now += 16_000
      return [{ kind: 'whisper', view: view('Counted: Buses') }]
    }
    on.amina.presses(await poll(on), 'Buses')
    await on.tg.until(() => on.amina.messages.at(-1)?.text === 'Counted: Buses')
    expect(on.tg.calls('answerCallbackQuery').map(call => call.status)).toEqual([400])
  })

  test('is answered again when the answer broke on its way', async () => {
    const on = await stage()
    const post = await poll(on)
    on.tg.fail({ method: 'answerCallbackQuery', with: 'drop' })
    on.reply = () => [{ kind: 'whisper', view: view('Counted: Buses') }]
    expect(await on.amina.presses(post, 'Buses').answer).toMatchObject({ text: 'Counted: Buses' })
  })

  test('gets an apology when the bot breaks', async () => {
    const on = await stage()
    on.reply = () => Promise.reject(new Error('broken'))
    expect(await on.amina.presses(await poll(on), 'Buses').answer).toMatchObject({ text: 'telegram-sorry in en' })
    await on.tg.settled()
  })
})

describe('a command', () => {
  test('in a group is answered under it', async () => {
    const on = await stage()
    on.reply = () => [{ kind: 'say', view: view('Posted.') }]
    const asked = on.amina.says(on.group, '/poll@folkmoot_bot Buses or parks?').posted
    const said = await on.tg.until(() => on.group.fromBot[0])
    expect(said).toMatchObject({ text: 'Posted.', replyTo: asked.id })
    expect(on.heard[0]?.event).toMatchObject({ kind: 'command', name: 'poll', args: 'Buses or parks?' })
  })

  test('leads into the private chat by a button', async () => {
    const on = await stage()
    on.reply = () => [{ kind: 'go private', payload: 'app_waiting', view: view('Set it up in private.'), label: 'Open' }]
    on.amina.says(on.group, '/poll')
    const said = await on.tg.until(() => on.group.fromBot[0])
    on.reply = () => []
    on.amina.opens(said, 'Open')
    await on.tg.until(() => on.heard.length === 2)
    expect(on.heard[1]?.event).toEqual({ kind: 'started', payload: 'app_waiting' })
    expect(on.adapter.privateLink('app_waiting')).toBe('https://t.me/folkmoot_bot?start=app_waiting')
  })

  test('is whispered to where only she sees it', async () => {
    const on = await stage()
    on.reply = () => [{ kind: 'whisper', view: view('This one needs a coordinator.') }]
    on.amina.says(on.group, '/poll')
    await on.tg.until(() => on.amina.messages.at(-1)?.text === 'This one needs a coordinator.')
    expect(on.group.fromBot).toEqual([])
  })

  test('is answered a little later when Telegram wants that', async () => {
    const on = await stage()
    on.tg.fail({ method: 'sendMessage', with: { status: 429, retry_after: 1 } })
    on.reply = () => [{ kind: 'say', view: view('Posted.') }]
    on.amina.says(on.group, '/poll')
    await on.tg.until(() => on.group.fromBot[0])
    expect(on.tg.calls('sendMessage').map(call => call.status)).toEqual([429, 200])
  })

  test('gets an apology when the bot breaks', async () => {
    const on = await stage()
    on.reply = () => Promise.reject(new Error('broken'))
    on.amina.says(on.group, '/poll')
    await on.tg.until(() => on.group.fromBot.some(message => message.text === 'telegram-sorry in en'))
    await on.tg.settled()
  })
})

test('a reply that Telegram has no way for is a mistake that the log shows', async () => {
  const on = await stage()
  on.reply = () => [{ kind: 'ask', form: { token: 'polls_new', title: 'New', submit: 'Go', fields: [], lang: 'en' } }]
  on.amina.says(on.group, '/poll')
  await on.tg.settled()
  await on.adapter.stop()
  expect(on.lines).toContainEqual({
    level: 'error',
    message: 'A Telegram reply broke',
    data: { err: new Error('Telegram has no way to "ask".'), kind: 'command' },
  })
})

test('the bot hears that it came, moved, went and was blocked', async () => {
  const on = await stage()
  const basic = on.tg.group('Clayton', { kind: 'group', bot: false })
  basic.add(on.amina)
  const next = basic.migrate()
  next.kick()
  on.amina.blocks()
  on.amina.unblocks()
  await on.tg.settled()
  expect(kinds(on).filter(kind => kind !== 'joined')).toEqual(['moved', 'left', 'closed', 'opened'])
  expect(on.heard.find(({ event }) => event.kind === 'moved')?.event).toEqual({ kind: 'moved', to: `telegram:${next.id}` })
})
