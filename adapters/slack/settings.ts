import { z } from 'zod'
import { apiAddress, type Read, setting } from '../../src/platform/settings.ts'

/** One token, or several with commas between them, in the order of the workspaces. */
const tokens = () =>
  setting(
    z
      .string()
      .transform(line => line.split(',').map(one => one.trim()))
      .refine(all => new Set(all).size === all.length, 'names the same token twice.')
      .optional(),
  )

/** What the environment may say about Slack, by variable name. Without tokens the platform is off. */
export const slackSettings = {
  SLACK_BOT_TOKEN: tokens().refine(
    (all = []) => all.every(one => /^xoxb-[\w-]+$/.test(one)),
    'is not a Slack bot token. It begins with "xoxb-" and stands on the app’s page under "OAuth & Permissions". Of several workspaces: one each, with commas between them.',
  ),
  SLACK_APP_TOKEN: tokens().refine(
    (all = []) => all.every(one => /^xapp-[\w-]+$/.test(one)),
    'is not a Slack app token. It begins with "xapp-" and stands on the app’s page under "Basic Information". Of several workspaces: one each, in the same order as SLACK_BOT_TOKEN.',
  ),
  SLACK_API_ROOT: setting(
    apiAddress('Slack is reached through a gateway of your own')
      .transform(url => `${url}/`)
      .refine(url => url.endsWith('/api/'), 'must end in "/api/".')
      .default('https://slack.com/api/'),
  ),
}

export type SlackSettings = Read<typeof slackSettings>
