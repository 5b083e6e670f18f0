import type { z } from 'zod'
import type { Event, FileIn, Inbound, Values } from '../../src/platform/adapter.ts'
import { mustBe } from '../../src/platform/frames.ts'
import { fromJson } from '../../src/platform/json.ts'
import { sanitize, sanitizeLine } from '../../src/view/sanitize.ts'
import { commandName } from './manifest.ts'
import { messageRef, personRef, spaceRef } from './refs.ts'
import * as shapes from './shapes.ts'

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

/** Tokens of our own buttons begin so; the rest is the bot's payload, or the number of a kept form. */
export const own = { private: 'slack_private_', form: 'slack_form_' } as const

/** What was done, before it is known whether its channel is a place or private. `by` and `channel`: ids, with the names that came along. */
interface Done {
  readonly id: string
  readonly event: Event
  readonly by: { readonly id: string; readonly name?: string | undefined }
  readonly channel?: { readonly id: string; readonly name?: string | undefined } | undefined
  readonly at?: Date
  readonly ways?: Omit<Ways, 'user' | 'waits' | 'channel'>
}

/**
 * What a delivery means, or undefined for one that is none of our business: it is dropped here, before anything is logged or kept.
 * @throws Error for one that is not as Slack describes it
 */
export function decode(body: unknown, me: Me, received: Date): Decoded | undefined {
  const done = read(body, me)
  if (!done) return undefined
  const { id, event, by, at, ways } = done
  // Direct messages are no place. Of a private channel the delivery tells no name (`channels.ts`).
  const there = done.channel?.id.startsWith('D') ? undefined : done.channel
  const title = there?.name === 'privategroup' ? '' : sanitizeLine(there?.name ?? '')
  return {
    inbound: {
      ...{ id: `slack:${me.team}:${id}`, received, event, ...(at && { at }) },
      place: there ? { space: spaceRef(me.team, there.id), ...(title && { title }) } : 'private',
      person: { ref: personRef(me.team, by.id), name: sanitizeLine(by.name ?? '') || by.id },
      ...(ways?.isHome && event.kind !== 'home' && { isHome: true }),
    },
    ways: { user: by.id, waits: ways?.trigger !== undefined, channel: there?.id, ...ways },
  }
}

function read(body: unknown, me: Me): Done | undefined {
  const { command, type } = mustBe(shapes.kind, body)
  if (command !== undefined) return readCommand(body, me)
  switch (type) {
    case 'block_actions':
      return readPress(body, me)
    case 'message_action':
      return readShortcut(body, me)
    case 'view_submission':
      return readSubmit(body, me)
    case 'event_callback':
      return readEvent(body, me)
    default:
      return undefined
  }
}

function readCommand(body: unknown, { commands }: Me): Done {
  const data = mustBe(shapes.command, body)
  return {
    id: data.trigger_id,
    event: { kind: 'command', name: commandName(data.command, commands), args: sanitize(unmark(data.text)).trim() },
    by: { id: data.user_id, name: data.user_name },
    channel: { id: data.channel_id, name: data.channel_name },
    ways: { trigger: data.trigger_id, url: data.response_url },
  }
}

function readPress(body: unknown, { team }: Me): Done | undefined {
  const { actions, channel: where, container, user: by, trigger_id: trigger, response_url: url } = mustBe(shapes.press, body)
  const [action] = actions
  const token = action?.value ?? action?.selected_option?.value
  // A button that only opens a page has no token.
  if (!action || token === undefined) return undefined
  const common = { id: trigger, at: moment(action.action_ts), by }
  // The way into the private chat is answered there.
  if (token.startsWith(own.private))
    return { ...common, event: { kind: 'started', payload: sanitize(token.slice(own.private.length)) }, ways: { trigger } }
  const isHome = container.type === 'view'
  const stands = where && container.message_ts !== undefined && !isHome && !container.is_ephemeral
  const message = stands && { message: messageRef(team, where.id, container.message_ts ?? '') }
  return { ...common, channel: where, event: { kind: 'press', token: sanitize(token), ...message }, ways: { trigger, url, isHome } }
}

