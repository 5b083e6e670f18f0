import { z } from 'zod'

// What is read of an update, and no more: Telegram adds fields, and may leave out any that is optional.

const text = z.string()
const maybe = text.optional()
/** Safe whole numbers: none of Telegram's ids is longer. */
const id = z.int()
/** In seconds; what a Date can hold. */
const moment = z.int().min(0).max(8_640_000_000_000)

const user = z.object({
  ...{ id, is_bot: z.boolean().optional(), first_name: text },
  ...{ last_name: maybe, username: maybe, language_code: maybe },
})

/** A group may come without its name. */
const chat = z.object({
  ...{ id, type: z.enum(['private', 'group', 'supergroup', 'channel']), title: text.nullish() },
  is_direct_messages: z.boolean().optional(),
})

const topic = { is_topic_message: z.boolean().optional(), message_thread_id: id.optional() }

const opening = { forum_topic_created: z.object({ name: text }).optional() }

const member = z.object({ status: text, is_member: z.boolean().optional() })

const sized = { file_id: text, file_size: z.number().optional() }

export const press = z.object({
  ...{ id: text, from: user, data: maybe },
  message: z
    .object({
      ...topic,
      chat,
      message_id: id,
      date: moment,
      ephemeral_message_id: id.optional(),
      reply_to_message: z.object(opening).optional(),
    })
    .optional(),
})

export const membership = z.object({ chat, from: user, date: moment, old_chat_member: member, new_chat_member: member })

export const message = z.object({
  ...{ ...topic, message_id: id, date: moment, chat, from: user.optional() },
  ...{
    text: maybe,
    caption: maybe,
    ephemeral_message_id: id.optional(),
    migrate_to_chat_id: id.optional(),
    new_chat_title: maybe,
    ...opening,
    forum_topic_edited: z.object({ name: maybe }).optional(),
    is_automatic_forward: z.boolean().optional(),
  },
  photo: z.array(z.object(sized)).optional(),
  document: z.object({ ...sized, file_name: maybe, mime_type: maybe }).optional(),
  reply_to_message: z
    .object({
      ...{ ...opening, chat, message_id: id, from: user.optional(), text: maybe, caption: maybe },
      reply_markup: z.object({ inline_keyboard: z.array(z.array(z.object({ callback_data: maybe }))).optional() }).optional(),
    })
    .optional(),
})

/** Telegram's own numbers are of 32 bits; a greater one would make all that comes later look old. */
export const numbered = z.object({ update_id: z.int().min(0).max(2_147_483_647) })
export const pressed = z.object({ callback_query: z.object({ id: text }) })
