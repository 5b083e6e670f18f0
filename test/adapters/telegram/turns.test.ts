import { expect, test } from 'vitest'
import { createTurns } from '../../../adapters/telegram/turns.ts'

/** Works that end when they are told to. */
function works() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  return {
    begun,
    work: (name: string) => () =>
      new Promise<string>(resolve => {
        begun.push(name)
        ends.set(name, () => resolve(name))
      }),
    end: (name: string) => ends.get(name)?.(),
  }
}

test('one person’s answers go one after the other, and nobody else waits for them', async () => {
  const turns = createTurns()
  const { begun, work, end } = works()
  const first = turns.take('eve', 'late', work('eve 1'))
  const second = turns.take('eve', 'late', work('eve 2'))
  const other = turns.take('amina', 'late', work('amina 1'))
  expect([first.isNext, second.isNext, other.isNext]).toEqual([true, false, true])
  expect(begun).toEqual(['eve 1', 'amina 1'])
  end('eve 1')
  await first.done
  await Promise.resolve()
  expect(begun).toEqual(['eve 1', 'amina 1', 'eve 2'])
  end('eve 2')
  expect(await second.done).toBe('eve 2')
})

test('of a storm only the newest ten wait; the older ones are let go', async () => {
  const turns = createTurns()
  const { begun, work, end } = works()
  const taken = Array.from({ length: 100 }, (_, i) => turns.take('eve', 'late', work(`${i}`)).done)
  for (let i = 0; i < 100; i += 1) {
    end(begun.at(-1) ?? '')
    await new Promise(setImmediate)
  }
  const ended = await Promise.all(taken)
  expect(ended.filter(one => one !== 'late')).toEqual(['0', ...Array.from({ length: 10 }, (_, i) => `${90 + i}`)])
  expect(begun).toEqual(ended.filter(one => one !== 'late'))
})

test('a work that fails lets the next one go', async () => {
  const turns = createTurns()
  const first = turns.take('eve', 'late', () => Promise.reject(new Error('broken')))
  const second = turns.take('eve', 'late', async () => 'fine')
  await expect(first.done).rejects.toThrow('broken')
  expect(await second.done).toBe('fine')
})
