import type { AllMessageEvents, KnownBlock } from '@slack/types'
import { channelTypes, eventTs, historyScopes, tell } from './events.ts'
import { elementsOf, type FileState, Message, type Saying } from './message.ts'
import type { ChannelState, UserState, WorkspaceState, World } from './world.ts'

interface Posting {
  readonly user: string
  readonly byBot: boolean
  readonly saying: Saying
  readonly thread?: string | undefined
  readonly only?: string | undefined
  readonly files?: readonly FileState[]
}

export const says = (text: string, blocks: KnownBlock[] = []): Saying => ({ text, blocks, metadata: undefined })

/** The next time stamp of a channel. Two channels may well have the same ones, as on the real platform. */
function nextTs(world: World, channel: ChannelState): string {
  const micro = Math.max(world.now().getTime() * 1000, channel.lastMicro + 1)
  channel.lastMicro = micro
  return `${Math.floor(micro / 1_000_000)}.${String(micro % 1_000_000).padStart(6, '0')}`
}

/** Puts a message into a channel, and tells the app if it may know of it. */
export function post(world: World, workspace: WorkspaceState, channel: ChannelState, posting: Posting): Message {
  const { user, byBot, saying, thread, only, files = [] } = posting
  const { botId, appId } = workspace.bot
  const made = {
    team: workspace.team.id,
    channel: channel.id,
    ts: nextTs(world, channel),
    at: world.now().getTime(),
    user,
    thread,
    only,
    files,
  }
  const message = new Message({ ...made, bot: byBot ? { botId, appId } : undefined }, saying)
  const kept = only === undefined ? channel.messages : channel.ephemeral
  kept.set(message.ts, message)
  if (only === undefined) tellOfMessage(world, workspace, channel, message)
  return message
}

/** Apps hear of their own messages too; the libraries leave those out. */
function tellOfMessage(world: World, workspace: WorkspaceState, channel: ChannelState, message: Message): void {
  const scope = historyScopes[channel.kind]
  if (!workspace.scopes.has(scope) || !channel.members.has(workspace.bot.userId)) return
  const event = {
    ...message.raw,
    type: 'message',
    subtype: undefined,
    channel: channel.id,
    channel_type: channelTypes[channel.kind],
    event_ts: message.ts,
    ...(!message.byBot && { client_msg_id: `loop-back-${world.nextNumber()}` }),
  } satisfies AllMessageEvents
  tell(world, workspace, event, scope)
}

/** Somebody or the app deletes a message; the app hears of it where it may read along. */
export function removeMessage(world: World, workspace: WorkspaceState, channel: ChannelState, message: Message): void {
  message.gone = true
  channel.messages.delete(message.ts)
  channel.ephemeral.delete(message.ts)
  const scope = historyScopes[channel.kind]
  if (message.only !== undefined || !workspace.scopes.has(scope) || !channel.members.has(workspace.bot.userId)) return
  const ts = eventTs(world)
  const channel_type = channelTypes[channel.kind]
  const previous = { ...message.raw, subtype: undefined, channel: channel.id, channel_type, event_ts: message.ts }
  const event = {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    channel: channel.id,
    channel_type,
    ts,
    event_ts: ts,
    deleted_ts: message.ts,
    previous_message: previous as AllMessageEvents,
  }
  tell(world, workspace, event as AllMessageEvents, scope)
}

export function changeMessage(world: World, message: Message, saying: Saying): void {
  message.text = saying.text
  message.blocks = saying.blocks
  message.metadata = saying.metadata
  message.edits += 1
  message.editedTs = eventTs(world)
}

/** Slack gives every block and element an id of its own where the app gave none. */
export function withIds<B extends KnownBlock>(world: World, blocks: readonly B[]): B[] {
  return blocks.map(block => {
    const copy = structuredClone(block)
    if (copy.block_id === undefined) copy.block_id = `b${world.nextNumber()}`
    for (const element of elementsOf(copy)) {
      if (element.action_id === undefined) Object.assign(element, { action_id: `a${world.nextNumber()}` })
    }
    return copy
  })
}

export function openChannel(
  workspace: WorkspaceState,
  channel: Pick<ChannelState, 'id' | 'name' | 'kind' | 'user'>,
  members: readonly string[],
): ChannelState {
  const state: ChannelState = {
    ...channel,
    members: new Set(members),
    messages: new Map(),
    ephemeral: new Map(),
    archived: false,
    deleted: false,
    lastMicro: 0,
  }
  workspace.channels.set(state.id, state)
  return state
}

/** The direct messages between a person and the bot; made when they are first needed. */
export function directChannel(workspace: WorkspaceState, user: UserState): ChannelState {
  const id = `D${user.id.slice(1)}`
  const { userId } = workspace.bot
  return workspace.channels.get(id) ?? openChannel(workspace, { id, name: 'directmessage', kind: 'im', user: user.id }, [user.id, userId])
}
