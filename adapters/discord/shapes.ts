import { ComponentType } from 'discord.js'
import { z } from 'zod'

// What is read of what the gateway tells, and no more: Discord adds fields. Where it leaves one out, `null` is taken for the same.

const text = z.string()
const id = z.string().regex(/^\d{1,20}$/)
const user = z.object({ id, username: text, global_name: text.nullish(), bot: z.boolean().nullish() })
const flagged = { flags: z.int().nullish() }
const attachment = z.object({ filename: text, content_type: text.nullish(), size: z.number(), url: z.url({ protocol: /^https?$/ }) })

const options = z.array(z.object({ type: z.int(), name: text, value: z.unknown().optional() })).nullish()

export const interaction = z.object({
  // Without spaces or signs of an address: it becomes part of one.
  ...{
    id,
    application_id: id,
    type: z.int(),
    token: z.string().regex(/^[\w.~-]{1,1000}$/),
    guild_id: id.nullish(),
    locale: text.nullish(),
  },
  ...{
    user: user.nullish(),
    member: z
      .object({
        user,
        nick: text.nullish(),
        permissions: z
          .string()
          .regex(/^\d{1,30}$/)
          .nullish(),
      })
      .nullish(),
  },
  channel: z.object({ id, name: text.nullish() }).nullish(),
})

export const command = z.object({ type: z.int(), name: text, options })
export const suggest = z.object({ name: text, options })
export const shortcut = z.object({
  target_id: id,
  resolved: z.object({ messages: z.record(text, z.object({ id, channel_id: id, content: text })) }),
})

export const press = z.object({
  data: z.object({ component_type: z.int(), custom_id: text }),
  message: z.object({ ...flagged, id, channel_id: id }),
})

/** What our forms ask with. */
const field = z.discriminatedUnion('type', [
  z.object({ type: z.literal(ComponentType.TextInput), custom_id: text, value: text }),
  z.object({ type: z.literal(ComponentType.StringSelect), custom_id: text, values: z.array(text) }),
  z.object({ type: z.literal(ComponentType.FileUpload), custom_id: text, values: z.array(text).nullish() }),
])
export const form = z.object({
  data: z.object({
    custom_id: text,
    components: z.array(
      z.union([
        z.object({ type: z.literal(ComponentType.Label), component: field }),
        // What stands beside the fields, and forms of older shapes: nothing of ours is in it.
        z.object({ type: z.int().refine(type => type !== ComponentType.Label) }),
      ]),
    ),
    resolved: z.object({ attachments: z.record(text, attachment).nullish() }).nullish(),
  }),
  message: z.object(flagged).nullish(),
})

export const words = z.object({
  ...{ id, channel_id: id, guild_id: id.nullish(), author: user, type: z.int(), content: text },
  attachments: z.array(attachment).nullish(),
  sticker_items: z.array(z.unknown()).nullish(),
  referenced_message: z.object({ id, author: z.object({ id }) }).nullish(),
})

const place = z.object({ id })
export const ready = z.object({ user: z.object({ id, username: text }), application: place, guilds: z.array(place) })
export const guild = z.object({ channels: z.array(place), threads: z.array(place) })
export const guildGone = z.object({ id, unavailable: z.boolean().nullish() })
export const channelGone = place
