import {
  type APIChannel,
  type APIGuildScheduledEvent,
  GatewayDispatchEvents,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord-api-types/v10'
import { standingEvents } from './events.ts'
import { post, remove } from './messages.ts'
import { archive, enterGuild, join, leaveGuild, openChannel, openThread, tellOf } from './opening.ts'
import { channelPayload, guildCreate, guildPayload, memberPayload, rolePayload } from './payloads.ts'
import type { Person } from './people.ts'
import { permissionsIn } from './permissions.ts'
import type { Posted } from './posted.ts'
import type { ChannelState, EventState, GuildState, World } from './world.ts'

export interface Role {
  readonly id: string
}

/** Whom an overwrite is for. */
type Whom = 'everyone' | 'bot' | Person | Role

/** A channel or a thread of a guild. */
export class Channel {
  readonly state: ChannelState
  readonly guild: Guild
  readonly #world: World

  constructor(world: World, state: ChannelState, guild: Guild) {
    this.#world = world
    this.state = state
    this.guild = guild
  }

  get id(): string {
    return this.state.id
  }

  get name(): string {
    return this.state.name
  }

  /** What stands in it now for all, oldest first. */
  get messages(): Posted[] {
    return [...this.state.messages.values()]
  }

  /** What the bot has standing here, without notes such as "pinned a message". */
  get fromBot(): Posted[] {
    return this.messages.filter(message => message.from === this.#world.me.id && message.raw.type !== 6)
  }

  get pinned(): Posted[] {
    return this.messages.filter(message => message.pinned)
  }

  /** The thread of this name, opened when there is none. */
  thread(name: string): Channel {
    const known = [...this.guild.state.channels.values()].find(one => one.parent === this.state && one.name === name && !one.deleted)
    return this.guild.handle(known ?? openThread(this.#world, this.state, name))
  }

  /** What somebody may do here; the bot unless said. */
  permissions(person?: Person): bigint {
    return permissionsIn(this.state, person?.id ?? this.#world.me.id)
  }

  /** Gives rights here, in bits of PermissionFlagsBits, whatever the roles say. */
  allow(whom: Whom, bits: bigint): void {
    this.#overwrite(whom, bits, 0n)
  }

  /** Takes rights away here. */
  deny(whom: Whom, bits: bigint): void {
    this.#overwrite(whom, 0n, bits)
  }

  rename(name: string): void {
    this.state.name = name
    this.#changed()
  }

  /** A thread that nobody writes in is put away; writing there takes it out again, unless it is locked too. */
  archive(archived = true): void {
    archive(this.#world, this.state, archived)
  }

  lock(locked = true): void {
    this.state.locked = locked
    this.#changed()
  }

  /** An admin deletes a message. */
  remove(message: Posted): void {
    remove(this.#world, this.state, message)
  }

  /** An admin deletes the channel, its threads with it. */
  vanish(): void {
    for (const thread of this.guild.state.channels.values()) if (thread.parent === this.state) thread.deleted = true
    const event = this.state.parent ? GatewayDispatchEvents.ThreadDelete : GatewayDispatchEvents.ChannelDelete
    tellOf(this.#world, this.guild.state, event, channelPayload(this.state))
    this.state.deleted = true
    this.#world.changes.happened()
  }

  #overwrite(whom: Whom, allow: bigint, deny: bigint): void {
    const { overwrites } = this.state
    const id = whom === 'everyone' ? this.guild.id : whom === 'bot' ? this.#world.me.id : whom.id
    const type = this.guild.state.roles.has(id) ? OverwriteType.Role : OverwriteType.Member
    const before = overwrites.get(id)
    const allowed = (BigInt(before?.allow ?? 0) | allow) & ~deny
    const denied = (BigInt(before?.deny ?? 0) | deny) & ~allow
    overwrites.set(id, { id, type, allow: String(allowed), deny: String(denied) })
    this.#changed()
  }

  #changed(): void {
    const event = this.state.parent ? GatewayDispatchEvents.ThreadUpdate : GatewayDispatchEvents.ChannelUpdate
    tellOf(this.#world, this.guild.state, event, channelPayload(this.state) satisfies APIChannel)
  }
}

/** What Discord calls a server. */
export class Guild {
  readonly state: GuildState
  readonly #world: World
  readonly #handles = new Map<string, Channel>()

  constructor(world: World, state: GuildState) {
    this.#world = world
    this.state = state
  }

  get id(): string {
    return this.state.id
  }

  /** The channel of this name, made when there is none. */
  channel(name: string): Channel {
    const known = [...this.state.channels.values()].find(one => !one.parent && one.name === name && !one.deleted)
    return this.handle(known ?? openChannel(this.#world, this.state, name))
  }

  handle(state: ChannelState): Channel {
    const known = this.#handles.get(state.id)
    if (known) return known
    const made = new Channel(this.#world, state, this)
    this.#handles.set(state.id, made)
    return made
  }

  /** The scheduled events that are ahead or on, oldest first. */
  get events(): APIGuildScheduledEvent[] {
    return standingEvents(this.#world, this.state)
  }

  /** Somebody schedules an event, ours copied word by word, say. */
  schedules(person: Person, like: EventState): void {
    const id = this.#world.nextId()
    this.state.events.set(id, { ...like, id, creator_id: person.id })
  }

  /** An admin deletes a scheduled event. */
  unschedules(id: string): void {
    this.state.events.delete(id)
    this.#world.changes.happened()
  }

  /** Is a member from now on. */
  joined(person: Person): void {
    join(this.#world, this.state, person.user)
    this.#world.changes.happened()
  }

  left(person: Person): void {
    this.state.members.delete(person.id)
    this.#world.changes.happened()
  }

  /** A new role with these rights. */
  role(name: string, permissions = 0n): Role {
    const role = rolePayload(this.#world.nextId(), name, permissions, this.state.roles.size)
    this.state.roles.set(role.id, role)
    tellOf(this.#world, this.state, GatewayDispatchEvents.GuildRoleCreate, { guild_id: this.id, role })
    return { id: role.id }
  }

  /** Gives a role to somebody, who is a member from then on. */
  give(whom: Person | 'bot', role: Role): void {
    const user = whom === 'bot' ? this.#world.me : whom.user
    join(this.#world, this.state, user)
    this.state.members.get(user.id)?.roles.add(role.id)
    if (whom === 'bot') this.#botChanged()
  }

  take(whom: Person | 'bot', role: Role): void {
    this.state.members.get(whom === 'bot' ? this.#world.me.id : whom.id)?.roles.delete(role.id)
    if (whom === 'bot') this.#botChanged()
  }

  /** May do all. */
  admin(person: Person): void {
    this.give(person, this.role(`admin ${person.user.username}`, PermissionFlagsBits.Administrator))
  }

  /** What everyone may do, in bits of PermissionFlagsBits. */
  everyone(permissions: bigint): void {
    const role = rolePayload(this.id, '@everyone', permissions, 0)
    this.state.roles.set(this.id, role)
    tellOf(this.#world, this.state, GatewayDispatchEvents.GuildRoleUpdate, { guild_id: this.id, role })
  }

  rename(name: string): void {
    this.state.name = name
    tellOf(this.#world, this.state, GatewayDispatchEvents.GuildUpdate, guildPayload(this.state))
  }

  /** Somebody follows the invite link of the bot. */
  add(): void {
    enterGuild(this.#world, this.state)
  }

  /** Throws the bot out. */
  kick(): void {
    leaveGuild(this.#world, this.state)
  }

  /** An outage: the bot is told that it cannot see the guild, and every request about it fails. */
  goesAway(): void {
    tellOf(this.#world, this.state, GatewayDispatchEvents.GuildDelete, { id: this.id, unavailable: true })
    this.state.available = false
  }

  comesBack(): void {
    this.state.available = true
    tellOf(this.#world, this.state, GatewayDispatchEvents.GuildCreate, guildCreate(this.#world, this.state))
  }

  #botChanged(): void {
    const member = this.state.members.get(this.#world.me.id)
    if (member) tellOf(this.#world, this.state, GatewayDispatchEvents.GuildMemberUpdate, { ...memberPayload(member), guild_id: this.id })
  }
}

/** Somebody says something; the bot hears of it with the message intents only. */
export function say(world: World, person: Person, channel: ChannelState, text: string): Posted {
  if (channel.guild) join(world, channel.guild, person.user)
  return post(world, channel, person.user, { content: text })
}
