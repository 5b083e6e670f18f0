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
import type { Command, Words } from '../../src/platform/adapter.ts'
import { sanitizeLine, shorten } from '../../src/view/sanitize.ts'
import { longest } from './capabilities.ts'

const locales: readonly string[] = Object.values(Locale)

/** Sets the command list for all servers and private chats, if Discord has another one. */
export async function setCommands(rest: REST, app: string, commands: readonly Command[], words: Words): Promise<void> {
  const made = commands.flatMap(command => encodeCommand(command, words))
  const query = new URLSearchParams({ with_localizations: 'true' })
  const present = (await rest.get(Routes.applicationCommands(app), { query })) as APIApplicationCommand[]
  if (told(present) !== told(made)) await rest.put(Routes.applicationCommands(app), { body: made })
}

/** Our commands by the words that stand for them in a message's menu. Discord sends the English ones, whatever was shown. */
export const shortcutsOf = (commands: readonly Command[]): ReadonlyMap<string, string> =>
  new Map(commands.flatMap(({ name, shortcut }) => (shortcut ? [[labelOf(shortcut['en'] ?? name), name] as const] : [])))

/** A command with its one option, whose name is the same in every language; and its place in the menu of a message. */
export function encodeCommand({ name, about, shortcut }: Command, words: Words): readonly object[] {
  const where = {
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  }
  const what = {
    ...{ type: ApplicationCommandOptionType.String, name: 'what', autocomplete: true, required: false },
    description: describe(words('en', 'discord-what')),
    ...inOthers('description_localizations', about, (_, tag) => describe(words(tag, 'discord-what'))),
  }
  const typed = {
    ...{ type: ApplicationCommandType.ChatInput, name, description: describe(about['en'] ?? name), options: [what], ...where },
    ...inOthers('description_localizations', about, describe),
  }
  if (!shortcut) return [typed]
  const label = labelOf(shortcut['en'] ?? name)
  return [typed, { type: ApplicationCommandType.Message, name: label, ...inOthers('name_localizations', shortcut, labelOf), ...where }]
}

/** The languages beside English that Discord has too, under its names. */
function inOthers(key: string, texts: Readonly<Record<string, string>>, say: (text: string, tag: string) => string): object {
  const known = Object.entries(texts).flatMap(([tag, text]) => {
    const locale = localeOf(tag)
    return locale === undefined ? [] : [[locale, say(text, tag)] as const]
  })
  return known.length > 0 ? { [key]: Object.fromEntries(known) } : {}
}

const labelOf = (words: string): string => shorten(sanitizeLine(words), longest.shortcut) || '…'

const describe = (about: string): string => shorten(sanitizeLine(about), longest.about) || '…'

/** Discord's name for a language, `es-ES` for `es`; undefined for English (which is the default) and for one that it does not have. */
function localeOf(tag: string): string | undefined {
  const [language = ''] = tag.split('-')
  if (language === 'en') return undefined
  return locales.find(one => one === tag) ?? locales.find(one => one === language) ?? locales.find(one => one.startsWith(`${language}-`))
}

/** What we say of commands, in one order, so that two lists can be compared. Discord adds more, and leaves out what is not so. */
function told(commands: readonly object[]): string {
  const asked = ['type', 'name', 'description', 'options', 'autocomplete', 'contexts', 'integration_types']
  const tidy = (value: unknown, isTexts = false): unknown => {
    if (Array.isArray(value)) return value.map(one => tidy(one))
    if (typeof value !== 'object' || value === null) return value
    const isAsked = (key: string): boolean => isTexts || asked.includes(key.replace('_localizations', ''))
    const entries = Object.entries(value).filter(([key, inner]) => inner !== null && inner !== '' && isAsked(key))
    const inOrder = entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(inOrder.map(([key, inner]) => [key, tidy(inner, key.endsWith('_localizations'))]))
  }
  const names = commands.map(one => JSON.stringify(tidy(one)))
  return names.sort().join('\n')
}
