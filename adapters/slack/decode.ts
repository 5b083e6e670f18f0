import { z } from 'zod'
import type { Event, FileIn, Inbound, Values } from '../../src/adapter.ts'
import { tame, tameLine } from '../../src/view/tame.ts'
import { commandName } from './manifest.ts'
import { messageRef, personRef, spaceRef } from './refs.ts'

/** The bot in one workspace, as far as reading needs it. `commands`: the names that it answers to. */
export interface Me {
  readonly team: string
  readonly user: string
  readonly commands: ReadonlySet<string>
  /** Fetches a file that somebody sent. */
  fetch(file: { readonly id: string; readonly url?: string | undefined }): Promise<Uint8Array>
}

/** The ways in which what was done can be answered. */
export interface Ways {
  readonly user: string
  /** Somebody waits before a screen: an acknowledgement is due within 3 s. */
  readonly waits: boolean
  /** Good for one dialog, for 3 s. */
  readonly trigger?: string | undefined
  /** Good for five answers, for half an hour. */
  readonly url?: string | undefined
  /** The channel; left out in private. */
  readonly channel?: string | undefined
  /** What was pressed is the home of the app. */
  readonly isHome?: boolean
  /** The dialog that was sent: what can be filled in there, by block id. */
  readonly dialog?: { readonly form: string; readonly fields: readonly string[] }
}

export interface Decoded {
  readonly inbound: Inbound
  readonly ways: Ways
}

/** Tokens of our own buttons begin so; the rest is the house's payload, or the number of a kept form. */
export const own = { private: 'slack_private_', form: 'slack_form_' } as const

const text = z.string()
const maybe = text.optional()
const user = z.object({ id: text, name: maybe })
const channel = z.object({ id: text, name: maybe })

const file = z.object({ id: text, name: maybe, mimetype: maybe, size: z.number().optional(), url_private_download: maybe })

/** Of words only those to the bot alone: what is changed or deleted there, and what bots say, is passed over. */
const happening = z.discriminatedUnion('type', [
  z.object({
    ...{ type: z.literal('message'), channel_type: z.literal('im'), channel: text, user: text, text, ts: text, thread_ts: maybe },
    ...{ subtype: z.literal('file_share').optional(), bot_id: z.undefined().optional(), files: z.array(file).optional() },
  }),
  z.object({ type: z.literal('app_home_opened'), tab: z.literal('home'), user: text }),
  z.object({ type: z.literal('member_joined_channel'), user: text, channel: text, inviter: maybe }),
  z.object({
    type: z.enum(['channel_left', 'group_left', 'channel_deleted', 'group_deleted', 'channel_archive', 'group_archive']),
    channel: text,
  }),
  z.object({ type: z.enum(['channel_unarchive', 'group_unarchive']), channel: text }),
  z.object({ type: z.literal('channel_id_changed'), old_channel_id: text, new_channel_id: text }),
])

const shapes = {
  command: z.object({
    ...{ command: text, text: text.default(''), user_id: text, user_name: maybe, channel_id: text, channel_name: maybe },
    ...{ trigger_id: text, response_url: text },
  }),
  press: z.object({
    ...{ type: z.literal('block_actions'), user, trigger_id: text, response_url: maybe, channel: channel.optional() },
    container: z.object({ type: text, message_ts: maybe, is_ephemeral: z.boolean().optional() }),
    actions: z.array(z.object({ value: maybe, selected_option: z.object({ value: text }).nullish(), action_ts: text })),
  }),
  shortcut: z.object({
    ...{ type: z.literal('message_action'), callback_id: text, user, channel, trigger_id: text, response_url: text, action_ts: text },
    ...{ message_ts: text, message: z.object({ text: text.nullish() }) },
  }),
  submit: z.object({
    ...{ type: z.literal('view_submission'), user, trigger_id: text },
    view: z.object({
      ...{ callback_id: text, private_metadata: text, blocks: z.array(z.looseObject({})) },
      state: z.object({ values: z.record(text, z.record(text, z.looseObject({}))) }),
    }),
  }),
  event: z.object({ type: z.literal('event_callback'), event_id: text, event_time: z.number(), event: happening }),
  from: z.object({ channel: maybe, url: maybe }),
  sent: z.object({ type: z.literal('file_input'), files: z.array(file) }),
}

