import { HttpError } from 'grammy'
import { afterEach, describe, expect, test } from 'vitest'
import { outcome, posted, type Stage, stage } from './harness.ts'
import type { Options } from './world.ts'

let on: Stage
const start = async (options: Partial<Options> = {}): Promise<Stage> => {
  on = await stage(options)
  return on
}
afterEach(() => on.tg.stop())

const hello = (): Promise<string> => outcome(on.api.sendMessage(on.group.id, 'Hello'))

describe('what a test orders to go wrong', () => {
  test('429 with its seconds, so often, then all is well', async () => {
    const { tg, api, group } = await start()
    tg.fail({ method: 'sendMessage', times: 2, with: { status: 429, retry_after: 7 } })
    await expect(api.sendMessage(group.id, 'Hello')).rejects.toMatchObject({ error_code: 429, parameters: { retry_after: 7 } })
    expect(await hello()).toBe('429 Too Many Requests: retry after 7')
    expect(await hello()).toBe('done')
    expect(group.fromBot).toHaveLength(1)
  })

  test('500, 401 and words of choice, one after the other', async () => {
    const { tg } = await start()
    tg.fail({ method: 'sendMessage', with: { status: 500 } })
    tg.fail({ method: '*', with: { status: 401 } })
    tg.fail({ method: 'sendMessage', with: { status: 403, description: 'Forbidden: bot was blocked by the user' } })
    expect([await hello(), await hello(), await hello(), await hello()]).toEqual([
      '500 Internal Server Error',
      '401 Unauthorized',
      '403 Forbidden: bot was blocked by the user',
      'done',
    ])
  })

  test('a dropped connection: before it was done, and after', async () => {
    const { tg, group } = await start()
    tg.fail({ method: 'sendMessage', with: 'drop' })
    await expect(hello()).rejects.toBeInstanceOf(HttpError)
    expect(group.fromBot).toEqual([])
    tg.fail({ method: 'sendMessage', with: 'drop after doing it' })
    await expect(hello()).rejects.toBeInstanceOf(HttpError)
    expect(group.fromBot.map(message => message.text)).toEqual(['Hello'])
  })

  test('a request that hangs until it is healed', async () => {
    const { tg, api, group } = await start()
    tg.fail({ method: 'sendMessage', with: 'hang' })
    const sending = api.sendMessage(group.id, 'Hello').catch((error: unknown) => error)
    await tg.until(() => tg.calls('sendMessage')[0])
    expect(await outcome(api.getMe())).toBe('done')
    tg.heal()
    expect(await sending).toBeInstanceOf(HttpError)
    expect(group.fromBot).toEqual([])
  })

  test('only in one chat, only after some that went well', async () => {
    const { tg, api, group } = await start()
    const other = tg.group('Levenshulme')
    tg.fail({ method: 'sendMessage', chat: group.id, skip: 1, with: { status: 500 } })
    expect(await hello()).toBe('done')
    expect(await outcome(api.sendMessage(other.id, 'Hello'))).toBe('done')
    expect(await hello()).toBe('500 Internal Server Error')
    expect(tg.world.faults.done).toBe(1)
  })

  test('a lost confirmation gives the updates again', async () => {
    const { tg, api, group, amina } = await start()
    amina.says(group, '/poll')
    const [update] = await api.getUpdates()
    tg.fail({ method: 'getUpdates', with: 'drop' })
    await expect(api.getUpdates({ offset: (update?.update_id ?? 0) + 1 })).rejects.toBeInstanceOf(HttpError)
    expect(await api.getUpdates()).toEqual([update])
  })

  test('a wait that ends in vain says for what, and what was asked last', async () => {
    const { tg } = await start()
    await hello()
    await expect(tg.until(() => false, 'rain', 10)).rejects.toThrow('waited 10 ms in vain for rain; the last requests were sendMessage 200')
  })
})

describe("Telegram's rates", () => {
  test('one a second in a chat, after a short burst; the wait is told and kept', async () => {
    const { tg, clock } = await start({ rates: 'telegram' })
    expect([await hello(), await hello(), await hello(), await hello()]).toEqual([
      'done',
      'done',
      'done',
      '429 Too Many Requests: retry after 1',
    ])
    clock.forward(1)
    expect([await hello(), await hello()]).toEqual(['done', '429 Too Many Requests: retry after 1'])
    expect(tg.tooMany).toBe(2)
  })

  test('twenty a minute in a group, edits too', async () => {
    const { api, clock, group } = await start({ rates: 'telegram' })
    const poll = await posted(on)
    const edit = (n: number): Promise<string> => outcome(api.editMessageText(group.id, poll.id, `${n} answers`))
    const outcomes: string[] = []
    for (let n = 1; n <= 30; n++) {
      clock.forward(1)
      outcomes.push(await edit(n))
    }
    expect(outcomes.filter(one => one === 'done')).toHaveLength(29)
    expect(await edit(31)).toBe('429 Too Many Requests: retry after 3')
    clock.forward(3)
    expect(await edit(31)).toBe('done')
  })

  test('thirty a second in all; answers to presses do not count', async () => {
    const { tg, api, amina } = await start({ rates: 'telegram' })
    const poll = await posted(on)
    const chats = Array.from({ length: 30 }, (_, at) => tg.group(`Group ${at}`).id)
    const outcomes = await Promise.all(chats.map(chat => outcome(api.sendMessage(chat, 'Hello'))))
    expect(outcomes.filter(one => one === 'done')).toHaveLength(29)
    expect(await outcome(api.answerCallbackQuery(amina.presses(poll, { data: 'x' }).id))).toBe('done')
  })
})
