import type { BlockElementAction, ViewStateValue } from '@slack/bolt'
import type { MemberJoinedChannelEvent, MemberLeftChannelEvent } from '@slack/types'
import type { Channel } from './channels.ts'
import { act, begin, closeView, type Doer, openHome, runCommand, startShortcut, submit, type Where } from './deeds.ts'
import { type Filled, filledValue, findElement, initialValue, isEmpty, type Which } from './elements.ts'
import { eventTs, letterOf, tellOf } from './events.ts'
import type { Interaction } from './interaction.ts'
import { type Element, Message } from './message.ts'
import { escaped } from './mrkdwn.ts'
import { fileShown } from './pictures.ts'
import { directChannel, post, removeMessage, says } from './posting.ts'
import type { View } from './view.ts'
import type { ChannelState, UserState, WorkspaceState, World } from './world.ts'

/** A press that no client would send, as a changed client can. */
export interface Forged {
  readonly forged: { readonly actionId: string; readonly blockId?: string; readonly value?: string }
}

/** Somebody in a workspace. */
export class Person {
  readonly id: string
  readonly state: UserState
  readonly #doer: Doer

  constructor(world: World, workspace: WorkspaceState, state: UserState) {
    this.state = state
    this.id = state.id
    this.#doer = { world, workspace, user: state }
  }

  get name(): string {
    return this.state.name
  }

