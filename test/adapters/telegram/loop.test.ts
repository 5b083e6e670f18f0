import { describe, expect, test } from 'vitest'
import { spaceRef } from '../../../adapters/telegram/refs.ts'
import { button, kinds, type Stage, stage, view } from './harness.ts'

const says = ({ amina, group }: Stage, count: number): void => {
  for (let n = 1; n <= count; n++) amina.says(group, `/poll ${n}`)
}
const args = ({ heard }: Stage): string[] => heard.map(({ event }) => (event.kind === 'command' ? event.args : event.kind))
const offsets = ({ tg }: Stage): unknown[] => tg.calls('getUpdates').map(({ payload }) => payload['offset'])
const isUp = ({ tg, statuses }: Stage): Promise<unknown> => tg.until(() => statuses.at(-1)?.[0] === 'up', 'the bot to be up')

/** A door that a test opens. */
function door(): { readonly opened: Promise<void>; open: () => void } {
  let open = (): void => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open: () => open() }
}

describe('what was fetched', () => {
  test('is handed over all at once, in order, and confirmed only when the last of it is safe', async () => {
    const on = await stage()
    const safe = door()
    on.reply = async ({ event }) => {
      if (event.kind === 'command' && event.args === '2') await safe.opened
      return []
    }
    says(on, 3)
    await on.tg.until(() => on.heard.length === 3)
    expect(args(on)).toEqual(['1', '2', '3'])
    expect(on.tg.pending).toHaveLength(3)
    safe.open()
    await on.tg.settled()
    expect(on.tg.pending).toEqual([])
  })

  test('and not safe at a crash comes again, with the same id', async () => {
    const on = await stage()
    const never = door()
    on.reply = () => never.opened.then(() => [])
    says(on, 2)
    await on.tg.until(() => on.heard.length === 2)
    // The first bot hangs until the test is over; another takes its place.
    const ids = on.heard.map(({ id }) => id)
    on.reply = () => []
    await on.start(on.another())
    await on.tg.until(() => on.heard.length === 4)
    expect(on.heard.slice(2).map(({ id }) => id)).toEqual(ids)
    expect(ids[0]).toMatch(/^telegram:1234:\d+$/)
    await on.tg.settled()
    never.open()
  })

  test('comes again from where the store was away', async () => {
    const on = await stage()
    let away = true
    on.reply = ({ event }) => {
      if (away && event.kind === 'command' && event.args !== '1') return Promise.reject(Object.assign(new Error('away'), { retry: true }))
      return []
    }
    says(on, 3)
    await on.tg.until(() => on.heard.length >= 5)
    expect(args(on).slice(0, 5)).toEqual(['1', '2', '3', '2', '3'])
    away = false
    await on.tg.settled()
    expect(on.group.fromBot).toEqual([])
  })

  test('and broke in the bot is not asked for again', async () => {
    const on = await stage()
    on.reply = () => Promise.reject(new Error('broken'))
    says(on, 1)
    await on.tg.settled()
    expect(on.heard).toHaveLength(1)
    expect(on.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      'An update from Telegram could not be handled',
    ])
  })

  test('is asked for by the kinds that are read, and no others', async () => {
    const on = await stage()
    expect(on.tg.calls('getUpdates')[0]?.payload).toMatchObject({
      limit: 100,
      timeout: 0,
      allowed_updates: ['message', 'callback_query', 'my_chat_member'],
    })
    await on.tg.until(() => on.tg.calls('getUpdates').at(-1)?.payload['timeout'] === 30)
  })
})

describe('a stop', () => {
  test('waits for what is under way and confirms it', async () => {
    const on = await stage()
    const safe = door()
    on.reply = async () => {
      await safe.opened
      return [{ kind: 'say', view: view('Posted.') }]
    }
    says(on, 1)
    await on.tg.until(() => on.heard.length === 1)
    const stopped = on.adapter.stop()
    safe.open()
    await stopped
    expect(on.group.fromBot.map(post => post.text)).toEqual(['Posted.'])
    expect(on.tg.pending).toEqual([])
    expect(on.tg.calls('getUpdates').at(-1)?.payload).toMatchObject({ limit: 1, timeout: 0 })
  })

  test('ends a fetch that is held', async () => {
    const on = await stage()
    await on.tg.until(() => on.tg.world.updates.isPolled)
    await on.adapter.stop()
    expect(on.tg.world.updates.isPolled).toBe(false)
  })

  test('before it could reach anything', async () => {
    const on = await stage({ started: false })
    await on.tg.stop()
    await on.start()
    await on.adapter.stop()
    expect(on.tg.calls()).toEqual([])
  })
})

