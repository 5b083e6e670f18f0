import type { App, webApi } from '@slack/bolt'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { newApp, newClient, outcome, posted, type Stage, stage } from './harness.ts'
import type { Options } from './world.ts'

let on: Stage
let apps: App[] = []
let sockets: WebSocket[] = []
const start = async (options: Partial<Options> = {}): Promise<Stage> => {
  on = await stage(options)
  return on
}
afterEach(async () => {
  for (const socket of sockets) socket.terminate()
  await Promise.all(apps.map(app => app.stop()))
  apps = []
  sockets = []
  await on.slack.stop()
})

/** A started bot that notes which presses it got, and with which retry. */
async function bot(handle: (retry: number) => Promise<void> = async () => {}, pauseMs?: number): Promise<string[]> {
  const got: string[] = []
  const app = newApp(on.slack, on.workspace, pauseMs)
  apps.push(app)
  app.action(/.*/, async ({ ack, action, context }) => {
    got.push(`${'value' in action ? action.value : ''}${context.retryNum ? ` again ${context.retryNum}` : ''}`)
    await handle(context.retryNum ?? 0)
    await ack()
  })
  await app.start()
  return got
}

const openUrl = async (token: string): Promise<string> => {
  const { url } = await newClient(on.slack, '').apps.connections.open({ token } as webApi.AppsConnectionsOpenArguments)
  return url ?? ''
}

/** A bare connection that acknowledges nothing by itself. */
async function connect(): Promise<{ socket: WebSocket; heard: Record<string, unknown>[] }> {
  const socket = new WebSocket(await openUrl(on.workspace.appToken))
  sockets.push(socket)
  const heard: Record<string, unknown>[] = []
  socket.on('message', data => {
    heard.push(JSON.parse(String(data)) as Record<string, unknown>)
    on.slack.world.changes.happened()
  })
  await on.slack.until(() => heard.find(({ type }) => type === 'hello'))
  return { socket, heard }
}

describe('opening a connection', () => {
  test('the app token opens it, no other does', async () => {
    const { workspace } = await start()
    expect(await openUrl(workspace.appToken)).toMatch(/^ws:/)
    expect(await outcome(openUrl('xapp-wrong'))).toBe('invalid_auth')
    expect(await outcome(openUrl(workspace.botToken))).toBe('not_allowed_token_type')
    workspace.revokeAppToken()
    expect(await outcome(openUrl(workspace.appToken))).toBe('invalid_auth')
    await expect(bot()).rejects.toThrow('invalid_auth')
  })

  test('500 on demand; a ticket is good once', async () => {
    const { slack, workspace } = await start()
    slack.fail({ method: 'apps.connections.open', with: { status: 500 } })
    expect(await outcome(openUrl(workspace.appToken))).toBe('HTTP 500')
    const url = await openUrl(workspace.appToken)
    const first = new WebSocket(url)
    sockets.push(first)
    await new Promise(resolve => first.once('open', resolve))
    const second = new WebSocket(url)
    sockets.push(second)
    await expect(new Promise((_, reject) => second.once('error', reject))).rejects.toThrow('403')
  })

  test('hello says which app, and how many connections there are', async () => {
    const { workspace } = await start()
    const { heard } = await connect()
    const next = await connect()
    expect(heard[0]).toMatchObject({ type: 'hello', num_connections: 1, connection_info: { app_id: workspace.state.bot.appId } })
    expect(next.heard[0]).toMatchObject({ num_connections: 2 })
    expect(workspace.connections).toBe(2)
  })
})

