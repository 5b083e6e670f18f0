import { describe, expect, test } from 'vitest'
import { joinPeople } from '../../src/community/people.ts'
import { secretName } from '../../src/polls/cast.ts'
import { furnish } from '../app/furnished.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { bot, inTown, network, resident } from '../helpers/town.ts'
import { close, halls, inOne, live, openPoll, openPolls, placesOf, tallies } from './life.ts'

/** Two persons, each with something of everything, turn out to be one. */

inTown('Network', ['Ardwick', 'Gorton', 'Steering'], { botEach: true })

async function join(from: string, into: string): Promise<boolean> {
  const done = await inOne(tx => joinPeople(tx, bot.deps.features(), { from, into, now: bot.clock.now() }))
  bot.deps.poke()
  await bot.later(60_000)
  return done
}

async function town() {
  const { ids } = await furnish(name => name, 'Steering')
  const jo = await bot.store.prisma.person.findFirstOrThrow({ where: { name: 'Jo' } })
  const polls = await openPolls(jo.id)
  for (const pollId of Object.values(polls)) await resident('Bea').forge(`polls_v_${pollId}_3`)
  const from = await live('Zora Old', polls, ids['known forum'], 1)
  const into = await live('Zora New', polls, ids['known forum'], 2)
  // And in these only the one who goes has said anything.
  const alone = { named: await openPoll(from, 'Which lamp?', { secret: false }), secret: await openPoll(from, 'Which door?') }
  for (const pollId of Object.values(alone)) await resident('Zora Old').forge(`polls_v_${pollId}_1`)
  await bot.tick()
  return { ids, polls, alone, from, into }
}

describe('two persons who are one', () => {
  test('are one in everything: nothing speaks of the other one, and what is counted is right', { timeout: LONG_MS }, async () => {
    const { polls, alone, from, into } = await town()
    const { prisma } = bot.store
    for (const closed of [polls['named and closed'], polls['secret and closed']]) await close(closed)
    await bot.later(60_000)
    const keys = await prisma.pollKey.findMany({ where: { pollId: { in: [polls.secret, alone.secret] } } })
    const words = [from, ...keys.map(({ pollId, key }) => secretName(from, { id: pollId, key }))]
    expect((await placesOf(words)).length).toBeGreaterThan(15)
    const had = async () => ({
      feeds: await prisma.feed.count({ where: { personId: into } }),
      drafts: await prisma.draft.count({ where: { personId: into } }),
      roles: (await prisma.grant.findMany({ where: { personId: into }, orderBy: { role: 'asc' } })).map(grant => grant.role),
      accounts: await prisma.membership.count({ where: { personId: into } }),
      forums: await prisma.forum.count({ where: { createdBy: into, hostId: into } }),
      announcements: await prisma.announcement.count({ where: { createdBy: into } }),
      series: await prisma.announcementSeries.count({ where: { createdBy: into } }),
      invitations: await prisma.invitation.count({ where: { createdBy: into } }),
      codes: await prisma.joinCode.count({ where: { createdBy: into } }),
      options: await prisma.option.count({ where: { addedBy: into } }),
    })
    const before = await had()
    expect(await join(from, into)).toBe(true)
    expect(await placesOf(words)).toEqual([])
    const { kept, counted } = await tallies()
    expect(kept).toEqual(counted)
    for (const hall of await halls()) expect(hall.kept).toEqual(hall.counted)
    const after = await had()
    const doubled = Object.entries(before).map(([name, n]) => [name, typeof n === 'number' ? 2 * n : n])
    expect(after).toEqual({ ...Object.fromEntries(doubled), roles: ['coordinator', 'decisionMaker', 'steering'] })
    expect(await prisma.network.findUniqueOrThrow({ where: { id: network.id } })).toMatchObject({ deleteAskedBy: into })
    expect((await prisma.person.findUniqueOrThrow({ where: { id: into } })).name).toBe('Zora New')
  })

  test('have one ballot: the one of the account that they go on with, where there are two', { timeout: LONG_MS }, async () => {
    const { polls, alone, from, into } = await town()
    await close(polls['secret and closed'])
    await close(polls['named and closed'])
    await join(from, into)
    const counts = await bot.store.prisma.count.findMany({ where: { n: { not: 0 } }, orderBy: { option: 'asc' } })
    const of = (pollId: string) => counts.filter(row => row.pollId === pollId).map(({ option, n }) => [option, n])
    // Bea chose 3, the old account 1, the new one 2.
    for (const one of ['named', 'secret', 'named and closed'] as const)
      expect([one, of(polls[one])]).toEqual([
        one,
        [
          [0, 2],
          [2, 1],
          [3, 1],
        ],
      ])
    expect(of(polls['secret and closed'])).toEqual([
      [0, 3],
      [1, 1],
      [2, 1],
      [3, 1],
    ])
    for (const pollId of Object.values(alone))
      expect(of(pollId)).toEqual([
        [0, 1],
        [1, 1],
      ])
    expect(await bot.store.prisma.tookPart.count({ where: { personId: into } })).toBe(3)
    // Either account changes the same ballot from now on.
    await resident('Zora Old').forge(`polls_v_${alone.secret}_2`)
    await resident('Zora New').forge(`polls_v_${alone.named}_3`)
    const now = await bot.store.prisma.count.findMany({
      where: { n: { not: 0 }, option: { not: 0 }, pollId: { in: Object.values(alone) } },
      orderBy: { pollId: 'asc' },
    })
    expect(now.map(({ pollId, option, n }) => [pollId, option, n])).toEqual([
      [alone.named, 3, 1],
      [alone.secret, 2, 1],
    ])
  })

  test('come once to a forum, with the needs of both and the place that is free for another', { timeout: LONG_MS }, async () => {
    const { ids, from, into } = await town()
    const { prisma } = bot.store
    const forum = { where: { id: ids['known forum'] } }
    const { taken } = await prisma.forum.findUniqueOrThrow(forum)
    await prisma.forum.update({ ...forum, data: { capacity: taken } })
    await resident('Kay').forge(`forums_go_${ids['known forum']}`)
    await join(from, into)
    const rows = await prisma.rsvp.findMany({
      where: { forumId: ids['known forum'], person: { name: { in: ['Kay', 'Zora New'] } } },
      include: { person: true },
    })
    expect(rows.map(row => [row.person.name, row.answer, row.needs]).toSorted()).toEqual([
      ['Kay', 'offered', null],
      ['Zora New', 'coming', 'Needs 2'],
    ])
    for (const hall of await halls()) expect(hall.kept).toEqual(hall.counted)
  })

  test('must be two persons of one network', async () => {
    const west = await bot.network('West', ['Wythenshawe'])
    const here = await bot.grant(network, resident('Amina'))
    const there = await bot.grant(west, resident('Amina'))
    expect([await join(here, there), await join(here, here), await join(here, 'nobody')]).toEqual([false, false, false])
    expect(await bot.store.prisma.person.count({ where: { name: 'Amina' } })).toBe(2)
  })
})
