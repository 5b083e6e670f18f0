import { type APIUser, ComponentType, type Locale } from 'discord-api-types/v10'
import * as interact from './interact.ts'
import type { Choice, Interaction } from './interaction.ts'
import type { Filled, Modal } from './modal.ts'
import { join, openDm } from './opening.ts'
import { type Channel, say } from './places.ts'
import { labelOf, type Posted } from './posted.ts'
import type { ChannelState, UserState, World } from './world.ts'

/** Where somebody does something. */
export type Place = Channel | 'dm'

/** Somebody with an account. */
export class Person {
  readonly state: UserState
  readonly #world: World

  constructor(world: World, state: UserState) {
    this.#world = world
    this.state = state
  }

  get id(): string {
    return this.state.user.id
  }

  get user(): APIUser {
    return this.state.user
  }

  /** The private channel with the bot, opened when there is none. */
  get dm(): ChannelState {
    return openDm(this.#world, this.state)
  }

  /** What stands in the private channel with the bot. */
  get messages(): Posted[] {
    return [...(this.state.dm?.messages.values() ?? [])]
  }

  /** Everything that this person sees there, oldest first: what stands for all, and what was whispered to them. */
  sees(place: Place): Posted[] {
    const { id, messages } = this.#channel(place)
    const whispers = this.#world.whispers.filter(one => one.onlyFor === this.id && one.channel === id)
    return [...messages.values(), ...whispers].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
  }

  /** The newest of what was whispered to this person anywhere. */
  get whispered(): Posted | undefined {
    return this.#world.whispers.findLast(one => one.onlyFor === this.id && !one.loading)
  }

  /** Writes a message, and is a member from then on. */
  says(place: Place, text: string): Posted {
    return say(this.#world, this, this.#channel(place), text)
  }

  /**
   * A chat command, by its name in any language; words go into its first text option.
   * @throws Error when the bot has registered no such command, or the client would not let it through
   */
  runs(place: Place, name: string, words?: string | Record<string, string>): Interaction {
    return interact.run(this.#world, this.state, this.#channel(place), name, words)
  }

  /** Is typing the words of a command; resolves with what the bot suggests. */
  async types(place: Place, name: string, typed: string): Promise<readonly Choice[]> {
    return (await this.typing(place, name, typed).answer).choices
  }

  /** As `types`, for who wants the interaction. */
  typing(place: Place, name: string, typed: string): Interaction {
    return interact.type(this.#world, this.state, this.#channel(place), name, typed)
  }

  /** A message command ("Apps" in a message's menu). */
  uses(message: Posted, name: string): Interaction {
    return interact.use(this.#world, this.state, this.#channelOf(message), message, name)
  }

  /**
   * Presses a button, by its label or its custom id. `{ forged }` presses what may not be there, as a changed client can.
   * @throws Error when no such button stands there, when it is a link, or when this person cannot see the message
   */
  presses(message: Posted, which: string | { customId: string } | { forged: string }): Interaction {
    const data = { component_type: ComponentType.Button, custom_id: customIdOf(message, which) } as const
    return interact.touch(this.#world, this.state, this.#channelOf(message), message, data)
  }

  /** Chooses from a menu, by labels or values; the only menu unless `customId` says which. */
  chooses(message: Posted, options: string | readonly string[], customId?: string): Interaction {
    const select = message.selects.find(one => customId === undefined || one.custom_id === customId)
    if (!select) throw new Error(`no menu ${customId ?? ''} under "${message.text}"`)
    const values = [options].flat().map(name => {
      const option = select.options.find(one => one.label === name || one.value === name)
      if (option) return option.value
      throw new Error(`no option "${name}"; there are: ${JSON.stringify(select.options.map(one => one.label))}`)
    })
    if (values.length < (select.min_values ?? 1) || values.length > (select.max_values ?? 1))
      throw new Error(`the menu does not take ${values.length}`)
    const data = { component_type: ComponentType.StringSelect, custom_id: select.custom_id, values } as const
    return interact.touch(this.#world, this.state, this.#channelOf(message), message, data)
  }

  /** Sends a form, filled in by custom id or label; what is left out keeps what stood there. @throws Error for what a client would not let through */
  submits(modal: Modal, filled: Readonly<Record<string, Filled>> = {}): Interaction {
    return interact.submit(this.#world, this.state, modal, filled)
  }

  /** Takes no private messages any more (50007). */
  closesDms(closed = true): void {
    this.state.closed = closed
  }

  speaks(locale: Locale): void {
    this.state.locale = locale
  }

  #channelOf(message: Posted): ChannelState {
    const channel = this.#world.channels.get(message.channel)
    if (!channel) throw new Error(`there is no channel ${message.channel}`)
    if (message.onlyFor !== undefined && message.onlyFor !== this.id)
      throw new Error(`${this.user.username} does not see "${message.text}"`)
    return this.#enter(channel)
  }

  #channel(place: Place): ChannelState {
    return place === 'dm' ? this.dm : this.#enter(place.state)
  }

  #enter(channel: ChannelState): ChannelState {
    if (channel.recipient && channel.recipient !== this.state) throw new Error("that is somebody else's private channel")
    if (channel.guild) join(this.#world, channel.guild, this.user)
    return channel
  }
}

function customIdOf(message: Posted, which: string | { customId: string } | { forged: string }): string {
  if (typeof which === 'object' && 'forged' in which) return which.forged
  const button = message.button(which)
  if (!button) throw new Error(`no button ${JSON.stringify(which)} under "${message.text}"; there are: ${JSON.stringify(message.labels)}`)
  if (!('custom_id' in button)) throw new Error(`the button "${labelOf(button)}" sends nothing to the bot`)
  if (button.disabled) throw new Error(`the button "${labelOf(button)}" is grey`)
  return button.custom_id
}
