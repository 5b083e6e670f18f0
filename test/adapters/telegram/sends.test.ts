import { describe, expect, test } from 'vitest'
import { messageRef, spaceRef } from '../../../adapters/telegram/refs.ts'
import type { MessageRef, Sent, SpaceRef } from '../../../src/platform/adapter.ts'
import { button, type Stage, stage, view } from './harness.ts'

const okOf = (sent: Sent): MessageRef => {
  if (sent !== 'unsure' && 'ok' in sent) return sent.ok
  throw new Error(`not sent: ${JSON.stringify(sent)}`)
}
const ref = spaceRef
const offline = (): Promise<Stage> => stage({ started: false })

describe('a post', () => {
  test('stands in the group with its buttons, under what it answers, without a preview', async () => {
    const { adapter, group, amina, tg } = await offline()
    const asked = amina.says(group, '/poll').posted
    const message = okOf(
      await adapter.send(ref(group.id), view('What matters most?', [[button('Buses')]]), 'k', messageRef(group.id, asked.id)),
    )
    const [poll] = group.fromBot
    expect(poll).toMatchObject({ text: 'What matters most?', labels: [['Buses']], replyTo: asked.id })
    expect(message).toBe(messageRef(group.id, poll?.id ?? 0))
    expect(tg.calls('sendMessage')[0]?.payload).toMatchObject({ link_preview_options: { is_disabled: true } })
    expect(tg.calls('sendMessage')[0]?.payload).not.toHaveProperty('parse_mode')
  })

  test('stands without it where that is gone', async () => {
    const { adapter, group } = await offline()
    okOf(await adapter.send(ref(group.id), view('x'), 'k', messageRef(group.id, 999)))
    expect(group.fromBot.map(post => post.text)).toEqual(['x'])
  })

  test('stands in its topic', async () => {
    const { adapter, tg } = await offline()
    const forum = tg.group('Levenshulme', { topics: true })
    const topic = forum.topic('Damp homes')
    okOf(await adapter.send(ref(forum.id, topic.id), view('x'), 'k'))
    expect(forum.fromBot[0]?.topic).toBe(topic.id)
    expect(adapter.lane(ref(forum.id, topic.id))).toBe(ref(forum.id))
  })

  test("people's words make no live names, and no links but whole addresses", async () => {
    const { adapter, group } = await offline()
    okOf(await adapter.send(ref(group.id), view('@alice https://x.example t.me/x 😀'), 'k'))
    expect(group.fromBot[0]?.raw.entities).toEqual([{ type: 'url', offset: 8, length: 17 }])
  })

  test('a file goes with the words under it and the buttons', async () => {
    const { adapter, group } = await offline()
    const file = { kind: 'file', name: 'results.csv', mime: 'text/csv', text: 'option,votes\nDämp,3\n', about: 'The results' } as const
    okOf(
      await adapter.send(
        ref(group.id),
        { ...view(''), blocks: [{ kind: 'title', text: 'Closed' }, file], buttons: [[button('Show')]] },
        'k',
      ),
    )
    const [post] = group.fromBot
    expect(post).toMatchObject({ text: 'Closed\nThe results', labels: [['Show']] })
    expect(post?.file).toMatchObject({ name: 'results.csv' })
    expect(post?.file?.content.toString('utf8')).toBe(file.text)
  })

  test('words too long for a caption follow the file', async () => {
    const { adapter, group } = await offline()
    const file = { kind: 'file', name: 'r.csv', mime: 'text/csv', text: 'a', about: 'About' } as const
    const message = okOf(await adapter.send(ref(group.id), { ...view(''), blocks: [file, { kind: 'text', text: 'x'.repeat(1100) }] }, 'k'))
    expect(group.messages.map(post => [post.file?.name, post.text.length])).toEqual([
      ['r.csv', 0],
      [undefined, 1107],
    ])
    expect(message).toBe(messageRef(group.id, group.messages[1]?.id ?? 0))
  })

  test('after the file stands, nothing is sure if the words fail', async () => {
    const { adapter, group, tg } = await offline()
    const file = { kind: 'file', name: 'r.csv', mime: 'text/csv', text: 'a', about: 'About' } as const
    tg.fail({ method: 'sendMessage', with: { status: 500 } })
    expect(await adapter.send(ref(group.id), { ...view(''), blocks: [file, { kind: 'text', text: 'x'.repeat(1100) }] }, 'k')).toBe('unsure')
  })
})

