import { z } from 'zod'
import { apiAddress, type Read, setting } from '../../src/platform/settings.ts'

/** What the environment may say about Discord, by variable name. Without a token the platform is off. */
export const discordSettings = {
  DISCORD_TOKEN: setting(
    z
      .string()
      .trim()
      // Three parts with full stops between them.
      .regex(
        /^[\w-]+\.[\w-]+\.[\w-]+$/,
        'is not a Discord bot token. Copy it from the page “Bot” of your application, without the word “Bot” before it.',
      )
      .optional(),
  ),
  DISCORD_API_ROOT: setting(
    apiAddress('you run a gateway to Discord of your own')
      .refine(url => url.endsWith('/api'), 'must end in /api, as https://discord.com/api does.')
      .default('https://discord.com/api'),
  ),
}

export type DiscordSettings = Read<typeof discordSettings>
