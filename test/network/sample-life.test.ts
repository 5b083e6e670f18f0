import { afterEach, expect, test } from 'vitest'
import type { App } from '../../src/app/app.ts'
import { plantSample } from '../../src/network/sample.ts'
import { sampleLife } from '../../src/network/sample-life.ts'
import { plain } from '../../src/view/plain.ts'
import { type TestApp, testApp } from '../helpers/app.ts'
import { turnAt } from '../helpers/turn.ts'

let bot: TestApp
afterEach(() => bot.close())

/** Brings the sample network to life, in a process of its own; its people act so often before it is killed. Returns how often they did. */
async function bringToLife(acts = Number.POSITIVE_INFINITY): Promise<number> {
  let done = 0
  const receive: App['receive'] = (...given) => {
    done += 1
    if (done > acts) throw new Error('Killed.')
    return bot.app.receive(...given)
  }
  const { alarm } = sampleLife({
    deps: bot.deps,
    app: { receive },
    adapter: bot.chat(),
    texts: bot.deps.texts.in('en'),
    isOurs: () => true,
  })
  await alarm.run(turnAt(bot.clock.now())).catch((cause: Error) => expect(cause.message).toBe('Killed.'))
  await bot.tick()
  return done
}

const planted = async (): Promise<void> => plantSample(bot.deps, 'chat', bot.deps.texts.in('en'))
const inChat = (chat: string): readonly string[] => bot.chat().shown.flatMap(one => (one.at === `chat:${chat}` ? plain(one.view) : []))

/** All that stands there by what was done. */
async function counted(): Promise<object> {
  const { prisma } = bot.store
  const forum = await prisma.forum.findFirstOrThrow()
  return {
    polls: await prisma.poll.groupBy({ by: ['state'], _count: true, orderBy: { state: 'asc' } }),
    ballots: [await prisma.ballot.count(), await prisma.closedBallot.count()],
    announcements: [await prisma.announcement.count(), await prisma.announcementSeries.count()],
    forums: [await prisma.forum.count(), forum.coming, forum.maybe, forum.cant],
    people: await prisma.person.count(),
    withArea: await prisma.person.count({ where: { areaId: { not: null } } }),
  }
}

const ALL_OF_IT = {
  polls: [
    { state: 'open', _count: 1 },
    { state: 'closed', _count: 1 },
  ],
  ballots: [65, 57],
  announcements: [1, 1],
  forums: [1, 14, 4, 3],
  people: 9 + 65,
  withArea: 7,
}

test('the sample network comes to life: polls with lines by area, an outcome, a forum with answers, announcements', async () => {
  bot = await testApp()
  await planted()
  await bringToLife()
  expect(await counted()).toEqual(ALL_OF_IT)
  const ardwick = inChat('ardwick')
  expect(ardwick.map(text => text.split('\n')[0])).toEqual([
    expect.stringContaining('Hello. I am Folkmoot'),
    'Where should we open a warm room this winter?',
    'Result: Where should we open a warm room this winter?',
    expect.stringContaining('Litter pick on Saturday'),
    'Strengths of our neighbourhood',
    'What would help most on your street this winter?',
  ])
  const [, , result = '', , forum, open = ''] = ardwick
  expect(result).toContain('Most of you chose the library.')
  for (const poll of [result, open])
    for (const area of ['Ancoats & Beswick', 'Ardwick', 'Clayton & Openshaw', 'Gorton & Abbey Hey', 'Levenshulme & Longsight'])
      expect(poll).toMatch(new RegExp(`${area} \\(\\d+\\): .* \\d+`))
  expect(forum).toContain('Coming 14 · Maybe 4')
  expect(inChat('all')).toHaveLength(6)
  expect(inChat('steering')).toHaveLength(1)
  expect(bot.chat().shown.filter(one => one.at.startsWith('chat:@'))).toEqual([])

  // Once: another start finds nothing to do.
  expect(await bringToLife()).toBe(0)
  expect(await counted()).toEqual(ALL_OF_IT)
})

test('killed in the middle it is gone on with, and nothing is there twice', async () => {
  bot = await testApp({ log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } })
  await planted()
  for (const acts of [3, 7, 40, 90, 170]) {
    expect(await bringToLife(acts)).toBeGreaterThan(acts)
    // So long at least a new start takes.
    bot.clock.at += 10_000
  }
  await bringToLife()
  expect(await counted()).toEqual(ALL_OF_IT)
  expect(inChat('ardwick')).toHaveLength(6)
})

test('a sample network of before stays as it is, and gets the chat for all areas', async () => {
  bot = await testApp()
  await planted()
  await bot.store.prisma.fact.deleteMany()
  await bot.store.prisma.delivery.deleteMany({ where: { subject: { contains: 'hello' } } })
  await bot.store.prisma.space.deleteMany({ where: { ref: 'chat:all' } })
  await planted()
  expect(await bringToLife()).toBe(0)
  expect(await bot.store.prisma.space.count()).toBe(7)
  expect(inChat('all')).toEqual([expect.stringContaining('East Manchester, all areas')])
  expect(await bot.store.prisma.poll.count()).toBe(0)
})
