import type { Command } from '../../src/platform/adapter.ts'
import type { Listed } from '../../src/platform/listed.ts'
import { sanitizeLine, shorten } from '../../src/view/sanitize.ts'

const NAME = 'Folkmoot'

/** The least that the adapter needs. Nothing of it lets the bot read what people write among themselves. */
const scopes = 'commands chat:write channels:read groups:read im:read im:write im:history users:read pins:write files:write files:read'

/** Direct messages, the home, its own coming and going, the end of channels, and a token's end. */
const events = [
  ...['message.im', 'app_home_opened', 'member_joined_channel', 'channel_left', 'group_left', 'channel_id_changed'],
  ...['channel_deleted', 'group_deleted', 'channel_archive', 'group_archive', 'channel_unarchive', 'group_unarchive'],
  ...['app_uninstalled', 'tokens_revoked'],
]

/**
 * The app's manifest, as Slack's "Create an app from a manifest" takes it (JSON).
 * @param prefix stands before each command with a hyphen, where another app owns the same words: `fm` makes `/fm-poll`
 */
export function manifest(commands: readonly Listed[], { prefix = '' }: { readonly prefix?: string } = {}) {
  const named = commands.map(command => ({ ...command, full: prefix === '' ? command.name : `${prefix}-${command.name}` }))
  return {
    display_information: { name: NAME },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: NAME, always_online: true },
      slash_commands: named.map(({ full, about, takes = [] }) => ({
        ...{ command: `/${full}`, description: line(about, 100), should_escape: false },
        ...(takes.length > 0 && { usage_hint: hint(takes) }),
      })),
      shortcuts: named.flatMap(({ name, about, shortcut, shortcutAbout }) =>
        shortcut
          ? [
              {
                name: line(shortcut, 24),
                type: 'message',
                callback_id: name,
                description: line(shortcutAbout === undefined ? about : { en: shortcutAbout }, 150),
              },
            ]
          : [],
      ),
    },
    oauth_config: { scopes: { bot: scopes.split(' ') } },
    settings: {
      event_subscriptions: { bot_events: events },
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    },
  }
}

/** A manifest has one language. */
const line = (words: Command['about'], most: number): string => shorten(sanitizeLine(words['en'] ?? ''), most)

/** The most characters beside a command while it is typed: what is longer runs out of the box. */
const HINT = 150

/** "[What matters most? | Buses | Parks] [list] [show]": as many as there is room for. */
function hint(takes: readonly string[]): string {
  let text = ''
  for (const one of takes.map(each => `[${sanitizeLine(each)}]`)) {
    const longer = text === '' ? one : `${text} ${one}`
    if (longer.length > HINT) break
    text = longer
  }
  return text
}

/** The command's own name, without the slash and the prefix; as it is where none of ours ends it. */
export function commandName(typed: string, names: ReadonlySet<string>): string {
  const word = typed.replace(/^\//, '').toLowerCase()
  return names.has(word) ? word : ([...names].find(name => word.endsWith(`-${name}`)) ?? word)
}
