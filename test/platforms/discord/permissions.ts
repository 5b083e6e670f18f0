import { PermissionFlagsBits as Can, OverwriteType } from 'discord-api-types/v10'
import type { ChannelState, GuildState } from './world.ts'

const all = Object.values(Can).reduce((bits, bit) => bits | bit, 0n)

/** What everyone may do in a new guild. */
export const usual =
  Can.ViewChannel |
  Can.SendMessages |
  Can.SendMessagesInThreads |
  Can.CreatePublicThreads |
  Can.EmbedLinks |
  Can.AttachFiles |
  Can.AddReactions |
  Can.ReadMessageHistory |
  Can.UseApplicationCommands

/** In the whole guild, by roles; owners and administrators may do all. 0 for whoever is not in it. */
export function guildPermissions(guild: GuildState, user: string): bigint {
  if (guild.owner === user) return all
  const member = guild.members.get(user)
  if (!member) return 0n
  let bits = BigInt(guild.roles.get(guild.id)?.permissions ?? 0)
  for (const role of member.roles) bits |= BigInt(guild.roles.get(role)?.permissions ?? 0)
  return bits & Can.Administrator ? all : bits
}

/** In one channel, by overwrites: everyone's, then those of the roles together, then the member's own. A thread has its channel's. */
export function permissionsIn(channel: ChannelState, user: string): bigint {
  const { guild } = channel
  if (!guild) return privately
  const base = guildPermissions(guild, user)
  if (base === all || base === 0n) return base
  const overwrites = (channel.parent ?? channel).overwrites
  const roles = guild.members.get(user)?.roles ?? new Set<string>()
  let bits = base
  const everyone = overwrites.get(guild.id)
  if (everyone) bits = (bits & ~BigInt(everyone.deny)) | BigInt(everyone.allow)
  let deny = 0n
  let allow = 0n
  for (const overwrite of overwrites.values()) {
    if (overwrite.type !== OverwriteType.Role || !roles.has(overwrite.id)) continue
    deny |= BigInt(overwrite.deny)
    allow |= BigInt(overwrite.allow)
  }
  bits = (bits & ~deny) | allow
  const own = overwrites.get(user)
  if (own) bits = (bits & ~BigInt(own.deny)) | BigInt(own.allow)
  return implied(bits, channel.parent !== undefined)
}

/** In private everything that a message needs. */
const privately = usual | Can.PinMessages | Can.MentionEveryone

/** Whoever cannot see a channel can do nothing there; whoever cannot write there cannot attach either. */
function implied(bits: bigint, inThread: boolean): bigint {
  if (!(bits & Can.ViewChannel)) return 0n
  if (bits & (inThread ? Can.SendMessagesInThreads : Can.SendMessages)) return bits
  return bits & ~(Can.MentionEveryone | Can.SendTTSMessages | Can.AttachFiles | Can.EmbedLinks)
}

export const may = (channel: ChannelState, user: string, bit: bigint): boolean => (permissionsIn(channel, user) & bit) === bit
