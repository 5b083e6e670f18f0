import {
  type APIMessage,
  type APIMessageReference,
  type APIUser,
  GatewayDispatchEvents,
  GatewayIntentBits,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10'
import { asRich, attach, type Draft, type NumberedUpload, withNumbers } from './draft.ts'
import { nobody, pingsOf } from './mentions.ts'
import { memberPayload } from './payloads.ts'
import { Posted } from './posted.ts'
import { type ChannelState, remember, type World } from './world.ts'

/** What else stands in a new message. */
interface More {
  readonly files?: readonly NumberedUpload[]
  readonly type?: MessageType
  readonly extra?: Partial<APIMessage>
  /** Only this person sees it. */
  readonly onlyFor?: string | undefined
  readonly flags?: number
  /** The message that this one answers. */
  readonly repliedTo?: Posted | undefined
}

/** Puts a message into a channel, or whispers it; tells the gateway of it. */
export function post(world: World, channel: ChannelState, author: APIUser, draft: Draft, more: More = {}): Posted {
  const { repliedTo } = more
  const pings = more.onlyFor === undefined ? pingsOf(channel, author.id, draft, repliedTo?.from) : nobody
  const kept = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2
  const reference: APIMessageReference | undefined = repliedTo && { message_id: repliedTo.id, channel_id: channel.id }
  const raw: APIMessage = {
    id: world.nextId(),
    channel_id: channel.id,
    type: more.type ?? (repliedTo ? MessageType.Reply : MessageType.Default),
    author,
    content: (draft.content ?? '').trim(),
    timestamp: world.now().toISOString(),
    edited_timestamp: null,
    tts: draft.tts === true,
    mention_everyone: pings.everyone,
    mentions: pings.users.flatMap(id => world.users.get(id)?.user ?? []),
    mention_roles: [...pings.roles],
    attachments: attach(world, channel.id, draft, more.files ?? []),
    embeds: asRich(draft.embeds ?? []),
    components: withNumbers(draft.components ?? []),
    pinned: false,
    flags: ((draft.flags ?? 0) & kept) | (more.flags ?? 0) | (more.onlyFor === undefined ? 0 : MessageFlags.Ephemeral),
    ...(draft.nonce !== undefined && draft.nonce !== null && { nonce: draft.nonce }),
    ...(reference && { message_reference: reference, referenced_message: repliedTo?.raw ?? null }),
    ...more.extra,
  }
  const posted = new Posted(raw, world.now().getTime(), { pings, files: more.files ?? [], onlyFor: more.onlyFor })
  if (more.onlyFor === undefined) {
    channel.messages.set(posted.id, posted)
    channel.lastMessage = posted.id
    channel.archived &&= channel.locked
    tell(world, channel, posted, GatewayDispatchEvents.MessageCreate)
  } else remember(world.whispers, posted, world.remember)
  world.changes.happened()
  return posted
}

/** Changes what stands there. Fills a "thinking" message as if it were new. */
export function change(world: World, channel: ChannelState, posted: Posted, draft: Draft, files: readonly NumberedUpload[] = []): void {
  const { raw } = posted
  const filled = posted.loading
  if (filled && posted.onlyFor === undefined) posted.pings = pingsOf(channel, posted.from, draft)
  const sticky = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2
  const flags = (raw.flags ?? 0) & ~MessageFlags.Loading
  posted.raw = {
    ...raw,
    ...(draft.content !== undefined && { content: (draft.content ?? '').trim() }),
    ...(draft.embeds !== undefined && { embeds: asRich(draft.embeds ?? []) }),
    ...(draft.components !== undefined && { components: withNumbers(draft.components ?? []) }),
    attachments: attach(world, channel.id, draft, files, raw.attachments),
    flags: draft.flags === undefined || draft.flags === null ? flags : flags | (draft.flags & sticky),
    edited_timestamp: filled ? null : world.now().toISOString(),
  }
  if (files.length > 0) posted.files = [...posted.files, ...files]
  if (!filled) posted.edits += 1
  if (posted.onlyFor === undefined) tell(world, channel, posted, GatewayDispatchEvents.MessageUpdate)
  world.changes.happened()
}

/** Takes it away; the gateway tells those who asked for messages. */
export function remove(world: World, channel: ChannelState, posted: Posted): void {
  posted.deleted = true
  if (posted.onlyFor !== undefined) {
    const at = world.whispers.indexOf(posted)
    if (at >= 0) world.whispers.splice(at, 1)
  } else {
    channel.messages.delete(posted.id)
    const where = { id: posted.id, channel_id: channel.id, ...(channel.guild && { guild_id: channel.guild.id }) }
    if (reaches(channel)) world.gateway.tell(GatewayDispatchEvents.MessageDelete, where, intentOf(channel))
  }
  world.changes.happened()
}

export function pin(world: World, channel: ChannelState, posted: Posted, pinned: boolean): void {
  posted.raw = { ...posted.raw, pinned }
  tell(world, channel, posted, GatewayDispatchEvents.MessageUpdate)
  const where = {
    channel_id: channel.id,
    last_pin_timestamp: world.now().toISOString(),
    ...(channel.guild && { guild_id: channel.guild.id }),
  }
  if (reaches(channel)) {
    world.gateway.tell(
      GatewayDispatchEvents.ChannelPinsUpdate,
      where,
      channel.guild ? GatewayIntentBits.Guilds : GatewayIntentBits.DirectMessages,
    )
  }
  world.changes.happened()
}

const intentOf = (channel: ChannelState): number => (channel.guild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages)

/** The bot is told of nothing in a guild that it is not in. */
const reaches = (channel: ChannelState): boolean => channel.guild === undefined || (channel.guild.here && channel.guild.available)

function tell(world: World, channel: ChannelState, posted: Posted, event: GatewayDispatchEvents): void {
  if (!reaches(channel)) return
  const member = channel.guild?.members.get(posted.from)
  const { user: _, ...memberOnly } = member ? memberPayload(member) : {}
  const full = { ...posted.raw, ...(channel.guild && { guild_id: channel.guild.id }), ...(member && { member: memberOnly }) }
  const isForUs = !channel.guild || posted.from === world.me.id || posted.pings.users.includes(world.me.id)
  world.gateway.tellEach(
    event,
    intents =>
      isForUs || intents & GatewayIntentBits.MessageContent ? full : { ...full, content: '', embeds: [], attachments: [], components: [] },
    intentOf(channel),
  )
}
