import { z } from 'zod'

const empty = (value: unknown): unknown => (typeof value === 'string' && value.trim() === '' ? undefined : value)

/** What the environment may say about Discord, by variable name. Without a token the platform is off. */
export const discordSettings = {
  DISCORD_TOKEN: z.preprocess(
    empty,
    z
      .string()
      .trim()
      .regex(/^[\w.-]+$/, 'is not a Discord bot token. Copy it from the page “Bot” of your application, without the word “Bot” before it.')
      .optional(),
  ),
  DISCORD_API_ROOT: z.preprocess(
    empty,
    z
      .url({ protocol: /^https?$/, error: 'is not a web address. Leave it out, unless you run a gateway to Discord of your own.' })
      .transform(url => url.replace(/\/+$/, ''))
      .refine(url => url.endsWith('/api'), 'must end in /api, as https://discord.com/api does.')
      .default('https://discord.com/api'),
  ),
}

export type DiscordSettings = { readonly [Name in keyof typeof discordSettings]: z.output<(typeof discordSettings)[Name]> }
