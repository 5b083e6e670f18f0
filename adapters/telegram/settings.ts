import { z } from 'zod'

const empty = (value: unknown): unknown => (typeof value === 'string' && value.trim() === '' ? undefined : value)

/** What the environment may say about Telegram, by variable name. Without a token the platform is off. */
export const telegramSettings = {
  TELEGRAM_TOKEN: z.preprocess(
    empty,
    z
      .string()
      .trim()
      .regex(
        /^\d+:[\w-]+$/,
        'is not a Telegram token. Copy the whole line that @BotFather gave you: digits, a colon, then letters and digits.',
      )
      .optional(),
  ),
  TELEGRAM_API_ROOT: z.preprocess(
    empty,
    z
      .url({ protocol: /^https?$/, error: 'is not a web address. Leave it out, unless you run a Telegram Bot API server of your own.' })
      // grammY refuses a slash at the end.
      .transform(url => url.replace(/\/+$/, ''))
      .default('https://api.telegram.org'),
  ),
}

export type TelegramSettings = { readonly [Name in keyof typeof telegramSettings]: z.output<(typeof telegramSettings)[Name]> }
