import {
  type APIChannel,
  type APIDMChannel,
  type APIGuild,
  type APIGuildMember,
  type APIInteractionGuildMember,
  type APIPublicThreadChannel,
  type APIRole,
  type APITextChannel,
  type ChannelFlags,
  ChannelType,
  type GatewayGuildCreateDispatchData,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMemberFlags,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildSystemChannelFlags,
  GuildVerificationLevel,
} from 'discord-api-types/v10'
import { permissionsIn } from './permissions.ts'
import { timeOf } from './snowflake.ts'
import type { ChannelState, GuildState, MemberState, World } from './world.ts'

export function guildPayload(guild: GuildState): APIGuild {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: guild.owner,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: GuildVerificationLevel.Low,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.Disabled,
    roles: [...guild.roles.values()],
    emojis: [],
    features: [],
    mfa_level: GuildMFALevel.None,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: GuildSystemChannelFlags.SuppressJoinNotifications,
    rules_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: GuildPremiumTier.None,
    preferred_locale: guild.locale,
    public_updates_channel_id: null,
    nsfw_level: GuildNSFWLevel.Default,
    stickers: [],
    premium_progress_bar_enabled: false,
    hub_type: null,
    safety_alerts_channel_id: null,
    incidents_data: null,
  } satisfies APIGuild
}

/** As the gateway tells of a guild that can be seen. Of the members only the bot itself, as without the members intent. */
export function guildCreate(world: World, guild: GuildState): GatewayGuildCreateDispatchData {
  const me = guild.members.get(world.me.id)
  const channels = [...guild.channels.values()].filter(channel => !channel.deleted)
  return {
    ...guildPayload(guild),
    joined_at: me?.joinedAt ?? new Date(timeOf(guild.id)).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: me ? [memberPayload(me)] : [],
    channels: channels.flatMap(channel => (channel.type === ChannelType.GuildText ? [textChannel(channel)] : [])),
    threads: channels.flatMap(channel => (channel.parent && !channel.archived ? [threadPayload(channel)] : [])),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  } satisfies GatewayGuildCreateDispatchData
}

export function memberPayload(member: MemberState): APIGuildMember {
  return {
    user: member.user,
    nick: null,
    avatar: null,
    banner: null,
    roles: [...member.roles],
    joined_at: member.joinedAt,
    premium_since: null,
    deaf: false,
    mute: false,
    flags: GuildMemberFlags.CompletedOnboarding,
    pending: false,
    communication_disabled_until: null,
  } satisfies APIGuildMember
}

export function interactionMember(member: MemberState, channel: ChannelState): APIInteractionGuildMember {
  return { ...memberPayload(member), user: member.user, permissions: String(permissionsIn(channel, member.user.id)) }
}

function textChannel(channel: ChannelState): APITextChannel {
  return {
    id: channel.id,
    type: ChannelType.GuildText,
    name: channel.name,
    position: 0,
    permission_overwrites: [...channel.overwrites.values()],
    nsfw: false,
    parent_id: null,
    topic: null,
    last_message_id: channel.lastMessage,
    rate_limit_per_user: 0,
    flags: 0 as ChannelFlags,
    ...(channel.guild && { guild_id: channel.guild.id }),
  } satisfies APITextChannel
}

function threadPayload(channel: ChannelState): APIPublicThreadChannel {
  const made = new Date(timeOf(channel.id)).toISOString()
  return {
    id: channel.id,
    type: ChannelType.PublicThread,
    name: channel.name,
    last_message_id: channel.lastMessage,
    rate_limit_per_user: 0,
    flags: 0 as ChannelFlags,
    message_count: channel.messages.size,
    member_count: 1,
    total_message_sent: channel.messages.size,
    thread_metadata: {
      archived: channel.archived,
      locked: channel.locked,
      auto_archive_duration: 4320,
      archive_timestamp: made,
      create_timestamp: made,
    },
    ...(channel.guild && { guild_id: channel.guild.id, owner_id: channel.guild.owner }),
    ...(channel.parent && { parent_id: channel.parent.id }),
  } satisfies APIPublicThreadChannel
}

function dmChannel(channel: ChannelState): APIDMChannel {
  return {
    id: channel.id,
    type: ChannelType.DM,
    name: null,
    last_message_id: channel.lastMessage,
    flags: 0 as ChannelFlags,
    recipients: channel.recipient ? [channel.recipient.user] : [],
  } satisfies APIDMChannel
}

export function channelPayload(channel: ChannelState): APIChannel {
  if (channel.type === ChannelType.DM) {
    const { name: _, ...rest } = dmChannel(channel)
    return rest as APIDMChannel // the real one leaves the name out
  }
  return channel.type === ChannelType.PublicThread ? threadPayload(channel) : textChannel(channel)
}

/** A role as a guild lists it. */
export function rolePayload(id: string, name: string, permissions: bigint, position: number, bot?: string): APIRole {
  return {
    id,
    name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position,
    permissions: String(permissions),
    managed: bot !== undefined,
    mentionable: false,
    flags: 0 as APIRole['flags'],
    ...(bot !== undefined && { tags: { bot_id: bot } }),
  } satisfies APIRole
}
