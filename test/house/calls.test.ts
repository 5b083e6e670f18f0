import { expect, test } from 'vitest'
import { callComplaints } from './call-rules.ts'
import { readTree, source } from './source.ts'

test('platforms are called by the delivery and by what a handler asks, and from nowhere else', () => {
  expect(readTree(['src'], /\.ts$/).flatMap(callComplaints)).toEqual([])
})

test.each([
  'await adapter.isAdmin(person, space)',
  "await deps.adapters.get(name)?.change(message, 'remove')",
  'const { ok } = await this.adapter.send(to, view, key)',
  'await deps.platform(name)?.missing(space)',
])('refused: %s', text => {
  expect(callComplaints(source('src/polls/ballot.ts', text))).toEqual([expect.stringContaining('calls a platform')])
})

test.each(['await ctx.chat.isAdmin()', 'adapter.lane(ref)', 'response.send(body)'])('allowed: %s', text => {
  expect(callComplaints(source('src/polls/ballot.ts', text))).toEqual([])
})
