import { InteractionResponseType as Ack, type APIMessage, MessageFlags } from 'discord-api-types/v10'
import type { Draft } from '../draft.ts'
import type { Interaction } from '../interaction.ts'
import { checkMessage } from '../message-check.ts'
import { change, remove } from '../messages.ts'
import type { Posted } from '../posted.ts'
import { invalidWebhookToken, Refusal, unknownMessage, unknownWebhook } from '../refusal.ts'
import type { Ask, Route } from './ask.ts'
import { say } from './callback.ts'

const message = '/webhooks/:app/:token/messages/:message'

export const webhookRoutes: readonly Route[] = [
  { method: 'POST', route: '/webhooks/:app/:token', run: followUp, free: true, schema: 'IncomingWebhookRequestPartial' },
  { method: 'GET', route: message, run: read, free: true },
  { method: 'PATCH', route: message, run: edit, free: true, schema: 'IncomingWebhookUpdateRequestPartial' },
  { method: 'DELETE', route: message, run: erase, free: true },
]

/** The interaction behind the token, acknowledged and not older than 15 minutes. */
function interactionOf({ world, params }: Ask): Interaction | Refusal {
  const interaction = world.interactions.get(params['token'] ?? '')
  if (!interaction || params['app'] !== world.me.id) return unknownWebhook()
  if (world.now().getTime() - interaction.at > world.tokenLifeMs) return invalidWebhookToken()
  if (interaction.ack === undefined || interaction.ack === Ack.ApplicationCommandAutocompleteResult) return unknownWebhook()
  return interaction
}

/** The first one after "thinking" takes its place; it is as private as that was. */
function followUp(ask: Ask): APIMessage | Refusal {
  const interaction = interactionOf(ask)
  if (interaction instanceof Refusal) return interaction
  const { world, files } = ask
  const draft = ask.body as Draft
  const refusal = world.strict ? checkMessage(draft, files) : undefined
  if (refusal) return refusal
  const { original } = interaction
  if (interaction.isReply && original?.loading && !original.deleted) {
    change(world, interaction.from.channel, original, draft, files)
    return original.raw
  }
  const posted = say(world, interaction, draft, { files, ephemeral: ((draft.flags ?? 0) & MessageFlags.Ephemeral) !== 0 })
  interaction.followUps.push(posted)
  world.changes.happened()
  return posted.raw
}

function find(ask: Ask): { interaction: Interaction; posted: Posted } | Refusal {
  const interaction = interactionOf(ask)
  if (interaction instanceof Refusal) return interaction
  const { message: id } = ask.params
  const original = interaction.ack === Ack.Modal ? undefined : interaction.original
  const posted = id === '@original' ? original : [original, ...interaction.followUps].find(one => one?.id === id)
  return posted && !posted.deleted ? { interaction, posted } : unknownMessage()
}

function read(ask: Ask): APIMessage | Refusal {
  const found = find(ask)
  return found instanceof Refusal ? found : found.posted.raw
}

function edit(ask: Ask): APIMessage | Refusal {
  const found = find(ask)
  if (found instanceof Refusal) return found
  const { world, files } = ask
  const { interaction, posted } = found
  const draft = ask.body as Draft
  const refusal = world.strict ? checkMessage(draft, files, posted) : undefined
  if (refusal) return refusal
  if (posted === interaction.from.message) interaction.updated = true
  change(world, interaction.from.channel, posted, draft, files)
  return posted.raw
}

function erase(ask: Ask): undefined | Refusal {
  const found = find(ask)
  if (found instanceof Refusal) return found
  remove(ask.world, found.interaction.from.channel, found.posted)
  return undefined
}
