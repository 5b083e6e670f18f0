import type {
  BlockAction,
  BlockElementAction,
  MessageShortcut,
  SlashCommand,
  ViewClosedAction,
  ViewOutput,
  ViewStateValue,
  ViewSubmitAction,
} from '@slack/bolt'
import type { AppHomeOpenedEvent, KnownBlock } from '@slack/types'
import { answerCommand, answerSubmit } from './acks.ts'
import { initialValue } from './elements.ts'
import { eventTs, tell } from './events.ts'
import { Interaction, type InteractionKind } from './interaction.ts'
import { type Element, elementsOf, type Message } from './message.ts'
import type { View } from './view.ts'
import { type ChannelState, type ResponseUrl, remember, type UserState, type WorkspaceState, type World } from './world.ts'

/** Who does something, and where. */
export interface Doer {
  readonly world: World
  readonly workspace: WorkspaceState
  readonly user: UserState
}

export function begin({ world, workspace, user }: Doer, kind: InteractionKind): Interaction {
  const interaction = new Interaction(world, kind, workspace.team.id, user.id)
  remember(world.interactions, interaction, world.remember)
  world.interactionCount += 1
  return interaction
}

const token = 'loop-back'

/** Good for one dialog, and not for long. */
function triggerOf({ world, workspace, user }: Doer, interaction: Interaction): string {
  const number = world.nextNumber()
  const id = `${5_000_000_000_000 + number}.${number}.${(number * 2654435761).toString(16)}`
  workspace.triggers.set(id, { user: user.id, at: world.now().getTime(), interaction, used: false })
  if (workspace.triggers.size > 20_000) forgetOld(workspace.triggers)
  return id
}

function responseUrlOf({ world, workspace }: Doer, about: Omit<ResponseUrl, 'at' | 'used'>): string {
  const id = `${6_000_000_000_000 + world.nextNumber()}`
  workspace.responses.set(id, { ...about, at: world.now().getTime(), used: 0 })
  if (workspace.responses.size > 50_000) forgetOld(workspace.responses)
  return `${world.root}/respond/${workspace.team.id}/${id}`
}

function forgetOld(kept: Map<string, unknown>): void {
  for (const key of [...kept.keys()].slice(0, Math.floor(kept.size / 2))) kept.delete(key)
}

const userOf = ({ workspace, user }: Doer): { id: string; username: string; name: string; team_id: string } => ({
  id: user.id,
  username: handle(user),
  name: handle(user),
  team_id: workspace.team.id,
})

export const handle = (user: UserState): string => user.name.toLowerCase().replaceAll(/\W+/g, '.')

const teamOf = ({ workspace }: Doer): { id: string; domain: string } => ({ id: workspace.team.id, domain: workspace.team.domain })

const channelOf = (channel: ChannelState): { id: string; name: string } => ({ id: channel.id, name: nameOf(channel) })

/** Apps see only what a channel is when it is not theirs to see. */
const nameOf = (channel: ChannelState): string => (channel.kind === 'private' ? 'privategroup' : channel.name)

/** When time is up without an acknowledgement, Slack says so itself. */
function late(interaction: Interaction): void {
  interaction.ack(false)
  interaction.fail('operation_timeout')
}

export function runCommand(doer: Doer, channel: ChannelState, command: string, text: string): Interaction {
  const { workspace, user } = doer
  const interaction = begin(doer, 'command')
  const about = { user: user.id, channel: channel.id, thread: undefined, original: undefined, interaction }
  const payload = {
    token,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: nameOf(channel),
    user_id: user.id,
    user_name: handle(user),
    command,
    text,
    api_app_id: workspace.bot.appId,
    is_enterprise_install: 'false',
    response_url: responseUrlOf(doer, about),
    trigger_id: triggerOf(doer, interaction),
  } satisfies SlashCommand
  const acked = (said: Record<string, unknown>): void => answerCommand(doer, channel, interaction, said)
  workspace.sockets.dispatch({ type: 'slash_commands', payload, answers: true, acked, late: () => late(interaction) })
  return interaction
}

interface Pressed {
  readonly block: string
  readonly element: Element
  /** What the press gives: a value, or what was chosen. */
  readonly gives: object
}

export type Where = { readonly message: Message; readonly channel: ChannelState } | { readonly view: View }

/** A press, or a choice, on a message, in a dialog or on the home. */
export function act(doer: Doer, where: Where, pressed: Pressed): Interaction {
  const { world, workspace } = doer
  const interaction = begin(doer, 'press')
  if ('view' in where && where.view.content.type === 'home') doer.user.looking = interaction
  const action = {
    type: pressed.element.type,
    block_id: pressed.block,
    action_id: pressed.element.action_id ?? '',
    ...pressed.gives,
    action_ts: eventTs(world),
  } as BlockElementAction
  const payload = {
    type: 'block_actions',
    user: userOf(doer),
    team: teamOf(doer),
    api_app_id: workspace.bot.appId,
    token,
    trigger_id: triggerOf(doer, interaction),
    enterprise: undefined as never,
    is_enterprise_install: false,
    actions: [action],
    ...('view' in where ? ofView(where.view) : ofMessage(doer, where, pressed, interaction)),
  } satisfies Partial<BlockAction>
  const dispatch = { type: 'interactive', payload, answers: false } as const
  workspace.sockets.dispatch({ ...dispatch, acked: () => interaction.ack(true), late: () => late(interaction) })
  return interaction
}

