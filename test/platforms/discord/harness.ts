import { Client, DiscordAPIError, GatewayIntentBits, REST } from 'discord.js'
import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIMessage,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord-api-types/v10'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownAgent } from '../../../adapters/discord/agent.ts'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import type { Person } from './people.ts'
import type { Channel, Guild } from './places.ts'
import type { Posted } from './posted.ts'
import { type Discord, startDiscord } from './server.ts'
import type { Options } from './world.ts'

export const token = 'discord-token'

/** A clock that stands until a test moves it. */
interface HandClock {
  now: number
  forward(seconds: number): void
}

/** A server, a guild that the bot is in, a channel, somebody in it, and the real REST client. */
export interface Stage {
  readonly discord: Discord
  readonly clock: HandClock
  readonly guild: Guild
  readonly ardwick: Channel
  readonly amina: Person
  readonly rest: REST
  /** The bot's id. */
  readonly app: string
}

export async function stage(options: Partial<Options> = {}): Promise<Stage> {
  const clock: HandClock = {
    now: Date.UTC(2026, 10, 2, 18),
    forward(seconds) {
      this.now += seconds * 1000
    },
  }
  const discord = await startDiscord({ token, clock: () => new Date(clock.now), ...options })
  const guild = discord.guild('Manchester', { channels: ['ardwick'] })
  const rest = newRest(discord)
  return { discord, clock, guild, ardwick: guild.channel('ardwick'), amina: discord.person('Amina'), rest, app: discord.world.me.id }
}

/** Repeats nothing by itself, so that a test sees each answer. */
export const newRest = (discord: Discord, withToken = token): REST =>
  new REST({ agent: ownAgent(), api: discord.api, retries: 0, timeout: PATIENCE_MS, rejectOnRateLimit: () => true }).setToken(withToken)

/** A bare discord.js client, logged in and ready. */
export async function newClient(
  discord: Discord,
  intents: readonly GatewayIntentBits[] = [GatewayIntentBits.Guilds],
): Promise<Client<true>> {
  const client = new Client({ intents: [...intents], rest: { api: discord.api } })
  const ready = new Promise<Client<true>>(resolve => client.once('clientReady', resolve))
  await client.login(token)
  return ready
}

export const commands: RESTPutAPIApplicationCommandsJSONBody = [
  {
    name: 'poll',
    name_localizations: { de: 'umfrage' },
    description: 'Ask the neighbours',
    options: [{ type: ApplicationCommandOptionType.String, name: 'what', description: 'What to ask', autocomplete: true }],
  },
  { name: 'Make this a poll', type: ApplicationCommandType.Message },
]

export const register = (on: Stage): Promise<unknown> => on.rest.put(Routes.applicationCommands(on.app), { body: commands })

export const row = (...labels: string[]): APIActionRowComponent<APIComponentInMessageActionRow> => ({
  type: ComponentType.ActionRow,
  components: labels.map(label => ({ type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id: `v:${label}` })),
})

/** Sends to the channel as the bot. */
export const send = (on: Stage, body: RESTPostAPIChannelMessageJSONBody): Promise<APIMessage> =>
  on.rest.post(Routes.channelMessages(on.ardwick.id), { body }) as Promise<APIMessage>

/** What the bot has put into the channel, as the server keeps it. */
export async function posted(on: Stage, content = 'What matters most?', labels: readonly string[] = []): Promise<Posted> {
  const { id } = await send(on, { content, ...(labels.length > 0 && { components: [row(...labels)] }) })
  return on.discord.messageOf(id)
}

/** "50013 Missing Permissions", or "done"; what is wrong with a form, in its own words. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'done'
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error
    return `${error.code} ${error.message.replaceAll('\n', ' ')}`
  }
}

export interface Case {
  readonly name: string
  /** Does what leads there and makes the call. */
  readonly call: (on: Stage) => Promise<unknown>
  /** What the call comes to, as `outcome` says it. */
  readonly says: string | RegExp
}

/** One test a case, each on a server of its own. */
export function tryAll(cases: readonly Case[]): void {
  let on: Stage
  beforeEach(async () => {
    on = await stage()
  })
  afterEach(() => on.discord.stop())

  test.each(cases)('$name: $says', async ({ call, says }) => {
    expect(await outcome(call(on))).toEqual(typeof says === 'string' ? says : expect.stringMatching(says))
  })
}
