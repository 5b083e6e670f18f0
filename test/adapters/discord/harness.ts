import { PermissionFlagsBits } from 'discord-api-types/v10'
import { onTestFinished } from 'vitest'
import { discord } from '../../../adapters/discord/index.ts'
import type { Log } from '../../../src/base/log.ts'
import type { Adapter, Command, Inbound, Meanwhile, PlatformStatus, Receive, Reply, SpaceRef } from '../../../src/platform/adapter.ts'
import type { Button, Form, View } from '../../../src/view/view.ts'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { GARDEN } from '../../helpers/samples.ts'
import type { Person } from '../../platforms/discord/people.ts'
import type { Channel, Guild } from '../../platforms/discord/places.ts'
import type { Posted } from '../../platforms/discord/posted.ts'
import { type Discord, startDiscord } from '../../platforms/discord/server.ts'
import type { Options } from '../../platforms/discord/world.ts'

const token = 'discord-token'

/** The adapter on a loop-back Discord, and a bot behind it that answers what a test says. */
export interface Stage {
  readonly discord: Discord
  readonly adapter: Adapter
  readonly guild: Guild
  readonly ardwick: Channel
  readonly space: SpaceRef
  readonly amina: Person
  readonly heard: Inbound[]
  readonly statuses: (readonly [PlatformStatus, string | undefined])[]
  readonly notices: string[]
  /** For each frame that could not be read, the platform. */
  readonly unread: string[]
  readonly lines: { readonly level: string; readonly data: object; readonly message: string }[]
  /** Milliseconds after which the adapter puts an answer off; undefined: as in life. */
  answerMs: number | undefined
  /** Milliseconds for which the adapter tries again; undefined: as in life. */
  retryMs: number | undefined
  /** Milliseconds until the bot says that its connection is lost: patient, unless a test says otherwise. */
  graceMs: number
  /** What the bot answers. */
  reply: (inbound: Inbound, tell: Meanwhile['tell']) => readonly Reply[] | Promise<readonly Reply[]>
  another(token?: string): Adapter
  start(adapter?: Adapter): Promise<void>
  /** A post with one button, as the server has it. */
  posted(words?: string): Promise<Posted>
}

const commands: readonly Command[] = [
  {
    ...{ name: 'poll', about: { en: 'Ask everybody', de: 'Alle fragen', cy: 'Gofyn i bawb' } },
    shortcut: { en: 'Make this a poll', de: 'Daraus eine Umfrage machen', cy: 'Gwneud yn bleidlais' },
  },
]

export async function stage(options: Partial<Options> & { started?: boolean } = {}): Promise<Stage> {
  const { started = true, ...more } = options
  const server = await startDiscord({ token, ...more })
  onTestFinished(() => server.stop())
  const permissions = PermissionFlagsBits.PinMessages | PermissionFlagsBits.CreateEvents
  const guild = server.guild('Manchester', { channels: ['ardwick'], permissions })
  const ardwick = guild.channel('ardwick')
  const amina = server.person('Amina')
  guild.joined(amina)
  const log = (level: string) => (data: object, message: string) => void on.lines.push({ level, data, message })
  const bench = {
    get answerMs() {
      return on.answerMs
    },
    get retryMs() {
      return on.retryMs
    },
    get graceMs() {
      return on.graceMs
    },
    now: more.clock ?? (() => new Date()),
    notice: (line: string) => void on.notices.push(line),
    unread: (platform: string) => void on.unread.push(platform),
    picture: async (id: string) => (id === 'garden' ? GARDEN.content : undefined),
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') } satisfies Log,
    words: (locale: string | undefined, key: string, args?: object) => `${key} in ${locale}${args ? ` ${Object.values(args)}` : ''}`,
  }
  const another = (withToken = token): Adapter => discord.open({ DISCORD_TOKEN: withToken, DISCORD_API_ROOT: server.api }, bench)
  const on: Stage = {
    ...{ discord: server, adapter: another(), guild, ardwick, amina, another },
    space: `discord:${ardwick.id}` as SpaceRef,
    ...{ heard: [], statuses: [], lines: [], notices: [], unread: [] },
    ...{ answerMs: PATIENCE_MS, retryMs: PATIENCE_MS, graceMs: PATIENCE_MS, reply: () => [] },
    async start(adapter = on.adapter) {
      onTestFinished(() => adapter.stop())
      await adapter.start(commands, receive, status)
    },
    async posted(words = 'What matters most?') {
      const sent = await on.adapter.send(on.space, view(words, [[button('Buses')]]), words)
      if (sent === 'unsure' || !('ok' in sent)) throw new Error(`not sent: ${JSON.stringify(sent)}`)
      return server.messageOf(sent.ok.split('/')[1] ?? '')
    },
  }
  const receive: Receive = async (inbound, { tell }) => {
    on.heard.push(inbound)
    server.world.changes.happened()
    return on.reply(inbound, tell)
  }
  const status = (state: PlatformStatus, why?: string): void => {
    on.statuses.push([state, why])
    server.world.changes.happened()
  }
  if (started) {
    await on.start()
    await server.until(() => on.statuses.at(-1)?.[0] === 'up' && server.world.commands.length > 0, 'the bot to be up')
  }
  return on
}

export const view = (text: string, buttons: readonly (readonly Button[])[] = []): View => ({
  blocks: [{ kind: 'text', text }],
  buttons,
  brief: text.slice(0, 190) || 'x',
  lang: 'en',
})

export const button = (label: string, data = 'polls_v_1'): Button => ({ label, token: data })

export const form: Form = {
  ...{ token: 'polls_new', title: 'A new poll', submit: 'Go on', lang: 'en' },
  fields: [
    { name: 'question', label: 'What do you want to ask?', hint: 'One sentence', kind: 'line', required: true, max: 300 },
    { name: 'options', label: 'Answers', kind: 'lines', required: false },
    {
      ...{ name: 'area', label: 'Where?', kind: 'choice', required: false },
      choices: [
        { value: 'a', label: 'Ardwick' },
        { value: 'g', label: 'Gorton' },
      ],
    },
  ],
}

export const whisper = (words: string): Reply => ({ kind: 'whisper', view: view(words) })

/** A promise that a test keeps. */
export function held<T>(): { readonly promise: Promise<T>; readonly give: (value: T) => void } {
  let give: (value: T) => void = () => undefined
  const promise = new Promise<T>(resolve => {
    give = resolve
  })
  return { promise, give }
}
