import type { BotCommand, BotCommandScope, File, UserFromGetMe, WebhookInfo } from '@grammyjs/types'
import { bad, type Refusal } from '../refusal.ts'
import type { World } from '../world.ts'

interface Where {
  scope?: BotCommandScope
  language_code?: string
}

export const getMe = (world: World): UserFromGetMe => world.me

/** The bot leaves this server: from then on it answers nothing. */
export function logOut(world: World): true {
  world.loggedOut = true
  return true
}

const most = { commands: 100, name: /^[a-z0-9_]{1,32}$/, description: 256, botDescription: 512, shortDescription: 120 } as const

export function setMyCommands(world: World, request: Where & { commands: BotCommand[] }): true | Refusal {
  const no = world.strict ? (checkWhere(world, request) ?? checkCommands(request.commands)) : undefined
  if (no) return no
  deleteMyCommands(world, request)
  const { commands } = world.isOld ? { commands: request.commands.map(({ is_ephemeral: _, ...one }) => one) } : request
  if (commands.length > 0)
    world.commands.push({ scope: request.scope ?? { type: 'default' }, language: request.language_code ?? '', commands })
  return true
}

function checkCommands(commands: readonly BotCommand[]): Refusal | undefined {
  if (commands.length > most.commands) return bad('BOT_COMMANDS_TOO_MUCH')
  const names = new Set<string>()
  for (const { command, description } of commands) {
    const name = command.replace(/^\//, '')
    if (name === '') return bad('command name must be non-empty')
    if (!most.name.test(name) || names.has(name)) return bad('BOT_COMMAND_INVALID')
    const length = description.trim().length
    if (length < 1) return bad('command description must be non-empty')
    if (length > most.description) return bad('BOT_COMMAND_DESCRIPTION_INVALID')
    names.add(name)
  }
  return undefined
}

/** A language is two letters or none; a chat that a scope names must be one that the bot knows. */
function checkWhere(world: World, { scope, language_code }: Where): Refusal | undefined {
  if (language_code && !/^[a-z]{2}$/.test(language_code)) return bad('invalid language code specified')
  if (!scope || !('chat_id' in scope)) return undefined
  return world.chats.has(Number(scope.chat_id)) ? undefined : bad('chat not found')
}

const isFor =
  ({ scope, language_code }: Where) =>
  (list: { scope: unknown; language: string }): boolean =>
    JSON.stringify(list.scope) === JSON.stringify(scope ?? { type: 'default' }) && list.language === (language_code ?? '')

export function deleteMyCommands(world: World, request: Where): true {
  const matches = isFor(request)
  world.commands = world.commands.filter(list => !matches(list))
  return true
}

export const getMyCommands = (world: World, request: Where): BotCommand[] => [...(world.commands.find(isFor(request))?.commands ?? [])]

export function setMyDescription(world: World, request: { description?: string; language_code?: string }): true | Refusal {
  return describe(world, 'long', request.description, request.language_code, most.botDescription)
}

export function setMyShortDescription(world: World, request: { short_description?: string; language_code?: string }): true | Refusal {
  return describe(world, 'short', request.short_description, request.language_code, most.shortDescription)
}

function describe(world: World, which: string, words = '', language = '', longest: number): true | Refusal {
  if (world.strict && words.length > longest) return bad(which === 'long' ? 'BOT_DESCRIPTION_TOO_LONG' : 'BOT_SHORT_DESCRIPTION_TOO_LONG')
  world.descriptions.set(`${which}:${language}`, words)
  return true
}

/** Remembers the address; this server sends nothing there, but refuses getUpdates from then on, as Telegram does. */
export function setWebhook(
  world: World,
  request: { url: string; allowed_updates?: string[]; drop_pending_updates?: boolean },
): true | Refusal {
  if (request.url !== '' && !request.url.startsWith('https://')) return bad('bad webhook: An HTTPS URL must be provided for webhook')
  world.updates.webhook = request.url
  world.updates.allow(request.allowed_updates)
  if (request.drop_pending_updates) world.updates.drop()
  return true
}

export function deleteWebhook(world: World, request: { drop_pending_updates?: boolean }): true {
  world.updates.webhook = ''
  if (request.drop_pending_updates) world.updates.drop()
  return true
}

export function getWebhookInfo(world: World): WebhookInfo {
  const { webhook: url, pendingCount: pending_update_count, allowed } = world.updates
  return {
    url,
    has_custom_certificate: false,
    pending_update_count,
    ...(allowed && { allowed_updates: allowed as NonNullable<WebhookInfo['allowed_updates']> }),
  } satisfies WebhookInfo
}

export function getFile(world: World, request: { file_id: string }): File | Refusal {
  const file = world.files.get(request.file_id)
  if (!file) return bad('wrong file_id or the file is temporarily unavailable')
  if (world.strict && file.content.length > 20 * 1024 * 1024) return bad('file is too big')
  const { file_id } = request
  return { file_id, file_unique_id: `u-${file_id}`, file_size: file.content.length, file_path: `documents/${file_id}` } satisfies File
}
