import type { Message } from './message.ts'
import { directChannel } from './posting.ts'
import { no, Refusal } from './refusal.ts'
import type { ChannelState, WorkspaceState } from './world.ts'

/** The channel that a request names, as far as the bot may know of it. A channel that was private and left is not there for it. */
export function findChannel(workspace: WorkspaceState, id: string): ChannelState | Refusal {
  const channel = workspace.channels.get(id)
  if (!channel || channel.deleted) return no('channel_not_found')
  if (channel.kind !== 'public' && !isIn(workspace, channel)) return no('channel_not_found')
  return channel
}

export const isIn = (workspace: WorkspaceState, channel: ChannelState): boolean => channel.members.has(workspace.bot.userId)

/** The channel to post into; a person's id stands for the direct messages with them. */
export function channelToPost(workspace: WorkspaceState, id: string): ChannelState | Refusal {
  const user = workspace.users.get(id)
  if (user && !user.bot) return user.deactivated ? no('account_inactive') : directChannel(workspace, user)
  const channel = findChannel(workspace, id)
  if (channel instanceof Refusal) return channel
  const partner = channel.user === undefined ? undefined : workspace.users.get(channel.user)
  if (partner?.deactivated) return no('account_inactive')
  if (channel.archived) return no('is_archived')
  return isIn(workspace, channel) || workspace.scopes.has('chat:write.public') ? channel : no('not_in_channel')
}

/** A message that everybody sees; what one person alone sees cannot be reached by its time. */
export function findMessage(channel: ChannelState, ts: string): Message | Refusal {
  return channel.messages.get(ts) ?? no('message_not_found')
}

/** A thread must have a message to hang under, or have had one. */
export function checkThread(channel: ChannelState, thread: string | undefined): Refusal | undefined {
  if (thread === undefined) return undefined
  if (!/^\d{10}\.\d{6}$/.test(thread)) return no('invalid_thread_ts')
  const micro = Number(thread.replace('.', ''))
  return channel.messages.has(thread) || micro <= channel.lastMicro ? undefined : no('thread_not_found')
}