/** In dialogs and on the home there is no channel to answer into, so no response address either. */
const ofView = (view: View): { view: ViewOutput; container: object } => ({
  view: view.output,
  container: { type: 'view', view_id: view.id },
})

function ofMessage(
  doer: Doer,
  { message, channel }: { message: Message; channel: ChannelState },
  pressed: Pressed,
  interaction: Interaction,
): object {
  const about = { user: doer.user.id, channel: channel.id, thread: message.thread, original: message, interaction }
  const container = { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: message.ephemeral }
  return {
    container: { ...container, ...(message.thread && { thread_ts: message.thread }) },
    channel: channelOf(channel),
    // Of a message for one person alone Slack tells nothing more than where it stands.
    ...(!message.ephemeral && { message: message.raw }),
    state: { values: stateOf(message.blocks, pressed) },
    response_url: responseUrlOf(doer, about),
  }
}

function stateOf(blocks: readonly KnownBlock[], pressed: Pressed): Record<string, Record<string, ViewStateValue>> {
  const values: Record<string, Record<string, ViewStateValue>> = {}
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      const value = initialValue(element)
      const id = block.block_id ?? ''
      const isThis = element.action_id === pressed.element.action_id && id === pressed.block
      if (value) values[id] = { ...values[id], [element.action_id ?? '']: isThis ? { ...value, ...pressed.gives } : value }
    }
  }
  return values
}

export function startShortcut(doer: Doer, channel: ChannelState, message: Message, callbackId: string): Interaction {
  const interaction = begin(doer, 'shortcut')
  const about = { user: doer.user.id, channel: channel.id, thread: message.thread, original: undefined, interaction }
  const payload = {
    type: 'message_action',
    token,
    action_ts: eventTs(doer.world),
    team: teamOf(doer),
    user: userOf(doer),
    channel: channelOf(channel),
    is_enterprise_install: false,
    callback_id: callbackId,
    trigger_id: triggerOf(doer, interaction),
    response_url: responseUrlOf(doer, about),
    message_ts: message.ts,
    message: message.raw,
  } satisfies MessageShortcut
  const dispatch = { type: 'interactive', payload, answers: false } as const
  doer.workspace.sockets.dispatch({ ...dispatch, acked: () => interaction.ack(true), late: () => late(interaction) })
  return interaction
}

export function submit(doer: Doer, view: View): Interaction {
  const interaction = begin(doer, 'submit')
  const payload = {
    type: 'view_submission',
    team: teamOf(doer),
    user: userOf(doer),
    api_app_id: doer.workspace.bot.appId,
    token,
    trigger_id: triggerOf(doer, interaction),
    view: view.output,
    response_urls: [],
    is_enterprise_install: false,
  } satisfies ViewSubmitAction
  const acked = (said: Record<string, unknown>): void => answerSubmit(doer, view, interaction, said)
  doer.workspace.sockets.dispatch({ type: 'interactive', payload, answers: true, acked, late: () => late(interaction) })
  return interaction
}

/** Opens the app's home; the app hears of it and may publish what is to be seen there. */
export function openHome(doer: Doer, tab: 'home' | 'messages', channel: ChannelState): Interaction {
  const { world, workspace, user } = doer
  const interaction = begin(doer, 'home')
  if (tab === 'home') user.looking = interaction
  const event = {
    type: 'app_home_opened',
    user: user.id,
    channel: channel.id,
    tab,
    event_ts: eventTs(world),
    ...(tab === 'home' && user.home && { view: user.home.output as never }),
  } satisfies AppHomeOpenedEvent
  tell(world, workspace, event)
  return interaction
}

/** Closes a dialog by hand; the app hears of it where the view asked to be told. */
export function closeView(doer: Doer, view: View, all: boolean): Interaction {
  const interaction = begin(doer, 'close')
  const closed = all ? doer.user.modals.splice(0) : doer.user.modals.splice(doer.user.modals.indexOf(view), 1)
  for (const one of closed) one.open = false
  interaction.see({ kind: 'closed', text: '' })
  if (!view.content.notify_on_close) return interaction
  const payload = {
    type: 'view_closed',
    team: teamOf(doer),
    user: userOf(doer),
    api_app_id: doer.workspace.bot.appId,
    token,
    view: view.output,
    is_cleared: all,
    is_enterprise_install: false,
  } satisfies ViewClosedAction
  doer.workspace.sockets.dispatch({ type: 'interactive', payload, answers: false, acked: () => interaction.ack(true) })
  return interaction
}
