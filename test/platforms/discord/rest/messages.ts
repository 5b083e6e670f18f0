import { type APIMessage, PermissionFlagsBits as Can, MessageFlags, MessageType } from 'discord-api-types/v10'
import type { Draft } from '../draft.ts'
import { checkMessage } from '../message-check.ts'
import { change, pin, post, remove } from '../messages.ts'
import { may } from '../permissions.ts'
import type { Posted } from '../posted.ts'
import {
  archivedThread,
  cannotWriteTo,
  invalidForm,
  lockedThread,
  missingPermissions,
  noSharedGuild,
  othersMessage,
  Refusal,
  unknownMessage,
} from '../refusal.ts'
import type { ChannelState, World } from '../world.ts'
import { type Ask, channelOf, type Route } from './ask.ts'

const nonceMs = 3 * 60 * 1000
const pinsMost = 250

export const messageRoutes: readonly Route[] = [
  { method: 'GET', route: '/channels/:channel/messages', run: list },
  { method: 'POST', route: '/channels/:channel/messages', run: create, schema: 'MessageCreateRequest' },
  { method: 'GET', route: '/channels/:channel/messages/pins', run: pins },
  { method: 'PUT', route: '/channels/:channel/messages/pins/:message', run: ask => setPin(ask, true) },
  { method: 'DELETE', route: '/channels/:channel/messages/pins/:message', run: ask => setPin(ask, false) },
  { method: 'GET', route: '/channels/:channel/messages/:message', run: read },
  { method: 'PATCH', route: '/channels/:channel/messages/:message', run: edit, schema: 'MessageEditRequestPartial' },
  { method: 'DELETE', route: '/channels/:channel/messages/:message', run: erase },
  { method: 'PUT', route: '/channels/:channel/pins/:message', run: ask => setPin(ask, true) },
  { method: 'DELETE', route: '/channels/:channel/pins/:message', run: ask => setPin(ask, false) },
  { method: 'POST', route: '/channels/:channel/typing', run: ask => (channelOf(ask) instanceof Refusal ? channelOf(ask) : undefined) },
]

