import { z } from 'zod'
import { apiAddress, type Read, setting } from '../../src/platform/settings.ts'

/** What the environment may say about Telegram, by variable name. Without a token the platform is off. */
export const telegramSettings = {
  TELEGRAM_TOKEN: setting(
    z
      .string()
      .trim()
      .regex(
        /^\d+:[\w-]+$/,
        'is not a Telegram token. Copy the whole line that @BotFather gave you: digits, a colon, then letters and digits.',
      )
      .optional(),
  ),
  TELEGRAM_API_ROOT: setting(apiAddress('you run a Telegram Bot API server of your own').default('https://api.telegram.org')),
}

export type TelegramSettings = Read<typeof telegramSettings>
