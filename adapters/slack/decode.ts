import { z } from 'zod'
import type { Event, Inbound, MessageRef, Place, Values } from '../../src/adapter.ts'
import { tame, tameLine } from '../../src/view/tame.ts'
import { commandName } from './manifest.ts'
import { messageRef, personRef, spaceRef } from './refs.ts'

/** The bot in one workspace, as far as reading needs it. `commands`: the names that it answers to. */
export interface Me {
  readonly team: string
  readonly user: string
  readonly commands: ReadonlySet<string>
}

/** The ways in which what was done can be answered. */
export interface Ways {
  readonly user: string
  /** Somebody waits before a screen: an acknowledgement is due within 3 s. */
  readonly waits: boolean
  /** Good for one dialog, for 3 s. */
  readonly trigger?: string
  /** Good for five answers, for half an hour. */
  readonly url?: string
  /** The channel; left out in private. */
  readonly channel?: string
  /** What was pressed is seen by this person alone, or is the home of the app. */
  readonly on?: 'whisper' | 'home'
  /** The dialog that was sent: what can be filled in there, by block id. */
  readonly dialog?: { readonly form: string; readonly fields: readonly string[] }
}

export interface Decoded {
  readonly inbound: Inbound
  readonly ways: Ways
}

/** Tokens of our own buttons begin so; the rest is the house's payload, or the number of a kept form. */
export const own = { private: 'slack_private_', form: 'slack_form_' } as const

const team = z.object({ id: z.string() })
const user = z.object({ id: z.string(), name: z.string().optional(), username: z.string().optional() })
const shapes = {
  command: z.object({
    ...{ command: z.string(), text: z.string().default(''), user_id: z.string(), user_name: z.string().default('') },
    ...{ channel_id: z.string(), channel_name: z.string().default(''), trigger_id: z.string(), response_url: z.string() },
  }),
  press: z.object({
    ...{ type: z.literal('block_actions'), team: team.nullable(), user, trigger_id: z.string(), response_url: z.string().optional() },
    channel: z.object({ id: z.string(), name: z.string().default('') }).optional(),
    container: z.object({ type: z.string(), message_ts: z.string().optional(), is_ephemeral: z.boolean().optional() }),
    actions: z.array(
      z.object({ value: z.string().optional(), selected_option: z.object({ value: z.string() }).nullish(), action_ts: z.string() }),
    ),
  }),
  submit: z.object({
    ...{ type: z.literal('view_submission'), team: team.nullable(), user, trigger_id: z.string() },
    view: z.object({
      ...{ callback_id: z.string(), private_metadata: z.string(), blocks: z.array(z.looseObject({})) },
      state: z.object({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }),
    }),
  }),
  event: z.object({
    ...{ type: z.literal('event_callback'), event_id: z.string(), event_time: z.number() },
    event: z.looseObject({ type: z.string() }),
  }),
  from: z.object({ channel: z.string().optional(), url: z.string().optional() }),
}

/** What a delivery means, or undefined for one that is none of our business: it is dropped here, before anything is logged or kept. */
export function decode(body: unknown, me: Me, received: Date): Decoded | undefined {
  const read = readCommand(body, me) ?? readPress(body, me) ?? readSubmit(body, me) ?? readEvent(body, me)
  if (!read) return undefined
  const { id, ways, ...rest } = read
  return { inbound: { id: `slack:${me.team}:${id}`, received, ...rest }, ways }
}

type Read = Omit<Inbound, 'received'> & { readonly ways: Ways }

function readCommand(body: unknown, me: Me): Read | undefined {
  const { data } = shapes.command.safeParse(body)
  if (!data) return undefined
  const { trigger_id: trigger, response_url: url, channel_id, user_id } = data
  const event: Event = { kind: 'command', name: commandName(data.command, me.commands), args: tame(unmark(data.text)).trim() }
  return {
    ...{ id: trigger, event, place: placeOf(me, channel_id, data.channel_name), person: personOf(me, user_id, data.user_name) },
    ways: { user: user_id, waits: true, trigger, url, ...whereOf(channel_id) },
  }
}

function readPress(body: unknown, me: Me): Read | undefined {
  const { data } = shapes.press.safeParse(body)
  const [action] = data?.actions ?? []
  const token = action?.value ?? action?.selected_option?.value
  // A button that only opens a page has no token.
  if (!data || !action || token === undefined) return undefined
  const { channel, container, trigger_id: trigger, response_url: url } = data
  const on = container.type === 'view' ? ('home' as const) : container.is_ephemeral ? ('whisper' as const) : undefined
  const message = channel && container.message_ts !== undefined && !on && messageRef(me.team, channel.id, container.message_ts)
  const isWay = token.startsWith(own.private)
  const event: Event = isWay
    ? { kind: 'started', payload: tame(token.slice(own.private.length)) }
    : { kind: 'press', token: tame(token), ...(message && { message }) }
  return {
    ...{ id: trigger, event, at: moment(action.action_ts), person: personOf(me, data.user.id, data.user.name ?? data.user.username ?? '') },
    place: channel && !isWay ? placeOf(me, channel.id, channel.name) : 'private',
    ways: {
      ...{ user: data.user.id, waits: true, trigger },
      ...(url !== undefined && !isWay && { url }),
      ...(on && { on }),
      ...(channel && !isWay && whereOf(channel.id)),
    },
  }
}

