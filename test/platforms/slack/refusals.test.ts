import { describe, expect, test } from 'vitest'
import { buttons, input, modal, newClient, outcome, posted, section, stage, tryAll } from './harness.ts'
import { SLACK_MS } from './world.ts'

describe('where the bot may write', () => {
  tryAll([
    {
      name: 'a channel that is not there',
      says: 'channel_not_found',
      call: on => on.client.chat.postMessage({ channel: 'C0NO', text: 'x' }),
    },
    {
      name: 'a public channel without the bot',
      says: 'not_in_channel',
      call: on => on.client.chat.postMessage({ channel: on.workspace.channel('open', { bot: false }).id, text: 'x' }),
    },
    {
      name: 'a private channel without the bot',
      says: 'channel_not_found',
      call: on => on.client.chat.postMessage({ channel: on.workspace.channel('closed', { bot: false, private: true }).id, text: 'x' }),
    },
    {
      name: 'an archived channel',
      says: 'is_archived',
      call: on => {
        on.channel.archive()
        return on.client.chat.postMessage({ channel: on.channel.id, text: 'x' })
      },
    },
    {
      name: 'after being removed',
      says: 'not_in_channel',
      call: on => {
        on.channel.kick()
        return on.client.chat.postMessage({ channel: on.channel.id, text: 'x' })
      },
    },
    {
      name: 'after the channel was deleted',
      says: 'channel_not_found',
      call: on => {
        on.channel.vanish()
        return on.client.chat.postMessage({ channel: on.channel.id, text: 'x' })
      },
    },
    { name: 'to a person', says: 'done', call: on => on.client.chat.postMessage({ channel: on.amina.id, text: 'x' }) },
    {
      name: 'to somebody who has left',
      says: 'account_inactive',
      call: on => {
        on.amina.leavesWorkspace()
        return on.client.chat.postMessage({ channel: on.amina.id, text: 'x' })
      },
    },
    {
      name: 'for one who is not in the channel',
      says: 'user_not_in_channel',
      call: on => on.client.chat.postEphemeral({ channel: on.channel.id, user: on.workspace.person('Ben').id, text: 'x' }),
    },
    {
      name: 'under a message that never was',
      says: 'thread_not_found',
      call: on => on.client.chat.postMessage({ channel: on.channel.id, text: 'x', thread_ts: '2000000000.000001' }),
    },
    { name: 'no words', says: 'no_text', call: on => on.client.chat.postMessage({ channel: on.channel.id, text: '' }) },
    {
      name: 'no channel',
      says: 'invalid_arguments: missing required field: channel [json-pointer:/channel]',
      call: on => on.client.apiCall('chat.postMessage', { text: 'x' }),
    },
    {
      name: 'a field that this server does not do',
      says: 'invalid_arguments: this loop-back server does not do "icon_emoji" of chat.postMessage; teach it before using it [json-pointer:/icon_emoji]',
      call: on => on.client.chat.postMessage({ channel: on.channel.id, text: 'x', icon_emoji: ':x:' }),
    },
    { name: 'an unknown method', says: 'unknown_method', call: on => on.client.apiCall('chat.dance') },
  ])
})

