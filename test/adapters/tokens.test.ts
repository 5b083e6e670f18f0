import { expect, test } from 'vitest'
import { discordSettings } from '../../adapters/discord/settings.ts'
import { slackSettings } from '../../adapters/slack/settings.ts'
import { telegramSettings } from '../../adapters/telegram/settings.ts'
import { readSettings } from '../../src/base/settings.ts'

/** Tokens are looked at for their shape, before any platform is asked: the commonest slip is half a line. */

const brought = { ...telegramSettings, ...discordSettings, ...slackSettings }

const DISCORD = 'MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs'

test.each([
  ['DISCORD_TOKEN', DISCORD.slice(0, 24), 'is not a Discord bot token'],
  ['DISCORD_TOKEN', DISCORD.slice(0, 31), 'is not a Discord bot token'],
  ['DISCORD_TOKEN', `Bot ${DISCORD}`, 'is not a Discord bot token'],
  ['DISCORD_TOKEN', `${DISCORD}.more`, 'is not a Discord bot token'],
  ['TELEGRAM_TOKEN', '110201543', 'is not a Telegram token'],
  ['SLACK_BOT_TOKEN', 'xapp-1-A0-1', 'is not a Slack bot token'],
  ['SLACK_APP_TOKEN', 'xoxb-1-A0-1', 'is not a Slack app token'],
])('%s=%s is refused at the start', (name, value, says) => {
  expect(() => readSettings({ [name]: value }, brought)).toThrow(says)
})

test('as they come from the platforms they are taken', () => {
  const set = {
    DISCORD_TOKEN: ` ${DISCORD} `,
    TELEGRAM_TOKEN: '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw',
    SLACK_BOT_TOKEN: 'xoxb-1-a',
    SLACK_APP_TOKEN: 'xapp-1-A0-1',
  }
  expect(readSettings(set, brought)).toMatchObject({ DISCORD_TOKEN: DISCORD, SLACK_BOT_TOKEN: ['xoxb-1-a'] })
})
