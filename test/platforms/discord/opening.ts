import { type APIUser, ChannelType, GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10'
import { channelPayload, guildCreate } from './payloads.ts'
import type { ChannelState, GuildState, UserState, World } from './world.ts'

function channelState(
  world: World,
  what: Pick<ChannelState, 'type' | 'name'> & Partial<Pick<ChannelState, 'guild' | 'parent' | 'recipient'>>,
): ChannelState {
  const state: ChannelState = {
    id: world.nextId(),
    guild: undefined,
    parent: undefined,
    recipient: undefined,
    overwrites: new Map(),
    messages: new Map(),
    lastMessage: null,
    archived: false,
    locked: false,
    deleted: false,
    ...what,
  }
  world.channels.set(state.id, state)
  what.guild?.channels.set(state.id, state)
  return state
}

/** Tells of something in a guild to sessions with the Guilds intent, while the bot is in it. */
export function tellOf(world: World, guild: GuildState, event: GatewayDispatchEvents, data: object): void {
  if (guild.here && guild.available) world.gateway.tell(event, data, GatewayIntentBits.Guilds)
  world.changes.happened()
}

export function openChannel(world: World, guild: GuildState, name: string): ChannelState {
  const made = channelState(world, { type: ChannelType.GuildText, name, guild })
  tellOf(world, guild, GatewayDispatchEvents.ChannelCreate, channelPayload(made))
  return made
}

export function openThread(world: World, parent: ChannelState, name: string): ChannelState {
  const made = channelState(world, { type: ChannelType.PublicThread, name, guild: parent.guild, parent })
  if (parent.guild) tellOf(world, parent.guild, GatewayDispatchEvents.ThreadCreate, { ...channelPayload(made), newly_created: true })
  return made
}

/** Puts a thread away, or takes it out again. */
export function archive(world: World, thread: ChannelState, archived: boolean): void {
  thread.archived = archived
  if (thread.guild) tellOf(world, thread.guild, GatewayDispatchEvents.ThreadUpdate, channelPayload(thread))
}

/** The private channel of a person with the bot. */
export function openDm(world: World, person: UserState): ChannelState {
  person.dm ??= channelState(world, { type: ChannelType.DM, name: '', recipient: person })
  return person.dm
}

export function join(world: World, guild: GuildState, user: APIUser): void {
  if (guild.members.has(user.id)) return
  guild.members.set(user.id, { user, roles: new Set(), joinedAt: world.now().toISOString() })
}

/** The bot is in it from now on; told with all that is in it. */
export function enterGuild(world: World, guild: GuildState): void {
  join(world, guild, world.me)
  guild.here = true
  guild.available = true
  tellOf(world, guild, GatewayDispatchEvents.GuildCreate, guildCreate(world, guild))
}

/** The bot is out: thrown out, or gone by itself. */
export function leaveGuild(world: World, guild: GuildState): void {
  if (!guild.here) return
  world.gateway.tell(GatewayDispatchEvents.GuildDelete, { id: guild.id }, GatewayIntentBits.Guilds)
  guild.here = false
  guild.members.delete(world.me.id)
  guild.commands.splice(0)
  world.changes.happened()
}