describe('envelopes', () => {
  test('each goes to one of several connections', async () => {
    const { amina } = await start()
    const first = await bot(undefined, PATIENCE_MS)
    const second = await bot(undefined, PATIENCE_MS)
    const poll = await posted(on, 'What?', ['A'])
    const presses = Array.from({ length: 10 }, (_, n) => amina.presses(poll, { forged: { actionId: 'v:0', value: String(n) } }))
    await Promise.all(presses.map(press => press.acknowledged))
    expect([first.length, second.length]).toEqual([5, 5])
    expect([...first, ...second].map(Number).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('without an acknowledgement in time the person is told so, and it comes again', async () => {
    const { amina, slack } = await start({ ackWithinMs: 50, againAfterMs: [0, 20, 20] })
    let release = (): void => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const got = await bot(retry => (retry === 0 ? held : Promise.resolve()))
    const poll = await posted(on, 'What?', ['A'])
    const press = amina.presses(poll, 'A')
    const told = await press.answer
    // From now on there is time: what comes again is acknowledged, however slowly.
    slack.world.ackWithinMs = PATIENCE_MS
    expect(told).toEqual({ kind: 'failed', text: 'operation_timeout' })
    expect(await press.acknowledged).toBe(false)
    await slack.until(() => got.length === 2)
    expect(got).toEqual(['0', '0 again 1'])
    release()
    await slack.until(() => slack.oddities.includes('late acknowledgement of interactive'))
  })

  test('three more times and no oftener', async () => {
    const { amina, slack, workspace } = await start({ ackWithinMs: 20, againAfterMs: [0, 0, 0] })
    const { heard } = await connect()
    amina.runs(on.channel, '/poll')
    await slack.until(() => heard.length === 5)
    expect(heard.slice(1).map(({ type, retry_attempt }) => [type, retry_attempt])).toEqual([0, 1, 2, 3].map(n => ['slash_commands', n]))
    await slack.until(() => workspace.open === 0)
    expect(heard).toHaveLength(5)
  })

  test('second and unknown acknowledgements, and payloads that nobody takes, are noted', async () => {
    const { amina, slack } = await start()
    const { socket, heard } = await connect()
    const poll = await posted(on, 'What?', ['A'])
    const press = amina.presses(poll, 'A')
    const envelope = await slack.until(() => heard[1])
    expect(envelope).toMatchObject({ type: 'interactive', accepts_response_payload: false, retry_attempt: 0 })
    socket.send(JSON.stringify({ envelope_id: envelope['envelope_id'], payload: { text: 'hi' } }))
    expect(await press.acknowledged).toBe(true)
    socket.send(JSON.stringify({ envelope_id: envelope['envelope_id'] }))
    socket.send(JSON.stringify({ envelope_id: 'what?' }))
    await slack.until(() => slack.oddities.length === 3)
    expect(slack.oddities).toEqual([
      'interactive takes no payload: {"text":"hi"}',
      `second acknowledgement ${envelope['envelope_id']}`,
      'unknown acknowledgement what?',
    ])
  })

  test('what is told twice on demand comes as a repeat, with the same trigger', async () => {
    const { amina, slack, workspace } = await start()
    const { socket, heard } = await connect()
    amina.runs(on.channel, '/poll')
    const first = await slack.until(() => heard[1])
    socket.send(JSON.stringify({ envelope_id: first['envelope_id'] }))
    await slack.settled()
    workspace.redeliver()
    const again = await slack.until(() => heard[2])
    expect(again).toMatchObject({ payload: first['payload'], retry_attempt: 1, retry_reason: 'timeout' })
    expect(again['envelope_id']).not.toBe(first['envelope_id'])
  })
})

describe('broken connections', () => {
  test('what was not acknowledged comes again over the next one', async () => {
    const { amina, slack, workspace } = await start()
    const { heard } = await connect()
    const press = amina.presses(await posted(on, 'What?', ['A']), 'A')
    await slack.until(() => heard[1])
    workspace.cutSockets()
    await slack.until(() => workspace.connections === 0)
    const got = await bot()
    expect(await press.acknowledged).toBe(true)
    expect(got).toEqual(['0 again 1'])
  })

  test('what happens while nobody is there waits', async () => {
    const { amina, slack, workspace } = await start({ ackWithinMs: 20 })
    const press = amina.presses(await posted(on, 'What?', ['A']), 'A')
    expect(await press.answer).toEqual({ kind: 'failed', text: 'operation_timeout' })
    slack.world.ackWithinMs = PATIENCE_MS
    const got = await bot()
    await slack.until(() => workspace.open === 0)
    expect(got).toEqual(['0'])
  })

  test('the app connects anew when Slack asks it to, and when it is cut; nothing is lost', async () => {
    const { amina, slack, workspace } = await start()
    const got = await bot(undefined, 400)
    const poll = await posted(on, 'What?', ['A'])
    for (const [n, harm] of [() => workspace.refresh(), () => workspace.cutSockets(), () => workspace.refresh('warning')].entries()) {
      harm()
      const press = amina.presses(poll, { forged: { actionId: 'v:0', value: String(n) } })
      await slack.until(() => workspace.state.sockets.opened >= n + 2)
      expect(await press.acknowledged).toBe(true)
    }
    // A ping that a busy machine answers late costs one more connection, and what was under way comes twice.
    expect([...new Set(got.map(value => value.charAt(0)))]).toEqual(['0', '1', '2'])
  })
})
