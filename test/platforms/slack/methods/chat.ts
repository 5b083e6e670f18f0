import { readMessage } from '../content.ts'
import type { Message } from '../message.ts'
import { checkPictures } from '../pictures.ts'
import { changeMessage, post, removeMessage } from '../posting.ts'
import { channelToPost, checkThread, findChannel, findMessage, isIn } from '../reach.ts'
import { no, Refusal } from '../refusal.ts'
import type { ChannelState, WorkspaceState } from '../world.ts'
import type { Caller } from './table.ts'

interface Post {
  readonly channel: string
  readonly thread_ts?: string
  readonly user?: string
  readonly [field: string]: unknown
}

interface At {
  readonly channel: string
  readonly ts: string
  readonly [field: string]: unknown
}

interface Pin {
  readonly channel: string
  readonly timestamp: string
}

export function postMessage({ world, workspace }: Caller, fields: Post): object | Refusal {
  const channel = channelToPost(workspace, fields.channel)
  if (channel instanceof Refusal) return channel
  const trouble = checkThread(channel, fields.thread_ts)
  if (trouble) return trouble
  const saying = readMessage(world, fields, 'post')
  if (saying instanceof Refusal) return saying
  const unseen = checkPictures(world, workspace, saying)
  if (unseen) return unseen
  const message = post(world, workspace, channel, { user: workspace.bot.userId, byBot: true, saying, thread: fields.thread_ts })
  return { channel: channel.id, ts: message.ts, message: message.raw }
}

export function postEphemeral({ world, workspace }: Caller, fields: Post): object | Refusal {
  const channel = channelToPost(workspace, fields.channel)
  if (channel instanceof Refusal) return channel
  if (!isIn(workspace, channel)) return no('not_in_channel')
  const user = workspace.users.get(fields.user ?? '')
  if (!user || !channel.members.has(user.id)) return no('user_not_in_channel')
  const trouble = checkThread(channel, fields.thread_ts)
  if (trouble) return trouble
  const saying = readMessage(world, fields, 'post')
  if (saying instanceof Refusal) return saying
  const unseen = checkPictures(world, workspace, saying)
  if (unseen) return unseen
  const message = post(world, workspace, channel, {
    user: workspace.bot.userId,
    byBot: true,
    saying,
    only: user.id,
    thread: fields.thread_ts,
  })
  return { message_ts: message.ts }
}

/** A message of the bot's own in a channel that still is one. */
function ownMessage(workspace: WorkspaceState, at: At, otherwise: string): { channel: ChannelState; message: Message } | Refusal {
  const channel = findChannel(workspace, at.channel)
  if (channel instanceof Refusal) return channel
  const message = findMessage(channel, at.ts)
  if (message instanceof Refusal) return message
  return message.byBot ? { channel, message } : no(otherwise)
}

export function update({ world, workspace }: Caller, fields: At): object | Refusal {
  const found = ownMessage(workspace, fields, 'cant_update_message')
  if (found instanceof Refusal) return found
  const { channel, message } = found
  if (channel.archived) return no('is_inactive')
  if (!isIn(workspace, channel)) return no('not_in_channel')
  const saying = readMessage(world, fields, 'update', message)
  if (saying instanceof Refusal) return saying
  const unseen = checkPictures(world, workspace, saying)
  if (unseen) return unseen
  changeMessage(world, message, saying)
  return { channel: channel.id, ts: message.ts, text: message.text, message: message.raw }
}

export function chatDelete({ world, workspace }: Caller, fields: At): object | Refusal {
  const found = ownMessage(workspace, fields, 'cant_delete_message')
  if (found instanceof Refusal) return found
  removeMessage(world, workspace, found.channel, found.message)
  return { channel: found.channel.id, ts: found.message.ts }
}

export function getPermalink({ workspace }: Caller, fields: { readonly channel: string; readonly message_ts: string }): object | Refusal {
  const channel = findChannel(workspace, fields.channel)
  if (channel instanceof Refusal) return channel
  const message = findMessage(channel, fields.message_ts)
  if (message instanceof Refusal) return message
  const permalink = `https://${workspace.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`
  return { channel: channel.id, permalink }
}

function pinnable(workspace: WorkspaceState, fields: Pin): Message | Refusal {
  const channel = findChannel(workspace, fields.channel)
  if (channel instanceof Refusal) return channel
  if (!isIn(workspace, channel)) return no('not_in_channel')
  if (channel.archived) return no('is_archived')
  return findMessage(channel, fields.timestamp)
}

export function pinsAdd({ workspace }: Caller, fields: Pin): object | Refusal {
  const message = pinnable(workspace, fields)
  if (message instanceof Refusal) return message
  if (message.pinned) return no('already_pinned')
  message.pinned = true
  return {}
}

export function pinsRemove({ workspace }: Caller, fields: Pin): object | Refusal {
  const message = pinnable(workspace, fields)
  if (message instanceof Refusal) return message
  if (!message.pinned) return no('no_pin')
  message.pinned = false
  return {}
}
