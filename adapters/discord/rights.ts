import {
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  ChannelType,
  OverwriteType,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js'
import type { PersonRef, SpaceRef } from '../../src/adapter.ts'
import { addressOf } from './refs.ts'
import { isNo, unasked } from './refusals.ts'

const can = PermissionFlagsBits
const runs = can.Administrator | can.ManageGuild | can.ManageChannels
const all = Object.values(can).reduce((bits, bit) => bits | bit, 0n)

/** What is needed, and what (keys that end in `-optional`) would be good to have. */
const wanted = [
  ['discord-missing-files-optional', can.AttachFiles],
  ['discord-missing-history-optional', can.ReadMessageHistory],
  ['discord-missing-pin-optional', can.PinMessages],
] as const

/** Whether the person runs the server or the channel, now. False for somebody who is not there. Throws where Discord cannot be asked. */
export async function isAdmin(rest: REST, person: PersonRef, space: SpaceRef): Promise<boolean> {
  const address = addressOf(person)
  const found = 'user' in address ? await rightsOf(rest, address.user, space) : undefined
  return found !== undefined && (found.bits & runs) !== 0n
}

/** Keys of texts that say what to click. Throws where Discord cannot be asked. */
export async function missing(rest: REST, space: SpaceRef, bot: string): Promise<readonly string[]> {
  const found = await rightsOf(rest, bot, space)
  if (!found || !(found.bits & can.ViewChannel)) return ['discord-missing-see']
  if (!(found.bits & (found.isThread ? can.SendMessagesInThreads : can.SendMessages))) return ['discord-missing-send']
  return wanted.filter(([, bit]) => !(found.bits & bit)).map(([key]) => key)
}

interface Rights {
  readonly bits: bigint
  readonly isThread: boolean
}

/** What somebody may do in a channel; undefined where the bot cannot see it or the person is not there. */
async function rightsOf(rest: REST, user: string, space: SpaceRef): Promise<Rights | undefined> {
  const address = addressOf(space)
  const channel = 'channel' in address ? await ask<APIChannel>(rest, Routes.channel(address.channel)) : undefined
  const guildId = channel && 'guild_id' in channel ? channel.guild_id : undefined
  if (!channel || guildId === undefined) return undefined
  const isThread =
    channel.type === ChannelType.PublicThread ||
    channel.type === ChannelType.PrivateThread ||
    channel.type === ChannelType.AnnouncementThread
  const parent = isThread && channel.parent_id ? await ask<APIChannel>(rest, Routes.channel(channel.parent_id)) : channel
  const [guild, member] = await Promise.all([
    ask<APIGuild>(rest, Routes.guild(guildId)),
    ask<APIGuildMember>(rest, Routes.guildMember(guildId, user)),
  ])
  if (!guild || !member || !parent) return undefined
  const overwrites = 'permission_overwrites' in parent ? (parent.permission_overwrites ?? []) : []
  return { bits: bitsOf(guild, member, user, overwrites), isThread }
}

/** The roles together; then what the channel says of everyone, of the roles, of the person. */
function bitsOf(guild: APIGuild, member: APIGuildMember, user: string, overwrites: readonly APIOverwrite[]): bigint {
  if (guild.owner_id === user) return all
  const own = guild.roles.filter(role => role.id === guild.id || member.roles.includes(role.id))
  let bits = own.reduce((sum, role) => sum | BigInt(role.permissions), 0n)
  if (bits & can.Administrator) return all
  const steps = [
    overwrites.filter(one => one.id === guild.id),
    overwrites.filter(one => one.type === OverwriteType.Role && one.id !== guild.id && member.roles.includes(one.id)),
    overwrites.filter(one => one.type === OverwriteType.Member && one.id === user),
  ]
  for (const step of steps) {
    const deny = step.reduce((sum, one) => sum | BigInt(one.deny), 0n)
    const allow = step.reduce((sum, one) => sum | BigInt(one.allow), 0n)
    bits = (bits & ~deny) | allow
  }
  return bits
}

/** Undefined where Discord says that it is not there, or not for us. */
async function ask<T>(rest: REST, route: `/${string}`): Promise<T | undefined> {
  try {
    return (await rest.get(route)) as T
  } catch (error) {
    if (isNo(error) && (error.status === 403 || error.status === 404)) return undefined
    throw unasked(error)
  }
}
