import { onTestFinished } from 'vitest'
import { slack } from '../../../adapters/slack/index.ts'
import { manifest } from '../../../adapters/slack/manifest.ts'
import type { Log } from '../../../src/base/log.ts'
import type { Adapter, Command, Inbound, Meanwhile, MessageRef, PlatformStatus, Reply, SpaceRef } from '../../../src/platform/adapter.ts'
import type { Button, Form, View } from '../../../src/view/view.ts'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { GARDEN } from '../../helpers/samples.ts'
import type { Channel } from '../../platforms/slack/channels.ts'
import type { Message } from '../../platforms/slack/message.ts'
import type { Person } from '../../platforms/slack/people.ts'
import { type Slack, startSlack } from '../../platforms/slack/server.ts'
import type { Workspace } from '../../platforms/slack/workspaces.ts'
import type { Options } from '../../platforms/slack/world.ts'

/** The adapter on a loop-back Slack, and a bot behind it that answers what a test says. */
export interface Stage {
  readonly server: Slack
  readonly adapter: Adapter
  readonly workspace: Workspace
  /** A second workspace, where `workspaces` is 2. */
  readonly second: Workspace | undefined
  readonly channel: Channel
  readonly amina: Person
  readonly space: SpaceRef
  readonly heard: Inbound[]
  readonly statuses: (readonly [PlatformStatus, string | undefined])[]
  /** For each frame that could not be read, the platform. */
  readonly unread: string[]
  readonly lines: { readonly level: string; readonly data: object; readonly message: string }[]
  /** Lines for whoever runs the bot. */
  readonly notices: string[]
  /** Milliseconds after which the adapter puts an answer off; undefined: as in life. */
  answerMs: number | undefined
  /** Milliseconds for which the adapter tries again; undefined: as in life. */
  retryMs: number | undefined
  /** What the bot answers. */
  reply: (inbound: Inbound, tell: Meanwhile['tell']) => readonly Reply[] | Promise<readonly Reply[]>
}

const commands: readonly Command[] = [{ name: 'poll', about: { en: 'Ask everybody' }, shortcut: { en: 'Make this a poll' } }]

/** An app made from our manifest: what it does not ask for, it cannot do. */
const { features, oauth_config, settings: asks } = manifest(commands)
const app = {
  scopes: oauth_config.scopes.bot,
  events: asks.event_subscriptions.bot_events,
  shortcuts: Object.fromEntries(features.shortcuts.map(({ name, callback_id }) => [name, callback_id])),
}

interface How extends Partial<Options> {
  readonly workspaces?: 1 | 2
  /** The same workspace stands twice in the settings. */
  readonly twice?: boolean
  /** Done before the bot starts. */
  readonly before?: (server: Slack, workspaces: readonly Workspace[]) => void
  /** Wait for this status. */
  readonly until?: PlatformStatus
}

export async function stage(how: How = {}): Promise<Stage> {
  const { workspaces: count = 1, twice = false, before, until = 'up', ...options } = how
  const server = await startSlack(options)
  onTestFinished(() => server.stop())
  const workspace = server.workspace('Ardwick', app)
  const second = count === 2 ? server.workspace('Gorton', app) : undefined
  const amina = workspace.person('Amina', { locale: 'cy-GB' })
  const channel = workspace.channel('ardwick', { members: [amina] })
  const all = second ? [workspace, second] : twice ? [workspace, workspace] : [workspace]
  before?.(server, all)
  const log = (level: string) => (data: object, message: string) => {
    on.lines.push({ level, data, message })
    server.world.changes.happened()
  }
  const bench = {
    get answerMs() {
      return on.answerMs
    },
    get retryMs() {
      return on.retryMs
    },
    now: options.clock ?? (() => new Date()),
    notice: (line: string) => {
      on.notices.push(line)
      server.world.changes.happened()
    },
    unread: (platform: string) => void on.unread.push(platform),
    picture: async (id: string) => (id === 'garden' ? GARDEN.content : undefined),
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') } satisfies Log,
    words: (locale: string | undefined, key: string) => `${key} in ${locale}`,
  }
  const settings = {
    SLACK_BOT_TOKEN: all.map(one => one.botToken),
    SLACK_APP_TOKEN: all.map(one => one.appToken),
    SLACK_API_ROOT: server.apiUrl,
  }
  const on: Stage = {
    ...{ server, workspace, second, channel, amina },
    space: `slack:${workspace.id}:${channel.id}` as SpaceRef,
    adapter: slack.open(settings, bench),
    ...{ heard: [], statuses: [], lines: [], notices: [], unread: [] },
    ...{ answerMs: PATIENCE_MS, retryMs: PATIENCE_MS, reply: () => [] },
  }
  onTestFinished(() => on.adapter.stop())
  await on.adapter.start(
    commands,
    async (inbound, { tell }) => {
      on.heard.push(inbound)
      server.world.changes.happened()
      return on.reply(inbound, tell)
    },
    (state, why) => {
      on.statuses.push([state, why])
      server.world.changes.happened()
    },
  )
  await server.until(() => on.statuses.at(-1)?.[0] === until, `the status ${until}`)
  return on
}

export const view = (text: string, buttons: readonly (readonly Button[])[] = []): View => ({
  blocks: [{ kind: 'text', text }],
  buttons,
  brief: text.slice(0, 190),
  lang: 'en',
})

export const button: Button = { label: 'Buses', token: 'polls_v_1' }

export const form: Form = {
  ...{ token: 'polls_new', title: 'A new poll', submit: 'Go on', lang: 'en' },
  fields: [
    { name: 'question', label: 'Your question', kind: 'line', required: true },
    { name: 'options', label: 'The options', kind: 'lines', required: false },
  ],
}

/** A post with one button. */
export async function posted({ adapter, channel, space }: Stage): Promise<{ readonly ref: MessageRef; readonly message: Message }> {
  const sent = await adapter.send(space, view('What matters most?', [[button]]), 'key')
  const message = channel.messages.at(-1)
  if (sent === 'unsure' || !('ok' in sent) || !message) throw new Error(`not sent: ${JSON.stringify(sent)}`)
  return { ref: sent.ok, message }
}
