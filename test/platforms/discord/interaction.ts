import { randomBytes } from 'node:crypto'
import {
  type APIMessageInteractionMetadata,
  type APIModalInteractionResponseCallbackData,
  ApplicationIntegrationType,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10'
import { Modal } from './modal.ts'
import type { Posted } from './posted.ts'
import type { Refusal } from './refusal.ts'
import type { ChannelState, UserState, World } from './world.ts'

export interface Choice {
  readonly name: string
  readonly value: string | number
}

/** What the person has got for it: what is there depends on how the bot answered. */
export interface Answer {
  readonly ack: InteractionResponseType
  /** What was said in answer: the reply, or the first follow-up where the answer was only an acknowledgement. */
  readonly message: Posted | undefined
  /** The message whose button was pressed, when the answer changed it. */
  readonly update: Posted | undefined
  readonly modal: Modal | undefined
  readonly choices: readonly Choice[]
  /** The words of `message`, '' for none. */
  readonly text: string
}

interface From {
  readonly type: InteractionType
  readonly person: UserState
  readonly channel: ChannelState
  /** Carries the button, or led to the form. */
  readonly message?: Posted | undefined
  /** A shortcut's message. */
  readonly target?: Posted | undefined
  /** What opened the form that is submitted now. */
  readonly trigger?: Interaction | undefined
}

/** One thing that a person did, until the bot has answered it and after. */
export class Interaction {
  readonly id: string
  readonly token = randomBytes(48).toString('base64url')
  readonly from: From
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  /** As the gateway carries it. */
  data: object = {}
  ack: InteractionResponseType | undefined
  ackAt: number | undefined
  /** What `@original` stands for. */
  original: Posted | undefined
  readonly followUps: Posted[] = []
  updated = false
  modal: Modal | undefined
  choices: readonly Choice[] = []
  /** First answers that were refused: too late, twice, of the wrong kind. */
  readonly refused: Refusal[] = []
  readonly #world: World

  constructor(world: World, from: From) {
    this.#world = world
    this.from = from
    this.id = world.nextId()
    this.at = world.now().getTime()
  }

  /** Resolves once the bot has acknowledged, in whatever way; rejects where it never does. */
  get acked(): Promise<InteractionResponseType> {
    return this.#until(() => this.ack, 'an acknowledgement')
  }

  /** Resolves once there is an answer to see; "thinking" is none, an acknowledgement without words (type 6) is. */
  get answer(): Promise<Answer> {
    return this.#until(() => (this.ack !== undefined && !this.original?.loading ? this.#answer(this.ack) : undefined), 'an answer')
  }

  /** Resolves with the first message that this interaction led to: the reply or a follow-up. */
  get said(): Promise<Posted> {
    return this.#until(() => this.messages[0], 'a message in answer')
  }

  /** Resolves once the message that carries the button was changed by this interaction. */
  get update(): Promise<Posted> {
    return this.#until(() => (this.updated ? this.from.message : undefined), 'an update of the message')
  }

  /** Resolves with the form that the bot opens. */
  get asks(): Promise<Modal> {
    return this.#until(() => this.modal, 'a form')
  }

  /** The reply (not while it is only "thinking") and the follow-ups, as far as they stand now. */
  get messages(): Posted[] {
    const reply = this.isReply && this.original && !this.original.loading ? [this.original] : []
    return [...reply, ...this.followUps].filter(message => !message.deleted)
  }

  /** `@original` is a message of its own, not the one that carries the button. */
  get isReply(): boolean {
    return (
      this.ack === InteractionResponseType.ChannelMessageWithSource || this.ack === InteractionResponseType.DeferredChannelMessageWithSource
    )
  }

  settle(ack: InteractionResponseType): void {
    this.ack = ack
    this.ackAt = this.#world.now().getTime()
    this.#world.answeredCount += 1
  }

  /** As messages carry it that came of it. */
  get metadata(): APIMessageInteractionMetadata {
    const { from, id } = this
    const common = { id, user: from.person.user, authorizing_integration_owners: ownersOf(from.channel) }
    if (from.type === InteractionType.MessageComponent) {
      return { ...common, type: InteractionType.MessageComponent, interacted_message_id: from.message?.id ?? '' }
    }
    if (from.type !== InteractionType.ModalSubmit || !from.trigger) {
      return { ...common, type: InteractionType.ApplicationCommand, ...(from.target && { target_message_id: from.target.id }) }
    }
    const { metadata } = from.trigger
    if (metadata.type === InteractionType.ModalSubmit) throw new Error('a form opened from a form')
    return { ...common, type: InteractionType.ModalSubmit, triggering_interaction_metadata: metadata }
  }

  toJSON(): object {
    const { id, at, ack, ackAt, from, updated, data, refused } = this
    const said = this.messages.map(message => ({ id: message.id, text: message.text, ephemeral: message.ephemeral }))
    return {
      id,
      at,
      ack,
      ackAt,
      person: from.person.user.id,
      channel: from.channel.id,
      message: from.message?.id,
      updated,
      said,
      data,
      refused,
    }
  }

  #answer(ack: InteractionResponseType): Answer {
    const [message] = this.messages
    const update = this.updated ? this.from.message : undefined
    return { ack, message, update, modal: this.modal, choices: this.choices, text: message?.text ?? '' }
  }

  #until<T>(look: () => T, what: string): Promise<NonNullable<T>> {
    const refusals = (): string => this.refused.map(one => `${one.code} ${one.message}`).join(', ') || 'none'
    return this.#world.changes.until(
      look,
      () => `${what} to ${InteractionType[this.from.type]} of ${this.from.person.user.username}; refused answers: ${refusals()}`,
    )
  }

  /** The bot opens a form. */
  opened(form: APIModalInteractionResponseCallbackData): void {
    this.modal = new Modal(form, this)
  }
}

export const ownersOf = (channel: ChannelState): Record<ApplicationIntegrationType.GuildInstall, string> => ({
  [ApplicationIntegrationType.GuildInstall]: channel.guild?.id ?? '0',
})
