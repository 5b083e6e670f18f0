import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { web } from '../../adapters/web/index.ts'
import { systemClock, systemIds } from '../../src/base/clock.ts'
import { plantSample, sampleNetwork } from '../../src/network/sample.ts'
import { createBot } from '../../src/runtime/bot.ts'
import { openStore } from '../../src/store/open.ts'
import { readCatalogues } from '../../src/texts/texts.ts'
import { enter, post, type Visitor } from '../adapters/web/http.ts'
import { until } from '../helpers/patience.ts'
import { test } from '../store/fixtures.ts'
import { quiet } from '../store/quiet.ts'
import { wayTo } from '../store/way.ts'

const texts = readCatalogues([new URL('../../src/', import.meta.url), web.texts])
const AGAIN = 'I cannot write anything down just now. If I have not answered in a minute, please send it again.'

const act = (one: Visitor, id: string): Promise<Response> =>
  fetch(`${one.origin}/act`, post(one, { id, person: 'jo', chat: 'ardwick', act: { kind: 'text', text: '/poll list' } }))

test.for(['is closed', 'hangs'] as const)(
  'the browser chat while the store %s: the page gets the words and is to ask again; under the same id it gets the answer then',
  async (how, { stores, onTestFinished }) => {
    const way = await wayTo(await stores.freshUrl())
    const store = await openStore({ stateDir: '', databaseUrl: way.url, log: quiet })
    const stateDir = await mkdtemp(join(tmpdir(), 'folkmoot-away-'))
    const bench = {
      words: (locale: string | undefined, key: string, args = {}) => texts.in(locale).named(key, args),
      ...{ log: quiet, now: () => new Date(), notice: () => {}, unread: () => {}, picture: async () => undefined },
    }
    const chat = web.open({ host: '127.0.0.1', port: 0, stateDir, sample: sampleNetwork(texts.in('en')) }, bench)
    const bot = createBot({
      ...{ store, adapters: [chat], clock: systemClock, ids: systemIds, log: quiet, texts, owner: systemIds.id() },
      // No process looks dead because the machine is busy.
      at: { place: 'here', time: { steady: () => 0, wall: () => 0 } },
      lastBackup: async () => undefined,
      onEvent: () => {},
    })
    await plantSample(bot.deps, web.name, texts.in('en'))
    await bot.start(() => {})
    onTestFinished(async () => {
      way.mend()
      await bot.stop()
      await store.close()
      way.close()
      await rm(stateDir, { recursive: true, force: true })
    })
    const jo = await enter(chat.link)
    if (how === 'hangs') way.cut()
    else way.refuse()
    const id = crypto.randomUUID()
    // The page asks again and again: the words come with one of the next tries.
    const told = await until(async () => {
      // Not too fast for the bot.
      await pause(90)
      const answer = await act(jo, id)
      const { said } = (await answer.json()) as { said: string[] }
      return answer.status === 503 && said.length > 0 ? said : undefined
    }, 'the words')
    expect(told).toEqual([AGAIN])
    way.mend()
    const answered = await until(async () => {
      // Not too fast for the bot.
      await pause(90)
      const answer = await act(jo, id)
      return answer.ok ? ((await answer.json()) as { answers: unknown[] }) : undefined
    }, 'the answer')
    expect(answered.answers).toHaveLength(1)
    expect(JSON.stringify(answered.answers)).not.toContain('just now')
  },
)