/** What was done, before it is known whether its channel is a place or private. `by` and `channel`: ids, with the names that came along. */
interface Done {
  readonly id: string
  readonly event: Event
  readonly by: { readonly id: string; readonly name?: string | undefined }
  readonly channel?: { readonly id: string; readonly name?: string | undefined } | undefined
  readonly at?: Date
  readonly ways?: Omit<Ways, 'user' | 'waits' | 'channel'>
}

/** What a delivery means, or undefined for one that is none of our business: it is dropped here, before anything is logged or kept. */
export function decode(body: unknown, me: Me, received: Date): Decoded | undefined {
  const done =
    readCommand(body, me) ?? readPress(body, me) ?? readShortcut(body, me) ?? readSubmit(body, me) ?? readEvent(body, me) ?? undefined
  if (!done) return undefined
  const { id, event, by, at, ways } = done
  // Direct messages are no place. Of a private channel Slack tells no name.
  const there = done.channel?.id.startsWith('D') ? undefined : done.channel
  const title = there?.name === 'privategroup' ? '' : tameLine(there?.name ?? '')
  return {
    inbound: {
      ...{ id: `slack:${me.team}:${id}`, received, event, ...(at && { at }) },
      place: there ? { space: spaceRef(me.team, there.id), ...(title && { title }) } : 'private',
      person: { ref: personRef(me.team, by.id), name: tameLine(by.name ?? '') || by.id },
    },
    ways: { user: by.id, waits: ways?.trigger !== undefined, channel: there?.id, ...ways },
  }
}

function readCommand(body: unknown, { commands }: Me): Done | undefined {
  const { data } = shapes.command.safeParse(body)
  return (
    data && {
      id: data.trigger_id,
      event: { kind: 'command', name: commandName(data.command, commands), args: tame(unmark(data.text)).trim() },
      by: { id: data.user_id, name: data.user_name },
      channel: { id: data.channel_id, name: data.channel_name },
      ways: { trigger: data.trigger_id, url: data.response_url },
    }
  )
}

function readPress(body: unknown, { team }: Me): Done | undefined {
  const { data } = shapes.press.safeParse(body)
  const [action] = data?.actions ?? []
  const token = action?.value ?? action?.selected_option?.value
  // A button that only opens a page has no token.
  if (!data || !action || token === undefined) return undefined
  const { channel: where, container, user: by, trigger_id: trigger, response_url: url } = data
  const common = { id: trigger, at: moment(action.action_ts), by }
  // The way into the private chat is answered there.
  if (token.startsWith(own.private))
    return { ...common, event: { kind: 'started', payload: tame(token.slice(own.private.length)) }, ways: { trigger } }
  const isHome = container.type === 'view'
  const stands = where && container.message_ts !== undefined && !isHome && !container.is_ephemeral
  const message = stands && { message: messageRef(team, where.id, container.message_ts ?? '') }
  return { ...common, channel: where, event: { kind: 'press', token: tame(token), ...message }, ways: { trigger, url, isHome } }
}

function readShortcut(body: unknown, { team, commands }: Me): Done | undefined {
  const { data } = shapes.shortcut.safeParse(body)
  if (!data) return undefined
  const about = { message: messageRef(team, data.channel.id, data.message_ts), text: tame(unmark(data.message.text ?? '')) }
  return {
    ...{ id: data.trigger_id, at: moment(data.action_ts), by: data.user, channel: data.channel },
    event: { kind: 'shortcut', name: commandName(data.callback_id, commands), about },
    ways: { trigger: data.trigger_id, url: data.response_url },
  }
}

