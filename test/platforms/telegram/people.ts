import type { ChatMember, PhotoSize, Update, User } from '@grammyjs/types'
import { botSees, post, privateChat, type Saying, show, standingOf } from './chats.ts'
import { isAlone, speakAlone } from './ephemeral.ts'
import type { Group, Topic } from './groups.ts'
import type { Posted, Upload } from './posted.ts'
import { findButton, isPayload, ourLink, type Press, press } from './press.ts'
import { clean, withFound } from './text.ts'
import type { ChatState, PersonState, World } from './world.ts'

export interface How {
  readonly topic?: Topic
  readonly replyTo?: Posted
  /** The text becomes its caption. */
  readonly file?: Upload
  /** The same, sent as a photo: Telegram makes several sizes of it. */
  readonly photo?: Upload
}

/** What was said, and whether the bot was told of it. */
export interface Spoken {
  readonly posted: Posted
  readonly update: Update | undefined
}

/** Says something as whoever `as` is: text or a file with a caption, cleaned and marked as Telegram does. */
/** `alone`: to the bot, and nobody else sees it. */
export function speak(world: World, chat: ChatState, as: Saying, text: string, how: How = {}, alone = false): Spoken {
  const words = withFound(clean({ text, entities: [] }))
  const entities = words.entities.length > 0 ? [...words.entities] : undefined
  const { file, photo } = how
  const media = file ? { document: keepFile(world, file) } : photo && { photo: photoOf(world, photo) }
  const saying = media
    ? {
        ...as,
        ...media,
        ...(words.text && { caption: words.text, ...(entities && { caption_entities: entities }) }),
      }
    : { ...as, text: words.text, ...(entities && { entities }) }
  const topic = how.topic && chat.topics?.get(how.topic.id)
  if (how.topic && !topic) throw new Error(`there is no topic ${how.topic.id} in ${chat.chat.id}`)
  if (alone) {
    const spoken = speakAlone(world, chat, saying, { topic, file: file ?? photo })
    world.changes.happened()
    return spoken
  }
  const posted = post(world, chat, saying, { topic, replyTo: how.replyTo, file: file ?? photo })
  const update = show(world, chat, posted)
  world.changes.happened()
  return { posted, update }
}

export function keepFile(
  world: World,
  file: Upload,
): { file_id: string; file_unique_id: string; file_name: string; mime_type: string; file_size: number } {
  const file_id = `file-${world.nextNumber()}`
  world.files.set(file_id, file)
  return { file_id, file_unique_id: `u-${file_id}`, file_name: file.name, mime_type: file.mime, file_size: file.content.length }
}

/** Telegram makes smaller ones of it; here there are two sizes. */
export function photoOf(world: World, file: Upload): PhotoSize[] {
  return [90, 800].map(width => {
    const { file_id, file_unique_id, file_size } = keepFile(world, file)
    return { file_id, file_unique_id, file_size, width, height: (width * 3) / 4 }
  })
}

/** Somebody with a phone. */
export class Person {
  readonly id: number
  readonly state: PersonState
  readonly #world: World

  constructor(world: World, state: PersonState) {
    this.#world = world
    this.state = state
    this.id = state.user.id
  }

  get user(): User {
    return this.state.user
  }

