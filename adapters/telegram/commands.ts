import type { RawApi } from 'grammy'
import type { BotCommand, BotCommandScope, LanguageCode } from 'grammy/types'
import type { Command } from '../../src/platform/adapter.ts'
import { sanitizeLine, shorten } from '../../src/view/sanitize.ts'
import { callMs, limited } from './api.ts'

const scopes: readonly BotCommandScope[] = [{ type: 'default' }, { type: 'all_private_chats' }, { type: 'all_group_chats' }]
const longestAbout = 256

/**
 * Sets the command lists that differ from what Telegram has, by scope and language. English is the list for all languages without one. In groups nobody sees
 * a command but who sends it and the bot: whether the server knows of that.
 */
export async function setCommands(calls: RawApi, commands: readonly Command[]): Promise<boolean> {
  const tags = [...new Set(commands.flatMap(({ about }) => Object.keys(about)))]
  for (const [language, tag] of languages(tags)) {
    const listed = commands.map(({ name, about }) => ({ command: name, description: describe(about, tag) }))
    const unseen = listed.map(one => ({ ...one, is_ephemeral: true }))
    for (const scope of scopes)
      await setList(calls, scope.type === 'all_private_chats' ? listed : unseen, {
        scope,
        ...(language && { language_code: language as LanguageCode }),
      })
  }
  // One that does not know it drops the field in silence.
  const stands = await calls.getMyCommands({ scope: { type: 'all_group_chats' } }, limited(callMs))
  return stands.length > 0 && stands.every(one => one.is_ephemeral === true)
}

/** Telegram knows two letters; of several tags with the same ones the first counts. */
function languages(tags: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map([['', 'en']])
  for (const tag of tags) {
    const language = tag.slice(0, 2).toLowerCase()
    if (language !== 'en' && !found.has(language) && /^[a-z]{2}(?:-|$)/i.test(tag)) found.set(language, tag)
  }
  return found
}

const describe = (about: Command['about'], tag: string): string =>
  shorten(sanitizeLine(about[tag] ?? about['en'] ?? ''), longestAbout) || '…'

type Where = NonNullable<Parameters<RawApi['getMyCommands']>[0]>

const isSame = (one: BotCommand, other: BotCommand | undefined): boolean =>
  one.command === other?.command && one.description === other.description && (one.is_ephemeral ?? false) === (other.is_ephemeral ?? false)

async function setList(calls: RawApi, wanted: BotCommand[], where: Where): Promise<void> {
  const present = await calls.getMyCommands(where, limited(callMs))
  const same = present.length === wanted.length && wanted.every((one, i) => isSame(one, present[i]))
  if (!same) await calls.setMyCommands({ ...where, commands: wanted }, limited(callMs))
}