interface Refused {
  readonly name: string
  readonly when: (on: Stage) => void
  readonly expects: Sent
  readonly to?: (on: Stage) => SpaceRef
}

describe('what Telegram refuses', () => {
  const toAmina = ({ amina }: Stage): SpaceRef => ref(amina.id)
  const harm =
    (status: number, more: object = {}) =>
    (on: Stage): void =>
      on.tg.fail({ method: 'sendMessage', with: { status, ...more } })
  test.each<Refused>([
    {
      name: 'she blocked the bot',
      when: on => on.amina.blocks(),
      to: toAmina,
      expects: { no: 'unreachable', why: 'the person has blocked the bot' },
    },
    {
      name: 'her account is deleted',
      when: on => on.amina.leavesTelegram(),
      to: toAmina,
      expects: { no: 'unreachable', why: 'the account is deleted' },
    },
    {
      name: 'he has not started it',
      when: () => {},
      to: on => ref(on.tg.person('Ben').id),
      expects: { no: 'unreachable', why: 'the person has not started the bot' },
    },
    {
      name: 'nobody knows that person',
      when: () => {},
      to: () => ref(99),
      expects: { no: 'unreachable', why: 'the person has not started the bot' },
    },
    { name: 'thrown out', when: on => on.group.kick(), expects: { no: 'gone', why: 'the bot is not in the chat', how: 'removed' } },
    { name: 'the group was deleted', when: on => on.group.vanish(), expects: { no: 'gone', why: 'the group was deleted', how: 'deleted' } },
    { name: 'no such group', when: () => {}, to: () => ref(-1009), expects: { no: 'gone', why: 'the chat is not there', how: 'deleted' } },
    {
      name: 'may not write',
      when: on => on.group.allow({ messages: false }),
      expects: { no: 'forbidden', why: 'the bot lacks the right' },
    },
    {
      name: 'an error that stays',
      when: harm(400, { description: 'Bad Request: BUTTON_URL_INVALID' }),
      expects: { no: 'refused', why: 'Telegram does not take it' },
    },
    {
      name: 'forbidden for a reason of its own',
      when: harm(403, { description: 'Forbidden: something new' }),
      expects: { no: 'forbidden', why: 'Telegram forbids it' },
    },
    { name: 'too many', when: harm(429, { retry_after: 7 }), expects: { later: 7000 } },
    { name: 'the token was refused', when: harm(401), expects: { later: 60_000 } },
    { name: 'a fault over there', when: harm(502), expects: 'unsure' },
    { name: 'the line broke', when: on => on.tg.fail({ method: 'sendMessage', with: 'drop' }), expects: 'unsure' },
    {
      name: 'the line broke after it was done',
      when: on => on.tg.fail({ method: 'sendMessage', with: 'drop after doing it' }),
      expects: 'unsure',
    },
  ])('$name', async ({ when, to, expects }) => {
    const on = await offline()
    when(on)
    expect(await on.adapter.send(to?.(on) ?? ref(on.group.id), view('secret words'), 'k')).toEqual(expects)
  })

  test('nobody listens: it was never sent', async () => {
    const { adapter, group, tg } = await offline()
    await tg.stop()
    expect(await adapter.send(ref(group.id), view('x'), 'k')).toEqual({ later: 5000 })
  })

  test('too long', async () => {
    const { adapter, group } = await offline()
    expect(await adapter.send(ref(group.id), view('x'.repeat(4097)), 'k')).toEqual({ no: 'refused', why: 'the message is too long' })
  })

  test('the group has another id now', async () => {
    const { adapter, tg } = await offline()
    const basic = tg.group('Clayton', { kind: 'group' })
    const next = basic.migrate()
    expect(await adapter.send(ref(basic.id), view('x'), 'k')).toEqual({ moved: ref(next.id) })
    okOf(await adapter.send(ref(next.id), view('x'), 'k'))
  })

  test('the topic is closed, or gone', async () => {
    const { adapter, tg } = await offline()
    const forum = tg.group('Levenshulme', { topics: true })
    const [closed, gone] = [forum.topic('Damp'), forum.topic('Buses')]
    forum.closeTopic(closed)
    forum.removeTopic(gone)
    expect(await adapter.send(ref(forum.id, closed.id), view('x'), 'k')).toEqual({ no: 'forbidden', why: 'the topic is closed' })
    expect(await adapter.send(ref(forum.id, gone.id), view('x'), 'k')).toEqual({
      ...{ no: 'gone', why: 'the topic is not there', how: 'deleted' },
    })
  })

  test('an address of another platform is a mistake', async () => {
    const { adapter } = await offline()
    await expect(adapter.send('web:ardwick', view('x'), 'k')).rejects.toThrow('Not the address of a Telegram chat.')
    await expect(adapter.change('web:ardwick', 'pin')).rejects.toThrow('Not the address of a Telegram message.')
  })
})

