import { describe, expect, test } from 'vitest'
import { forgetPerson } from '../../src/community/people.ts'
import { secretName } from '../../src/polls/cast.ts'
import { furnish } from '../app/furnished.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { bot, gorton, inTown, jo, network, reads, resident } from '../helpers/town.ts'
import { close, everything, halls, inOne, live, openPoll, openPolls, placesOf, type Row, speaksOf, tallies } from './life.ts'

/** A person is forgotten who has something of everything. */

inTown('Network', ['Ardwick', 'Gorton', 'Steering'], { botEach: true })

const NAME = 'Zebedee Quill'
const WORDS = ['Zebedee']

async function forget(personId: string): Promise<boolean> {
  const done = await inOne(tx => forgetPerson(tx, bot.deps.features(), { personId, now: bot.clock.now() }))
  bot.deps.poke()
  await bot.later(60_000)
  return done
}

async function town() {
  const { ids } = await furnish(name => name, 'Steering')
  const { id } = await bot.store.prisma.person.findFirstOrThrow({ where: { name: 'Jo' } })
  const polls = await openPolls(id)
  for (const [i, name] of ['Amina', 'Bea', 'Cal'].entries())
    for (const pollId of Object.values(polls)) await resident(name, i === 2 ? gorton() : undefined).forge(`polls_v_${pollId}_${i + 1}`)
  const personId = await live(NAME, polls, ids['known forum'], 1)
  await openPoll(personId, 'Which lamp?')
  for (const closed of [polls['named and closed'], polls['secret and closed']]) await close(closed)
  await bot.later(60_000)
  return { ids, polls, personId }
}

/** What an answer less changes: figures, posts, and what is noted on the way. */
const FIGURES = ['Count', 'PollShown', 'Delivery', 'Touched', 'Fact', 'Forum', 'Holding']
const OF_FORUMS = ['coming', 'taken', 'maybe', 'cant', 'waiting', 'lookAt']

/** The rows that are none of theirs, as text. */
async function others(words: readonly string[]): Promise<readonly string[]> {
  const all = await everything()
  const bare = (row: Row) => Object.fromEntries(Object.entries(row).filter(([column]) => !OF_FORUMS.includes(column)))
  return [...all].flatMap(([table, rows]) => {
    const theirs = rows.filter(row => !speaksOf(row, words))
    if (table === 'Forum') return theirs.map(row => `Forum ${JSON.stringify(bare(row))}`)
    return FIGURES.includes(table) ? [] : theirs.map(row => `${table} ${JSON.stringify(row)}`)
  })
}

