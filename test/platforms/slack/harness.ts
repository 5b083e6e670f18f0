import { App, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Channel } from './channels.ts'
import type { Message } from './message.ts'
import type { Person } from './people.ts'
import { type Slack, startSlack } from './server.ts'
import type { Workspace, WorkspaceOptions } from './workspaces.ts'
import type { Options } from './world.ts'

/** A clock that stands until a test moves it. */
interface HandClock {
  now: number
  forward(seconds: number): void
}

/** A server, the real client on it, a channel that the bot is in, and somebody in it. */
export interface Stage {
  readonly slack: Slack
  readonly workspace: Workspace
  readonly client: webApi.WebClient
  readonly clock: HandClock
  readonly channel: Channel
  readonly amina: Person
}

export async function stage(options: Partial<Options> = {}, workspaceOptions: WorkspaceOptions = {}): Promise<Stage> {
  const clock: HandClock = {
    now: Date.UTC(2026, 10, 2, 18),
    forward(seconds) {
      this.now += seconds * 1000
    },
  }
  const slack = await startSlack({ clock: () => new Date(clock.now), ...options })
  const workspace = slack.workspace('Ardwick', workspaceOptions)
  const amina = workspace.person('Amina')
  const channel = workspace.channel('ardwick', { members: [amina] })
  return { slack, workspace, client: newClient(slack, workspace.botToken), clock, channel, amina }
}

const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
}

export const newClient = (slack: Slack, token: string): webApi.WebClient =>
  new webApi.WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger: silent })

/** A bare bot, not started. It reconnects after `pauseMs` where Bolt takes five seconds; a busy machine may take so long for a ping. */
export function newApp(slack: Slack, workspace: Workspace, pauseMs = 2000): App {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } }
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    clientPingTimeout: pauseMs,
    logger: silent,
    installerOptions: { clientOptions },
  })
  return new App({ token: workspace.botToken, receiver, clientOptions, logger: silent })
}

export const buttons = (...labels: string[]) =>
  [
    {
      type: 'actions' as const,
      block_id: 'vote',
      elements: labels.map((text, at) => ({
        type: 'button' as const,
        action_id: `v:${at}`,
        value: String(at),
        text: { type: 'plain_text' as const, text },
      })),
    },
  ] satisfies object[]

export const section = (text: string, type: 'mrkdwn' | 'plain_text' = 'mrkdwn') => ({ type: 'section' as const, text: { type, text } })

export const modal = (title: string, ...blocks: webApi.ViewsOpenArguments['view']['blocks']) => ({
  type: 'modal' as const,
  callback_id: 'form',
  title: { type: 'plain_text' as const, text: title },
  submit: { type: 'plain_text' as const, text: 'Go on' },
  blocks,
})

export const input = (block_id: string, label: string, more: object = {}) => ({
  type: 'input' as const,
  block_id,
  label: { type: 'plain_text' as const, text: label },
  element: { type: 'plain_text_input' as const, action_id: 'value', ...more },
})

/** What the bot has put into the channel, as the server keeps it. */
export async function posted({ client, channel }: Stage, text = 'What matters most?', labels: readonly string[] = []): Promise<Message> {
  const blocks = [section(text), ...(labels.length > 0 ? buttons(...labels) : [])]
  const { ts } = await client.chat.postMessage({ channel: channel.id, text, blocks })
  const found = channel.messages.find(message => message.ts === ts)
  if (!found) throw new Error('the message does not stand in the channel')
  return found
}

/** "channel_not_found", with what Slack says beside it, or "done". */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'done'
  } catch (error) {
    if (error instanceof webApi.WebAPIRateLimitedError) return `429, again after ${error.retryAfter} s`
    if (error instanceof webApi.WebAPIHTTPError) return `HTTP ${error.statusCode}`
    if (error instanceof webApi.WebAPIRequestError) return 'no answer'
    if (!(error instanceof webApi.WebAPIPlatformError)) throw error
    const { needed, response_metadata } = error.data as { needed?: string; response_metadata?: { messages?: string[] } }
    const said = [
      ...(needed ? [`needs ${needed}`] : []),
      ...(response_metadata?.messages ?? []).map(words => words.replace('[ERROR] ', '')),
    ]
    return [error.data.error, ...said].join(': ')
  }
}

export interface Case {
  readonly name: string
  /** Does what leads there and makes the call. */
  readonly call: (on: Stage) => Promise<unknown>
  /** What the call comes to, as `outcome` says it. */
  readonly says: string
}

/** One test a case, each on a server of its own. */
export function tryAll(cases: readonly Case[], options: Partial<Options> = {}): void {
  let on: Stage
  beforeEach(async () => {
    on = await stage(options)
  })
  afterEach(() => on.slack.stop())

  test.each(cases)('$name: $says', async ({ call, says }) => {
    expect(await outcome(call(on))).toBe(says)
  })
}
