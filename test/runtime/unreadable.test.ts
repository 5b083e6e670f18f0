import { expect, test } from 'vitest'
import { openStatus } from '../../src/web/status.ts'
import { ardwick, bot, gorton, HOUR, inTown, jo, network, reads } from '../helpers/town.ts'

inTown('Network', ['Ardwick', 'Gorton'], { botEach: true })

test('one forum that cannot be read: every other thing is done, and coordinators read which one it is', async () => {
  await jo.say('/forum Strengths | when: Tuesday 6pm | place: Grange Community Centre')
  await jo.press('Post')
  await jo.say('/forum Challenges | when: Tuesday 6pm | place: The library')
  await jo.press('Post')
  await jo.in(ardwick()).say('/poll Buses or parks? | Buses | Parks')
  const { prisma } = bot.store
  const broken = await prisma.forum.findFirstOrThrow({ where: { theme: 'Challenges' } })
  const now = bot.clock.now()
  await prisma.forum.update({ where: { id: broken.id }, data: { places: { spaces: [] }, lookAt: new Date(now.getTime() - HOUR) } })
  await prisma.poll.updateMany({ data: { closesAt: now } })
  // A day before, and the reminder is due.
  const other = await prisma.forum.findFirstOrThrow({ where: { theme: 'Strengths' } })
  bot.clock.at = other.startsAt.getTime() - 24 * HOUR
  await prisma.poll.updateMany({ data: { closesAt: bot.clock.now() } })
  await bot.tick()
  expect((await prisma.forum.findUniqueOrThrow({ where: { id: other.id } })).reminded.length).toBeGreaterThan(0)
  expect((await prisma.poll.findFirstOrThrow()).state).toBe('closed')
  expect(reads(ardwick()).some(text => text.includes('Buses or parks?'))).toBe(true)
  expect(reads(gorton()).some(text => text.includes('Strengths'))).toBe(true)

  await jo.say('/network health')
  expect(jo.reads().join('\n')).toContain('The forum “Challenges” could not be looked after.')
  const alarms = bot.bot.alarms
  const status = await openStatus({ port: 0, store: prisma, states: () => new Map([['chat', 'up'] as const]), alarms, metrics: [] })
  const metrics = await (await fetch(`http://127.0.0.1:${status.port}/metrics`)).text()
  expect(metrics).toMatch(/folkmoot_alarm_failures_total\{alarm="look-after-forums"\} [1-9]/)
  expect(metrics).toContain('folkmoot_alarm_troubles{alarm="look-after-forums"} 1')
  expect(metrics).not.toContain('Challenges')
  await status.close()
  expect(network.id).toBe(broken.networkId)
})

test('the operator’s door says so when nobody has looked for what is due for ten seconds', async () => {
  let age = 9_999
  const alarms = { age: () => age, troubles: () => [], failures: () => new Map<string, number>() }
  const status = await openStatus({
    port: 0,
    store: bot.store.prisma,
    states: () => new Map([['chat', 'up'] as const]),
    alarms,
    metrics: [],
  })
  const health = async () => {
    const answer = await fetch(`http://127.0.0.1:${status.port}/healthz`)
    return [answer.status, await answer.json()]
  }
  expect(await health()).toEqual([200, { ok: true, store: 'up', clock: 'goes', platforms: { chat: 'up' } }])
  age = 10_000
  expect(await health()).toEqual([503, { ok: false, store: 'up', clock: 'stands', platforms: { chat: 'up' } }])
  await status.close()
})
