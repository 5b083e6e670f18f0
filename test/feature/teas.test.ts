import { describe, expect } from 'vitest'
import { web } from '../../adapters/web/index.ts'
import { systemIds } from '../../src/base/clock.ts'
import { plantSample, sampleNetwork } from '../../src/network/sample.ts'
import { createBot } from '../../src/runtime/bot.ts'
import { readCatalogues } from '../../src/texts/texts.ts'
import { openPublic } from '../../src/web/public.ts'
import { enter } from '../adapters/web/http.ts'
import { LONG_MS, until } from '../helpers/patience.ts'
import { temporary } from '../store/programs.ts'
import { quiet } from '../store/quiet.ts'
import { test } from '../three/moot.ts'
import { NAMES } from '../three/side.ts'
import { MODELS, teasFeature } from './teas/feature.ts'

/** A feature of one folder and one line works on every platform: a command, a form, a post with a button, an alarm, an event, a page, and its texts. */

const TEXTS = new URL('./teas/', import.meta.url)
const HOUR = 3_600_000

describe.concurrent('a pot of tea', { timeout: LONG_MS }, () => {
  test.override({ options: { features: [teasFeature], texts: [TEXTS], models: MODELS } })

  test.for(NAMES)('on %s is put on by a form, told of everywhere, poured, counted, and gone after an hour', async (name, { on }) => {
    const jo = on.jo[name]
    await jo.says(on.places[name], '/tea').taken
    await jo.fills('Assam')
    await on.sees(jo, 'The kettle is on: Assam.')
    await on.settle()
    for (const other of NAMES) {
      const pot = await on.sees(on.places[other], 'Assam is ready. Cups so far:')
      const cal = on.person(other, 'Cal')
      expect(await cal.presses(pot, 'A cup for me').answer).toBe('A cup of Assam for you.')
      expect(await cal.presses(pot, 'A cup for me').answer).toBe('A cup of Assam for you.')
    }
    await on.edits()
    await on.edits()
    for (const other of NAMES) await on.sees(on.places[other], 'Assam is ready. Cups so far: 3.')
    const [{ id } = { id: '' }] = await on.store.prisma.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Pot"`
    const door = await openPublic({
      ...{ host: '127.0.0.1', port: 0, publicUrl: 'https://moot.example', nothingHere: 'Nothing here.', log: quiet },
      pages: on.bot.features.flatMap(feature => feature.pages),
    })
    const read = async (path: string) => (await fetch(`http://127.0.0.1:${door.port}/teas/${path}`)).text()
    expect([await read(id), await read('x')]).toEqual(['<p>3</p>', 'Nothing here.'])
    await door.close()
    await on.later(HOUR)
    await on.edits()
    for (const other of NAMES) {
      await on.sees(on.places[other], 'Assam is all gone. Cups: 3.')
      expect((await on.sees(on.places[other], '3 cups of Assam: thank you all.')).buttons).toEqual([])
    }
    expect(await on.store.prisma.published.count()).toBe(0)
  })
})

test('in the browser chat too', { timeout: LONG_MS }, async ({ stores, onTestFinished }) => {
  const store = await stores.fresh()
  for (const model of MODELS) await store.pool.query(model)
  const clock = { at: Date.UTC(2026, 10, 2, 9), now: (): Date => new Date(clock.at) }
  const texts = readCatalogues([new URL('../../src/', import.meta.url), web.texts, TEXTS])
  const bench = {
    words: (locale: string | undefined, key: string, args = {}) => texts.in(locale).named(key, args),
    ...{ log: quiet, now: clock.now, notice: () => {}, unread: () => {}, picture: async () => undefined },
  }
  const chat = web.open({ host: '127.0.0.1', port: 0, stateDir: temporary(), sample: sampleNetwork(texts.in('en')) }, bench)
  const bot = createBot({
    ...{ store, adapters: [chat], clock, ids: systemIds, log: quiet, texts, owner: systemIds.id(), features: [teasFeature] },
    lastBackup: async () => undefined,
    onEvent: () => {},
  })
  await plantSample(bot.deps, web.name, texts.in('en'))
  await bot.start(() => {})
  onTestFinished(() => bot.stop())
  const visitor = await enter(chat.link)
  const stands = async (words: string) =>
    until(async () => {
      await bot.app.tick()
      await bot.delivery.pump()
      return JSON.stringify(await visitor.start()).includes(words) || undefined
    }, words)
  expect(JSON.stringify(await visitor.act('jo', 'ardwick', { kind: 'text', text: '/tea' }))).toContain('What is there?')
  await visitor.act('jo', 'ardwick', { kind: 'submit', form: 'teas_pot', values: { what: 'Assam' } })
  await stands('Assam is ready. Cups so far: 0.')
  const [{ id } = { id: '' }] = await store.prisma.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Pot"`
  expect(JSON.stringify(await visitor.act('amina', 'ardwick', { kind: 'press', token: `teas_cup_${id}` }))).toContain(
    'A cup of Assam for you.',
  )
  clock.at += HOUR
  await stands('1 cups of Assam: thank you all.')
})
