import { expect, test } from 'vitest'
import { longest } from '../helpers/longest-first.ts'
import { habitComplaints } from './habit-rules.ts'
import { filesIn, readTree, source } from './source.ts'

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
  'vi.waitUntil(isDone, { timeout: PATIENCE_MS })',
  'vi.waitFor(() => expect(a).toBe(1))',
  "await on.until(() => heard, 'words', 15_000)",
  'await expect.poll(() => heard, { timeout: 8000 }).toBe(1)',
  'page.setDefaultTimeout(10_000)',
  'fetch(url, { signal: AbortSignal.timeout(10_000) })',
  "test('a', { timeout: 60_000 }, run)",
  "test('a', run, 20_000)",
  'beforeAll(run, 60_000)',
  'expect(performance.now() - began).toBeLessThan(15_000)',
])('refused: %s', text => {
  expect(complaints(text)).toHaveLength(1)
})

test.each([
  "test.skipIf(noBrowser)('a', run)",
  "import { setTimeout as sleep } from 'node:timers/promises'\nawait sleep(20)",
  'const found = list.only',
  "await on.until(() => heard, 'words')",
  'await expect.poll(() => heard).toBe(1)',
  'page.setDefaultTimeout(PATIENCE_MS)',
  "test('a', { timeout: LONG_MS }, run)",
  "test('a', run, 240_000)",
  'expect(heard.length).toBeLessThan(4)',
])('allowed: %s', text => {
  expect(complaints(text)).toEqual([])
})

test('the loop-back platforms may hold a call', () => {
  expect(complaints('setTimeout(done, 30_000)', 'test/platforms/chat/server.ts')).toEqual([])
})

test('the files that are begun first are there', () => {
  const files = filesIn(['test'], /\.test\.ts$/)
  expect(longest.filter(name => !files.includes(`test/${name}.test.ts`))).toEqual([])
})