function readSubmit(body: unknown, me: Me): Done | undefined {
  const { data } = shapes.submit.safeParse(body)
  if (!data) return undefined
  const { view, user: by, trigger_id: trigger } = data
  const from = shapes.from.safeParse(fromJson(view.private_metadata)).data ?? {}
  const values = Object.entries(view.state.values).map(([name, inner]) => [name, filledIn(Object.values(inner)[0] ?? {})] as const)
  const files = Object.entries(view.state.values).flatMap(([name, inner]): (readonly [string, FileIn])[] => {
    const [sent] = shapes.sent.safeParse(Object.values(inner)[0]).data?.files ?? []
    return sent ? [[name, fileIn(sent, me)]] : []
  })
  const fields = view.blocks.flatMap(block => (block['type'] === 'input' ? [String(block['block_id'])] : []))
  return {
    ...{ id: trigger, by, channel: from.channel === undefined ? undefined : { id: from.channel } },
    event: {
      ...{ kind: 'submit', form: view.callback_id, values: Object.fromEntries(values) },
      ...(files.length > 0 && { files: Object.fromEntries(files) }),
    },
    ways: { trigger, url: from.url, dialog: { form: view.callback_id, fields } },
  }
}

const fileIn = ({ id, name, mimetype, size, url_private_download: url }: z.output<typeof file>, me: Me): FileIn => ({
  ...{ name: tameLine(name ?? ''), mime: mimetype ?? '', bytes: size ?? 0 },
  read: () => me.fetch({ id, url }),
})

/** What was filled in: words, a moment (Slack says it in seconds since 1970), one value, or several. */
function filledIn(filled: Readonly<Record<string, unknown>>): Values[string] {
  const option = z.object({ value: text })
  const { value, selected_date_time: seconds, selected_option: one, selected_options: several } = filled
  if (Array.isArray(several)) return several.flatMap(each => option.safeParse(each).data?.value ?? [])
  if (typeof seconds === 'number') return new Date(seconds * 1000).toISOString()
  return tame(option.safeParse(one).data?.value ?? (typeof value === 'string' ? value : ''))
}

function readEvent(body: unknown, me: Me): Done | undefined {
  const { data } = shapes.event.safeParse(body)
  const found = data && readHappening(data.event, me)
  return found && { id: data.event_id, at: new Date(data.event_time * 1000), ...found }
}

function readHappening(event: z.output<typeof happening>, me: Me): Omit<Done, 'id'> | undefined {
  const { team, user: bot } = me
  switch (event.type) {
    case 'message': {
      const { channel: at, user: by, ts, thread_ts, files } = event
      const sent = files && { files: files.map(one => fileIn(one, me)) }
      const replyTo = thread_ts !== undefined && thread_ts !== ts && { replyTo: messageRef(team, at, thread_ts) }
      const words: Event = { kind: 'text', text: tame(unmark(event.text)), message: messageRef(team, at, ts), ...replyTo, ...sent }
      return by === bot ? undefined : { event: words, by: { id: by } }
    }
    case 'app_home_opened':
      return { event: { kind: 'home' }, by: { id: event.user }, ways: { isHome: true } }
    case 'member_joined_channel':
      return event.user === bot
        ? { event: { kind: 'joined' }, by: { id: event.inviter ?? bot }, channel: { id: event.channel } }
        : undefined
    case 'channel_id_changed':
      return { event: { kind: 'moved', to: spaceRef(team, event.new_channel_id) }, by: { id: bot }, channel: { id: event.old_channel_id } }
    // These are told of channels that the bot is not in, too: whoever did it there is none of our business.
    case 'channel_unarchive':
    case 'group_unarchive':
      return { event: { kind: 'back' }, by: { id: bot }, channel: { id: event.channel } }
    default:
      return { event: { kind: 'left' }, by: { id: bot }, channel: { id: event.channel } }
  }
}

const moment = (ts: string): Date => new Date(Math.floor(Number(ts) * 1000))

/** Words as they were typed: Slack puts addresses and names between < and >, and escapes the three signs itself. */
export const unmark = (words: string): string =>
  words
    .replaceAll(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_, target: string, label: string | undefined) => label ?? target)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

function fromJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
