import {
  InteractionResponseType as Ack,
  type APIApplicationCommandAutocompleteResponse,
  type APIInteractionResponse,
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10'
import type { Draft } from '../draft.ts'
import type { Interaction } from '../interaction.ts'
import { checkMessage } from '../message-check.ts'
import { change, post } from '../messages.ts'
import { checkModal } from '../modal.ts'
import type { Posted } from '../posted.ts'
import { alreadyAcknowledged, invalidForm, type Refusal, unknownInteraction } from '../refusal.ts'
import type { World } from '../world.ts'
import type { Ask, Route } from './ask.ts'

export const callbackRoutes: readonly Route[] = [
  { method: 'POST', route: '/interactions/:interaction/:token/callback', run: answer, free: true, schema: schemaOf },
]

function schemaOf(body: unknown): string {
  const { type } = (body ?? {}) as { type?: unknown }
  if (type === Ack.ChannelMessageWithSource || type === Ack.DeferredChannelMessageWithSource)
    return 'CreateMessageInteractionCallbackRequest'
  if (type === Ack.DeferredMessageUpdate || type === Ack.UpdateMessage) return 'UpdateMessageInteractionCallbackRequest'
  if (type === Ack.ApplicationCommandAutocompleteResult) return 'ApplicationCommandAutocompleteCallbackRequest'
  if (type === Ack.Modal) return 'ModalInteractionCallbackRequest'
  return 'PongInteractionCallbackRequest'
}

const replies: readonly number[] = [Ack.ChannelMessageWithSource, Ack.DeferredChannelMessageWithSource]
const updates: readonly number[] = [Ack.DeferredMessageUpdate, Ack.UpdateMessage]

/** Which first answers an interaction takes. A form is no answer to a form. */
function takes({ from }: Interaction): readonly number[] {
  if (from.type === InteractionType.ApplicationCommandAutocomplete) return [Ack.ApplicationCommandAutocompleteResult]
  const onMessage = from.message ? updates : []
  return from.type === InteractionType.ModalSubmit ? [...replies, ...onMessage] : [...replies, ...onMessage, Ack.Modal]
}

function answer(ask: Ask): unknown | Refusal {
  const { world, params } = ask
  const interaction = world.interactions.get(params['token'] ?? '')
  if (!interaction || interaction.id !== params['interaction']) return unknownInteraction()
  const refusal = decide(ask, interaction, ask.body as APIInteractionResponse)
  if (refusal) {
    interaction.refused.push(refusal)
    return refusal
  }
  world.changes.happened()
  return ask.query.get('with_response') === 'true' ? withResponse(interaction) : undefined
}

function decide(ask: Ask, interaction: Interaction, body: APIInteractionResponse): Refusal | undefined {
  const { world } = ask
  if (interaction.ack !== undefined) return alreadyAcknowledged()
  if (world.now().getTime() - interaction.at > world.answerWithinMs) return unknownInteraction()
  const possible = takes(interaction)
  if (!possible.includes(body.type)) return invalidForm('type', `Value must be one of {${possible.join(', ')}}.`, 'BASE_TYPE_CHOICES')
  return act(ask, interaction, body)
}

function act(ask: Ask, interaction: Interaction, body: APIInteractionResponse): Refusal | undefined {
  const { world } = ask
  switch (body.type) {
    case Ack.ChannelMessageWithSource:
    case Ack.DeferredChannelMessageWithSource:
      return reply(ask, interaction, body.type, (body.data ?? {}) as Draft)
    case Ack.UpdateMessage:
      return update(ask, interaction, (body.data ?? {}) as Draft)
    case Ack.ApplicationCommandAutocompleteResult:
      return suggest(interaction, body)
    case Ack.Modal:
      return open(world, interaction, body.data)
    default:
      interaction.settle(body.type)
      return undefined
  }
}

function reply(ask: Ask, interaction: Interaction, type: Ack, draft: Draft): Refusal | undefined {
  const { world, files } = ask
  const isDeferred = type === Ack.DeferredChannelMessageWithSource
  const refusal = world.strict && !isDeferred ? checkMessage(draft, files) : undefined
  if (refusal) return refusal
  interaction.original = say(world, interaction, isDeferred ? {} : draft, {
    files,
    ephemeral: ((draft.flags ?? 0) & MessageFlags.Ephemeral) !== 0,
    flags: isDeferred ? MessageFlags.Loading : 0,
  })
  interaction.settle(type)
  return undefined
}

function update(ask: Ask, interaction: Interaction, draft: Draft): Refusal | undefined {
  const { world, files } = ask
  const { message, channel } = interaction.from
  if (!message) return unknownInteraction()
  const refusal = world.strict ? checkMessage(draft, files, message) : undefined
  if (refusal) return refusal
  interaction.settle(Ack.UpdateMessage)
  interaction.updated = true
  if (!message.deleted) change(world, channel, message, draft, files)
  return undefined
}

function suggest(interaction: Interaction, body: APIApplicationCommandAutocompleteResponse): Refusal | undefined {
  const choices = body.data?.choices ?? []
  if (choices.length > 25) return invalidForm('data.choices', 'Must be 25 or fewer in length.', 'BASE_TYPE_MAX_LENGTH')
  const at = choices.findIndex(choice => String(choice.value).length > 100 || choice.name.length > 100 || choice.name.length === 0)
  if (at >= 0) return invalidForm(`data.choices.${at}`, 'Must be between 1 and 100 in length.', 'BASE_TYPE_BAD_LENGTH')
  interaction.choices = choices.map(({ name, value }) => ({ name, value }))
  interaction.settle(Ack.ApplicationCommandAutocompleteResult)
  return undefined
}

function open(world: World, interaction: Interaction, form: APIModalInteractionResponseCallbackData): Refusal | undefined {
  const refusal = world.strict ? checkModal(form) : undefined
  if (refusal) return refusal
  interaction.opened(form)
  interaction.settle(Ack.Modal)
  return undefined
}

interface How {
  readonly files: Ask['files']
  readonly ephemeral: boolean
  readonly flags?: number
}

/** A message that came of an interaction: the webhook's, with the application's face. */
export function say(world: World, interaction: Interaction, draft: Draft, how: How): Posted {
  const { from } = interaction
  const isFirst = interaction.ack === undefined
  const extra = { webhook_id: world.me.id, application_id: world.me.id, interaction_metadata: interaction.metadata }
  return post(world, from.channel, world.me, draft, {
    files: how.files,
    flags: how.flags ?? 0,
    onlyFor: how.ephemeral ? from.person.user.id : undefined,
    type: isFirst ? typeOf(interaction) : MessageType.Default,
    extra,
  })
}

function typeOf({ from, data }: Interaction): MessageType {
  if (from.type !== InteractionType.ApplicationCommand) return MessageType.Default
  const isChat = (data as { data?: { type?: unknown } }).data?.type === ApplicationCommandType.ChatInput
  return isChat ? MessageType.ChatInputCommand : MessageType.ContextMenuCommand
}

function withResponse(interaction: Interaction): object {
  const { id, from, ack, original } = interaction
  const message = interaction.isReply || interaction.updated ? original : undefined
  return {
    interaction: {
      id,
      type: from.type,
      channel_id: from.channel.id,
      ...(from.channel.guild && { guild_id: from.channel.guild.id }),
      ...(message && {
        response_message_id: message.id,
        response_message_loading: message.loading,
        response_message_ephemeral: message.ephemeral,
      }),
    },
    ...(ack !== undefined && { resource: { type: ack, ...(message && { message: message.raw }) } }),
  }
}
