import type { IncomingMessage, ServerResponse } from 'node:http'
import { ComponentType } from 'discord-api-types/v10'
import { type Commands, obey } from '../control.ts'
import type { Fault } from './faults.ts'
import { touch } from './interact.ts'
import type { Interaction } from './interaction.ts'
import type { Filled } from './modal.ts'
import { join } from './opening.ts'
import type { Place } from './people.ts'
import type { Posted } from './posted.ts'
import type { Discord, GuildOptions, PersonOptions } from './server.ts'

interface PressAsked {
  readonly person: string
  readonly message: string
  readonly customId: string
  /** Where the message stands; found by itself otherwise, which costs more. */
  readonly channel?: string
}

const placeOf = (discord: Discord, channel: string | undefined): Place => (channel === undefined ? 'dm' : discord.channelOf(channel))

/** What a driver in another process can do: POST /control/<name> with a JSON body. Every id is a string that this server gave. */
const commands: Commands<Discord> = {
  /** `{ name, channels?, permissions?: "bits", bot? }` -> `{ id, channels: { name: id } }` */
  guild: (discord, asked: Omit<GuildOptions, 'permissions'> & { name: string; permissions?: string }) => guild(discord, asked),
  /** `{ guild, name }` -> `{ id }`, as it is when it is there */
  channel: (discord, asked: { guild: string; name: string }) => ({ id: discord.guildOf(asked.guild).channel(asked.name).id }),
  /** `{ channel, name }` -> `{ id }` */
  thread: (discord, asked: { channel: string; name: string }) => ({ id: discord.channelOf(asked.channel).thread(asked.name).id }),
  /** `{ name, ...PersonOptions }` -> `{ id }` */
  person: (discord, asked: PersonOptions & { name: string }) => ({ id: discord.person(asked.name, asked).id }),
  /** `{ count, ...PersonOptions }` -> `{ ids }` */
  people: (discord, asked: PersonOptions & { count: number }) => ({
    ids: Array.from({ length: asked.count }, (_, at) => discord.person(`Resident ${at + 1}`, asked).id),
  }),
  /** `{ guild, person }`: may do all there */
  admin: (discord, asked: { guild: string; person: string }) => discord.guildOf(asked.guild).admin(discord.personOf(asked.person)),
  /** `{ person, channel?, name, words? }`, without a channel in private -> `{ id }` */
  runs: (discord, asked: { person: string; channel?: string; name: string; words?: string }) =>
    brief(discord.personOf(asked.person).runs(placeOf(discord, asked.channel), asked.name, asked.words)),
  /** `{ person, message, name }`: a command from the menu of a message -> `{ id }` */
  uses: (discord, asked: { person: string; message: string; name: string }) =>
    brief(discord.personOf(asked.person).uses(discord.messageOf(asked.message), asked.name)),
  /**
   * `{ presses: [{ person, message, customId, channel? }] }` -> `{ ids, connected }`, in the same order; all in one go, also of buttons that are not
   * there. `connected`: how many sessions they went to at once
   */
  presses: (discord, asked: { presses: readonly PressAsked[] }) => ({
    ids: asked.presses.map(one => pressed(discord, one)),
    connected: discord.world.gateway.connected,
  }),
  /** `{ person, interaction, filled }`: fills in the form that the interaction opened -> `{ id }` */
  submits: (discord, asked: { person: string; interaction: string; filled: Record<string, Filled> }) => {
    const { modal } = interactionOf(discord, asked.interaction)
    if (!modal) throw new Error(`${asked.interaction} opened no form`)
    return brief(discord.personOf(asked.person).submits(modal, asked.filled))
  },
  /** `{ person, channel?, text }` -> `{ id }` of the message */
  says: (discord, asked: { person: string; channel?: string; text: string }) => ({
    id: discord.personOf(asked.person).says(placeOf(discord, asked.channel), asked.text).id,
  }),
  /** `{ id }` -> one interaction with what came of it */
  interaction: (discord, asked: { id: string }) => interactionOf(discord, asked.id),
  /** `{ ids }` -> what came of those that are remembered: `{ id, ack, ackAt, updated, said: [{ id, at, text }] }` */
  told: (discord, asked: { ids: readonly string[] }) => told(discord, new Set(asked.ids)),
  /** `{ from? }` -> the interactions, without the first `from` of all time */
  interactions: (discord, asked: { from?: number }) => since(discord.interactions, discord.world.interactionCount, asked.from),
  /** `{ channel }` or `{ person }` (private) -> what stands there; `{ channel, person }`: with what only that person sees */
  messages: (discord, asked: { channel?: string; person?: string }) => messages(discord, asked).map(shown),
  /** `{ which?, from? }` -> the requests, without the first `from` of all time */
  calls: (discord, asked: { which?: string; from?: number }) => {
    const total = [...discord.world.counts.values()].reduce((sum, count) => sum + count, 0)
    const late = since(discord.world.calls, total, asked.from)
    return asked.which === undefined ? late : discord.calls(asked.which).filter(call => late.includes(call))
  },
  state: discord => state(discord),
  /** A `Fault` */
  fail: (discord, asked: Fault) => discord.fail(asked),
  heal: discord => discord.heal(),
  /** `{ seconds }` */
  block: (discord, asked: { seconds: number }) => discord.block(asked.seconds),
  /** `{ ms }`: how long each answer waits */
  latency: (discord, asked: { ms: number }) => {
    discord.world.latencyMs = asked.ms
  },
  cut: discord => discord.cutSockets(),
  /** `{ away }`: no new gateway connections while it is true */
  away: (discord, asked: { away: boolean }) => {
    discord.world.gateway.isUnavailable = asked.away
  },
  reconnect: discord => discord.world.gateway.askToReconnect(),
  /** `{ resumable }` */
  invalidate: (discord, asked: { resumable: boolean }) => discord.world.gateway.invalidate(asked.resumable),
  revoke: discord => discord.revokeToken(),
  /** `{ ids? }`: hands these interactions out once more, or all that are not acknowledged */
  redeliver: (discord, asked: { ids?: readonly string[] }) => {
    for (const one of discord.interactions) if (asked.ids ? asked.ids.includes(one.id) : one.ack === undefined) discord.redeliver(one)
  },
  /** `{ guild }` */
  add: (discord, asked: { guild: string }) => discord.guildOf(asked.guild).add(),
  kick: (discord, asked: { guild: string }) => discord.guildOf(asked.guild).kick(),
  /** `{ guild, away }` */
  outage: (discord, asked: { guild: string; away: boolean }) =>
    asked.away ? discord.guildOf(asked.guild).goesAway() : discord.guildOf(asked.guild).comesBack(),
  /** `{ channel }`: deletes the channel */
  vanish: (discord, asked: { channel: string }) => discord.channelOf(asked.channel).vanish(),
  /** `{ channel, message }` */
  remove: (discord, asked: { channel: string; message: string }) =>
    discord.channelOf(asked.channel).remove(discord.messageOf(asked.message)),
  /** `{ person, closed }` */
  closes: (discord, asked: { person: string; closed: boolean }) => discord.personOf(asked.person).closesDms(asked.closed),
}

