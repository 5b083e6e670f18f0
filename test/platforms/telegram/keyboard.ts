import type { InlineKeyboardButton, InlineKeyboardMarkup } from '@grammyjs/types'
import { bad, type Refusal } from './refusal.ts'

const most = { buttons: 100, perRow: 8, dataBytes: 64, bytes: 10_240 } as const
const actions = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
  'disabled',
] as const

/** Telegram's limits for buttons under a message. 8 a row is what its documents say; the real one only squeezes them. */
export function checkKeyboard(markup: InlineKeyboardMarkup | undefined): Refusal | undefined {
  if (!markup) return undefined
  const buttons = markup.inline_keyboard.flat()
  if (buttons.length > most.buttons || markup.inline_keyboard.some(row => row.length > most.perRow)) return bad('reply markup is too long')
  if (Buffer.byteLength(JSON.stringify(markup)) > most.bytes) return bad('reply markup is too long')
  for (const button of buttons) {
    const no = checkButton(button)
    if (no) return no
  }
  return undefined
}

function checkButton(button: InlineKeyboardButton): Refusal | undefined {
  if (button.text.trim() === '') return bad('inline keyboard button text must be non-empty')
  const used = actions.filter(action => action in button)
  if (used.length === 0) return bad('text buttons are unallowed in the inline keyboard')
  if (used.length > 1) return bad(`inline keyboard button "${button.text}" must have exactly one action`)
  if ('callback_data' in button) {
    const bytes = Buffer.byteLength(button.callback_data)
    return bytes < 1 || bytes > most.dataBytes ? bad('BUTTON_DATA_INVALID') : undefined
  }
  return 'url' in button ? checkUrl(button.url) : undefined
}

/** A link that Telegram takes: http, https or tg, with a host that others can reach. */
function checkUrl(url: string): Refusal | undefined {
  if (/^tg:\/\/\w+/.test(url)) return undefined
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return bad('BUTTON_URL_INVALID')
  return parsed.hostname.includes('.') || parsed.hostname.startsWith('[') ? undefined : bad('BUTTON_URL_INVALID')
}

/** Rows without buttons go, a keyboard without rows is none. */
export function tidyKeyboard(markup: InlineKeyboardMarkup | undefined): InlineKeyboardMarkup | undefined {
  const rows = markup?.inline_keyboard.filter(row => row.length > 0) ?? []
  return rows.length > 0 ? { inline_keyboard: rows } : undefined
}