describe('how it is going', () => {
  test('behind until all is handled that was done meanwhile', async () => {
    const on = await stage({ started: false })
    says(on, 130)
    await on.start()
    await isUp(on)
    expect(on.statuses.map(([status]) => status)).toEqual(['behind', 'up'])
    expect(on.heard).toHaveLength(130)
    expect(
      on.tg
        .calls('getUpdates')
        .slice(0, 2)
        .map(({ payload }) => payload['timeout']),
    ).toEqual([0, 0])
  })

  test('a web hook that somebody set is removed', async () => {
    const on = await stage({ started: false })
    on.tg.world.updates.webhook = 'https://elsewhere.example'
    await on.start()
    await isUp(on)
    expect(on.tg.world.updates.webhook).toBe('')
  })

  test.each([
    { name: 'a fault over there', harm: { status: 502 }, why: 'Telegram answers with error 502.' },
    { name: 'too many requests', harm: { status: 429, retry_after: 1 }, why: 'Telegram answers with error 429.' },
    { name: 'a broken line', harm: 'drop', why: 'Telegram cannot be reached (ECONNRESET).' },
  ] as const)('down after $name, once, and up by itself', async ({ harm, why }) => {
    const on = await stage()
    on.tg.fail({ method: 'getUpdates', with: harm, times: harm === 'drop' || harm.status === 502 ? 3 : 1 })
    says(on, 1)
    await on.tg.until(() => on.statuses.some(([status]) => status === 'down'))
    await isUp(on)
    expect(on.statuses).toEqual([
      ['behind', undefined],
      ['up', undefined],
      ['down', why],
      ['behind', undefined],
      ['up', undefined],
    ])
    expect(on.lines.filter(({ level }) => level === 'warn')).toEqual([
      { level: 'warn', data: { why }, message: 'Telegram is away; trying again' },
    ])
    await on.tg.settled()
    expect(kinds(on)).toEqual(['command'])
  })

  test('down at the start, too', async () => {
    const on = await stage({ started: false })
    on.tg.fail({ method: 'getMe', with: 'drop', times: 2 })
    await on.start()
    await isUp(on)
    expect(on.statuses.map(([status]) => status)).toEqual(['down', 'behind', 'up'])
  })

  test.each([
    { name: 'that is wrong', token: '1234:wrong' },
    { name: 'that never was one', token: '1234' },
  ])('dead with a token $name', async ({ token }) => {
    const on = await stage({ started: false })
    await on.start(on.another(token))
    await on.tg.until(() => on.statuses.length > 0)
    expect(on.statuses).toEqual([
      ['dead', 'Telegram refuses TELEGRAM_TOKEN. Copy it again from @BotFather, put it into the settings and start again.'],
    ])
  })

  test('dead when the token is revoked', async () => {
    const on = await stage()
    on.tg.revokeToken()
    await on.tg.until(() => on.statuses.at(-1)?.[0] === 'dead')
    const calls = on.tg.calls('getUpdates').length
    await on.adapter.stop()
    expect(on.tg.calls('getUpdates')).toHaveLength(calls)
  })

  test('down while another bot fetches, up when it is gone', async () => {
    const on = await stage()
    on.tg.fail({ method: 'getUpdates', with: { status: 409 }, times: 2 })
    says(on, 1)
    await on.tg.until(() => on.statuses.some(([status]) => status === 'down'))
    await isUp(on)
    expect(on.statuses.find(([status]) => status === 'down')?.[1]).toBe(
      'Another program fetches messages with the same TELEGRAM_TOKEN. Stop it, or make a new token with @BotFather.',
    )
  })

  test('dead when another bot fetches for a minute', async () => {
    const on = await stage()
    on.tg.fail({ method: 'getUpdates', with: { status: 409 }, times: 1000 })
    says(on, 1)
    await on.tg.until(() => on.statuses.some(([status]) => status === 'down'))
    on.now += 61_000
    await on.tg.until(() => on.statuses.at(-1)?.[0] === 'dead')
  })
})

test('what Telegram gives a second time does not turn the offset back', async () => {
  const on = await stage()
  says(on, 2)
  await on.tg.settled()
  const [first] = on.heard
  const before = Math.max(...offsets(on).filter(offset => typeof offset === 'number'))
  const again = on.tg.calls('getUpdates').length
  on.tg.redeliver({
    update_id: before - 2,
    message: { message_id: 1, date: 0, chat: on.group.state.chat as never, from: on.amina.user, text: '/poll 1' },
  })
  await on.tg.until(() => on.heard.length === 3 && on.tg.calls('getUpdates').length > again)
  expect(on.heard[2]?.id).toBe(first?.id)
  expect(offsets(on).at(-1)).toBe(before)
})

test('a thousand presses are all answered, none twice', async () => {
  const on = await stage({ realTime: true })
  await on.adapter.send(spaceRef(on.group.id), view('What matters most?', [[button('Buses')]]), 'k')
  const poll = await on.tg.until(() => on.group.fromBot[0])
  on.reply = () => [{ kind: 'whisper', view: view('Counted.') }]
  const people = Array.from({ length: 1000 }, (_, n) => on.tg.person(`Resident ${n}`))
  const presses = people.map(person => person.presses(poll, 'Buses'))
  await Promise.all(presses.map(press => press.answer))
  await on.tg.settled()
  expect(on.tg.calls('answerCallbackQuery')).toHaveLength(1000)
})
