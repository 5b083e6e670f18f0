import type { SlackEvent } from '@slack/types'
import { channelTypes, eventTs, letterOf, readScope, tell, tellOf } from './events.ts'
import type { Message } from './message.ts'
import type { Person } from './people.ts'
import { removeMessage } from './posting.ts'
import type { ChannelState, WorkspaceState, World } from './world.ts'

/** A channel of a workspace, and what an admin can do to it. */
export class Channel {
  readonly state: ChannelState
  readonly #world: World
  readonly #workspace: WorkspaceState

  constructor(world: World, workspace: WorkspaceState, state: ChannelState) {
    this.#world = world
    this.#workspace = workspace
    this.state = state
  }

  get id(): string {
    return this.state.id
  }

  get name(): string {
    return this.state.name
  }

  /** What all see there, oldest first. */
  get messages(): Message[] {
    return [...this.state.messages.values()]
  }

  get fromBot(): Message[] {
    return this.messages.filter(message => message.byBot)
  }

  /** What stands there for one person alone, all people's together. */
  get whispers(): Message[] {
    return [...this.state.ephemeral.values()]
  }

  get pinned(): Message[] {
    return this.messages.filter(message => message.pinned)
  }

  /** Somebody adds the bot; it hears of its own joining. */
  add(by?: Person): void {
    const { userId } = this.#workspace.bot
    this.state.members.add(userId)
    const common = { channel: this.id, channel_type: letterOf(this.state), team: this.#workspace.team.id, event_ts: eventTs(this.#world) }
    this.#told({ type: 'member_joined_channel', user: userId, ...common, ...(by && { inviter: by.id }) })
  }

  /** Somebody removes the bot. It is told so, and no more of this channel after that. */
  kick(by?: Person): void {
    this.state.members.delete(this.#workspace.bot.userId)
    const event_ts = eventTs(this.#world)
    const left = { channel: this.id, actor_id: by?.id ?? 'U0OWNER', event_ts }
    const event =
      this.state.kind === 'private'
        ? ({ type: 'group_left', ...left } as unknown as SlackEvent)
        : ({ type: 'channel_left', ...left } as const)
    tell(this.#world, this.#workspace, event, readScope(this.state))
    this.#world.changes.happened()
  }

  archive(by?: Person): void {
    this.state.archived = true
    this.#told({ type: this.#kind('archive'), channel: this.id, user: by?.id ?? 'U0OWNER', event_ts: eventTs(this.#world) } as SlackEvent)
  }

  unarchive(by?: Person): void {
    this.state.archived = false
    this.#told({ type: this.#kind('unarchive'), channel: this.id, user: by?.id ?? 'U0OWNER', event_ts: eventTs(this.#world) } as SlackEvent)
  }

  rename(name: string): void {
    this.state.name = name
    const channel = {
      id: this.id,
      name,
      name_normalized: name,
      created: 1_700_000_000,
      is_channel: this.state.kind === 'public',
      is_mpim: false,
    }
    this.#told({ type: this.#kind('rename'), channel, event_ts: eventTs(this.#world) } as SlackEvent)
  }

  /** The whole channel is deleted. */
  vanish(): void {
    this.state.deleted = true
    this.#told({ type: this.#kind('deleted'), channel: this.id } as SlackEvent)
  }

  /** The channel gets another id, as when it is shared with another workspace. */
  changeId(id: string): void {
    const old = this.id
    this.#workspace.channels.delete(old)
    this.state.id = id
    this.#workspace.channels.set(id, this.state)
    this.#told({ type: 'channel_id_changed', old_channel_id: old, new_channel_id: id, event_ts: eventTs(this.#world) })
  }

  /** An admin deletes a message. */
  remove(message: Message): void {
    removeMessage(this.#world, this.#workspace, this.state, message)
    this.#world.changes.happened()
  }

  /** What everybody sees is loaded anew: messages for one person alone are gone. */
  reload(): void {
    this.state.ephemeral.clear()
  }

  #kind(what: string): string {
    return `${channelTypes[this.state.kind]}_${what}`
  }

  #told(event: SlackEvent): void {
    tellOf(this.#world, this.#workspace, this.state, event)
    this.#world.changes.happened()
  }
}