  /** The private chat with the bot. */
  get chat(): ChatState {
    return privateChat(this.#world, this.state)
  }

  /** What the bot shows to this person alone, in that group or in all, oldest first. */
  seesAlone(group?: Group): Posted[] {
    const chats = group ? [group.state] : [...this.#world.chats.values()]
    return chats
      .flatMap(chat => [...chat.ephemeral.values()])
      .filter(one => one.from === this.#world.me.id && this.sees(one))
      .sort((a, b) => a.at - b.at)
  }

  /** Whether one that is for this person alone stands before them. */
  sees(message: Posted): boolean {
    const stands = this.#world.chats.get(message.chat)?.ephemeral.get(message.ephemeralId ?? 0) === message
    return stands && message.sees === this.id && message.isShown
  }

  /** Starts the app anew: what was shown to this person alone is gone, and no bot hears of it. */
  restartsApp(): void {
    for (const { ephemeral } of this.#world.chats.values())
      for (const [number, one] of ephemeral) if (one.sees === this.id || one.from === this.id) ephemeral.delete(number)
    this.#world.changes.happened()
  }

  /** What stands in the private chat with the bot. */
  get messages(): Posted[] {
    return [...this.chat.messages.values()]
  }

  /** Writes in a group (and is in it from then on) or in the private chat, where Telegram wants a start first. */
  says(place: Group | 'private', text: string, how: How = {}): Spoken {
    if (place !== 'private') {
      const chat = place.state
      if (standingOf(chat, this.id).status === 'left') chat.standings.set(this.id, { status: 'member' })
      if (how.replyTo?.sees !== undefined || isAlone(this.#world, this.state, text))
        return speak(this.#world, chat, { from: this.user }, text, how, true)
      return speak(this.#world, chat, { from: this.user }, text, how)
    }
    if (!this.state.started || this.state.blocked) throw new Error(`${this.user.first_name} has not started the bot, or has blocked it`)
    return speak(this.#world, this.chat, { from: this.user }, text, how)
  }

  /** Changes what was said; an edited_message update where the bot may see it. */
  edits(message: Posted, text: string): Update | undefined {
    const words = withFound(clean({ text, entities: [] }))
    const { entities: _, ...rest } = message.raw
    const marks = words.entities.length > 0 && { entities: [...words.entities] }
    const edited = { ...rest, text: words.text, ...marks, edit_date: Math.floor(this.#world.now().getTime() / 1000) }
    message.raw = edited
    message.edits += 1
    const chat = this.#world.chats.get(message.chat)
    const update = chat && botSees(this.#world, chat, edited) ? this.#world.updates.push('edited_message', edited) : undefined
    this.#world.changes.happened()
    return update
  }

  /**
   * Taps a button, by its label or its place. `{ data }` forges a press with any data, as a changed client can.
   * @throws Error when no such button stands there, or when it is a link: then `opens` it
   */
  presses(message: Posted, which: string | { row: number; col: number } | { data: string }): Press {
    const chat = this.#world.chats.get(message.chat)
    if (!chat) throw new Error(`there is no chat ${message.chat}`)
    const data = typeof which === 'object' && 'data' in which ? which.data : dataOf(message, which)
    if (message.sees !== undefined && !this.sees(message)) throw new Error(`${this.user.first_name} does not see "${message.text}"`)
    const made = press(this.#world, this.state, chat, message.id, data, message.sees === undefined ? undefined : message)
    this.#world.changes.happened()
    return made
  }

  /** Follows a link, or the link behind a button. One to the bot with a start payload opens the private chat and starts it. */
  opens(link: string | Posted, label?: string): Spoken {
    const url = typeof link === 'string' ? link : urlOf(link, label ?? '')
    const ours = ourLink(this.#world, url)
    if (ours?.kind !== 'start') throw new Error(`${url} does not lead to the private chat with the bot`)
    return this.starts(ours.payload)
  }

  /** Presses START in the private chat; ends a block. @throws Error for a payload that Telegram would not pass on */
  starts(payload = ''): Spoken {
    if (!isPayload(payload)) throw new Error(`Telegram does not pass on the payload "${payload}"`)
    if (this.state.blocked) this.#block(false)
    this.state.started = true
    return speak(this.#world, this.chat, { from: this.user }, payload === '' ? '/start' : `/start ${payload}`)
  }

  /** Blocks the bot: it is told, and may not write to this person any more. */
  blocks(): void {
    this.#block(true)
  }

  unblocks(): void {
    this.#block(false)
  }

  /** The account is deleted. */
  leavesTelegram(): void {
    this.state.deactivated = true
    this.#world.changes.happened()
  }

  /** Removes a message from the private chat; bots are not told of that. */
  removes(message: Posted): void {
    this.chat.messages.delete(message.id)
    this.#world.changes.happened()
  }

  #block(blocked: boolean): void {
    if (this.state.blocked === blocked) return
    const { meInChats: user } = this.#world
    const member = (kicked: boolean): ChatMember => (kicked ? { status: 'kicked', user, until_date: 0 } : { status: 'member', user })
    this.state.blocked = blocked
    this.#world.updates.push('my_chat_member', {
      chat: this.chat.chat,
      from: this.user,
      date: Math.floor(this.#world.now().getTime() / 1000),
      old_chat_member: member(!blocked),
      new_chat_member: member(blocked),
    })
    this.#world.changes.happened()
  }
}

function dataOf(message: Posted, which: string | { row: number; col: number }): string {
  const button = findButton(message, which)
  if ('callback_data' in button) return button.callback_data
  throw new Error(`the button "${button.text}" sends nothing to the bot`)
}

function urlOf(message: Posted, label: string): string {
  const button = findButton(message, label)
  if ('url' in button) return button.url
  throw new Error(`the button "${label}" is no link`)
}