function guild(discord: Discord, asked: Omit<GuildOptions, 'permissions'> & { name: string; permissions?: string }): object {
  const { permissions, ...rest } = asked
  const made = discord.guild(asked.name, { ...rest, ...(permissions !== undefined && { permissions: BigInt(permissions) }) })
  return { id: made.id, channels: Object.fromEntries([...made.state.channels.values()].map(one => [one.name, one.id])) }
}

function pressed(discord: Discord, { person, message, customId, channel: where = '' }: PressAsked): string {
  const posted = discord.world.channels.get(where)?.messages.get(message) ?? discord.messageOf(message)
  const channel = discord.world.channels.get(posted.channel)
  if (!channel) throw new Error(`there is no channel ${posted.channel}`)
  const { state } = discord.personOf(person)
  if (channel.guild) join(discord.world, channel.guild, state.user)
  return touch(discord.world, state, channel, posted, { component_type: ComponentType.Button, custom_id: customId }).id
}

function messages(discord: Discord, { channel, person }: { channel?: string; person?: string }): Posted[] {
  if (person !== undefined) return discord.personOf(person).sees(placeOf(discord, channel))
  return channel === undefined ? [] : discord.channelOf(channel).messages
}

function interactionOf(discord: Discord, id: string): Interaction {
  const found = discord.interactions.find(one => one.id === id)
  if (!found) throw new Error(`there is no interaction ${id}`)
  return found
}

function told(discord: Discord, ids: ReadonlySet<string>): object[] {
  const asked = discord.interactions.filter(one => ids.has(one.id))
  return asked.map(({ id, ack, ackAt, updated, messages: said }) => {
    const brief = said.map(message => ({ id: message.id, at: message.at, text: message.text }))
    return { id, ack, ackAt, updated, said: brief }
  })
}

const brief = ({ id }: Interaction): object => ({ id })

/** What is remembered of a log of which `total` entries ever were. */
function since<T>(log: readonly T[], total: number, from = 0): readonly T[] {
  return log.slice(Math.max(0, from - (total - log.length)))
}

function shown(posted: Posted): object {
  const { id, channel, from, byBot, text, edits, pinned, ephemeral, loading, at, labels, pings, files } = posted
  const customIds = posted.buttons.flatMap(button => ('custom_id' in button ? [button.custom_id] : []))
  const names = files.map(file => ({ name: file.name, mime: file.mime }))
  return { id, channel, from, byBot, text, edits, pinned, ephemeral, loading, at, labels, customIds, pings, files: names }
}

function state(discord: Discord): object {
  const { gateway, interactionCount, answeredCount, counts, faults, rates } = discord.world
  return {
    connected: gateway.connected,
    identifies: gateway.identifies,
    resumes: gateway.resumes,
    closes: gateway.closes,
    interactions: interactionCount,
    answered: answeredCount,
    calls: Object.fromEntries(counts),
    harmed: faults.done,
    tooMany: rates.refused,
  }
}

/** As `obey` says. */
export function answerControl(discord: Discord, request: IncomingMessage, response: ServerResponse): Promise<void> {
  return obey(commands, discord, request, response)
}
