import { GrammyError, type RawApi } from 'grammy'
import type { ChatMember } from 'grammy/types'
import type { PersonRef, SpaceRef } from '../../src/platform/adapter.ts'
import { callMs, limited } from './api.ts'
import { addressOf } from './refs.ts'
import { unasked } from './refusals.ts'

/** Whether the person runs the chat, now. False for somebody whom Telegram does not know there. Throws where Telegram cannot be asked. */
export async function isAdmin(calls: RawApi, person: PersonRef, space: SpaceRef): Promise<boolean> {
  const member = await ask(calls, addressOf(space).chat, addressOf(person).chat)
  return member?.status === 'creator' || member?.status === 'administrator'
}

/**
 * Keys of texts that say what to click. Only writing is needed; keys that end in `-optional` name what would be good to have. Throws where Telegram
 * cannot be asked.
 */
export async function missing(calls: RawApi, space: SpaceRef, bot: number): Promise<readonly string[]> {
  const { chat } = addressOf(space)
  const member = await ask(calls, chat, bot)
  if (!member || member.status === 'left' || member.status === 'kicked') return ['telegram-missing-send']
  if (member.status === 'creator') return []
  if (member.status === 'administrator') return keys(true, member.can_delete_messages)
  const { permissions } = await calls.getChat({ chat_id: chat }, limited(callMs)).catch((error: unknown) => {
    throw unasked(error)
  })
  const own = member.status === 'restricted' ? member : undefined
  return keys(permissions?.can_send_messages !== false && own?.can_send_messages !== false, false)
}

function keys(send: boolean, remove: boolean): string[] {
  return [...(send ? [] : ['telegram-missing-send']), ...(remove ? [] : ['telegram-missing-delete-optional'])]
}

/** How somebody stands to a chat; undefined where the bot or the person is not there. */
async function ask(calls: RawApi, chat_id: number, user_id: number): Promise<ChatMember | undefined> {
  try {
    return await calls.getChatMember({ chat_id, user_id }, limited(callMs))
  } catch (cause) {
    if (cause instanceof GrammyError && (cause.error_code === 400 || cause.error_code === 403)) return undefined
    throw unasked(cause)
  }
}