function readShortcut(body: unknown, { team, commands }: Me): Done {
  const data = mustBe(shapes.shortcut, body)
  const about = { message: messageRef(team, data.channel.id, data.message_ts), text: sanitize(unmark(data.message.text ?? '')) }
  return {
    ...{ id: data.trigger_id, at: moment(data.action_ts), by: data.user, channel: data.channel },
    event: { kind: 'shortcut', name: commandName(data.callback_id, commands), about },
    ways: { trigger: data.trigger_id, url: data.response_url },
  }
}

function readSubmit(body: unknown, me: Me): Done {
  const { view, user: by, trigger_id: trigger } = mustBe(shapes.submit, body)
  const from = shapes.from.safeParse(fromJson(view.private_metadata)).data ?? {}
  const values = Object.entries(view.state.values).map(([name, inner]) => [name, filledIn(Object.values(inner)[0])] as const)
  const files = Object.entries(view.state.values).flatMap(([name, inner]): (readonly [string, FileIn])[] => {
    const [filled] = Object.values(inner)
    const [sent] = (filled?.type === 'file_input' && filled.files) || []
    return sent ? [[name, fileIn(sent, me)]] : []
  })
  const fields = view.blocks.flatMap(block => (block.type === 'input' ? [String(block.block_id)] : []))
  return {
    ...{ id: trigger, by, channel: from.channel === undefined ? undefined : { id: from.channel } },
    event: {
      ...{ kind: 'submit', form: sanitize(view.callback_id), values: Object.fromEntries(values) },
      ...(files.length > 0 && { files: Object.fromEntries(files) }),
    },
    ways: { trigger, url: from.url, ...(from.home && { isHome: true }), dialog: { form: view.callback_id, fields } },
  }
}

const fileIn = ({ id, name, mimetype, size, url_private_download: url }: z.output<typeof shapes.file>, me: Me): FileIn => ({
  ...{ name: sanitizeLine(name ?? ''), mime: mimetype ?? '', bytes: size ?? 0 },
  read: () => me.fetch({ id, url }),
})

/** What was filled in: words, a moment (Slack says it in seconds since 1970), one value, or several. */
function filledIn({
  value,
  selected_date_time: seconds,
  selected_option: one,
  selected_options: several,
}: shapes.Filled = {}): Values[string] {
  if (several) return several.map(each => sanitize(each.value))
  if (typeof seconds === 'number') return new Date(seconds * 1000).toISOString()
  return sanitize(one?.value ?? value ?? '')
}

function readEvent(body: unknown, me: Me): Done | undefined {
  const { event_id: id, event_time: seconds, event } = mustBe(shapes.event, body)
  if (!isRead(event)) return undefined
  const found = readHappening(mustBe(shapes.happening, event), me)
  return found && { id, at: new Date(seconds * 1000), ...found }
}

/** Of words only those to the bot alone: what is changed or deleted there, and what bots say, is passed over. */
function isRead({ type, channel_type, subtype, bot_id, tab }: z.output<typeof shapes.event>['event']): boolean {
  if (type === 'message') return channel_type === 'im' && (subtype === undefined || subtype === 'file_share') && bot_id === undefined
  return type === 'app_home_opened' ? tab === 'home' : shapes.happenings.has(type)
}

function readHappening(event: shapes.Happening, me: Me): Omit<Done, 'id'> | undefined {
  const { team, user: bot } = me
  switch (event.type) {
    case 'message': {
      const { channel: at, user: by, ts, thread_ts, files } = event
      const sent = files && { files: files.map(one => fileIn(one, me)) }
      const replyTo = thread_ts !== undefined && thread_ts !== ts && { replyTo: messageRef(team, at, thread_ts) }
      const words: Event = { kind: 'text', text: sanitize(unmark(event.text)), message: messageRef(team, at, ts), ...replyTo, ...sent }
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
    default: {
      const how = event.type.endsWith('_deleted') ? 'deleted' : event.type.endsWith('_archive') ? 'archived' : 'removed'
      return { event: { kind: 'left', how }, by: { id: bot }, channel: { id: event.channel } }
    }
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
