import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Leases } from '../../../src/runtime/leases/leases.ts'
import type { Store } from '../../../src/store/open.ts'
import { until } from '../../helpers/patience.ts'
import { type TestStore, testStore } from '../../store/database.ts'
import { type Way, wayTo } from '../../store/way.ts'
import { has, heardBy, type Process, startProcess } from './process.ts'

const ALL = ['slack', 'telegram']

let stores: TestStore
let url: string
let way: Way
const open: (Leases | Store)[] = []
beforeAll(async () => {
  stores = await testStore()
})
beforeEach(async () => {
  // A store that nobody else looks at.
  url = await stores.freshUrl()
  way = await wayTo(url)
})
afterEach(async () => {
  way.mend()
  for (const one of open.splice(0).toReversed()) await ('end' in one ? one.end() : one.close())
  way.close()
})
afterAll(() => stores.close())

/** Oak reaches the store by the way that a test closes, the others do not. */
async function on(computer: string): Promise<Process> {
  const made = await startProcess(computer === 'oak' ? way.url : url, computer)
  open.push(made.store, made)
  return made
}

/** It looks in vain. */
const looksInVain = (one: Process): Promise<void> => expect(one.look()).rejects.toThrow()

describe('a process that the store does not hear for eight seconds', () => {
  test('alone, it acts for nothing any more and goes on hearing, however long it lasts; then all is its own again', async () => {
    const oak = await on('oak')
    // The first look of all finds no rows, and does not know yet that nobody else is there.
    await oak.look()
    await oak.look()
    expect([has(oak), heardBy(oak)]).toEqual([ALL, ALL])
    const before = oak.mine().get('telegram')
    way.refuse()
    for (const ms of [8_000, 60_000, 3_600_000]) {
      oak.passes(ms)
      await looksInVain(oak)
      expect([oak.has('telegram'), has(oak), heardBy(oak)]).toEqual([false, [], ALL])
    }
    way.mend()
    await oak.look()
    expect([has(oak), heardBy(oak)]).toEqual([ALL, ALL])
    // Another may have had it since, as far as it knows.
    expect(oak.mine().get('telegram')).not.toBe(before)
  })

  test('it says at once what may be heard, and again when the store is back', async () => {
    const oak = await on('oak')
    await oak.begin()
    await oak.look()
    way.refuse()
    oak.passes(8_000)
    await until(() => oak.changes.some(([, isUnavailable]) => isUnavailable), 'it to say that the store is away')
    expect(oak.changes.at(-1)).toEqual([ALL, true])
    way.mend()
    await until(() => has(oak).length === 2, 'it to be heard again')
    expect(oak.changes.at(-1)).toEqual([ALL, false])
  })

  test('with another process there when it was heard last, it hears nothing more', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    await elm.look()
    await oak.look()
    way.refuse()
    oak.passes(7_999)
    expect(heardBy(oak)).toEqual(ALL)
    oak.passes(1)
    await looksInVain(oak)
    expect([has(oak), heardBy(oak)]).toEqual([[], []])
  })

  test('another process that had ended before is none', async () => {
    const [oak, elm] = [await on('oak'), await on('elm')]
    await oak.look()
    await elm.look()
    await elm.end()
    await elm.store.close()
    await until(async () => {
      await oak.look()
      oak.passes(8_000)
      return heardBy(oak).length === 2
    }, 'the connections of the other one to end')
    way.refuse()
    await looksInVain(oak)
    expect(heardBy(oak)).toEqual(ALL)
  })

  test('one that came meanwhile and took over: it stops as soon as it learns of that', async () => {
    const oak = await on('oak')
    await oak.look()
    await oak.look()
    way.refuse()
    oak.passes(8_000)
    expect(heardBy(oak)).toEqual(ALL)
    const elm = await on('elm')
    await elm.look()
    for (let i = 0; i < 4; i += 1) {
      elm.passes(6_000)
      await elm.look()
    }
    expect([has(elm), heardBy(elm)]).toEqual([ALL, ALL])
    way.mend()
    await oak.look()
    expect([has(oak), heardBy(oak)]).toEqual([[], []])
    expect(oak.changes.at(-1)).toEqual([[], false])
  })

  test('before it was ever heard, it hears nothing', async () => {
    const oak = await on('oak')
    way.refuse()
    await looksInVain(oak)
    expect(heardBy(oak)).toEqual([])
  })
})
