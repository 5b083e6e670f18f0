import { expect, test } from 'vitest'
import { createUnderWay } from '../../src/platform/under-way.ts'
import { pause } from '../../src/platform/waiting.ts'
import { LONG_MS } from '../helpers/patience.ts'

test('a stop waits for all that was begun, also meanwhile, and for what breaks', async () => {
  const { track, ended } = createUnderWay()
  const order: string[] = []
  const first = new AbortController()
  const second = new AbortController()
  const begun = track(
    pause(LONG_MS, first.signal).then(() => {
      order.push('first')
      void track(pause(LONG_MS, second.signal).then(() => order.push('second')))
      return 'made'
    }),
  )
  await expect(track(Promise.reject(new Error('Broke.')))).rejects.toThrow('Broke.')
  const stopping = ended().then(() => order.push('stopped'))
  first.abort()
  expect(await begun).toBe('made')
  second.abort()
  await stopping
  expect(order).toEqual(['first', 'second', 'stopped'])
  await ended()
})
