import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Leases } from '../../../src/runtime/leases/leases.ts'
import { thisPlace } from '../../../src/runtime/leases/place.ts'
import type { Store } from '../../../src/store/open.ts'
import { until } from '../../helpers/patience.ts'
import { type TestStore, testStore } from '../../store/database.ts'
import { has, type Process, type ProcessOptions, startProcess } from './process.ts'

let stores: TestStore
const open: (Leases | Store)[] = []
beforeAll(async () => {
  stores = await testStore()
})
beforeEach(async () => {
  await stores.store.pool.query('TRUNCATE "Holding"')
})
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await ('end' in one ? one.end() : one.close())
})
afterAll(() => stores.close())

async function on(computer: string, how: ProcessOptions = {}): Promise<Process> {
  const made = await startProcess(stores.url, computer, how)
  open.push(made.store, made)
  return made
}

/** It looks every two seconds, for so long. */
async function looksFor(one: Process, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 2_000) {
    one.passes(2_000)
    await one.look()
  }
}

describe('two processes on one store', () => {
  test('one of them has the platforms, however long the other one looks', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    await elm.look()
    for (let i = 0; i < 30; i += 1) {
      await looksFor(oak, 2_000)
      await looksFor(elm, 2_000)
    }
    expect([has(oak), has(elm)]).toEqual([['slack', 'telegram'], []])
  })

  test('both looking for the first time at once: each platform is one’s', async () => {
    const all = await Promise.all(['oak', 'elm', 'ash', 'yew'].map(name => on(name)))
    await Promise.all(all.map(one => one.look()))
    expect(all.flatMap(has).sort()).toEqual(['slack', 'telegram'])
  })

  test('ended in peace, it gives them back, and the other one has them at its next look', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    await elm.look()
    await oak.end()
    await elm.look()
    expect([has(oak), has(elm)]).toEqual([[], ['slack', 'telegram']])
  })

  test('standing by, it is woken when they are given back', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    await elm.begin()
    await oak.end()
    await until(() => has(elm).length === 2)
  })

  test('killed on another computer, it is waited for until it must have stopped by itself, and taken over after that', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    await elm.look()
    await looksFor(elm, 18_000)
    expect(has(elm)).toEqual([])
    await looksFor(elm, 2_000)
    expect(has(elm)).toEqual(['slack', 'telegram'])
  })

  test('killed on the same computer, it is not waited for', async () => {
    const ended = spawnSync(process.execPath, ['-e', '']).pid
    const [oak, elm] = [await on('oak', { place: thisPlace(), pid: ended }), await on('elm', { place: thisPlace(), pid: process.pid })]
    await oak.look()
    await elm.look()
    expect(has(elm)).toEqual(['slack', 'telegram'])
  })

  test('alive on the same computer, it keeps them', async () => {
    const [oak, elm] = [
      await on('oak', { place: thisPlace(), pid: process.ppid }),
      await on('elm', { place: thisPlace(), pid: process.pid }),
    ]
    await oak.look()
    await elm.look()
    expect(has(elm)).toEqual([])
  })

  test('on an embedded store a process of an earlier boot is not waited for', async () => {
    const oak = await on('oak', { onlyHere: true, place: 'an earlier boot' })
    const elm = await on('elm', { onlyHere: true, place: thisPlace(), pid: process.pid })
    await oak.look()
    await elm.look()
    expect(has(elm)).toEqual(['slack', 'telegram'])
  })

  test('what the holder says of a platform is known to the other, as long as the holder is heard of', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await elm.look()
    await elm.end()
    await oak.look()
    const ash = await on('ash')
    oak.statuses.set('telegram', 'behind')
    await oak.look()
    await ash.look()
    expect([ash.elsewhere('telegram'), ash.elsewhere('slack'), ash.elsewhere('web')]).toEqual(['behind', undefined, 'nobody'])
    await looksFor(ash, 6_000)
    expect(ash.elsewhere('telegram')).toBe(undefined)
  })

  test('one wakes the delivery of the other; alone it wakes nobody', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    await elm.look()
    oak.wakeOthers()
    elm.wakeOthers()
    await until(() => oak.called > 0)
    await oak.look()
    // Oak has all, so that Elm delivers nothing.
    expect([oak.called, elm.called]).toEqual([1, 1])
  })
})

describe('a holder that the store does not hear', () => {
  test('stops by itself long before anybody takes over', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    await elm.look()
    oak.passes(7_999)
    expect(oak.has('telegram')).toBe(true)
    oak.passes(1)
    expect([oak.has('telegram'), has(oak)]).toEqual([false, []])
    await looksFor(elm, 8_000)
    expect(has(elm)).toEqual([])
  })

  test('goes on when it is heard again before that, as one that may have been another’s', async () => {
    const oak = await on('oak')
    await oak.look()
    const before = oak.mine().get('telegram')
    await looksFor(oak, 20_000)
    expect(oak.mine().get('telegram')).toBe(before)
    oak.passes(9_000)
    await oak.look()
    expect(has(oak)).toEqual(['slack', 'telegram'])
    expect(oak.mine().get('telegram')).not.toBe(before)
  })

  test('stands by when it is heard again after that', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    await elm.look()
    await looksFor(elm, 20_000)
    oak.passes(20_000)
    // Its connection was ended by the one that took over, which it may find out only now.
    await oak.look().catch(() => undefined)
    await oak.look()
    expect([has(oak), has(elm)]).toEqual([[], ['slack', 'telegram']])
  })

  test('its open transactions end with the takeover: nothing waits for a computer that is gone', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    const lost = await oak.store.pool.connect()
    lost.on('error', () => {})
    await lost.query('BEGIN')
    await lost.query(`UPDATE "Fact" SET at = at`)
    await lost.query(`INSERT INTO "Fact" (name, at) VALUES ('half done', now())`)
    await elm.look()
    await looksFor(elm, 20_000)
    await until(async () => {
      const { rows } = await elm.store.pool.query(
        `SELECT state FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'`,
      )
      return rows.length === 0
    })
    await expect(lost.query('COMMIT')).rejects.toThrow()
    lost.release(true)
    expect(await elm.store.prisma.fact.count({ where: { name: 'half done' } })).toBe(0)
  })
})

describe('clocks that jump', () => {
  test('an hour back or a day forward: a holder and one that stands by stay as they are', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    await elm.look()
    for (const ms of [-3_600_000, 86_400_000]) {
      oak.jumps(ms)
      elm.jumps(ms)
      await looksFor(elm, 2_000)
      await looksFor(oak, 2_000)
      expect([has(oak), has(elm)]).toEqual([['slack', 'telegram'], []])
    }
  })

  test('both asleep for two hours: the one that wakes first does not take it from the other', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    await elm.look()
    // Some computers count their sleep, some do not.
    elm.passes(7_200_000)
    oak.jumps(7_200_000)
    expect(has(oak)).toEqual([])
    await elm.look()
    await oak.look()
    expect([has(oak), has(elm)]).toEqual([['slack', 'telegram'], []])
  })
})
