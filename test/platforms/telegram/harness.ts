import { type Api, Bot, GrammyError } from 'grammy'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Group } from './groups.ts'
import type { Person } from './people.ts'
import type { Posted } from './posted.ts'
import { startTelegram, type Telegram } from './server.ts'
import type { Options } from './world.ts'

const token = '1234:abc'

/** A clock that stands until a test moves it. */
interface HandClock {
  now: number
  forward(seconds: number): void
}

/** A server, the real client on it, a group that the bot is in, and somebody in it. */
export interface Stage {
  readonly tg: Telegram
  readonly api: Api
  readonly clock: HandClock
  readonly group: Group
  readonly amina: Person
}

export async function stage(options: Partial<Options> = {}): Promise<Stage> {
  const clock: HandClock = {
    now: Date.UTC(2026, 10, 2, 18),
    forward(seconds) {
      this.now += seconds * 1000
    },
  }
  const tg = await startTelegram({ token, clock: () => new Date(clock.now), ...options })
  const { api } = newBot(tg)
  return { tg, api, clock, group: tg.group('Ardwick residents'), amina: tg.person('Amina', { language: 'en', started: true }) }
}

export const newBot = (tg: Telegram, withToken = token): Bot => new Bot(withToken, { client: { apiRoot: tg.apiRoot } })

/** What the bot has put into the group, as the server keeps it. */
export async function posted({ api, group }: Stage, text = 'What matters most?', labels: readonly string[] = []): Promise<Posted> {
  const buttons = labels.map((label, at) => [{ text: label, callback_data: `v:${at}` }])
  const { message_id } = await api.sendMessage(group.id, text, { reply_markup: { inline_keyboard: buttons } })
  const found = group.messages.find(message => message.id === message_id)
  if (!found) throw new Error('the message does not stand in the group')
  return found
}

/** "400 Bad Request: chat not found", or "done". */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'done'
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error
    return `${error.error_code} ${error.description}`
  }
}

export interface Case {
  readonly name: string
  /** Does what leads there and makes the call. */
  readonly call: (on: Stage) => Promise<unknown>
  /** What the call comes to, as `outcome` says it. */
  readonly says: string
}

/** One test a case, each on a server of its own. */
export function tryAll(cases: readonly Case[], options: Partial<Options> = {}): void {
  let on: Stage
  beforeEach(async () => {
    on = await stage(options)
  })
  afterEach(() => on.tg.stop())

  test.each(cases)('$name: $says', async ({ call, says }) => {
    expect(await outcome(call(on))).toBe(says)
  })
}
