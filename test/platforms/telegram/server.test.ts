import { HttpError } from 'grammy'
import { afterEach, describe, expect, test } from 'vitest'
import { newBot, outcome, posted, type Stage, stage } from './harness.ts'
import type { Options } from './world.ts'

let on: Stage
const start = async (options: Partial<Options> = {}): Promise<Stage> => {
  on = await stage(options)
  return on
}
afterEach(() => on.tg.stop())

describe('a poll in a group, through grammY', () => {
  test('Amina asks, the bot posts, she presses, it answers and edits', async () => {
    const { tg, group, amina } = await start()
    const bot = newBot(tg)
    bot.command('poll', ctx =>
      ctx.reply('What matters most?', { reply_markup: { inline_keyboard: [[{ text: 'Damp homes', callback_data: 'p:3' }]] } }),
    )
    bot.on('callback_query', async ctx => {
      await ctx.answerCallbackQuery({ text: `Counted: ${ctx.callbackQuery.data}`, show_alert: true })
      await ctx.editMessageText('Damp homes 1')
    })
    const running = bot.start()

    amina.says(group, '/poll')
    const poll = await tg.until(() => group.fromBot[0])
    expect(poll.labels).toEqual([['Damp homes']])

    expect(await amina.presses(poll, 'Damp homes').answer).toEqual({ text: 'Counted: p:3', alert: true, url: undefined })
    await tg.until(() => poll.text === 'Damp homes 1')
    expect(poll.labels).toEqual([])
    expect(poll.edits).toBe(1)
    expect(tg.calls('editMessageText').map(call => call.status)).toEqual([200])

    await bot.stop()
    await running
  })

  test('a press on what is not there is a mistake of the test', async () => {
    const { amina } = await start()
    const poll = await posted(on, 'What matters most?', ['Buses'])
    expect(() => amina.presses(poll, 'Parks')).toThrow('no button "Parks" under "What matters most?"; there are: [["Buses"]]')
  })

  test('a forged press, and one on a message that is gone, arrive all the same', async () => {
    const { tg, api, group, amina } = await start()
    const poll = await posted(on)
    amina.presses(poll, { data: 'forged' })
    group.remove(poll)
    amina.presses(poll, { data: 'too late' })
    const [forged, late] = await api.getUpdates()
    expect(forged?.callback_query).toMatchObject({ data: 'forged', message: { text: 'What matters most?' } })
    expect(late?.callback_query).toMatchObject({ data: 'too late', message: { date: 0, message_id: poll.id } })
    expect(tg.answered).toEqual([])
  })
})