describe('a change', () => {
  const posted = async (on: Stage): Promise<MessageRef> =>
    okOf(await on.adapter.send(ref(on.group.id), view('Buses 1', [[button('Buses')]]), 'k'))

  test('edits the words and takes the buttons away', async () => {
    const on = await offline()
    const message = await posted(on)
    expect(await on.adapter.change(message, view('Buses 2'))).toEqual({ ok: message })
    expect(on.group.fromBot[0]).toMatchObject({ text: 'Buses 2', labels: [], edits: 1 })
  })

  test('to what it says already is done', async () => {
    const on = await offline()
    const message = await posted(on)
    expect(await on.adapter.change(message, view('Buses 1', [[button('Buses')]]))).toEqual({ ok: message })
  })

  test('of a message that is gone', async () => {
    const on = await offline()
    const message = await posted(on)
    for (const post of on.group.fromBot) on.group.remove(post)
    const gone = { no: 'gone', why: 'the message is not there' }
    expect(await on.adapter.change(message, view('Buses 2'))).toEqual(gone)
    expect(await on.adapter.change(message, 'remove')).toEqual(gone)
    on.group.promote()
    expect(await on.adapter.change(message, 'pin')).toEqual(gone)
  })

  test("of somebody else's message", async () => {
    const on = await offline()
    const hers = on.amina.says(on.group, 'hello').posted
    const message: MessageRef = messageRef(on.group.id, hers.id)
    expect(await on.adapter.change(message, view('x'))).toEqual({ no: 'gone', why: 'the message is not there' })
    expect(await on.adapter.change(message, 'remove')).toEqual({ no: 'refused', why: 'the message can no longer be deleted' })
    on.group.promote()
    expect(await on.adapter.change(message, 'remove')).toEqual({ ok: message })
  })

  test('removes within two days', async () => {
    const on = await offline()
    const [soon, late] = [await posted(on), await posted(on)]
    expect(await on.adapter.change(soon, 'remove')).toEqual({ ok: soon })
    on.now += 48 * 3_600_000
    expect(await on.adapter.change(late, 'remove')).toEqual({ no: 'refused', why: 'the message can no longer be deleted' })
  })

  test('pins without a sound, where it may', async () => {
    const on = await offline()
    const message = await posted(on)
    expect(await on.adapter.change(message, 'pin')).toEqual({ no: 'forbidden', why: 'the bot lacks the right' })
    on.group.promote({ can_pin_messages: true })
    expect(await on.adapter.change(message, 'pin')).toEqual({ ok: message })
    expect(on.group.pinned.map(post => post.text)).toEqual(['Buses 1'])
    expect(on.tg.calls('pinChatMessage')[1]?.payload).toMatchObject({ disable_notification: true })
  })

  test.each([
    { name: 'too many', with: { status: 429, retry_after: 3 }, expects: { later: 3000 } },
    { name: 'a fault over there', with: { status: 500 }, expects: { later: 5000 } },
    { name: 'a broken line', with: 'drop', expects: { later: 5000 } },
  ] as const)('may be tried again after $name', async ({ with: harm, expects }) => {
    const on = await offline()
    const message = await posted(on)
    on.tg.fail({ method: 'editMessageText', with: harm })
    expect(await on.adapter.change(message, view('Buses 2'))).toEqual(expects)
  })
})
