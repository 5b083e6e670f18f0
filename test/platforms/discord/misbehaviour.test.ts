import { Routes } from 'discord.js'
import { afterEach, describe, expect, test } from 'vitest'
import { outcome, posted, type Stage, send, stage } from './harness.ts'
import type { Options } from './world.ts'

let on: Stage
const start = async (options: Partial<Options> = {}): Promise<Stage> => {
  on = await stage(options)
  return on
}
afterEach(() => on.discord.stop())

const path = '/channels/*/messages'
/** What the real client makes of a message: 'done', '500', 'rate limited 7050 user' (it adds 50 ms), or the name of its error. */
async function hello(content = 'Hello'): Promise<string> {
  try {
    await send(on, { content })
    return 'done'
  } catch (error) {
    const { name, status, retryAfter, scope } = error as { name: string; status?: number; retryAfter?: number; scope?: string }
    return retryAfter === undefined ? String(status ?? name) : `rate limited ${retryAfter} ${scope}`
  }
}

describe('what a test orders to go wrong', () => {
  test('429 with its seconds, so often, then all is well', async () => {
    const { discord, ardwick } = await start()
    discord.fail({ method: 'POST', path, times: 2, with: { status: 429, retry_after: 0.4 } })
    expect([await hello(), await hello(), await hello()]).toEqual(['rate limited 1050 user', 'rate limited 1050 user', 'done'])
    expect(ardwick.fromBot).toHaveLength(1)
  })

  test('500, 401 and words of choice, one after the other', async () => {
    const { discord } = await start()
    discord.fail({ path, with: 500 })
    discord.fail({ with: { status: 403, code: 50_001, message: 'Missing Access' } })
    expect([await hello(), await outcome(send(on, { content: 'x' })), await hello()]).toEqual(['500', '50001 Missing Access', 'done'])
  })

  test('a dropped connection: before it was done, and after', async () => {
    const { discord, ardwick } = await start()
    discord.fail({ method: 'POST', path, with: 'drop' })
    await expect(send(on, { content: 'one' })).rejects.toThrow()
    expect(ardwick.fromBot).toEqual([])
    discord.fail({ method: 'POST', path, with: 'drop after doing it' })
    await expect(send(on, { content: 'two' })).rejects.toThrow()
    expect(ardwick.fromBot.map(message => message.text)).toEqual(['two'])
  })

  test('a request that hangs until it is healed', async () => {
    const { discord, ardwick, rest } = await start()
    discord.fail({ method: 'POST', path, with: 'hang' })
    const sending = hello()
    await discord.until(() => discord.calls(`POST ${path}`)[0])
    expect(await outcome(rest.get(Routes.user()))).toBe('done')
    discord.heal()
    expect(await sending).not.toBe('done')
    expect(ardwick.fromBot).toEqual([])
  })

  test('every third call, after one that went well', async () => {
    const { discord } = await start()
    discord.fail({ method: 'POST', path, skip: 1, every: 3, times: 2, with: 500 })
    const outcomes: string[] = []
    for (let n = 0; n < 8; n++) outcomes.push(await hello(`${n}`))
    expect(outcomes).toEqual(['done', 'done', 'done', '500', 'done', 'done', '500', 'done'])
    expect(discord.world.faults.done).toBe(2)
  })

  test('only in one channel', async () => {
    const { discord, guild, rest } = await start()
    const gorton = guild.channel('gorton')
    discord.fail({ path: `/channels/${gorton.id}/*`, with: 500 })
    expect(await hello()).toBe('done')
    await expect(rest.post(Routes.channelMessages(gorton.id), { body: { content: 'Hello' } })).rejects.toMatchObject({ status: 500 })
  })

  test('a wait that ends in vain says for what, and what was asked last', async () => {
    const { discord } = await start()
    await hello()
    const waiting = discord.until(() => false, 'rain', 10)
    await expect(waiting).rejects.toThrow('waited 10 ms in vain for rain; the last requests were POST /channels/:channel/messages 200')
  })
})

describe("Discord's rates", () => {
  test('five messages in five seconds in a channel; the headers say so before', async () => {
    const { discord, ardwick, clock } = await start({ rates: 'discord' })
    const raw = async (): Promise<Response> =>
      fetch(`${discord.api}/v10/channels/${ardwick.id}/messages`, {
        method: 'POST',
        headers: { authorization: 'Bot discord-token', 'content-type': 'application/json' },
        body: JSON.stringify({ content: 'Hello' }),
      })
    const first = await raw()
    expect(first.headers.get('x-ratelimit-limit')).toBe('5')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('4')
    expect(first.headers.get('x-ratelimit-reset-after')).toBe('5.000')
    for (let n = 0; n < 4; n++) await raw()
    clock.forward(1)
    const late = await raw()
    expect([late.status, late.headers.get('retry-after'), late.headers.get('x-ratelimit-scope')]).toEqual([429, '4', 'user'])
    expect(await late.json()).toMatchObject({ retry_after: 4, global: false })
    expect(discord.tooMany).toBe(1)
    clock.forward(4)
    expect((await raw()).status).toBe(200)
  })

  test('edits have a bucket of their own', async () => {
    const { discord, ardwick, rest } = await start({ rates: 'discord' })
    const poll = await posted(on)
    const edit = (n: number): Promise<unknown> => rest.patch(Routes.channelMessage(ardwick.id, poll.id), { body: { content: `${n}` } })
    for (let n = 0; n < 5; n++) await edit(n)
    await expect(edit(6)).rejects.toMatchObject({ limit: 5, scope: 'user' })
    expect(await hello()).toBe('done')
    expect(discord.tooMany).toBe(0) // the client did not even ask
  })

  test('fifty a second in all; answers to interactions do not count', async () => {
    const { discord, guild, clock } = await start({ rates: 'discord' })
    const channels = Array.from({ length: 51 }, (_, at) => guild.channel(`area-${at}`).id)
    const raw = (method: string, path: string, body: object): Promise<Response> =>
      fetch(`${discord.api}/v10${path}`, {
        method,
        headers: { authorization: 'Bot discord-token', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const statuses = await Promise.all(
      channels.map(async id => (await raw('POST', `/channels/${id}/messages`, { content: 'Hello' })).status),
    )
    expect(statuses.filter(status => status === 429)).toHaveLength(1)
    expect((await raw('POST', '/interactions/1/x/callback', { type: 6 })).status).toBe(404)
    clock.forward(1)
    expect((await raw('POST', `/channels/${channels[50]}/messages`, { content: 'Hello' })).status).toBe(200)
  })

  test('a global block of some seconds', async () => {
    const { discord, clock } = await start()
    discord.block(60)
    expect(await hello()).toBe('rate limited 60050 global')
    clock.forward(61)
    discord.heal()
    expect(discord.tooMany).toBe(1)
  })
})
