import { expect, test } from 'vitest'
import { backOff, createStop, pause, within } from '../../src/platform/waiting.ts'
import { LONG_MS } from '../helpers/patience.ts'

test.each([
  [0, 250],
  [1, 500],
  [3, 2_000],
  [6, 16_000],
  [7, 30_000],
  [10_000, 30_000],
])('after %i failures before this one, %i ms', (failures, ms) => {
  expect(backOff({ firstMs: 250, mostMs: 30_000 }, failures)).toBe(ms)
})

test('a pause ends with its time, and before it when all stops', async () => {
  await pause(1)
  const stop = createStop()
  const pausing = pause(LONG_MS, stop.signal)
  stop.abort()
  await pausing
  await pause(LONG_MS, stop.signal)
})

test('what is too late is not waited for', async () => {
  const never = new Promise<string>(() => {})
  expect(await within(1, never, 'late')).toBe('late')
  expect(await within(LONG_MS, Promise.resolve('done'), 'late')).toBe('done')
  await expect(within(LONG_MS, Promise.reject(new Error('Broke.')), 'late')).rejects.toThrow('Broke.')
})

test('as many as there are may wait for the stop, and nobody warns of it', async () => {
  const warnings: Error[] = []
  const hear = (warning: Error) => void warnings.push(warning)
  process.on('warning', hear)
  const stop = createStop()
  const pausing = Array.from({ length: 30 }, () => pause(LONG_MS, stop.signal))
  await pause(1)
  stop.abort()
  await Promise.all(pausing)
  process.off('warning', hear)
  expect(warnings).toEqual([])
})