describe('somebody who is forgotten', () => {
  test('leaves nothing that tells of them; what is counted is right, and nothing of anybody else has changed', {
    timeout: LONG_MS,
  }, async () => {
    const { polls, personId } = await town()
    const { prisma } = bot.store
    const key = await prisma.pollKey.findUniqueOrThrow({ where: { pollId: polls.secret } })
    const words = [...WORDS, personId, secretName(personId, { id: polls.secret, key: key.key })]
    // They are all over the place before.
    const before = await placesOf(words)
    for (const column of [
      ...[
        'Ballot.voter',
        'TookPart.personId',
        'Acted.personId',
        'Rsvp.personId',
        'Forum.host',
        'Forum.hostId',
        'Option.addedBy',
        'Network.deleteAskedBy',
      ],
      ...['Invitation.createdBy', 'JoinCode.createdBy', 'Feed.personId', 'Draft.personId', 'Grant.personId', 'Delivery.personRef'],
      ...[
        'Announcement.createdBy',
        'AnnouncementSeries.createdBy',
        'Forum.createdBy',
        'Poll.createdBy',
        'Waiting.identityRef',
        'Identity.name',
      ],
    ])
      expect(before).toContain(column)
    const rest = await others(words)
    expect(await forget(personId)).toBe(true)
    expect(await placesOf(words)).toEqual([])
    const now = new Set(await others(words))
    expect(rest.filter(row => !now.has(row))).toEqual([])
    const { kept, counted } = await tallies()
    expect(kept).toEqual(counted)
    for (const hall of await halls()) expect(hall.kept).toEqual(hall.counted)
  })

  test('is not counted any more in open polls, and still is in closed ones, by no name', { timeout: LONG_MS }, async () => {
    const { polls, personId } = await town()
    const answers = async () => {
      const rows = await bot.store.prisma.count.groupBy({ by: ['pollId'], where: { option: 0 }, _sum: { n: true } })
      return Object.entries(polls).map(([name, id]) => [name, rows.find(row => row.pollId === id)?._sum.n])
    }
    expect(await answers()).toEqual([
      ['named', 4],
      ['secret', 4],
      ['named and closed', 4],
      ['secret and closed', 4],
    ])
    await forget(personId)
    expect(await answers()).toEqual([
      ['named', 3],
      ['secret', 3],
      ['named and closed', 4],
      ['secret and closed', 4],
    ])
    expect(await bot.store.prisma.ballot.count({ where: { pollId: { in: [polls.named, polls.secret] } } })).toBe(6)
    expect(
      reads()
        .filter(post => post.includes('Which corner?'))
        .at(-1),
    ).toContain('3 answers')
  })

  test('gives their place in a forum to whoever waits', { timeout: LONG_MS }, async () => {
    const { ids, personId } = await town()
    const { prisma } = bot.store
    const forum = { where: { id: ids['known forum'] } }
    const { taken } = await prisma.forum.findUniqueOrThrow(forum)
    await prisma.forum.update({ ...forum, data: { capacity: taken } })
    const kay = resident('Kay')
    await kay.forge(`forums_go_${ids['known forum']}`)
    const waiting = await prisma.rsvp.findFirstOrThrow({ where: { answer: 'waiting' } })
    await forget(personId)
    expect((await prisma.rsvp.findFirstOrThrow({ where: { personId: waiting.personId } })).answer).toBe('offered')
    expect(kay.alone.reads().at(-1)).toContain('seat')
    for (const hall of await halls()) expect(hall.kept).toEqual(hall.counted)
  })

  test('stays counted in a forum that has been held', { timeout: LONG_MS }, async () => {
    const { ids, personId } = await town()
    const forum = { where: { id: ids['known forum'] } }
    const before = await bot.store.prisma.forum.findUniqueOrThrow(forum)
    bot.clock.at = before.startsAt.getTime() + 1_000
    await forget(personId)
    expect((await bot.store.prisma.forum.findUniqueOrThrow(forum)).coming).toBe(before.coming)
    expect(await placesOf([personId])).toEqual([])
  })

  test('is still known in another network, and votes in this one as somebody new', { timeout: LONG_MS }, async () => {
    const { polls, personId } = await town()
    const west = await bot.network('West', ['Wythenshawe'])
    const zebedee = resident(NAME)
    const there = await bot.grant(west, zebedee, 'coordinator')
    await forget(personId)
    const places = await placesOf(WORDS)
    expect(places.filter(place => !/^(?:Identity|Membership|Waiting|Asking)\./.test(place))).toEqual(['Person.name'])
    expect(await bot.store.prisma.grant.count({ where: { personId: there } })).toBe(1)
    expect((await zebedee.forge(`polls_v_${polls.named}_2`)).text).toContain('Counted')
    expect(await bot.store.prisma.person.count({ where: { networkId: network.id, name: NAME } })).toBe(1)
  })

  test('does not vote any more, not even with a press that was on its way', { timeout: LONG_MS }, async () => {
    const { polls, personId } = await town()
    const { prisma } = bot.store
    const waits = async () => {
      const [row] = await prisma.$queryRaw<{ n: number }[]>`
        SELECT count(*)::int AS n FROM pg_stat_activity WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'`
      return row?.n
    }
    const press = await inOne(async tx => {
      await forgetPerson(tx, bot.deps.features(), { personId, now: bot.clock.now() })
      const under = resident(NAME).forge(`polls_v_${polls.secret}_2`)
      await expect.poll(waits).toBeGreaterThan(0)
      return { under }
    })
    expect((await press.under).text).not.toContain('Counted')
    expect(await prisma.ballot.count({ where: { pollId: polls.secret } })).toBe(3)
    expect(await placesOf([personId])).toEqual([])
  })

  test('cannot be forgotten twice', async () => {
    const id = await bot.grant(network, jo)
    expect(await forget(id)).toBe(true)
    expect(await forget(id)).toBe(false)
  })
})
