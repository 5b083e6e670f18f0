import {
  type APIApplicationCommand,
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIAttachment,
  type APIBaseInteraction,
  type APIMessageComponentInteraction,
  type APIMessageComponentInteractionData,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  GatewayDispatchEvents,
  InteractionContextType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord-api-types/v10'
import { attach } from './draft.ts'
import { Interaction, ownersOf } from './interaction.ts'
import { type Filled, fillIn, type Modal } from './modal.ts'
import { channelPayload, interactionMember } from './payloads.ts'
import { permissionsIn } from './permissions.ts'
import type { Posted } from './posted.ts'
import { type ChannelState, remember, type UserState, type World } from './world.ts'

type Base<T extends InteractionType> = Omit<APIBaseInteraction<T, never>, 'data'> &
  Required<Pick<APIBaseInteraction<T, never>, 'channel' | 'channel_id'>>

/** What every interaction carries of who did it and where. */
function base<T extends InteractionType>(world: World, made: Interaction, type: T): Base<T> {
  const { channel, person } = made.from
  const { guild } = channel
  const member = guild?.members.get(person.user.id)
  return {
    id: made.id,
    application_id: world.me.id,
    type,
    token: made.token,
    version: 1,
    app_permissions: String(permissionsIn(channel, world.me.id)),
    locale: person.locale,
    entitlements: [],
    authorizing_integration_owners: ownersOf(channel),
    context: guild ? InteractionContextType.Guild : InteractionContextType.BotDM,
    attachment_size_limit: 10_485_760,
    channel: channelPayload(channel),
    channel_id: channel.id,
    ...(guild && { guild_id: guild.id, guild_locale: guild.locale, guild: { id: guild.id, locale: guild.locale, features: [] } }),
    ...(member ? { member: interactionMember(member, channel) } : { user: person.user }),
  }
}

/** Hands it to every session. */
function give(world: World, made: Interaction, data: object): Interaction {
  made.data = data
  world.interactions.set(made.token, made)
  world.interactionCount += 1
  remember(world.recent, made, world.remember)
  if (world.interactions.size > world.remember * 4) forget(world)
  world.gateway.tell(GatewayDispatchEvents.InteractionCreate, data)
  world.changes.happened()
  return made
}

/** The oldest half goes; only what is remembered can still be answered. */
function forget(world: World): void {
  const tokens = [...world.interactions.keys()]
  for (const token of tokens.slice(0, tokens.length / 2)) world.interactions.delete(token)
}

/** Whoever cannot see a channel, or a bot that is not there: nothing can be done. */
function begin(world: World, person: UserState, channel: ChannelState): void {
  if (channel.deleted) throw new Error(`#${channel.name} is gone`)
  const { guild } = channel
  if (!guild) return
  if (!guild.here || !guild.available) throw new Error(`the bot is not in ${guild.name}`)
  const needed = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.UseApplicationCommands
  if (world.strict && (permissionsIn(channel, person.user.id) & needed) !== needed)
    throw new Error(`${person.user.username} may not do that in #${channel.name}`)
}

/** The registered command with this name in any language. @throws Error naming those that are there */
function command(world: World, channel: ChannelState, type: ApplicationCommandType, name: string): APIApplicationCommand {
  const all = [...(channel.guild?.commands ?? []), ...world.commands].filter(one => one.type === type)
  const found = all.find(one => one.name === name || Object.values(one.name_localizations ?? {}).includes(name))
  const context = channel.guild ? InteractionContextType.Guild : InteractionContextType.BotDM
  if (found && (found.contexts ?? [context]).includes(context) && (channel.guild || found.dm_permission !== false)) return found
  throw new Error(`no command "${name}" here; there are: ${all.map(one => one.name).join(', ') || 'none'}`)
}

/** A chat command. `given` words go into its first text option; or name the options. */
export function run(
  world: World,
  person: UserState,
  channel: ChannelState,
  name: string,
  given?: string | Record<string, string>,
): Interaction {
  begin(world, person, channel)
  const found = command(world, channel, ApplicationCommandType.ChatInput, name)
  const made = new Interaction(world, { type: InteractionType.ApplicationCommand, person, channel })
  const interaction = {
    ...base(world, made, InteractionType.ApplicationCommand),
    data: {
      id: found.id,
      name: found.name,
      type: ApplicationCommandType.ChatInput,
      ...(found.guild_id !== undefined && { guild_id: found.guild_id }),
      options: optionsOf(found, given),
    },
  } satisfies APIApplicationCommandInteraction
  if (interaction.data.options.length > 0) return give(world, made, interaction)
  const { options: _, ...data } = interaction.data
  return give(world, made, { ...interaction, data } satisfies APIApplicationCommandInteraction)
}

function optionsOf(
  found: APIApplicationCommand,
  given: string | Record<string, string> | undefined,
): APIApplicationCommandInteractionDataBasicOption[] {
  const known = found.options ?? []
  const first = known.find(option => option.type === ApplicationCommandOptionType.String)
  if (typeof given === 'string' && !first) throw new Error(`/${found.name} takes no words`)
  const named = typeof given === 'string' ? { [first?.name ?? '']: given } : (given ?? {})
  const missing = known.find(option => 'required' in option && option.required && named[option.name] === undefined)
  if (missing) throw new Error(`/${found.name} needs "${missing.name}"`)
  return Object.entries(named).map(([name, value]) => {
    const option = known.find(one => one.name === name)
    if (option?.type !== ApplicationCommandOptionType.String) throw new Error(`/${found.name} has no text option "${name}"`)
    if (value.length > (option.max_length ?? 6000)) throw new Error(`"${name}" of /${found.name} takes ${option.max_length ?? 6000} signs`)
    return { name, type: ApplicationCommandOptionType.String, value }
  })
}

/** Somebody is typing a command's first text option. */
export function type(world: World, person: UserState, channel: ChannelState, name: string, typed: string): Interaction {
  begin(world, person, channel)
  const found = command(world, channel, ApplicationCommandType.ChatInput, name)
  const option = found.options?.find(one => one.type === ApplicationCommandOptionType.String && one.autocomplete)
  if (!option) throw new Error(`/${name} suggests nothing`)
  const made = new Interaction(world, { type: InteractionType.ApplicationCommandAutocomplete, person, channel })
  return give(world, made, {
    ...base(world, made, InteractionType.ApplicationCommandAutocomplete),
    data: {
      id: found.id,
      name: found.name,
      type: ApplicationCommandType.ChatInput,
      options: [{ name: option.name, type: ApplicationCommandOptionType.String, value: typed, focused: true }],
    },
  } satisfies APIApplicationCommandAutocompleteInteraction)
}

/** A message command on somebody's message. */
export function use(world: World, person: UserState, channel: ChannelState, target: Posted, name: string): Interaction {
  begin(world, person, channel)
  const found = command(world, channel, ApplicationCommandType.Message, name)
  const made = new Interaction(world, { type: InteractionType.ApplicationCommand, person, channel, target })
  return give(world, made, {
    ...base(world, made, InteractionType.ApplicationCommand),
    data: {
      id: found.id,
      name: found.name,
      type: ApplicationCommandType.Message,
      target_id: target.id,
      resolved: { messages: { [target.id]: target.raw } },
    },
  } satisfies APIApplicationCommandInteraction)
}

/** A press or a choice; `data` may be forged: nobody checks that the message has such a component. */
export function touch(
  world: World,
  person: UserState,
  channel: ChannelState,
  message: Posted,
  data: APIMessageComponentInteractionData,
): Interaction {
  begin(world, person, channel)
  const made = new Interaction(world, { type: InteractionType.MessageComponent, person, channel, message })
  made.original = message
  return give(world, made, {
    ...base(world, made, InteractionType.MessageComponent),
    data,
    message: message.raw,
  } satisfies APIMessageComponentInteraction)
}

/** A form, filled in. */
export function submit(world: World, person: UserState, modal: Modal, filled: Readonly<Record<string, Filled>>): Interaction {
  const { channel, message } = modal.opener.from
  begin(world, person, channel)
  const attachments: Record<string, APIAttachment> = {}
  const components = fillIn(modal, filled, file => {
    const [made] = attach(world, channel.id, {}, [{ ...file, number: '0' }])
    if (!made) throw new Error('a file was not kept')
    attachments[made.id] = made
    return made.id
  })
  const made = new Interaction(world, { type: InteractionType.ModalSubmit, person, channel, message, trigger: modal.opener })
  made.original = message
  return give(world, made, {
    ...base(world, made, InteractionType.ModalSubmit),
    data: {
      ...{ custom_id: modal.customId, components },
      ...(Object.keys(attachments).length > 0 && { resolved: { attachments } }),
    },
    ...(message && { message: message.raw }),
  } satisfies APIModalSubmitInteraction)
}
