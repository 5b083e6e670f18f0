import { z } from 'zod'

// What is read of what Slack delivers, and no more: Slack adds fields, and leaves out any that is optional here.

const text = z.string()
const maybe = text.optional()
/** Of a person, a channel, a file. */
const id = z.string().regex(/^\w{1,40}$/)
/** Without spaces: what an answer or a repeated delivery is known by. */
const word = z.string().regex(/^[\x21-\x7e]{1,400}$/)
const address = z.url({ protocol: /^https?$/ })
const ts = z.string().regex(/^\d{1,10}\.\d{1,9}$/)
/** In seconds: until the year 2286. */
const moment = z.number().min(0).max(9_999_999_999)

const user = z.object({ id, name: maybe })
const channel = z.object({ id, name: maybe })
export const file = z.object({
  id,
  name: text.nullish(),
  mimetype: text.nullish(),
  size: z.number().optional(),
  url_private_download: maybe,
})

/** By which it is told what was delivered: commands alone have no type. */
export const kind = z.looseObject({ command: maybe, type: maybe })

export const command = z.object({
  ...{ command: text, text: text.default(''), user_id: id, user_name: maybe, channel_id: id, channel_name: maybe },
  ...{ trigger_id: word, response_url: address },
})

export const press = z.object({
  ...{ user, trigger_id: word, response_url: address.optional(), channel: channel.optional() },
  container: z.object({ type: text, message_ts: ts.optional(), is_ephemeral: z.boolean().optional() }),
  actions: z.array(z.object({ value: maybe, selected_option: z.object({ value: text }).nullish(), action_ts: ts })),
})

export const shortcut = z.object({
  ...{ callback_id: text, user, channel, trigger_id: word, response_url: address, action_ts: ts, message_ts: ts },
  message: z.object({ text: text.nullish() }),
})

const option = z.object({ value: text })
/** What was filled in: words, a moment, one value, several, or files. */
const filled = z.object({
  ...{ value: text.nullish(), selected_date_time: moment.nullish(), selected_option: option.nullish() },
  ...{ selected_options: z.array(option).nullish(), type: maybe, files: z.array(file).optional() },
})
export type Filled = z.output<typeof filled>

export const submit = z.object({
  ...{ user, trigger_id: word },
  view: z.object({
    ...{ callback_id: text, private_metadata: text, blocks: z.array(z.looseObject({ type: text, block_id: maybe })) },
    state: z.object({ values: z.record(text, z.record(text, filled)) }),
  }),
})

/** Kept by us in a dialog: where it was opened. */
export const from = z.object({ channel: id.optional(), url: address.optional(), home: z.literal(true).optional() })

export const event = z.object({
  ...{ event_id: word, event_time: moment },
  event: z.looseObject({ type: text, subtype: maybe, channel_type: maybe, tab: maybe, bot_id: maybe }),
})

const gone = ['channel_left', 'group_left', 'channel_deleted', 'group_deleted', 'channel_archive', 'group_archive'] as const
const back = ['channel_unarchive', 'group_unarchive'] as const

export const happening = z.discriminatedUnion('type', [
  z.object({
    ...{ type: z.literal('message'), channel: id, user: id, text, ts, thread_ts: ts.optional() },
    files: z.array(file).optional(),
  }),
  z.object({ type: z.literal('app_home_opened'), user: id }),
  z.object({ type: z.literal('member_joined_channel'), user: id, channel: id, inviter: id.optional() }),
  z.object({ type: z.enum(gone), channel: id }),
  z.object({ type: z.enum(back), channel: id }),
  z.object({ type: z.literal('channel_id_changed'), old_channel_id: id, new_channel_id: id }),
])
export type Happening = z.output<typeof happening>

/** The kinds of what happens that are read at all. */
export const happenings: ReadonlySet<string> = new Set([
  ...['message', 'app_home_opened', 'member_joined_channel', 'channel_id_changed'],
  ...[...gone, ...back],
])
