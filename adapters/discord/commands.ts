import {
  type APIApplicationCommand,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  type REST,
  Routes,
} from 'discord.js'
import type { Command, Words } from '../../src/adapter.ts'
import { shorten, tameLine } from '../../src/view/tame.ts'
import { longest } from './capabilities.ts'

const locales: readonly string[] = Object.values(Locale)

/** Sets the command list for all servers and private chats, if Discord has another one. */
export async function setCommands(rest: REST, app: string, commands: readonly Command[], words: Words): Promise<void> {
  const made = commands.map(command => encodeCommand(command, words))
  const present = (await rest.get(Routes.applicationCommands(app), {
    query: new URLSearchParams({ with_localizations: 'true' }),
  })) as APIApplicationCommand[]
  if (told(present) !== told(made)) await rest.put(Routes.applicationCommands(app), { body: made })
}

/** A command with its one option. Names are the same in every language; what they are about is told in all that we and Discord have. */
export function encodeCommand({ name, about }: Command, words: Words) {
  const what = (locale: string): string => describe(words(locale, 'discord-what'))
  const others = Object.keys(about).flatMap(tag => {
    const known = localeOf(tag)
    return known === undefined ? [] : [[known, tag] as const]
  })
  const inAll = (say: (tag: string) => string) =>
    others.length > 0 ? { description_localizations: Object.fromEntries(others.map(([locale, tag]) => [locale, say(tag)])) } : {}
  return {
    type: ApplicationCommandType.ChatInput as const,
    name,
    description: describe(about['en'] ?? name),
    ...inAll(tag => describe(about[tag] ?? name)),
    options: [
      {
        type: ApplicationCommandOptionType.String as const,
        name: 'what',
        description: what('en'),
        ...inAll(what),
        autocomplete: true,
        required: false,
      },
    ],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  }
}

const describe = (about: string): string => shorten(tameLine(about), longest.about) || '…'

/** Discord's name for a language, `es-ES` for `es`; undefined for English (which is the default) and for one that it does not have. */
function localeOf(tag: string): string | undefined {
  const [language = ''] = tag.split('-')
  if (language === 'en') return undefined
  return locales.find(one => one === tag) ?? locales.find(one => one === language) ?? locales.find(one => one.startsWith(`${language}-`))
}

/** What we say of commands, in one order, so that two lists can be compared. Discord adds more, and leaves out what is not so. */
function told(commands: readonly object[]): string {
  const asked = ['type', 'name', 'description', 'description_localizations', 'options', 'autocomplete', 'contexts', 'integration_types']
  const tidy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(tidy)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).filter(([key, inner]) => inner !== null && (asked.includes(key) || locales.includes(key)))
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, tidy(inner)]))
  }
  const names = commands.map(one => JSON.stringify(tidy(one)))
  return names.sort().join('\n')
}