  /** The direct messages with the bot. */
  get dm(): ChannelState {
    return directChannel(this.#doer.workspace, this.state)
  }

  /** What stands in the direct messages with the bot. */
  get messages(): Message[] {
    return this.sees(this.dm)
  }

  /** The app's home as this person last saw it. */
  get home(): View | undefined {
    return this.state.home
  }

  /** The dialog that lies on top. */
  get modal(): View | undefined {
    return this.state.modals.at(-1)
  }

  /** What this person sees in a channel, oldest first: also what is for them alone. */
  sees(place: Channel | ChannelState): Message[] {
    const { messages, ephemeral } = stateOf(place)
    const own = [...ephemeral.values()].filter(message => message.only === this.id)
    return [...messages.values(), ...own].sort((a, b) => (a.ts < b.ts ? -1 : 1))
  }

  /**
   * Types a command into a channel, or with 'private' into the direct messages with the bot. The bot need not be in the channel.
   * What Slack answers itself is a failure: an unknown command, and any command in a thread.
   */
  runs(place: Channel | ChannelState | 'private', command: string, text = '', how: { thread?: Message } = {}): Interaction {
    const { workspace } = this.#doer
    const channel = place === 'private' ? this.dm : stateOf(place)
    const isKnown =
      /^\/[a-z][a-z0-9_-]{0,31}$/.test(command) && (workspace.commands?.has(command) ?? true) && workspace.scopes.has('commands')
    if (isKnown && !how.thread) return runCommand(this.#doer, channel, command, escaped(text))
    const refused = begin(this.#doer, 'command')
    refused.fail(isKnown ? `${command} is not supported in threads. Sorry!` : `${command} is not a valid command.`)
    return refused
  }

  /**
   * Taps a button, by its label or its action id; `{ forged }` sends any action, as a changed client can.
   * @throws Error when no such button stands there
   */
  presses(place: Message | View, which: Which | Forged): Interaction {
    if (typeof which === 'object' && 'forged' in which) return this.#forges(place, which.forged)
    const { block, element } = findElement(blocksOf(place), which)
    if (element.type !== 'button') throw new Error(`that is a ${element.type}: use chooses`)
    const { text, value, url } = element as unknown as { text: object; value?: string; url?: string }
    const gives = { text, ...(value !== undefined && { value }), ...(url !== undefined && { url }) }
    return act(this.#doer, this.#where(place), { block: block.block_id ?? '', element, gives })
  }

  /** Picks in a menu, a calendar, radio buttons or checkboxes: the words (or value) of an option, or several; a day, a time. */
  chooses(place: Message | View, which: Which, filled: Filled): Interaction {
    const { block, element } = findElement(blocksOf(place), which)
    const value = filledValue(element, filled)
    const blockId = block.block_id ?? ''
    if (!(place instanceof Message)) place.fill(blockId, element.action_id ?? '', value)
    const { type: _, ...gives } = value
    const quiet = block.type === 'input' && block.dispatch_action !== true
    if (quiet) throw new Error('what is filled into an input block is sent with the dialog: use submits')
    return act(this.#doer, this.#where(place), { block: blockId, element, gives })
  }

  /**
   * Fills a dialog in, by labels, block ids or action ids, and sends it.
   * @throws Error for what Slack's own client would not let through: an empty field that must be filled in, too many characters
   */
  submits(view: View, values: Readonly<Record<string, Filled>> = {}): Interaction {
    if (!view.open) throw new Error(`the dialog "${view.title}" is closed`)
    for (const [name, filled] of Object.entries(values)) {
      const { block, element } = fieldOf(view, name)
      view.fill(block, element.action_id ?? '', filled === '' ? emptied(element) : filledValue(element, filled))
    }
    for (const block of view.blocks) {
      if (block.type !== 'input' || block.optional) continue
      const value = view.state[block.block_id ?? '']?.[block.element.action_id ?? '']
      if (isEmpty(value)) throw new Error(`the client asks for "${block.label.text}" first`)
    }
    return submit(this.#doer, view)
  }

  /** Sends a file up into a field of a dialog; what `submits` takes for that field. */
  uploads(name: string, content: Buffer): Filled {
    const { world, workspace } = this.#doer
    const id = `F${workspace.nextId()}`
    const file = { id, name, title: name, content, length: content.length, complete: true, looks: 2 }
    workspace.files.set(id, file)
    return { files: [fileShown(world, workspace, file)] }
  }

  /** Closes a dialog with its Cancel; `all` with the X, what lies below it too. */
  closes(view: View, how: { all?: boolean } = {}): Interaction {
    return closeView(this.#doer, view, how.all ?? false)
  }

  /**
   * Uses a message shortcut, by its words in the menu; where the workspace was not told of any, by its callback id.
   * @throws Error for one that is not in the menu
   */
  uses(message: Message, shortcut: string): Interaction {
    const { shortcuts } = this.#doer.workspace
    const callbackId = shortcuts ? shortcuts[shortcut] : shortcut
    if (callbackId === undefined)
      throw new Error(`no "${shortcut}" in the menu; there are: ${JSON.stringify(Object.keys(shortcuts ?? {}))}`)
    return startShortcut(this.#doer, this.#channelOf(message), message, callbackId)
  }

  opensHome(tab: 'home' | 'messages' = 'home'): Interaction {
    return openHome(this.#doer, tab, this.dm)
  }

  /** Writes in a channel, or with 'private' to the bot; `thread`: below a message. */
  says(place: Channel | ChannelState | 'private', text: string, how: { thread?: Message } = {}): Message {
    const { world, workspace } = this.#doer
    const channel = place === 'private' ? this.dm : stateOf(place)
    channel.members.add(this.id)
    const thread = how.thread?.thread ?? how.thread?.ts
    const message = post(world, workspace, channel, { user: this.id, byBot: false, saying: says(escaped(text)), thread })
    world.changes.happened()
    return message
  }

  /** Deletes a message of theirs, or any as an admin. */
  deletes(message: Message): void {
    const { world, workspace } = this.#doer
    removeMessage(world, workspace, this.#channelOf(message), message)
    world.changes.happened()
  }

  joins(place: Channel): void {
    place.state.members.add(this.id)
    this.#told(place.state, 'member_joined_channel')
  }

  leaves(place: Channel): void {
    place.state.members.delete(this.id)
    this.#told(place.state, 'member_left_channel')
  }

  /** Is an admin of the workspace from now on, or no longer. */
  isAdmin(admin: boolean): void {
    this.state.admin = admin
  }

  /** The account is deactivated. */
  leavesWorkspace(): void {
    this.state.deactivated = true
    this.#doer.world.changes.happened()
  }

  #told(channel: ChannelState, type: 'member_joined_channel' | 'member_left_channel'): void {
    const { world, workspace } = this.#doer
    const event = {
      type,
      user: this.id,
      channel: channel.id,
      channel_type: letterOf(channel),
      team: workspace.team.id,
      event_ts: eventTs(world),
    }
    tellOf(world, workspace, channel, event satisfies MemberJoinedChannelEvent | MemberLeftChannelEvent as MemberJoinedChannelEvent)
    world.changes.happened()
  }

  #forges(place: Message | View, { actionId, blockId, value }: Forged['forged']): Interaction {
    const element: Element = { type: 'button' satisfies BlockElementAction['type'], action_id: actionId }
    const gives = { text: { type: 'plain_text', text: 'forged', emoji: true }, ...(value !== undefined && { value }) }
    return act(this.#doer, this.#where(place), { block: blockId ?? 'forged', element, gives })
  }

  #where(place: Message | View): Where {
    return place instanceof Message ? { message: place, channel: this.#channelOf(place) } : { view: place }
  }

  #channelOf(message: Message): ChannelState {
    const channel = this.#doer.workspace.channels.get(message.channel)
    if (!channel || message.team !== this.#doer.workspace.team.id) throw new Error(`${this.name} cannot see the channel ${message.channel}`)
    return channel
  }
}

const stateOf = (place: Channel | ChannelState): ChannelState => ('state' in place ? place.state : place)

const blocksOf = (place: Message | View): Message['blocks'] => [...place.blocks]

/** What an element holds that has been emptied: nothing, not what it began with. */
function emptied({ type }: Element): ViewStateValue {
  const value = initialValue({ type })
  if (!value) throw new Error(`nothing can be filled into a ${type}`)
  return value
}

function fieldOf(view: View, name: string): { block: string; element: Element } {
  const byId = view.blocks.find(block => block.block_id === name || (block.type === 'input' && block.label.text === name))
  const found = byId ? findElement([byId], { actionId: actionOf(byId) }) : findElement(view.blocks, { actionId: name })
  return { block: found.block.block_id ?? '', element: found.element }
}

const actionOf = (block: View['blocks'][number]): string => {
  if (block.type === 'input') return block.element.action_id ?? ''
  throw new Error(`nothing is filled into a ${block.type}`)
}
