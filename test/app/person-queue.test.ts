import { expect, test } from 'vitest'
import { createQueue } from '../../src/app/person-queue.ts'
import { createBatch } from '../../src/base/batch.ts'
import { readToken, token } from '../../src/feature/token.ts'

test('one person’s things are done in order, and do not hold up another’s', async () => {
  const queue = createQueue(() => 0)
  const done: string[] = []
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  const first = queue.run('amina', async () => {
    await held
    done.push('first')
  })
  const second = queue.run('amina', async () => void done.push('second'))
  await queue.run('bea', async () => void done.push('bea'))
  expect(done).toEqual(['bea'])
  release()
  await Promise.all([first, second])
  expect(done).toEqual(['bea', 'first', 'second'])
})

test('what waits behind a failure fails with it, so that both come again in order; what comes later goes on', async () => {
  const queue = createQueue(() => 0)
  const done: string[] = []
  const failed = queue.run('amina', async () => Promise.reject(new Error('no')))
  const next = queue.run('amina', async () => void done.push('next'))
  const other = queue.run('bea', async () => void done.push('bea'))
  await expect(failed).rejects.toThrow('no')
  await expect(next).rejects.toThrow('no')
  await other
  await queue.idle()
  await queue.run('amina', async () => void done.push('again'))
  expect(done).toEqual(['bea', 'again'])
})

test('one person with too much under way is refused, until some of it is done', async () => {
  let now = 0
  const queue = createQueue(() => now)
  const works = Array.from({ length: 60 }, () => queue.run('eve', () => new Promise<void>(setImmediate)))
  expect(works.filter(work => work === undefined).length).toBe(20)
  expect(queue.run('amina', async () => {})).toBeDefined()
  expect(queue.always('eve', async () => {})).toBeDefined()
  await queue.idle()
  now += 8_000
  expect(queue.run('eve', async () => {})).toBeDefined()
})

test('one person who does too much is refused for some seconds, and nobody else is', async () => {
  let now = 0
  const queue = createQueue(() => now)
  const act = async (who: string): Promise<boolean> => {
    const done = queue.along(who, async () => {})
    await done
    return done !== undefined
  }
  const storm: boolean[] = []
  for (let i = 0; i < 60; i += 1) storm.push(await act('eve'))
  expect(storm.filter(isDone => isDone)).toHaveLength(40)
  expect(await act('amina')).toBe(true)
  now += 7_999
  expect(await act('eve')).toBe(false)
  now += 1
  expect(await act('eve')).toBe(true)
})

test('votes of one person go along with each other, after what came before and before what comes after', async () => {
  const queue = createQueue(() => 0)
  const done: string[] = []
  const gates: (() => void)[] = []
  const held = (name: string) => () =>
    new Promise<void>(resolve => {
      gates.push(() => {
        done.push(name)
        resolve()
      })
    })
  const works = [
    queue.run('amina', held('command')),
    queue.along('amina', held('vote 1')),
    queue.along('amina', held('vote 2')),
    queue.run('amina', held('text')),
  ]
  expect(gates.length).toBe(1)
  gates[0]?.()
  await works[0]
  await new Promise(setImmediate)
  expect(gates.length).toBe(3)
  gates[2]?.()
  gates[1]?.()
  await Promise.all([works[1], works[2]])
  await new Promise(setImmediate)
  gates[3]?.()
  await works[3]
  expect(done).toEqual(['command', 'vote 2', 'vote 1', 'text'])
})

test('when the store is away, what gathered behind fails too: it comes again in order', async () => {
  let fail: ((cause: Error) => void) | undefined
  const gather = createBatch<number, number>(
    () =>
      new Promise((_, reject) => {
        fail = reject
      }),
    () => true,
  )
  const first = gather(1)
  await new Promise(setImmediate)
  await new Promise(setImmediate)
  const second = gather(2)
  fail?.(new Error('away'))
  const results = await Promise.allSettled([first, second])
  expect(results.map(result => result.status)).toEqual(['rejected', 'rejected'])
})

test('what comes while a group is committed gathers for the next; only the guilty one’s caller sees a failure', async () => {
  const groups: (readonly number[])[] = []
  const gather = createBatch<number, number>(async jobs => {
    groups.push(jobs)
    if (jobs.includes(13)) throw new Error('unlucky')
    return jobs.map(job => job * 2)
  })
  expect(await Promise.all([1, 2, 3].map(gather))).toEqual([2, 4, 6])
  expect(groups).toEqual([[1, 2, 3]])
  const results = await Promise.allSettled([4, 13, 5].map(gather))
  expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('tokens go there and back, and nothing else is one', () => {
  expect(readToken(token('polls', 'v', 'abc', 3))).toEqual({ feature: 'polls', action: 'v', args: ['abc', '3'] })
  expect(() => token('polls', 'v', 'x'.repeat(64))).toThrow()
  expect(() => token('polls', 'v', 'a b')).toThrow()
  for (const forged of ['', 'polls', 'polls_', '_v', 'polls_v_ä', 'polls_v_1;DROP', 'p'.repeat(65), 'polls__v'])
    expect(readToken(forged)).toBeUndefined()
})
