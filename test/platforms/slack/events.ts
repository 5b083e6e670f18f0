import type { EnvelopedEvent } from '@slack/bolt'
import type { SlackEvent } from '@slack/types'
import type { ChannelState, WorkspaceState, World } from './world.ts'

/** The scopes of which one must be there for an event of this kind to be told; none for the rest. */
const readScopes = { public: 'channels:read', private: 'groups:read', im: 'im:read' } as const
export const historyScopes = { public: 'channels:history', private: 'groups:history', im: 'im:history' } as const
export const channelTypes = { public: 'channel', private: 'group', im: 'im' } as const
const letters = { public: 'C', private: 'G', im: 'D' } as const

export const letterOf = (channel: ChannelState): string => letters[channel.kind]

export const readScope = (channel: ChannelState): string => readScopes[channel.kind]

/** The time of an event as Slack writes it. */
export const eventTs = (world: World): string => (world.now().getTime() / 1000).toFixed(6)

/**
 * Tells the app of an event, if it is subscribed to it and its scopes allow that.
 * @returns the event's id, or undefined when nothing was told
 */
export function tell(world: World, workspace: WorkspaceState, event: SlackEvent, scope?: string): string | undefined {
  if (scope !== undefined && !workspace.scopes.has(scope)) return undefined
  if (workspace.events && !workspace.events.has(nameOf(event))) return undefined
  const eventId = `Ev${String(world.nextNumber()).padStart(9, '0')}`
  const { team, bot } = workspace
  const payload = {
    token: 'loop-back',
    team_id: team.id,
    context_team_id: team.id,
    api_app_id: bot.appId,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(world.now().getTime() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: bot.userId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event_context: `4-${eventId}`,
  } satisfies EnvelopedEvent
  workspace.sockets.dispatch({ type: 'events_api', payload, answers: false })
  return eventId
}

/** How an app subscribes to it: message.im is one of the kinds of message. */
function nameOf(event: SlackEvent): string {
  return event.type === 'message' ? `message.${event.channel_type === 'im' ? 'im' : `${event.channel_type}s`}` : event.type
}

/** What happened in a channel: told when the bot is in it and may read of it. */
export function tellOf(world: World, workspace: WorkspaceState, channel: ChannelState, event: SlackEvent): string | undefined {
  return channel.members.has(workspace.bot.userId) ? tell(world, workspace, event, readScope(channel)) : undefined
}
