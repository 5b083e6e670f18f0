import { expect, test } from 'vitest'
import { createOutlet } from '../../../adapters/slack/outlet.ts'
import type { SpaceRef } from '../../../src/platform/adapter.ts'
import { stage, view } from './harness.ts'

test('eighteen posts to eighteen channels at once: Slack turns none of them back', async () => {
  const on = await stage({ clock: () => new Date(), rates: 'slack' })
  const channels = Array.from({ length: 18 }, (_, n) => on.workspace.channel(`street-${n}`))
  const sent = await Promise.all(
    channels.map(({ id }, n) => on.adapter.send(`slack:${on.workspace.id}:${id}` as SpaceRef, view('Litter pick'), `k${n}`)),
  )
  expect(sent.filter(one => one !== 'unsure' && 'ok' in one)).toHaveLength(18)
  expect(on.server.tooMany).toBe(0)
})

/** An outlet whose time a test moves, with what it let out so far. */
function outlet() {
  const time = { at: 0 }
  const stopping = new AbortController()
  const { turn } = createOutlet(() => time.at, stopping.signal)
  const out: string[] = []
  const ask = (name: string, isAnswer = false): Promise<unknown> =>
    turn(isAnswer).then(isMine => void out.push(isMine ? name : `${name} not`))
  return { time, stopping, ask, out }
}

test('what somebody waits for goes before what nobody does', async () => {
  const { time, ask, out } = outlet()
  const asked = [...'abcdefg'].map(name => ask(name))
  const answer = ask('answer', true)
  await Promise.all(asked.slice(0, 5))
  expect(out).toEqual(['a', 'b', 'c', 'd', 'e'])
  time.at += 200
  await answer
  time.at += 400
  await Promise.all(asked)
  expect(out.slice(5)).toEqual(['answer', 'f', 'g'])
})

test('what has waited too long was not sent', async () => {
  const { time, ask, out } = outlet()
  const asked = [...'abcdef'].map(name => ask(name))
  time.at += 8_001
  await Promise.all(asked)
  expect(out.at(-1)).toBe('f not')
})

test('at the end answers go out, and posts are left to the next process', async () => {
  const { stopping, ask, out } = outlet()
  const asked = [...'abcdef'].map(name => ask(name))
  const answer = ask('answer', true)
  stopping.abort()
  await Promise.all([...asked, answer, ask('late'), ask('late answer', true)])
  expect(out.slice(5)).toEqual(['answer', 'f not', 'late not', 'late answer'])
})
