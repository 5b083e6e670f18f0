import { describe, expect, test } from 'vitest'
import type { Log } from '../../src/base/log.ts'
import { createPictures } from '../../src/pictures/picture-maker.ts'
import { testApp } from '../helpers/app.ts'
import { photo } from '../helpers/photos.ts'
import { sent } from '../helpers/samples.ts'

const ABOUT = 'Six people with spades beside a raised bed'
const warned: string[] = []
const log: Log = { debug() {}, info() {}, warn: (_, message) => warned.push(message ?? ''), error() {} }

describe('the library that reads pictures', () => {
  test('where it cannot be loaded, pictures are refused in words, all the rest works, and the network hears of it', async () => {
    const pictures = createPictures(log, () => Promise.reject(new Error('Could not load the "sharp" module')))
    const bot = await testApp({ pictures })
    const network = await bot.network('Network', ['Ardwick'])
    const jo = bot.person('Jo', { started: true })
    await bot.grant(network, jo, 'coordinator')
    await jo.say('/announce The new garden')
    await jo.press('Add a picture')
    const file = sent({ name: 'a.jpg', mime: 'image/jpeg', content: await photo(40, 30) })
    expect((await jo.submit({ about: ABOUT }, { picture: file })).wrong).toEqual({
      picture: expect.stringContaining('I cannot read pictures on the server that I run on.'),
    })
    await jo.press('Post')
    await bot.tick()
    expect(bot.chat().shown.some(one => one.at === network.space('Ardwick') && !one.gone)).toBe(true)
    expect((await jo.say('/network health')).text).toContain('Pictures: cannot be read on this server. All the rest works.')
    expect(warned).toEqual(['Pictures cannot be read on this system'])
    await bot.close()
  })

  test('where it can, nothing is said of it; it is loaded with the first picture, and no transaction waits', async () => {
    const waiting: unknown[] = []
    const pictures = createPictures(log, async () => {
      waiting.push(
        ...(await bot.store.prisma.$queryRaw<unknown[]>`
          SELECT count(*)::int AS "n" FROM pg_stat_activity WHERE "datname" = current_database() AND "state" = 'idle in transaction'`),
      )
      return import('sharp')
    })
    const bot = await testApp({ pictures })
    const network = await bot.network('Network', ['Ardwick'])
    const jo = bot.person('Jo', { started: true })
    await bot.grant(network, jo, 'coordinator')
    await jo.say('/announce The new garden')
    await jo.press('Add a picture')
    expect(waiting).toEqual([])
    const file = sent({ name: 'a.jpg', mime: 'image/jpeg', content: await photo(40, 30) })
    expect((await jo.submit({ about: ABOUT }, { picture: file })).text).toContain(`Picture: ${ABOUT}`)
    expect(waiting).toEqual([{ n: 0 }])
    expect((await jo.say('/network health')).text).not.toContain('Pictures')
    await bot.close()
  })
})
