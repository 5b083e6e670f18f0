import { expect, test } from 'vitest'
import { createPace } from '../../../adapters/slack/pace.ts'
import type { MessageRef, SpaceRef } from '../../../src/platform/adapter.ts'
import { posted, stage, view } from './harness.ts'

/** A clock that only a test moves. */
function handClock() {
  let at = Date.parse('2026-11-02T18:00:00Z')
  const forward = (ms: number): void => {
    at += ms
  }
  return { now: () => new Date(at), forward }
}

/** Twelve polls in twelve channels of one workspace. */
async function twelve(clock: ReturnType<typeof handClock>) {
  const on = await stage({ clock: clock.now, rates: 'slack' })
  const refs: MessageRef[] = []
  for (let n = 0; n < 12; n += 1) {
    const { id } = on.workspace.channel(`area-${n}`)
    const sent = await on.adapter.send(`slack:${on.workspace.id}:${id}` as SpaceRef, view(`Poll ${n}`), `k${n}`)
    if (sent === 'unsure' || !('ok' in sent)) throw new Error('not sent')
    refs.push(sent.ok)
  }
  return { on, refs }
}

test('twelve polls that all change all the time: fifty edits a minute, each poll its share, and nothing turned back', async () => {
  const clock = handClock()
  const { on, refs } = await twelve(clock)
  const due = new Map(refs.map(ref => [ref, 0]))
  const edits = new Map(refs.map(ref => [ref, 0]))
  for (let ms = 0; ms < 120_000; ms += 200, clock.forward(200)) {
    for (const ref of refs) {
      if ((due.get(ref) ?? 0) > ms) continue
      const changed = await on.adapter.change(ref, view(`at ${ms}`))
      if (changed !== 'unsure' && 'later' in changed) due.set(ref, ms + changed.later)
      else edits.set(ref, (edits.get(ref) ?? 0) + 1)
    }
  }
  const counts = [...edits.values()]
  const all = counts.reduce((sum, count) => sum + count, 0)
  expect(on.server.tooMany).toBe(0)
  expect(all).toBeGreaterThan(90)
  expect(all).toBeLessThan(106)
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(3)
})

test('after a quiet time a few edits go out at once, and then one each 1.2 s, in the order in which they were asked for', () => {
  const clock = handClock()
  const pace = createPace(clock.now)
  const waits = (names: string): number[] => [...names].map(name => pace.wait(name))
  expect(waits('abcdefg')).toEqual([0, 0, 0, 0, 0, 1200, 2400])
  // Who asks too early is told the rest; who has not asked stands behind.
  clock.forward(1000)
  expect(waits('fgh')).toEqual([200, 1400, 2600])
  clock.forward(200)
  expect(waits('hfg')).toEqual([2400, 0, 1200])
})

test('nobody is told to wait for longer than 10 s at a time; a turn that nobody comes for is forgotten', () => {
  const clock = handClock()
  const pace = createPace(clock.now)
  for (let n = 0; n < 30; n += 1) pace.wait(`m${n}`)
  expect(pace.wait('m29')).toBe(10_000)
  clock.forward(200_000)
  for (let n = 0; n < 5; n += 1) expect(pace.wait(`new${n}`)).toBe(0)
  expect(pace.wait('m29')).toBe(1200)
})

test('Slack wants a pause: the whole workspace keeps it, another one does not notice', async () => {
  const clock = handClock()
  const on = await stage({ clock: clock.now, workspaces: 2 })
  const { ref } = await posted(on)
  const { ref: other } = await posted(on)
  const gorton = on.second?.channel('gorton')
  const there = await on.adapter.send(`slack:${on.second?.id}:${gorton?.id}` as SpaceRef, view('x'), 'k')
  if (there === 'unsure' || !('ok' in there)) throw new Error('not sent')
  on.server.fail({ method: 'chat.update', with: { status: 429, retry_after: 7 } })
  expect(await on.adapter.change(ref, view('y'))).toEqual({ later: 7000 })
  expect(await on.adapter.change(other, view('y'))).toEqual({ later: 7000 })
  expect(await on.adapter.change(there.ok, view('y'))).toEqual({ ok: there.ok })
  expect(on.server.calls('chat.update')).toHaveLength(2)
  clock.forward(8300)
  expect(await on.adapter.change(other, view('y'))).toEqual({ ok: other })
})

test('who presses is answered, and sees the card change, while edits wait their turn', async () => {
  const clock = handClock()
  const on = await stage({ clock: clock.now })
  const { message } = await posted(on)
  on.server.fail({ method: 'chat.update', with: { status: 429, retry_after: 30 } })
  const { ref } = await posted(on)
  expect(await on.adapter.change(ref, view('y'))).toEqual({ later: 30_000 })
  on.reply = () => [
    { kind: 'update', view: view('Closed.') },
    { kind: 'whisper', view: view('Counted.') },
  ]
  const press = on.amina.presses(message, 'Buses')
  expect(await press.acknowledged).toBe(true)
  await on.server.until(() => press.answers.length === 2)
  expect(press.answers.map(({ kind, text }) => [kind, text])).toEqual([
    ['replaced', 'Closed.'],
    ['said', 'Counted.'],
  ])
  expect(message.shown.text).toBe('Closed.')
  expect(on.server.calls('chat.update')).toHaveLength(1)
})
