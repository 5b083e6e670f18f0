import { expect, test } from 'vitest'
import type { PersonRef, SpaceRef } from '../../../src/platform/adapter.ts'
import { posted, type Stage, stage, view } from './harness.ts'

/** A channel of the second workspace, with somebody in it, and a command that is answered there. */
function gorton({ second, adapter, server }: Stage) {
  if (!second) throw new Error('there is no second workspace')
  const brendan = second.person('Brendan')
  const channel = second.channel('gorton', { members: [brendan] })
  const space = `slack:${second.id}:${channel.id}` as SpaceRef
  return {
    lives: async () => {
      expect(await adapter.send(space, view('Still here'), 'k')).toMatchObject({ ok: expect.any(String) })
      expect((await brendan.runs(channel, '/poll').answer).text).toBe('Counted.')
      expect(server.oddities).toEqual([])
    },
  }
}

const loud = (on: Stage) => on.lines.filter(({ level }) => level === 'warn' || level === 'error')

test.each(['invalid_auth', 'token_revoked', 'account_inactive'] as const)(
  'a bot token that is refused while running (%s): one line says which, its channels say so, the other workspace does not notice',
  async trouble => {
    const on = await stage({ workspaces: 2 })
    on.reply = () => [{ kind: 'whisper', view: view('Counted.') }]
    const { ref } = await posted(on)
    const { lives } = gorton(on)
    on.workspace.state.tokenTrouble = trouble
    const forbidden = { no: 'forbidden', why: 'no token of the workspace works' }
    expect(await on.adapter.change(ref, view('y'))).toEqual(forbidden)
    expect(await on.adapter.send(on.space, view('x'), 'k')).toEqual(forbidden)
    // What is for one person alone waits.
    expect(await on.adapter.send(`slack:${on.workspace.id}:@${on.amina.id}` as PersonRef, view('x'), 'k')).toEqual({ later: 60_000 })
    expect(on.notices).toEqual([expect.stringContaining('Slack refuses the first token in SLACK_BOT_TOKEN.')])
    expect(JSON.stringify([on.notices, on.lines])).not.toContain('xoxb-')
    await lives()
    expect(on.statuses).toEqual([['up', undefined]])
  },
)

test.each(['uninstall', 'revokeToken'] as const)('Slack itself tells of it (%s), with nothing to send', async how => {
  const on = await stage({ workspaces: 2 })
  on.workspace[how]()
  await on.server.until(() => on.notices.length > 0)
  expect(await on.adapter.send(on.space, view('x'), 'k')).toMatchObject({ no: 'forbidden' })
  expect(on.statuses).toEqual([['up', undefined]])
  on.second?.[how]()
  await on.server.until(() => on.statuses.at(-1)?.[0] === 'dead')
  expect(on.statuses.at(-1)).toEqual(['dead', expect.stringContaining('the second token in SLACK_BOT_TOKEN')])
  expect(on.notices).toHaveLength(1)
  // Now all of Slack is off, and the bot knows: what waits to be sent waits on.
  expect(await on.adapter.send(on.space, view('x'), 'k')).toEqual({ later: 60_000 })
})

test('tokens of somebody else were revoked: nothing happens', async () => {
  const on = await stage()
  on.workspace.revokeToken()
  on.workspace.state.tokenTrouble = undefined
  await on.server.settled()
  await posted(on)
  expect([on.statuses, on.notices]).toEqual([[['up', undefined]], []])
})

test('an app token that is refused at the next connection: its channels say so, the other workspace does not notice', async () => {
  const on = await stage({ workspaces: 2 })
  on.reply = () => [{ kind: 'whisper', view: view('Counted.') }]
  const { lives } = gorton(on)
  on.workspace.revokeAppToken()
  on.workspace.cutSockets()
  await on.server.until(() => on.notices.length > 0)
  expect(on.notices).toEqual([expect.stringContaining('the first token in SLACK_APP_TOKEN')])
  expect(await on.adapter.send(on.space, view('x'), 'k')).toMatchObject({ no: 'forbidden' })
  await lives()
  expect(on.statuses).toEqual([['up', undefined]])
})

test('refused from the start: the channels of a workspace that no pair has say so, too', async () => {
  const on = await stage({ workspaces: 2, before: (_, [first]) => first?.revokeToken('account_inactive') })
  expect(on.notices).toEqual([expect.stringContaining('the first token in SLACK_BOT_TOKEN')])
  expect(await on.adapter.send(on.space, view('x'), 'k')).toMatchObject({ no: 'forbidden' })
})

test('two pairs of one workspace: one of them is told to go, and everybody is answered once', async () => {
  const on = await stage({ twice: true })
  on.reply = () => [{ kind: 'whisper', view: view('Counted.') }]
  expect(on.notices).toEqual([expect.stringMatching(/^slack: The (first|second) pair of Slack tokens belongs to a workspace that another/)])
  for (let n = 0; n < 3; n += 1) expect((await on.amina.runs(on.channel, '/poll').answer).text).toBe('Counted.')
  expect([on.workspace.connections, on.heard.length, on.statuses]).toEqual([1, 3, [['up', undefined]]])
})

test('Slack cannot be asked at the start: nothing is given up, and the channels wait', async () => {
  const down = (server: Stage['server']) => server.fail({ method: 'auth.test', times: 3, with: { status: 500 } })
  const on = await stage({ before: down, until: 'down' })
  expect(await on.adapter.send(on.space, view('x'), 'k')).toEqual({ later: 60_000 })
  await on.server.until(() => on.statuses.at(-1)?.[0] === 'up')
  await posted(on)
  expect(loud(on)).toHaveLength(1)
})

test('connections that can be opened only every other time: one line, and up in the end', async () => {
  const on = await stage()
  for (let round = 0; round < 2; round += 1) {
    on.server.fail({ method: 'apps.connections.open', with: { status: 500 } })
    on.workspace.cutSockets()
    await on.server.until(() => on.statuses.length === 3 + round * 2)
  }
  expect(on.statuses.map(([state]) => state)).toEqual(['up', 'down', 'up', 'down', 'up'])
  expect(loud(on)).toEqual([expect.objectContaining({ data: expect.objectContaining({ why: 'Slack cannot be reached (status 500).' }) })])
})

test('cut again and again while people vote: nothing is lost, nothing counts twice, and the log is silent', async () => {
  const on = await stage()
  const { message } = await posted(on)
  on.reply = ({ event }) => (event.kind === 'press' ? [{ kind: 'whisper', view: view('Counted.') }] : [])
  const presses: ReturnType<typeof on.amina.presses>[] = []
  for (let round = 0; round < 4; round += 1) {
    presses.push(on.amina.presses(message, 'Buses'), on.amina.presses(message, 'Buses'))
    on.workspace.cutSockets()
    presses.push(on.amina.presses(message, 'Buses'))
    await on.server.until(() => on.workspace.connections === 1)
  }
  await Promise.all(presses.map(press => press.answer))
  await on.server.settled()
  expect(on.workspace.open).toBe(0)
  expect(new Set(on.heard.map(({ id }) => id)).size).toBe(12)
  expect(loud(on)).toEqual([])
  expect(on.statuses).toEqual([['up', undefined]])
  expect(on.server.oddities).toEqual([])
})