function create(ask: Ask): APIMessage | Refusal {
  const { world, files } = ask
  const channel = channelOf(ask)
  if (channel instanceof Refusal) return channel
  const draft = ask.body as Draft
  const refusal = mayWrite(world, channel, draft, files.length) ?? (world.strict ? checkMessage(draft, files) : undefined)
  if (refusal) return refusal
  if ((draft.flags ?? 0) & MessageFlags.Ephemeral) return invalidForm('flags', 'The specified flags are invalid.', 'MESSAGE_FLAGS_INVALID')
  const again = draft.enforce_nonce ? sentBefore(world, draft.nonce) : undefined
  if (again) return again.raw
  const { message_reference: reference } = draft
  const repliedTo = reference ? channel.messages.get(reference.message_id) : undefined
  if (reference && !repliedTo && reference.fail_if_not_exists !== false) {
    return invalidForm('message_reference', 'Unknown message', 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE')
  }
  const posted = post(world, channel, world.me, draft, { files, repliedTo })
  if (draft.nonce !== undefined && draft.nonce !== null) world.nonces.set(String(draft.nonce), posted)
  return posted.raw
}

function sentBefore(world: World, nonce: Draft['nonce']): Posted | undefined {
  const oldest = world.now().getTime() - nonceMs
  for (const [key, posted] of world.nonces) {
    if (posted.at > oldest) break // in order of age
    world.nonces.delete(key)
  }
  return world.nonces.get(String(nonce))
}

function mayWrite(world: World, channel: ChannelState, draft: Draft, files: number): Refusal | undefined {
  const { id } = world.me
  if (channel.recipient) {
    if (!sharesGuild(world, channel.recipient.user.id)) return noSharedGuild()
    return channel.recipient.closed ? cannotWriteTo() : undefined
  }
  if (!may(channel, id, channel.parent ? Can.SendMessagesInThreads : Can.SendMessages)) return missingPermissions()
  if (channel.locked && !may(channel, id, Can.ManageThreads)) return lockedThread()
  if (draft.embeds?.length && !may(channel, id, Can.EmbedLinks)) return missingPermissions()
  if (files > 0 && !may(channel, id, Can.AttachFiles)) return missingPermissions()
  if (draft.message_reference && !may(channel, id, Can.ReadMessageHistory)) return missingPermissions()
  return undefined
}

/** The bot may write to people in private only while both are in some guild. */
function sharesGuild(world: World, user: string): boolean {
  for (const guild of world.guilds.values()) if (guild.here && guild.members.has(user)) return true
  return false
}

function find(ask: Ask): { channel: ChannelState; posted: Posted } | Refusal {
  const channel = channelOf(ask)
  if (channel instanceof Refusal) return channel
  const posted = channel.messages.get(ask.params['message'] ?? '')
  return posted ? { channel, posted } : unknownMessage()
}

function read(ask: Ask): APIMessage | Refusal {
  const found = find(ask)
  if (found instanceof Refusal) return found
  return may(found.channel, ask.world.me.id, Can.ReadMessageHistory) ? found.posted.raw : missingPermissions()
}

/** Newest first, 50 unless the query says otherwise. */
function list(ask: Ask): APIMessage[] | Refusal {
  const channel = channelOf(ask)
  if (channel instanceof Refusal) return channel
  const limit = Number(ask.query.get('limit') ?? 50)
  if (!(limit >= 1 && limit <= 100)) return invalidForm('limit', 'int value should be between 1 and 100.', 'NUMBER_TYPE_MAX')
  if (!may(channel, ask.world.me.id, Can.ReadMessageHistory)) return []
  const before = BigInt(ask.query.get('before') ?? '9223372036854775807')
  const after = BigInt(ask.query.get('after') ?? 0)
  const all = [...channel.messages.values()].filter(one => BigInt(one.id) < before && BigInt(one.id) > after)
  return (ask.query.has('after') ? all.slice(0, limit) : all.slice(-limit)).reverse().map(one => one.raw)
}

function edit(ask: Ask): APIMessage | Refusal {
  const found = find(ask)
  if (found instanceof Refusal) return found
  const { world, files } = ask
  const { channel, posted } = found
  const draft = ask.body as Draft
  const onlyFlags = Object.keys(draft).every(key => key === 'flags')
  if (posted.from !== world.me.id && !(onlyFlags && may(channel, world.me.id, Can.ManageMessages))) return othersMessage()
  if (channel.archived) return archivedThread()
  const refusal = world.strict ? checkMessage(draft, files, posted) : undefined
  if (refusal) return refusal
  change(world, channel, posted, draft, files)
  return posted.raw
}

function erase(ask: Ask): undefined | Refusal {
  const found = find(ask)
  if (found instanceof Refusal) return found
  const { channel, posted } = found
  const isOwn = posted.from === ask.world.me.id
  if (!isOwn && !(channel.guild && may(channel, ask.world.me.id, Can.ManageMessages))) return missingPermissions()
  if (channel.archived) return archivedThread()
  remove(ask.world, channel, posted)
  return undefined
}

function pins(ask: Ask): object | Refusal {
  const channel = channelOf(ask)
  if (channel instanceof Refusal) return channel
  const items = [...channel.messages.values()].filter(one => one.pinned).reverse()
  return { items: items.map(one => ({ pinned_at: ask.world.now().toISOString(), message: one.raw })), has_more: false }
}

function setPin(ask: Ask, pinned: boolean): undefined | Refusal {
  const found = find(ask)
  if (found instanceof Refusal) return found
  const { world } = ask
  const { channel, posted } = found
  if (!may(channel, world.me.id, Can.PinMessages)) return missingPermissions()
  if (posted.pinned === pinned) return undefined
  const count = [...channel.messages.values()].filter(one => one.pinned).length
  if (pinned && count >= pinsMost) return new Refusal(400, 30_003, `Maximum number of pins reached for the channel (${pinsMost})`)
  pin(world, channel, posted, pinned)
  if (pinned)
    post(
      world,
      channel,
      world.me,
      {},
      { type: MessageType.ChannelPinnedMessage, extra: { message_reference: { channel_id: channel.id, message_id: posted.id } } },
    )
  return undefined
}
