import type { Update, User } from '@grammyjs/types'
import { openChat, post, show, standingOf } from './chats.ts'
import { setStanding, usualRights } from './members.ts'
import { type How, type Person, type Spoken, speak } from './people.ts'
import type { Posted } from './posted.ts'
import type { AdminRights, Allowed, ChatState, Place, World } from './world.ts'

/** Accounts that Telegram itself writes with. */
const anonymousAdmin: User = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' }
const channelBot: User = { id: 136_817_688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' }
const telegram: User = { id: 777_000, is_bot: false, first_name: 'Telegram' }

export interface GroupOptions {
  /** A basic group or, unless said otherwise, a supergroup. */
  readonly kind?: 'group' | 'supergroup'
  readonly topics?: boolean
  /** The bot is there as a member unless said otherwise; false: it was never there. No update tells of this. */
  readonly bot?: boolean
  /** The bot is an admin: with these rights, or `true` for the usual ones. */
  readonly admin?: AdminRights | true
}

export interface Topic {
  readonly id: number
}

/** Somebody who writes in a group without being a person: the group itself, or a channel. */
export interface Voice {
  says(text: string, how?: How): Spoken
}

/** A chat of many. */
export class Group {
  readonly state: ChatState
  readonly #world: World
  readonly #owner: User

  constructor(world: World, state: ChatState, owner: User) {
    this.#world = world
    this.state = state
    this.#owner = owner
  }

  get id(): number {
    return this.state.chat.id
  }

  /** What stands in the chat now, oldest first, service messages too. */
  get messages(): Posted[] {
    return [...this.state.messages.values()]
  }

  /** What the bot has standing here. */
  get fromBot(): Posted[] {
    return this.messages.filter(message => message.from === this.#world.me.id && !message.isService)
  }

  get pinned(): Posted[] {
    return this.messages.filter(message => message.pinned)
  }

  /** Opens a topic. @throws Error in a chat without topics */
  topic(name: string): Topic {
    const { topics } = this.state
    if (!topics) throw new Error(`${this.id} has no topics`)
    const opening = post(this.#world, this.state, { from: this.#owner, forum_topic_created: { name, icon_color: 7_322_096 } })
    const topic = { id: opening.id, name, opening, closed: false }
    opening.raw = { ...opening.raw, message_thread_id: topic.id, is_topic_message: true }
    topics.set(topic.id, topic)
    this.#told(show(this.#world, this.state, opening))
    return { id: topic.id }
  }

  /** Gives a topic another name; without one only another picture. The message that opened it keeps the first. */
  editTopic(topic: Topic, name?: string): void {
    const state = this.state.topics?.get(topic.id)
    if (!state) throw new Error(`there is no topic ${topic.id}`)
    const forum_topic_edited = name === undefined ? { icon_custom_emoji_id: '5' } : { name }
    this.#told(show(this.#world, this.state, post(this.#world, this.state, { from: this.#owner, forum_topic_edited }, { topic: state })))
  }

  closeTopic(topic: Topic, closed = true): void {
    const state = this.state.topics?.get(topic.id)
    if (!state) throw new Error(`there is no topic ${topic.id}`)
    state.closed = closed
    const what = closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} }
    this.#told(show(this.#world, this.state, post(this.#world, this.state, { from: this.#owner, ...what }, { topic: state })))
  }

  /** The topic and all in it goes, without a word to the bot. */
  removeTopic(topic: Topic): void {
    this.state.topics?.delete(topic.id)
    for (const message of this.messages) if (message.topic === topic.id) this.state.messages.delete(message.id)
    this.#world.changes.happened()
  }

  /**
   * Adds the bot (who did it: the owner unless said otherwise): my_chat_member, then the service message.
   * With a payload as by a startgroup link: then "/start@bot PAYLOAD" follows.
   */
  add(by?: Person, payload?: string): void {
    this.state.known = true
    const from = by?.user ?? this.#owner
    setStanding(this.#world, this.state, this.#world.meInChats, { status: 'member' }, from)
    this.#told(show(this.#world, this.state, post(this.#world, this.state, { from, new_chat_members: [this.#world.meInChats] })))
    if (payload !== undefined) speak(this.#world, this.state, { from }, `/start@${this.#world.me.username} ${payload}`)
  }

  /** Throws the bot out, for good. */
  kick(by?: Person): void {
    this.#bot({ status: 'kicked' }, by)
  }

  /** Makes the bot an admin, or takes that away with `false`. */
  promote(rights: AdminRights | boolean = true, by?: Person): void {
    if (rights === false) this.#bot({ status: 'member' }, by)
    else this.#bot({ status: 'administrator', rights: rights === true ? usualRights : rights }, by)
  }

  /** The bot alone may do less; only in supergroups. */
  restrict(allowed: Partial<Allowed>, by?: Person): void {
    this.#bot({ status: 'restricted', allowed: { ...this.state.allowed, ...allowed } }, by)
  }

  /** What all who are no admins may do. Nobody is told. */
  allow(allowed: Partial<Allowed>): void {
    Object.assign(this.state.allowed, allowed)
    this.#world.changes.happened()
  }

  /** The person is in the group from now on; a service message says so. */
  joined(person: Person): void {
    setStanding(this.#world, this.state, person.user, { status: 'member' }, person.user)
    this.#told(show(this.#world, this.state, post(this.#world, this.state, { from: person.user, new_chat_members: [person.user] })))
  }

  left(person: Person): void {
    setStanding(this.#world, this.state, person.user, { status: 'left' }, person.user)
    this.#told(show(this.#world, this.state, post(this.#world, this.state, { from: person.user, left_chat_member: person.user })))
  }

  /** Makes a person an admin (or, with `false`, no longer). */
  admin(person: Person, rights: AdminRights | boolean = true): void {
    const standing =
      rights === false
        ? { status: 'member' as const }
        : { status: 'administrator' as const, rights: rights === true ? usualRights : rights }
    setStanding(this.#world, this.state, person.user, standing, this.#owner)
    this.#world.changes.happened()
  }

  /** Somebody deletes a message; Telegram does not tell bots. */
  remove(message: Posted): void {
    this.state.messages.delete(message.id)
    this.#world.changes.happened()
  }

  /** The whole group is deleted. */
  vanish(): void {
    this.state.deleted = true
    this.#bot({ status: 'left' })
  }

  rename(title: string): void {
    const { chat } = this.state
    if (chat.type === 'private') return
    chat.title = title
    this.#told(show(this.#world, this.state, post(this.#world, this.state, { from: this.#owner, new_chat_title: title })))
  }

  /**
   * A basic group becomes a supergroup with another id: a service message in each, and the bot's membership in the new one.
   * (The real server tells of no leaving in the old one.)
   */
  migrate(): Group {
    const { chat } = this.state
    if (chat.type !== 'group') throw new Error('only a basic group can be upgraded')
    const place: Place = { id: -1_000_000_000_000 - 2_000_000_000 - this.#world.nextNumber(), type: 'supergroup', title: chat.title }
    const next = openChat(this.#world, place, false)
    for (const [user, standing] of this.state.standings) if (user !== this.#world.me.id) next.standings.set(user, standing)
    const bot = standingOf(this.state, this.#world.me.id)
    const parting = post(this.#world, this.state, { from: this.#owner, migrate_to_chat_id: place.id })
    this.#told(show(this.#world, this.state, parting))
    this.state.movedTo = place.id
    setStanding(this.#world, next, this.#world.meInChats, bot, this.#owner)
    this.#told(show(this.#world, next, post(this.#world, next, { from: this.#owner, migrate_from_chat_id: chat.id })))
    return new Group(this.#world, next, this.#owner)
  }

  /** An admin who hides behind the group: all of them arrive as one account. */
  anonymousAdmin(): Voice {
    const as = { from: anonymousAdmin, sender_chat: this.state.chat }
    return { says: (text, how) => speak(this.#world, this.state, as, text, how) }
  }

  /** Somebody who writes in this group as their channel. */
  channel(title: string): Voice {
    const sender_chat = { id: -1_000_000_000_000 - this.#world.nextNumber(), type: 'channel' as const, title }
    return { says: (text, how) => speak(this.#world, this.state, { from: channelBot, sender_chat }, text, how) }
  }

  /** The channel that this group discusses: its posts arrive here by themselves. */
  linkedChannel(title: string): Voice {
    const chat = { id: -1_000_000_000_000 - this.#world.nextNumber(), type: 'channel' as const, title }
    const says = (text: string, how?: How): Spoken => {
      const date = Math.floor(this.#world.now().getTime() / 1000)
      const forward_origin = { type: 'channel' as const, chat, message_id: this.#world.nextNumber(), date }
      return speak(this.#world, this.state, { from: telegram, sender_chat: chat, is_automatic_forward: true, forward_origin }, text, how)
    }
    return { says }
  }

  #bot(standing: Parameters<typeof setStanding>[3], by?: Person): void {
    setStanding(this.#world, this.state, this.#world.meInChats, standing, by?.user ?? this.#owner)
    this.#world.changes.happened()
  }

  #told(_: Update | undefined): void {
    this.#world.changes.happened()
  }
}
