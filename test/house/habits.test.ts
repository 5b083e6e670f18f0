import { expect, test } from 'vitest'
import { habitComplaints } from './habit-rules.ts'
import { readTree, source } from './source.ts'

test('no test is left out or picked out, none waits, none plays with time', () => {
  expect(readTree(['test'], /\.ts$/).flatMap(habitComplaints)).toEqual([])
})

const complaints = (text: string, path = 'test/a.test.ts') => habitComplaints(source(path, text))

test.each([
  "test.only('a', run)",
  "describe.skip('a', run)",
  "it.todo('a')",
  "test('a', { skip: true }, run)",
  "test.each([1]).only('a', run)",
  'vi.useFakeTimers()',
  "vi.mock('pg')",
  'setTimeout(done, 100)',
  "import { setTimeout as sleep } from 'node:timers/promises'\nawait sleep(1_000)",
])('refused: %s', text => {
  expect(complaints(text)).toHaveLength(1)
})

test.each([
  "test.skipIf(noBrowser)('a', run)",
  "import { setTimeout as sleep } from 'node:timers/promises'\nawait sleep(20)",
  'const found = list.only',
  'vi.waitFor(() => expect(a).toBe(1))',
])('allowed: %s', text => {
  expect(complaints(text)).toEqual([])
})

test('the loop-back platforms may hold a call', () => {
  expect(complaints('setTimeout(done, 30_000)', 'test/platforms/chat/server.ts')).toEqual([])
})