function readSubmit(body: unknown, me: Me): Read | undefined {
  const { data } = shapes.submit.safeParse(body)
  if (!data) return undefined
  const { view, trigger_id: trigger } = data
  const { channel, url } = shapes.from.safeParse(fromJson(view.private_metadata)).data ?? {}
  const values: Record<string, string | readonly string[]> = {}
  for (const [name, inner] of Object.entries(view.state.values)) values[name] = filledIn(Object.values(inner)[0] ?? {})
  const fields = view.blocks.flatMap(block => (block['type'] === 'input' ? [String(block['block_id'])] : []))
  return {
    ...{ id: trigger, place: channel === undefined ? 'private' : placeOf(me, channel) },
    ...{ person: personOf(me, data.user.id, data.user.name ?? ''), event: { kind: 'submit', form: view.callback_id, values } },
    ways: {
      ...{ user: data.user.id, waits: true, trigger, dialog: { form: view.callback_id, fields } },
      ...(url !== undefined && { url }),
      ...(channel !== undefined && whereOf(channel)),
    },
  }
}

/** What was filled in: words, one value, or several. */
function filledIn(filled: Readonly<Record<string, unknown>>): Values[string] {
  const option = z.object({ value: z.string() })
  const { value, selected_option: one, selected_options: several } = filled
  if (Array.isArray(several)) return several.flatMap(each => option.safeParse(each).data?.value ?? [])
  return tame(option.safeParse(one).data?.value ?? (typeof value === 'string' ? value : ''))
}

function readEvent(body: unknown, me: Me): Read | undefined {
  const { data } = shapes.event.safeParse(body)
  if (!data) return undefined
  const { event } = data
  const found = readMessage(event, me) ?? readHome(event) ?? readMembership(event, me)
  if (!found) return undefined
  const { kind, by, channel } = found
  return {
    ...{ id: data.event_id, at: new Date(data.event_time * 1000), event: kind, person: personOf(me, by, '') },
    place: channel === undefined ? 'private' : placeOf(me, channel),
    ways: { user: by, waits: false, ...(channel !== undefined && whereOf(channel)), ...(kind.kind === 'home' && { on: 'home' }) },
  }
}

type Happened = { readonly kind: Event; readonly by: string; readonly channel?: string }
type Raw = Readonly<Record<string, unknown>>

/** Words to the bot alone. What is changed or deleted there, and what bots say, is passed over. */
function readMessage(event: Raw, { team: id, user: bot }: Me): Happened | undefined {
  const { type, subtype, channel_type, channel, user: by, text, ts, bot_id, thread_ts } = event
  if (type !== 'message' || channel_type !== 'im' || (subtype !== undefined && subtype !== 'file_share') || bot_id !== undefined)
    return undefined
  if (typeof by !== 'string' || by === bot || typeof channel !== 'string' || typeof text !== 'string' || typeof ts !== 'string')
    return undefined
  const replyTo: MessageRef | undefined = typeof thread_ts === 'string' && thread_ts !== ts ? messageRef(id, channel, thread_ts) : undefined
  const words = tame(unmark(text))
  return { kind: { kind: 'text', text: words, message: messageRef(id, channel, ts), ...(replyTo && { replyTo }) }, by }
}

function readHome({ type, tab, user: by }: Raw): Happened | undefined {
  return type === 'app_home_opened' && tab === 'home' && typeof by === 'string' ? { kind: { kind: 'home' }, by } : undefined
}

function readMembership(event: Raw, { team: id, user: bot }: Me): Happened | undefined {
  const { type, user: who, channel, inviter, actor_id, old_channel_id: before, new_channel_id: now } = event
  if (type === 'channel_id_changed' && typeof before === 'string' && typeof now === 'string')
    return { kind: { kind: 'moved', to: spaceRef(id, now) }, by: bot, channel: before }
  if (typeof channel !== 'string') return undefined
  if (type === 'member_joined_channel' && who === bot)
    return { kind: { kind: 'joined' }, by: typeof inviter === 'string' ? inviter : bot, channel }
  const isOut = type === 'channel_left' || type === 'group_left'
  return isOut ? { kind: { kind: 'left' }, by: typeof actor_id === 'string' ? actor_id : bot, channel } : undefined
}

const isDirect = (channel: string): boolean => channel.startsWith('D')

const whereOf = (channel: string): { readonly channel?: string } => (isDirect(channel) ? {} : { channel })

/** Of a private channel Slack tells no name. */
function placeOf(me: Me, channel: string, name = ''): Place {
  if (isDirect(channel)) return 'private'
  return { space: spaceRef(me.team, channel), ...(name !== '' && name !== 'privategroup' && { title: tameLine(name) }) }
}

const personOf = (me: Me, id: string, name: string): Inbound['person'] => ({ ref: personRef(me.team, id), name: tameLine(name) || id })

const moment = (ts: string): Date => new Date(Math.floor(Number(ts) * 1000))

/** Words as they were typed: Slack puts addresses and names between < and >, and escapes the three signs itself. */
export const unmark = (text: string): string =>
  text
    .replaceAll(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_, target: string, label: string | undefined) => label ?? target)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
