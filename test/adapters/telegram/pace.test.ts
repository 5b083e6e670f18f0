import { expect, test } from 'vitest'
import { callMs, waitMs } from '../../../adapters/telegram/api.ts'
import { messageRef, personRef, spaceRef } from '../../../adapters/telegram/refs.ts'
import { button, stage, view } from './harness.ts'

const all = (count: number): number[] => Array.from({ length: count }, (_, n) => n)

test("posts keep Telegram's pace, so that nothing is turned back", async () => {
  const { adapter, group, amina, tg } = await stage({ started: false, realTime: true, rates: 'telegram' })
  const others = all(30).map(n => tg.group(`Group ${n}`))
  const sends = [
    ...all(3).map(n => adapter.send(spaceRef(group.id), view(`post ${n}`), 'k')),
    ...all(4).map(n => adapter.send(personRef(amina.id), view(`note ${n}`), 'k')),
    ...others.map(other => adapter.send(spaceRef(other.id), view('post'), 'k')),
  ]
  const sent = await Promise.all(sends)
  expect(sent.filter(one => one === 'unsure' || !('ok' in one))).toEqual([])
  expect(tg.tooMany).toBe(0)
  expect(group.fromBot.map(post => post.text)).toEqual(['post 0', 'post 1', 'post 2'])
})

test('a press is answered while posts wait their turn, and a full queue turns posts away at once', async () => {
  const on = await stage({ realTime: true })
  const { adapter, group, amina, tg } = on
  on.reply = () => [{ kind: 'whisper', view: view('Counted.') }]
  await adapter.send(spaceRef(group.id), view('What matters most?', [[button('Buses')]]), 'k')
  const poll = await tg.until(() => group.fromBot[0])
  const edits = all(8).map(n => adapter.change(messageRef(group.id, poll.id), view(`Buses ${n}`, [[button('Buses')]])))
  const away = await Promise.race(edits.slice(6))
  expect(away).toEqual({ later: 3000 })
  await amina.presses(poll, 'Buses').answer
  expect(tg.calls('editMessageText').length).toBeLessThan(4)
})

test('nothing takes longer than 20 s: a call that hangs, nor one that waits behind it', async () => {
  const { adapter, group, tg } = await stage({ started: false, realTime: true })
  tg.fail({ method: 'sendMessage', with: 'hang' })
  const [first, second] = await Promise.all([
    adapter.send(spaceRef(group.id), view('one'), 'k'),
    adapter.send(spaceRef(group.id), view('two'), 'k'),
  ])
  expect([first, second]).toEqual(['unsure', { later: 3000 }])
  expect(waitMs + callMs).toBeLessThan(20_000)
  expect(group.fromBot).toEqual([])
})