describe('long polling', () => {
  test('an update is given again until a later offset confirms it', async () => {
    const { api, group, amina } = await start()
    for (const text of ['/one', '/two', '/three']) amina.says(group, text)
    const texts = async (offset?: number, limit = 100): Promise<(string | undefined)[]> =>
      (await api.getUpdates({ limit, ...(offset !== undefined && { offset }) })).map(update => update.message?.text)
    expect(await texts()).toEqual(['/one', '/two', '/three'])
    expect(await texts(undefined, 2)).toEqual(['/one', '/two'])
    const [first] = await api.getUpdates()
    const second = (first?.update_id ?? 0) + 1
    expect(await texts(second)).toEqual(['/two', '/three'])
    expect(await texts()).toEqual(['/two', '/three'])
    expect(await texts(-1)).toEqual(['/three'])
    expect(await texts(second + 2)).toEqual([])
    expect(await texts()).toEqual([])
  })

  test('a held request ends as soon as something happens, and all of one moment comes in one answer', async () => {
    const { tg, api, group, amina } = await start()
    const held = api.getUpdates({ timeout: 30 })
    await tg.until(() => tg.world.updates.isPolled)
    amina.says(group, '/one')
    amina.says(group, '/two')
    expect((await held).map(update => update.message?.text)).toEqual(['/one', '/two'])
  })

  test('a held request ends empty when its time is up', async () => {
    const { api } = await start()
    expect(await api.getUpdates({ timeout: 1 })).toEqual([])
  })

  test('what waited longer than a day is gone', async () => {
    const { api, clock, group, amina } = await start()
    amina.says(group, '/old')
    clock.forward(25 * 60 * 60)
    amina.says(group, '/new')
    expect((await api.getUpdates()).map(update => update.message?.text)).toEqual(['/new'])
  })

  test('updates wait while no bot is there', async () => {
    const { tg, group, amina } = await start()
    amina.says(group, '/while you were away')
    const seen: string[] = []
    const bot = newBot(tg)
    bot.on('message', ctx => void seen.push(ctx.message.text ?? ''))
    const running = bot.start()
    await tg.settled()
    await bot.stop()
    await running
    expect(seen).toEqual(['/while you were away'])
  })

  test('a redelivered update comes once more, though it was confirmed', async () => {
    const { tg, api, group, amina } = await start()
    amina.says(group, '/one')
    const [update] = await api.getUpdates()
    if (!update) throw new Error('no update')
    expect(await api.getUpdates({ offset: update.update_id + 1 })).toEqual([])
    tg.redeliver(update)
    expect(await api.getUpdates({ offset: update.update_id + 1 })).toEqual([update])
    expect(await api.getUpdates({ offset: update.update_id + 1 })).toEqual([])
  })

  test('allowed_updates are remembered, and an empty list forgets them', async () => {
    const { api, group, amina } = await start()
    const kinds = async (): Promise<string[][]> => (await api.getUpdates()).map(update => Object.keys(update).slice(1))
    await api.getUpdates({ allowed_updates: ['message'] })
    group.promote(true)
    amina.says(group, '/one')
    expect(await kinds()).toEqual([['message']])
    await api.getUpdates({ allowed_updates: [] })
    group.promote(false)
    expect(await kinds()).toEqual([['message'], ['my_chat_member']])
  })

  test('who joins and leaves is told only to an admin who asked for it', async () => {
    const { tg, api, group, amina } = await start()
    await api.getUpdates({ allowed_updates: ['chat_member'] })
    group.joined(amina)
    group.promote(true)
    group.left(amina)
    expect(tg.pending.map(update => update.chat_member?.new_chat_member.status)).toEqual(['left'])
  })
})

describe('one poller, one token', () => {
  test('a second poller ends the first', async () => {
    const { tg, api } = await start()
    const first = outcome(api.getUpdates({ timeout: 30 }))
    await tg.until(() => tg.world.updates.isPolled)
    const second = api.getUpdates({ timeout: 1 })
    expect(await first).toBe('409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running')
    expect(await second).toEqual([])
  })

  test('a poller that hung up is not in the way', async () => {
    const { tg, api } = await start()
    const hangUp = new AbortController()
    const first = api.getUpdates({ timeout: 30 }, hangUp.signal as never).catch((error: unknown) => error)
    await tg.until(() => tg.world.updates.isPolled)
    hangUp.abort()
    expect(await first).toBeInstanceOf(HttpError)
    await api.getUpdates()
    expect(tg.world.updates.conflicts).toBe(0)
  })

  test('a web hook and polling exclude each other', async () => {
    const { api } = await start()
    await api.setWebhook('https://example.org/hook')
    expect((await api.getWebhookInfo()).url).toBe('https://example.org/hook')
    expect(await outcome(api.getUpdates())).toContain("409 Conflict: can't use getUpdates method while webhook is active")
    await api.deleteWebhook()
    expect(await outcome(api.getUpdates())).toBe('done')
  })

  test('a wrong token, a broken token, a revoked one, a bot that logged out', async () => {
    const { tg, api } = await start()
    expect(await outcome(newBot(tg, '1234:other').api.getMe())).toBe('401 Unauthorized')
    expect(await outcome(newBot(tg, 'nonsense').api.getMe())).toBe('404 Not Found')
    const held = outcome(api.getUpdates({ timeout: 30 }))
    await tg.until(() => tg.world.updates.isPolled)
    tg.revokeToken()
    expect(await held).toBe('done')
    expect(await outcome(api.getMe())).toBe('401 Unauthorized')
    tg.world.tokenWorks = true
    await api.logOut()
    expect(await outcome(api.getMe())).toBe('400 Logged out')
  })
})
