import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { castAll } from '../../src/polls/cast.ts'
import type { Vote } from '../../src/polls/voters.ts'
import { sqlOf } from '../../src/store/sql.ts'
import type { Tx } from '../../src/store/tx.ts'
import { type Standing, type TestApp, testApp } from '../helpers/app.ts'
import { until } from '../helpers/patience.ts'

let bot: TestApp
let network: Standing
beforeAll(async () => {
  bot = await testApp()
  network = await bot.network('East Manchester', ['Ardwick'])
})
afterAll(() => bot.close())

test('a secret poll: while open a choice is under a name that only the key makes; after the close nothing leads back', async () => {
  const { prisma } = bot.store
  const jo = bot.person('Jo').in(network.space('Ardwick'))
  await bot.grant(network, jo, 'coordinator')
  await jo.say('/poll What matters? | Buses | Parks')
  await bot.tick()
  const poll = await prisma.poll.findFirstOrThrow()
  const voters = Array.from({ length: 30 }, (_, i) => bot.person(`Resident ${i}`).in(network.space('Ardwick')))
  for (const [i, voter] of voters.entries()) await voter.press(i % 2 ? '1. Buses' : '2. Parks')

  const persons = await prisma.person.findMany()
  const open = await prisma.ballot.findMany()
  expect(open.length).toBe(30)
  for (const ballot of open) for (const person of persons) expect(JSON.stringify(ballot)).not.toContain(person.id)
  expect(Object.keys(open[0] ?? {}).sort()).toEqual(['areaId', 'options', 'pollId', 'receipt', 'voter'])
  expect(await prisma.tookPart.count({ where: { pollId: poll.id } })).toBe(30)
  // The guard against repeats keeps ids alone.
  const seen = await prisma.seen.findMany({ where: {} })
  expect(JSON.stringify(seen)).not.toContain('Counted')

  await jo.press('Close it')
  await jo.submit({ outcome: '' })
  const before = open.map(ballot => ballot.receipt)
  const closed = await prisma.closedBallot.findMany()
  expect(closed.length).toBe(30)
  expect(await prisma.ballot.count()).toBe(0)
  expect(await prisma.pollKey.count()).toBe(0)
  expect(closed.every(ballot => /^[0-9a-f-]{36}$/.test(ballot.id))).toBe(true)
  // Neither in the order of the votes nor of the old rows.
  const order = (await bot.store.prisma.$queryRaw<{ receipt: string }[]>`SELECT receipt FROM "ClosedBallot" ORDER BY ctid`).map(
    row => row.receipt,
  )
  expect([...order].sort()).toEqual([...before].sort())
  expect(order).not.toEqual(before)
  // What held them is rewritten with the next second's work.
  expect(await prisma.fact.count({ where: { name: 'polls-scrub' } })).toBe(1)
  await bot.tick()
  expect(await prisma.fact.count({ where: { name: 'polls-scrub' } })).toBe(0)
  expect((await voters[0]?.forge(`polls_mine_${poll.id}`))?.text).toContain('Who chose what was deleted')
})

test('“after close” and “after voting” are kept by every answer', async () => {
  const jo = bot.person('Jo').in(network.space('Ardwick'))
  const asks = async (later: number) => {
    await jo.say('/poll')
    await jo.submit({ question: `Which day ${later}?`, options: 'Monday\nTuesday', closes: '' })
    await jo.press('Make it named')
    for (let i = 0; i < later; i += 1) await jo.press('When numbers show')
    await jo.press('Post')
    await bot.tick()
    return bot.store.prisma.poll.findFirstOrThrow({ where: { question: `Which day ${later}?` } })
  }
  const amina = bot.person('Amina').in(network.space('Ardwick'))
  const bea = bot.person('Bea').in(network.space('Ardwick'))

  const voted = await asks(1)
  await amina.forge(`polls_v_${voted.id}_1`)
  expect((await bea.forge(`polls_mine_${voted.id}`)).text).not.toContain('1 answer')
  expect((await amina.forge(`polls_mine_${voted.id}`)).text).toContain('1. Monday: 1')
  expect((await jo.forge(`polls_show_${voted.id}`)).text).not.toContain('1. Monday: 1')
  expect((await jo.forge(`polls_names_${voted.id}`)).text).not.toContain('Amina')

  const closed = await asks(2)
  await amina.forge(`polls_v_${closed.id}_1`)
  for (const answer of [
    await amina.forge(`polls_mine_${closed.id}`),
    await jo.forge(`polls_show_${closed.id}`),
    await jo.forge(`polls_names_${closed.id}`),
  ]) {
    expect(answer.text).not.toContain('1. Monday: 1')
  }
  expect((await jo.say(`/poll export`)).text).not.toContain('Monday: 1')
  await jo.forge(`polls_close_${closed.id}`)
  await jo.submit({ outcome: '' })
  expect((await jo.forge(`polls_names_${closed.id}`)).text).toContain('Monday: Amina')
})

test('two processes that take answers at once take the steps of a secret poll one after the other: none is missed', async () => {
  const bot = await testApp()
  onTestFinished(() => bot.close())
  const { clock, deps, store } = bot
  const clayton = await bot.network('Clayton', ['Openshaw'])
  const jo = bot.person('Jo').in(clayton.space('Openshaw'))
  await bot.grant(clayton, jo, 'coordinator')
  await jo.say('/poll Which first? | Damp | Light')
  await bot.tick()
  const { id } = await store.prisma.poll.findFirstOrThrow({ where: { networkId: clayton.id } })
  const votes = (from: number, to: number): Vote[] =>
    Array.from({ length: to - from + 1 }, (_, i) => {
      const { ref, name } = bot.person(`Voter ${from + i}`)
      return { id: `vote ${from + i}`, pollId: id, wish: { choose: 1 }, place: { space: clayton.space('Openshaw') }, person: { ref, name } }
    })
  const cast = (tx: Tx, from: number, to: number) => castAll(sqlOf(tx), votes(from, to), deps.ids, clock.now())
  const waiting = async (): Promise<boolean> => {
    const [row] = await store.prisma.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM pg_stat_activity WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'`
    return (row?.n ?? 0) > 0
  }
  // Everybody is a person already: only the poll itself is to be waited for.
  for (let i = 1; i <= 13; i += 1) await bot.grant(clayton, bot.person(`Voter ${i}`))

  const second = store.prisma.$transaction(async first => {
    await cast(first, 1, 7)
    // It has begun before the first is committed, and waits for it.
    const late = store.prisma.$transaction(tx => cast(tx, 8, 13))
    await until(waiting, 'the second to wait for the poll')
    return { late }
  })
  await (await second).late
  const { figures } = await store.prisma.pollShown.findUniqueOrThrow({ where: { pollId: id } })
  // Seven and six: the steps were full at five answers and at ten, the second of them among the answers of the second.
  expect(figures).toEqual({ kind: 'steps', shown: { ballots: 5, options: [[1, 5]] }, next: { ballots: 10, options: [[1, 10]] } })
})
