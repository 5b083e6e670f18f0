import { expect, test } from 'vitest'
import { slack } from '../../../adapters/slack/index.ts'
import { slackSettings } from '../../../adapters/slack/settings.ts'
import type { PersonRef } from '../../../src/platform/adapter.ts'
import { posted, stage, view } from './harness.ts'

test('two workspaces: each has its own addresses, and a refused pair is named while the other goes on', async () => {
  const on = await stage({
    workspaces: 2,
    before: (_, [, second]) => second?.revokeToken('invalid_auth'),
  })
  await posted(on)
  await on.server.until(() => on.notices.length > 0)
  expect(on.notices).toEqual([expect.stringContaining('the second token in SLACK_BOT_TOKEN')])
  expect(on.statuses).toEqual([['up', undefined]])
})

test('two workspaces with the same ids inside are two places', async () => {
  const on = await stage({ workspaces: 2 })
  const brendan = on.second?.person('Brendan', { id: on.amina.id })
  const gorton = on.second?.channel('gorton', { id: on.channel.id, ...(brendan && { members: [brendan] }) })
  if (!brendan || !gorton) throw new Error('there is no second workspace')
  await on.amina.runs(on.channel, '/poll').acknowledged
  await brendan.runs(gorton, '/poll').acknowledged
  expect(new Set(on.heard.map(({ place }) => JSON.stringify(place))).size).toBe(2)
  expect(new Set(on.heard.map(({ person }) => person.ref)).size).toBe(2)
})

test('a refused app token at the start: dead, one plain line, nothing is thrown', async () => {
  const on = await stage({ before: (_, [first]) => first?.revokeAppToken(), until: 'dead' })
  expect(on.statuses).toEqual([['dead', expect.stringContaining('the first token in SLACK_APP_TOKEN')]])
})

test('Slack is away: down, with the reason, and up again by itself', async () => {
  const on = await stage()
  on.server.fail({ method: 'apps.connections.open', times: 2, with: { status: 500 } })
  on.workspace.cutSockets()
  await on.server.until(() => on.statuses.length === 3)
  expect(on.statuses.map(([state]) => state)).toEqual(['up', 'down', 'up'])
  expect(on.statuses[1]?.[1]).toBe('Slack cannot be reached (status 500).')
})

test('a fresh connection that Slack asks for is not worth a word', async () => {
  const on = await stage()
  on.workspace.refresh()
  await on.server.until(() => on.server.calls('apps.connections.open').length === 2 && on.workspace.connections === 1)
  expect(on.statuses).toEqual([['up', undefined]])
})

test.each([
  ['chat.postMessage', { error: 'channel_not_found' }, { no: 'gone' }],
  ['chat.postMessage', { error: 'is_archived' }, { no: 'gone', how: 'archived' }],
  ['chat.postMessage', { error: 'not_in_channel' }, { no: 'forbidden', how: 'removed' }],
  ['chat.postMessage', { error: 'restricted_action_read_only_channel' }, { no: 'forbidden' }],
  ['chat.postMessage', { error: 'msg_too_long' }, { no: 'refused' }],
  ['chat.postMessage', { error: 'never_heard_of' }, { no: 'refused' }],
  ['chat.postMessage', { status: 429, retry_after: 7 }, { later: 7000 }],
  ['chat.postMessage', { status: 503 }, 'unsure'],
  ['chat.postMessage', 'drop after doing it', 'unsure'],
] as const)('a send that ends in %s %j comes to %j, and is not repeated', async (method, harm, sent) => {
  const on = await stage()
  on.server.fail({ method, with: harm })
  const got = await on.adapter.send(on.space, view('x'), 'k')
  if (typeof sent === 'string') expect(got).toBe(sent)
  else expect(got).toMatchObject(sent)
  expect(on.server.calls(method)).toHaveLength(1)
})

test.each([
  ['chat.update', { error: 'message_not_found' }, { no: 'gone' }],
  ['chat.update', { error: 'channel_not_found' }, { no: 'forbidden' }],
  ['chat.update', 'drop', { later: 5000 }],
] as const)('a change that ends in %s %j comes to %j', async (method, harm, changed) => {
  const on = await stage()
  const { ref } = await posted(on)
  on.server.fail({ method, with: harm })
  expect(await on.adapter.change(ref, view('y'))).toMatchObject(changed)
})

test('somebody who has left the workspace is unreachable, and the bot lives on', async () => {
  const on = await stage()
  const person = `slack:${on.workspace.id}:@${on.amina.id}` as PersonRef
  expect(await on.adapter.send(person, view('x'), 'k')).toMatchObject({ ok: expect.any(String) })
  on.amina.leavesWorkspace()
  expect(await on.adapter.send(person, view('y'), 'k2')).toMatchObject({ no: 'unreachable' })
  expect(on.statuses).toEqual([['up', undefined]])
})

test('settings: pairs with commas between them, of the same number', () => {
  const bench = { words: () => '', log: console, now: () => new Date(), notice: () => {}, unread: () => {}, picture: async () => undefined }
  expect(slackSettings.SLACK_BOT_TOKEN.parse('xoxb-1, xoxb-2')).toEqual(['xoxb-1', 'xoxb-2'])
  expect(slackSettings.SLACK_BOT_TOKEN.parse(' ')).toBeUndefined()
  expect(slackSettings.SLACK_BOT_TOKEN.safeParse('xapp-1').success).toBe(false)
  expect(slackSettings.SLACK_API_ROOT.parse(undefined)).toBe('https://slack.com/api/')
  const root = 'https://slack.com/api/'
  expect(() => slack.open({ SLACK_BOT_TOKEN: ['xoxb-1', 'xoxb-2'], SLACK_APP_TOKEN: ['xapp-1'], SLACK_API_ROOT: root }, bench)).toThrow(
    'same number',
  )
})
