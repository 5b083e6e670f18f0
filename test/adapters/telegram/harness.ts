import { onTestFinished } from 'vitest'
import { telegram } from '../../../adapters/telegram/index.ts'
import type { Log } from '../../../src/base/log.ts'
import type { Adapter, Command, Inbound, PlatformStatus, Reply } from '../../../src/platform/adapter.ts'
import type { Button, View } from '../../../src/view/view.ts'
import { GARDEN } from '../../helpers/samples.ts'
import type { Group } from '../../platforms/telegram/groups.ts'
import type { Person } from '../../platforms/telegram/people.ts'
import { startTelegram, type Telegram } from '../../platforms/telegram/server.ts'
import type { Options } from '../../platforms/telegram/world.ts'

const token = '1234:abc'

/** The adapter on a loop-back Telegram, and a bot behind it that answers what a test says. */
export interface Stage {
  readonly tg: Telegram
  readonly adapter: Adapter
  readonly group: Group
  readonly amina: Person
  readonly heard: Inbound[]
  readonly statuses: (readonly [PlatformStatus, string | undefined])[]
  /** For each frame that could not be read, the platform. */
  readonly unread: string[]
  readonly lines: { readonly level: string; readonly data: object; readonly message: string }[]
  /** What the bot answers. */
  reply: (inbound: Inbound) => readonly Reply[] | Promise<readonly Reply[]>
  /** What is on the clock of the bot and of the server, unless they run by the real one. */
  now: number
  /** Another bot process on the same server and account. */
  another(token?: string): Adapter
  start(adapter?: Adapter): Promise<void>
}

const commands: readonly Command[] = [{ name: 'poll', about: { en: 'Ask everybody', cy: 'Gofyn i bawb' } }]

/** `isOld` unless said otherwise: the server knows nothing of what one person alone sees in a group (`asides.test.ts` is about that). */
export async function stage(options: Partial<Options> & { started?: boolean; realTime?: boolean; holdMs?: number } = {}): Promise<Stage> {
  const { started = true, realTime = false, isOld = true, holdMs, ...more } = options
  const clock = (): Date => (realTime ? new Date() : new Date(on.now))
  const tg = await startTelegram({ token, clock, isOld, ...more })
  onTestFinished(() => tg.stop())
  const log = (level: string) => (data: object, message: string) => void on.lines.push({ level, data, message })
  const bench = {
    now: clock,
    notice: () => {},
    holdMs,
    unread: (platform: string) => void on.unread.push(platform),
    picture: async (id: string) => (id === 'garden' ? GARDEN.content : undefined),
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') } satisfies Log,
    words: (locale: string | undefined, key: string) => `${key} in ${locale}`,
  }
  const another = (withToken = token): Adapter => telegram.open({ TELEGRAM_TOKEN: withToken, TELEGRAM_API_ROOT: tg.apiRoot }, bench)
  const on: Stage = {
    tg,
    adapter: another(),
    group: tg.group('Ardwick residents'),
    amina: tg.person('Amina', { language: 'en', started: true }),
    heard: [],
    statuses: [],
    lines: [],
    unread: [],
    reply: () => [],
    now: Date.UTC(2026, 10, 2, 18),
    another,
    async start(adapter = on.adapter) {
      onTestFinished(() => adapter.stop())
      await adapter.start(commands, receive, status)
    },
  }
  const receive = async (inbound: Inbound): Promise<readonly Reply[]> => {
    on.heard.push(inbound)
    tg.world.changes.happened()
    return on.reply(inbound)
  }
  const status = (state: PlatformStatus, why?: string): void => {
    on.statuses.push([state, why])
    tg.world.changes.happened()
  }
  if (started) {
    await on.start()
    await tg.until(() => on.statuses.at(-1)?.[0] === 'up', 'the bot to be up')
  }
  return on
}

export const view = (text: string, buttons: readonly (readonly Button[])[] = []): View => ({
  blocks: [{ kind: 'text', text }],
  buttons,
  brief: text.slice(0, 190),
  lang: 'en',
})

export const button = (label: string, data = 'polls_v_1'): Button => ({ label, token: data })

/** The kinds of what the bot heard. */
export const kinds = ({ heard }: Stage): string[] => heard.map(({ event }) => event.kind)
