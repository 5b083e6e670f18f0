import { GatewayCloseCodes } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { stage, view, whisper } from './harness.ts'

const states = (on: Awaited<ReturnType<typeof stage>>): string[] => on.fates.map(([state]) => state)

test('cut off and back: down once, up again, and what was pressed meanwhile is heard', async () => {
  const on = await stage()
  const post = await on.posted()
  on.reply = () => [whisper('Counted.')]
  on.discord.world.gateway.isAway = true
  on.discord.cutSockets()
  await on.discord.until(() => states(on).at(-1) === 'down')
  const press = on.amina.presses(post, 'Buses')
  on.discord.world.gateway.isAway = false
  await on.discord.until(() => states(on).at(-1) === 'up', 'the bot to be back', 10_000)
  await on.discord.until(() => on.heard.length === 1)
  expect(on.heard[0]?.id).toBe(`discord:${press.id}`)
  expect(states(on)).toEqual(['up', 'down', 'up'])
  expect(on.lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
})

test.each([
  { code: GatewayCloseCodes.AuthenticationFailed, why: /bot token/ },
  { code: GatewayCloseCodes.DisallowedIntents, why: /4014/ },
  { code: GatewayCloseCodes.InvalidAPIVersion, why: /for good/ },
])('close $code is the end, with one plain line', async ({ code, why }) => {
  const on = await stage()
  on.discord.world.gateway.close(code)
  await on.discord.until(() => states(on).at(-1) === 'dead')
  expect(on.fates.slice(1)).toEqual([['dead', expect.stringMatching(why)]])
})

test('a token that is refused from the start is the end; start does not throw', async () => {
  const on = await stage({ started: false })
  await on.start(on.another('some.other.token'))
  await on.discord.until(() => states(on).length > 0)
  expect(on.fates).toEqual([['dead', expect.stringMatching(/bot token/)]])
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
  await on.discord.until(() => states(on).at(-1) === 'up', 'the bot to be up', 15_000)
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
  ])
  await on.adapter.stop()
  const gets = on.discord.calls('GET /applications/*/commands').length
  await on.start(on.another())
  await on.discord.until(() => on.discord.calls('GET /applications/*/commands').length > gets && states(on).length === 2)
  await on.adapter.stop()
  expect(puts()).toBe(1)
})

test('a channel or thread that is deleted is left', async () => {
  const on = await stage()
  const thread = on.ardwick.thread('Damp homes')
  thread.vanish()
  on.ardwick.vanish()
  await on.discord.until(() => on.heard.length === 2)
  expect(on.heard.map(({ place, event }) => [place, event.kind])).toEqual([
    [{ space: `discord:${thread.id}` }, 'left'],
    [{ space: on.space }, 'left'],
  ])
})
