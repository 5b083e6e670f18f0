import { readdirSync, readFileSync } from 'node:fs'
import type { Words } from '../../src/platform/adapter.ts'
import { FILE_MB } from '../../src/platform/download.ts'

const HERE = new URL('./page/', import.meta.url)
const MIME: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' }

/** What the page's scripts say. Each goes to the page with its arguments left open, as `{name}`; what is known beforehand is filled in. */
const SPOKEN = [
  'web-bot',
  'web-chat-unread',
  'web-chats-private',
  'web-empty',
  'web-file-save',
  'web-form-optional',
  'web-form-required',
  'web-form-wrong',
  'web-gone',
  'web-lang',
  'web-line-again',
  'web-line-failed',
  'web-line-lost',
  'web-log',
  'web-old',
  'web-picture-failed',
  'web-pinned',
  'web-removed',
  'web-reply',
  'web-reply-to',
  'web-speaking-as',
  'web-suggestions',
  'web-waiting',
  'web-whisper',
  'web-whisper-close',
  'web-you',
] as const

const OPEN = { name: '{name}', chat: '{chat}', count: '{count}', text: '{text}', time: '{time}', size: FILE_MB }

/** The words of the page's scripts in one language. */
export function spokenWords(words: Words, locale: string | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(SPOKEN.map(key => [key, words(locale, key, OPEN)]))
}

/**
 * The page (`index`), the one that a browser without access gets (`closed`), or the one that takes it in (`enter`): `{{web-key}}` stands for a text. `key`: the
 * one of the link, which its form sends.
 */
export function drawPage(name: 'index' | 'closed' | 'enter', words: Words, locale: string | undefined, key = ''): string {
  const html = readFileSync(new URL(`${name}.html`, HERE), 'utf8').replace('name="key" value=""', `name="key" value="${escapeHtml(key)}"`)
  const spoken = html.replace('<html lang="en">', `<html lang="${escapeHtml(words(locale, 'web-lang'))}">`)
  return spoken.replaceAll(/\{\{(web-[a-z-]+)\}\}/g, (_, key: string) => escapeHtml(words(locale, key)))
}

/** The page's own scripts, styles and pictures, by file name. There is nothing secret in them. */
export function readAssets(): ReadonlyMap<string, { readonly body: string; readonly type: string }> {
  const assets = new Map<string, { body: string; type: string }>()
  for (const name of readdirSync(HERE)) {
    const type = MIME[name.split('.').pop() ?? '']
    if (type) assets.set(name, { body: readFileSync(new URL(name, HERE), 'utf8'), type: `${type}; charset=utf-8` })
  }
  return assets
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
