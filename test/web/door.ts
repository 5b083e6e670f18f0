import type { Log } from '../../src/base/log.ts'
import { openPublic, type PublicDoor } from '../../src/web/public.ts'
import type { TestApp } from '../helpers/app.ts'
import type { Someone } from '../helpers/person.ts'

/** The real public server on a port of its own, and everything that it logs. */
export interface Door extends PublicDoor {
  readonly at: string
  readonly logged: unknown[]
}

export const PUBLIC_URL = 'https://moot.example/folk'

export async function openDoor(bot: TestApp): Promise<Door> {
  const logged: unknown[] = []
  const keep = (...all: unknown[]) => void logged.push(...all)
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep }
  const pages = bot.bot.features.flatMap(feature => feature.pages)
  const nothingHere = bot.deps.texts.in('en').t('calendar-nothing-here')
  const door = await openPublic({ host: '127.0.0.1', port: 0, publicUrl: PUBLIC_URL, pages, nothingHere, log })
  return { ...door, at: `http://127.0.0.1:${door.port}`, logged }
}

/** The path of the link that somebody is given when they press this. */
export async function linkFor(who: Someone, token: string): Promise<string> {
  const { text } = await who.forge(token)
  const [, path] = /https:\/\/moot\.example\/folk(\/calendar\/[\w.]+)/.exec(text) ?? []
  if (path === undefined) throw new Error(`There is no link in: ${text}`)
  return path
}
