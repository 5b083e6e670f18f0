import { PermissionsBitField } from 'discord.js'
import { ApplicationCommandType, GatewayCloseCodes } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import type { SpaceRef } from '../../../src/platform/adapter.ts'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { stage, view, whisper } from './harness.ts'

const states = (on: Awaited<ReturnType<typeof stage>>): string[] => on.statuses.map(([state]) => state)

test('cut off and back: down once, up again, and what was pressed meanwhile is heard', async () => {
  const on = await stage()
  const post = await on.posted()
  on.reply = () => [whisper('Counted.')]
  on.graceMs = 20
  on.discord.world.gateway.isUnavailable = true
  on.discord.cutSockets()
  await on.discord.until(() => states(on).at(-1) === 'down')
  on.graceMs = PATIENCE_MS
  const press = on.amina.presses(post, 'Buses')
  on.discord.world.gateway.isUnavailable = false
  await on.discord.until(() => states(on).at(-1) === 'up', 'the bot to be back')
  await on.discord.until(() => on.heard.length === 1)
  expect(on.heard[0]?.id).toBe(`discord:${press.id}`)
  expect(states(on)).toEqual(['up', 'down', 'up'])
  expect(on.lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
})

test.each([
  { code: GatewayCloseCodes.AuthenticationFailed, why: /discord-dead-token/ },
  { code: GatewayCloseCodes.DisallowedIntents, why: /discord-dead-intents/ },
  { code: GatewayCloseCodes.InvalidShard, why: /discord-dead in en 4010/ },
  { code: GatewayCloseCodes.ShardingRequired, why: /discord-dead in en 4011/ },
  { code: GatewayCloseCodes.InvalidAPIVersion, why: /discord-dead in en 4012/ },
])('close $code is the end, with one plain line', async ({ code, why }) => {
  const on = await stage()
  on.discord.world.gateway.close(code)
  await on.discord.until(() => states(on).at(-1) === 'dead')
  expect(on.statuses.slice(1)).toEqual([['dead', expect.stringMatching(why)]])
  expect(on.lines.filter(({ level }) => level !== 'info' && level !== 'debug')).toHaveLength(1)
})

test('sockets that are cut again and again, and sessions that are void: nobody is told, nothing is lost', async () => {
  const on = await stage()
  const post = await on.posted()
  on.reply = () => [whisper('Counted.')]
  const { gateway } = on.discord.world
  for (const harm of [() => gateway.cut(), () => gateway.askToReconnect(), () => gateway.invalidate(true), () => gateway.cut()]) {
    const before = gateway.resumes
    harm()
    const press = on.amina.presses(post, 'Buses')
    expect((await press.answer).text).toBe('Counted.')
    await on.discord.until(() => gateway.resumes > before)
  }
  expect([states(on), on.lines.filter(({ level }) => level === 'warn' || level === 'error')]).toEqual([['up'], []])
  gateway.invalidate(false)
  await on.discord.until(() => gateway.identifies === 2 && gateway.connected === 1, 'a session of its own')
  const last = on.amina.presses(post, 'Buses')
  expect((await last.answer).text).toBe('Counted.')
  // What comes twice has the same id.
  expect(new Set(on.heard.map(({ id }) => id)).size).toBe(5)
  expect([states(on).at(-1), on.notices.length]).toEqual(['up', 1])
})

test('the link into a server is told once, with the rights that are asked for and no other', async () => {
  const on = await stage()
  const [, link = ''] = /(https:\S+)$/.exec(on.notices.join()) ?? []
  const { origin, pathname, searchParams } = new URL(link)
  expect([origin + pathname, searchParams.get('client_id')]).toEqual(['https://discord.com/oauth2/authorize', on.discord.world.me.id])
  expect(searchParams.get('scope')).toBe('bot applications.commands')
  const rights = new PermissionsBitField(BigInt(searchParams.get('permissions') ?? 0)).toArray()
  const needed = [
    'ViewChannel',
    'SendMessages',
    'SendMessagesInThreads',
    'AttachFiles',
    'ReadMessageHistory',
    'PinMessages',
    'CreateEvents',
  ]
  expect(rights.sort()).toEqual(needed.sort())
  const bare = on.discord.guild('Bare', { channels: ['gorton'], permissions: BigInt(searchParams.get('permissions') ?? 0) })
  bare.everyone(0n)
  const gorton = bare.channel('gorton')
  for (const place of [gorton, gorton.thread('Damp homes')]) expect(await on.adapter.missing(`discord:${place.id}` as SpaceRef)).toEqual([])
})

test('a token that is refused from the start is the end; start does not throw', async () => {
  const on = await stage({ started: false })
  await on.start(on.another('some.other.token'))
  await on.discord.until(() => states(on).length > 0)
  expect(on.statuses).toEqual([['dead', expect.stringMatching(/discord-dead-token/)]])
})

test('a token that is revoked while running: what is to be sent waits, and nothing more is asked', async () => {
  const on = await stage()
  on.discord.world.tokenWorks = false
  expect(await on.adapter.send(on.space, view('x'), 'k')).toEqual({ later: 60_000 })
  const calls = on.discord.calls().length
  expect(await on.adapter.send(on.space, view('x'), 'k')).toEqual({ later: 60_000 })
  expect([on.discord.calls().length, states(on)]).toEqual([calls, ['up', 'dead']])
})

test('Discord away at the start: down once, up when it is there', async () => {
  const on = await stage({ started: false })
  on.discord.fail({ path: '/gateway/bot', with: 500, times: 4 })
  await on.start()
  await on.discord.until(() => states(on).at(-1) === 'up', 'the bot to be up')
  expect(states(on)).toEqual(['down', 'up'])
})

test('the command list is set once, in the languages that Discord has', async () => {
  const on = await stage()
  const puts = (): number => on.discord.calls('PUT /applications/*/commands').length
  expect(puts()).toBe(1)
  expect(on.discord.world.commands).toMatchObject([
    {
      name: 'poll',
      description: 'Ask everybody',
      description_localizations: { de: 'Alle fragen' },
      options: [{ name: 'what', autocomplete: true, description_localizations: { de: 'discord-what in de' } }],
    },
    { type: ApplicationCommandType.Message, name: 'Make this a poll', name_localizations: { de: 'Daraus eine Umfrage machen' } },
  ])
  await on.adapter.stop()
  const gets = on.discord.calls('GET /applications/*/commands').length
  const second = on.another()
  await on.start(second)
  await on.discord.until(() => on.discord.calls('GET /applications/*/commands').length > gets && states(on).length === 2)
  await second.stop()
  expect(puts()).toBe(1)
})