describe('what stands there', () => {
  tryAll([
    {
      name: 'no such message',
      says: 'message_not_found',
      call: on => on.client.chat.update({ channel: on.channel.id, ts: '1.1', text: 'x' }),
    },
    {
      name: "somebody else's message",
      says: 'cant_update_message',
      call: on => on.client.chat.update({ channel: on.channel.id, ts: on.amina.says(on.channel, 'hi').ts, text: 'x' }),
    },
    {
      name: "deleting somebody else's message",
      says: 'cant_delete_message',
      call: on => on.client.chat.delete({ channel: on.channel.id, ts: on.amina.says(on.channel, 'hi').ts }),
    },
    {
      name: 'a message that an admin has deleted',
      says: 'message_not_found',
      call: async on => {
        const poll = await posted(on)
        on.channel.remove(poll)
        return on.client.chat.update({ channel: on.channel.id, ts: poll.ts, text: 'x' })
      },
    },
    {
      name: 'what one alone sees cannot be edited',
      says: 'message_not_found',
      call: async on => {
        const { message_ts: ts = '' } = await on.client.chat.postEphemeral({ channel: on.channel.id, user: on.amina.id, text: 'x' })
        return on.client.chat.update({ channel: on.channel.id, ts, text: 'y' })
      },
    },
    {
      name: 'in a channel that was archived since',
      says: 'is_inactive',
      call: async on => {
        const { ts } = await posted(on)
        on.channel.archive()
        return on.client.chat.update({ channel: on.channel.id, ts, text: 'x' })
      },
    },
    {
      name: 'pinning twice',
      says: 'already_pinned',
      call: async on => {
        const { ts } = await posted(on)
        await on.client.pins.add({ channel: on.channel.id, timestamp: ts })
        return on.client.pins.add({ channel: on.channel.id, timestamp: ts })
      },
    },
    {
      name: 'unpinning what is not pinned',
      says: 'no_pin',
      call: async on => on.client.pins.remove({ channel: on.channel.id, timestamp: (await posted(on)).ts }),
    },
    { name: 'a person that is not there', says: 'user_not_found', call: on => on.client.users.info({ user: 'U0NO' }) },
    {
      name: 'no scope for old messages',
      says: 'missing_scope: needs channels:history',
      call: on => on.client.conversations.history({ channel: on.channel.id }),
    },
    { name: 'no right token', says: 'invalid_auth', call: on => newClient(on.slack, 'xoxb-wrong').auth.test() },
    { name: 'no token', says: 'not_authed', call: on => newClient(on.slack, '').auth.test() },
    {
      name: 'a revoked token',
      says: 'token_revoked',
      call: on => {
        on.workspace.revokeToken()
        return on.client.auth.test()
      },
    },
    {
      name: 'an app that was removed',
      says: 'account_inactive',
      call: on => {
        on.workspace.uninstall()
        return on.client.chat.postMessage({ channel: on.channel.id, text: 'x' })
      },
    },
  ])
})

describe('triggers and response addresses', () => {
  test('a trigger is good once, for three seconds', async () => {
    const on = await stage({ ackWithinMs: SLACK_MS })
    const triggerOf = (): string => [...on.workspace.state.triggers.keys()].at(-1) ?? ''
    const open = (trigger_id: string): Promise<string> => outcome(on.client.views.open({ trigger_id, view: modal('X', input('q', 'Q')) }))
    on.amina.runs(on.channel, '/x')
    const first = triggerOf()
    expect(await open(first)).toBe('done')
    expect(await open(first)).toBe('exchanged_trigger_id')
    on.amina.runs(on.channel, '/x')
    on.clock.forward(3.1)
    expect(await open(triggerOf())).toBe('expired_trigger_id')
    expect(await open('1.2.3')).toBe('invalid_arguments: invalid `trigger_id` [json-pointer:/trigger_id]')
    await on.slack.stop()
  })

  test('a response address is good five times, for half an hour; needs no token', async () => {
    const on = await stage()
    const { world } = on.slack
    const respond = async (body: object): Promise<string> => {
      const id = [...on.workspace.state.responses.keys()].at(-1)
      const response = await fetch(`${world.root}/respond/${on.workspace.id}/${id}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return `${response.status} ${await response.text()}`
    }
    on.amina.runs(on.channel, '/x')
    expect(await respond({ blocks: [{ type: 'nonsense' }] })).toBe('400 {"ok":false,"error":"invalid_blocks"}')
    expect(await respond({})).toBe('400 {"ok":false,"error":"no_text"}')
    expect(await respond({ text: 'a', color: 'red' })).toMatch(/^400 .*does not do \\"color\\"/)
    for (const text of ['1', '2', '3']) expect(await respond({ text })).toBe('200 ok')
    expect(await respond({ text: '6' })).toBe('404 {"ok":false,"error":"used_url"}')
    expect(on.amina.sees(on.channel).map(message => message.text)).toEqual(['1', '2', '3'])
    on.amina.runs(on.channel, '/x')
    on.clock.forward(30 * 60 + 1)
    expect(await respond({ text: 'late' })).toBe('404 {"ok":false,"error":"expired_url"}')
    await on.slack.stop()
  })

  test('text alone takes the blocks away, blocks alone keep the text', async () => {
    const on = await stage()
    const poll = await posted(on, 'What?', ['A'])
    const at = { channel: on.channel.id, ts: poll.ts }
    await on.client.chat.update({ ...at, blocks: [section('More'), ...buttons('B')] })
    expect([poll.text, poll.labels, poll.edits]).toEqual(['What?', [['B']], 1])
    await on.client.chat.update({ ...at, text: 'Bare' })
    expect([poll.text, poll.blocks]).toEqual(['Bare', []])
    await on.slack.stop()
  })
})
