import { expect, test } from 'vitest'
import type { Inbound, Meanwhile, PersonRef, Reply } from '../../src/platform/adapter.ts'
import { retrying } from '../../src/platform/retry.ts'

/** A bot that writes down what it took, and a store that is away for as long as a test says. */
function bot() {
  const taken: string[] = []
  const told: string[] = []
  const failures: (readonly [id: string, again: boolean])[] = []
  const stopping = new AbortController()
  const on = { away: false, taken, told, failures, stopping }
  const receive = async ({ id }: Inbound, { tell, after }: Meanwhile): Promise<readonly Reply[]> => {
    if (on.away) tell([])
    await after
    if (on.away) throw Object.assign(new Error('The store is away.'), { retry: true })
    if (id === 'breaks') throw new Error('Something broke.')
    taken.push(id)
    return [{ kind: 'suggest', choices: [] }]
  }
  const failed = (_: unknown, { id }: Inbound, again: boolean) => void failures.push([id, again])
  const ask = retrying({ receive, patience: { firstMs: 30, mostMs: 30, forMs: () => 60_000 }, stopping: stopping.signal, failed })
  const does = (id: string, who = 'amina') => {
    const person = { ref: `chat:${who}` as PersonRef, name: who }
    return ask({ id, received: new Date(0), place: 'private', person, event: { kind: 'press', token: id } }, () => void told.push(id))
  }
  return { ...on, does, goesAway: (away: boolean) => (on.away = away) }
}

test('what comes while the store is away is done when it is back, in the order in which each person did it', async () => {
  const { does, taken, told, failures, goesAway } = bot()
  goesAway(true)
  const first = [does('a1'), does('a2'), does('b1', 'bea')]
  await expect.poll(() => failures.length).toBe(3)
  const waits = does('a0')
  // What waits in line is handed over all the same: its person is told.
  await expect.poll(() => told).toContain('a0')
  goesAway(false)
  const later = does('a3')
  expect(await Promise.all([...first, waits, later])).toHaveLength(5)
  expect(taken.filter(id => id.startsWith('a'))).toEqual(['a1', 'a2', 'a0', 'a3'])
  expect(taken).toContain('b1')
  // Each is complained of once, however often it was tried; what only waited was not even tried.
  expect(failures.map(([id]) => id).sort()).toEqual(['a1', 'a2', 'b1'])
  await does('a4')
  expect(taken.at(-1)).toBe('a4')
})

test('what breaks is given up at once, and holds up nothing', async () => {
  const { does, taken, failures } = bot()
  expect(await does('breaks')).toBe('broken')
  expect(failures).toEqual([['breaks', false]])
  await does('a1')
  expect(taken).toEqual(['a1'])
})

test('stopping ends the waiting, and nothing more is tried', async () => {
  const { does, taken, stopping, failures, goesAway } = bot()
  goesAway(true)
  const waiting = [does('a1'), does('a2')]
  await expect.poll(() => failures.length).toBe(2)
  stopping.abort()
  goesAway(false)
  expect(await Promise.all(waiting)).toEqual(['stopped', 'stopped'])
  expect(taken).toEqual([])
})

test('what the store could not take for too long is given up, and said so', async () => {
  const receive = () => Promise.reject(Object.assign(new Error('The store is away.'), { retry: true }))
  const stopping = new AbortController().signal
  const ask = retrying({ receive, patience: { firstMs: 10, mostMs: 10, forMs: () => 40 }, stopping, failed: () => {} })
  const person = { ref: 'chat:amina' as PersonRef, name: 'Amina' }
  const event = { kind: 'press', token: 'x' } as const
  expect(await ask({ id: 'a1', received: new Date(0), place: 'private', person, event }, () => {})).toBe('away')
})
