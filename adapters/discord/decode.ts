import {
  type APIApplicationCommandInteraction,
  type APIAttachment,
  type APIInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  type GatewayMessageCreateDispatchData,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord.js'
import type { Event, FileIn, Inbound, Place } from '../../src/platform/adapter.ts'
import { download } from '../../src/platform/download.ts'
import { mustBe } from '../../src/platform/frames.ts'
import { isLanguage, sanitize, sanitizeLine } from '../../src/view/sanitize.ts'
import { ofList } from './form.ts'
import { messageRef, personRef, spaceRef } from './refs.ts'
import { areRunners } from './rights.ts'
import * as shapes from './shapes.ts'

/** How an interaction is answered. Its token is a secret of 15 minutes, held in memory only. */
export interface Way {
  readonly id: string
  readonly app: string
  readonly token: string
  /** `go`: a press in a chat on the way into the private one. */
  readonly kind: 'command' | 'press' | 'submit' | 'suggest' | 'go'
  /** The message that the button hangs on, or whose button opened the form. */
  readonly message?: { readonly isWhisper: boolean }
}

export interface Decoded {
  readonly inbound: Inbound
  /** How to answer; none for words and for what happens to channels. */
  readonly way?: Way
}

/** Before the payload in the id of a button that leads into the private chat. */
export const goes = '~go~'

type Read = Pick<Decoded['inbound'], 'event'> & { readonly place?: 'private' } & Pick<Way, 'kind' | 'message'>

/**
 * What an interaction means, or undefined for one that we never offered. `shortcuts`: our commands by the words in a message's menu.
 * Each part is looked at before it is read: after that it has the fields that Discord's own types promise, as far as they are used here.
 * @throws Error for one that is not as Discord describes it
 */
export function decodeInteraction(given: APIInteraction, received: Date, shortcuts: ReadonlyMap<string, string>): Decoded | undefined {
  mustBe(shapes.interaction, given)
  const read = readInteraction(given, shortcuts)
  const user = given.member?.user ?? given.user
  if (!read || !user || given.channel?.id === undefined) return undefined
  const { place, event, kind, message } = read
  const locale = 'locale' in given ? given.locale : undefined
  const rights = place === undefined ? given.member?.permissions : undefined
  const name = sanitizeLine(given.member?.nick ?? user.global_name ?? user.username) || user.username
  return {
    inbound: {
      ...{ id: `discord:${given.id}`, received, at: momentOf(given.id), event },
      place: place ?? placeOf(given.channel, given.guild_id ?? undefined),
      person: { ref: personRef(user.id), name, ...(isLanguage(locale) && { locale }) },
      ...(rights && { isAdmin: areRunners(rights) }),
    },
    way: { id: given.id, app: given.application_id, token: given.token, kind, ...(message && { message }) },
  }
}

function readInteraction(given: APIInteraction, shortcuts: ReadonlyMap<string, string>): Read | undefined {
  switch (given.type) {
    case InteractionType.ApplicationCommand:
      return readCommand(given, shortcuts)
    case InteractionType.ApplicationCommandAutocomplete:
      mustBe(shapes.suggest, given.data)
      return { kind: 'suggest', event: { kind: 'suggest', command: given.data.name, typed: wordsIn(given.data.options) } }
    case InteractionType.MessageComponent:
      return readPress(given)
    case InteractionType.ModalSubmit:
      return readForm(given)
    default:
      return undefined
  }
}

function readCommand({ data }: APIApplicationCommandInteraction, shortcuts: ReadonlyMap<string, string>): Read | undefined {
  mustBe(shapes.command, data)
  if (data.type === ApplicationCommandType.ChatInput)
    return { kind: 'command', event: { kind: 'command', name: data.name, args: wordsIn(data.options) } }
  const name = shortcuts.get(data.name)
  if (name === undefined || data.type !== ApplicationCommandType.Message) return undefined
  mustBe(shapes.shortcut, data)
  const on = data.resolved.messages[data.target_id]
  if (!on) return undefined
  const about = { message: messageRef(on.channel_id, on.id), text: sanitize(on.content) }
  return { kind: 'command', event: { kind: 'shortcut', name, about } }
}

/** Our commands have one option, of text. */
function wordsIn(options: readonly { readonly type: ApplicationCommandOptionType; readonly name: string }[] | undefined): string {
  const [option] = options ?? []
  const isText = option?.type === ApplicationCommandOptionType.String && 'value' in option && typeof option.value === 'string'
  return isText ? sanitize(String(option.value)).trim() : ''
}

function readPress(given: APIMessageComponentInteraction): Read | undefined {
  mustBe(shapes.press, given)
  const { data, message } = given
  if (data.component_type !== ComponentType.Button) return undefined
  const on = { isWhisper: isWhisper(message) }
  if (data.custom_id.startsWith(goes))
    return { kind: 'go', place: 'private', message: on, event: { kind: 'started', payload: sanitize(data.custom_id.slice(goes.length)) } }
  const token = sanitize(data.custom_id.replace(/~\d+$/, ''))
  const seen = on.isWhisper ? {} : { message: messageRef(message.channel_id, message.id) }
  return { kind: 'press', message: on, event: { kind: 'press', token, ...seen } }
}

function readForm(given: APIModalSubmitInteraction): Read {
  mustBe(shapes.form, given)
  const { data, message } = given
  const values = data.components.flatMap((shown): (readonly [string, string | readonly string[]])[] => {
    if (shown.type !== ComponentType.Label) return []
    const { component } = shown
    if (component.type === ComponentType.TextInput) return [[component.custom_id, sanitize(component.value)]]
    return component.type === ComponentType.StringSelect ? [[component.custom_id, component.values.map(sanitize)]] : []
  })
  const picked = values.filter(([name]) => ofList.test(name))
  const said = values.filter(([name]) => !ofList.test(name)).map(([name, value]) => [name, value || pickedFor(name, picked)] as const)
  const files = data.components.flatMap((shown): (readonly [string, FileIn])[] => {
    if (shown.type !== ComponentType.Label || shown.component.type !== ComponentType.FileUpload) return []
    const { custom_id, values: ids } = shown.component
    const found = data.resolved?.attachments?.[ids?.[0] ?? '']
    return found ? [[custom_id, fileIn(found)]] : []
  })
  const sent = files.length > 0 && { files: Object.fromEntries(files) }
  const event: Event = { kind: 'submit', form: sanitize(data.custom_id), values: Object.fromEntries(said), ...sent }
  return { kind: 'submit', event, ...(message && { message: { isWhisper: isWhisper(message) } }) }
}

/** What was picked in the lists of a field that nothing was typed into, as words. */
function pickedFor(name: string, picked: readonly (readonly [string, string | readonly string[]])[]): string {
  return picked
    .filter(([list]) => list.replace(ofList, '') === name)
    .flatMap(([, value]) => value)
    .join(' ')
}

type Found = Pick<APIAttachment, 'filename' | 'size' | 'url'> & { readonly content_type?: string | null | undefined }

/** Whoever has the address may fetch it: no token goes along. */
const fileIn = ({ filename, content_type, size, url }: Found): FileIn => ({
  ...{ name: sanitizeLine(filename), mime: content_type ?? '', bytes: size },
  read: () => download(url),
})

const isWhisper = ({ flags }: { readonly flags?: number | null }): boolean => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0

function placeOf(channel: { readonly id: string; readonly name?: string | null }, guild: string | undefined): Place {
  if (guild === undefined) return 'private'
  return { space: spaceRef(channel.id), ...(channel.name && { title: sanitizeLine(channel.name) }) }
}

/**
 * Words in the private chat, or undefined: no words of a channel are read, whoever they are for.
 * @throws Error for words that are not as Discord describes them
 */
export function decodeWords(given: GatewayMessageCreateDispatchData, me: string, received: Date): Decoded | undefined {
  const {
    author,
    guild_id,
    type,
    id,
    channel_id,
    content,
    attachments: sentAlong,
    sticker_items: stickers,
    referenced_message: replied,
  } = mustBe(shapes.words, given)
  const attachments = sentAlong ?? []
  const isSaid = type === MessageType.Default || type === MessageType.Reply
  if (typeof guild_id === 'string' || author.bot || !isSaid) return undefined
  if (content.trim() === '' && attachments.length === 0 && !stickers?.length) return undefined
  const toUs = replied?.author.id === me ? { replyTo: messageRef(channel_id, replied.id) } : {}
  const name = sanitizeLine(author.global_name ?? author.username) || author.username
  const sent = attachments.length > 0 && { files: attachments.map(fileIn) }
  const event: Event = { kind: 'text', text: sanitize(content), message: messageRef(channel_id, id), ...toUs, ...sent }
  const person = { ref: personRef(author.id), name }
  return { inbound: { id: `discord:${id}`, received, at: momentOf(id), place: 'private', person, event } }
}

type Me = { readonly id: string; readonly username: string }

type Turn = Extract<Event, { readonly kind: 'left' }> | { readonly kind: 'back' }

/** A channel or thread was deleted, or the bot is out of its server, or in it again. Discord does not say by whom: the bot itself is named. */
export function decodeTurn(event: Turn, channel: string, me: Me, received: Date): Decoded {
  const person = { ref: personRef(me.id), name: me.username }
  // It may happen to the same channel again.
  const id = `discord:${channel}:${event.kind}:${received.getTime()}`
  return { inbound: { id, received, place: { space: spaceRef(channel) }, person, event } }
}

const epoch = 1_420_070_400_000

/** An id holds the moment at which Discord made it. */
const momentOf = (id: string): Date => new Date(Number(BigInt(id) >> 22n) + epoch)
