import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinPeople } from '../../src/community/people.ts'
import { castAll } from '../../src/polls/cast.ts'
import { hideOption } from '../../src/polls/hidden.ts'
import { loadPoll } from '../../src/polls/poll.ts'
import type { Vote } from '../../src/polls/voters.ts'
import type { Rsvp } from '../../src/store/generated/client.ts'
import { sqlOf } from '../../src/store/sql.ts'
import { LONG_MS } from '../helpers/patience.ts'
import type { Someone } from '../helpers/person.ts'
import { ardwick, bot, DAY, gorton, inTown, network } from '../helpers/town.ts'
import { close, halls, inOne, openPoll } from './life.ts'

/** Random ballots and answers of two persons and of others, before the two are joined, against a model of one human. */

inTown('Network', ['Ardwick', 'Gorton'])

const ballot = fc.record({
  options: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
  inGorton: fc.boolean(),
  isTakenBack: fc.boolean(),
})
type Ballot = typeof ballot extends fc.Arbitrary<infer T> ? T : never
const maybe = fc.option(ballot, { nil: undefined })
const poll = fc.record({
  secret: fc.boolean(),
  rules: fc.constantFrom({ min: 1, max: 1 }, { min: 2, max: 3 }),
  isClosed: fc.boolean(),
  isOneHidden: fc.boolean(),
  // Of the one who stays, the one who goes, and somebody else.
  ballots: fc.tuple(maybe, maybe, maybe),
})
type Poll = typeof poll extends fc.Arbitrary<infer T> ? T : never
const deed = fc.record({
  who: fc.integer({ min: 0, max: 4 }),
  what: fc.constantFrom('go', 'go', 'go', 'maybe', 'cant', 'party_2', 'party_3', 'needs', 'remind_on'),
})

/** What stands on a ballot in the end: with one answer the last one chosen. */
function chosen({ options, isTakenBack }: Ballot, { rules: { max } }: Poll): readonly number[] {
  if (isTakenBack) return []
  return max === 1 ? options.slice(-1) : options
}

function valid(one: Ballot | undefined, of: Poll): readonly number[] {
  const left = one ? chosen(one, of).filter(option => !of.isOneHidden || option !== 1) : []
  return left.length >= of.rules.min ? left : []
}

/** By area and option, when the two are one. */
function modelled(of: Poll): Record<string, number> {
  const [into, from, other] = of.ballots
  const isApart = of.secret && of.isClosed
  const one = valid(into, of).length > 0 ? into : from
  const out: Record<string, number> = {}
  for (const ballot of isApart ? [into, from, other] : [one, other]) {
    const options = valid(ballot, of)
    const area = network.area(`${ballot?.inGorton ? 'Gorton' : 'Ardwick'} 1`)
    for (const option of options.length > 0 ? [0, ...options] : []) out[`${area} ${option}`] = (out[`${area} ${option}`] ?? 0) + 1
  }
  return out
}

async function make(of: Poll, makerId: string, people: readonly Someone[]): Promise<string> {
  const pollId = await openPoll(makerId, 'What matters?', { secret: of.secret, ...of.rules })
  const votes = of.ballots.flatMap((one, i): Vote[] => {
    const person = people[i]
    if (!one || !person) return []
    const wishes = [...one.options.map(choose => ({ choose })), ...(one.isTakenBack ? (['drop all'] as const) : [])]
    const place = { space: one.inGorton ? gorton() : ardwick() }
    return wishes.map((wish, n) => ({ id: `${pollId}/${i}/${n}`, pollId, wish, place, person }))
  })
  await inOne(tx => castAll(sqlOf(tx), votes, bot.deps.ids, bot.clock.now()))
  await inOne(async tx => {
    const whole = of.isOneHidden ? await loadPoll(tx, pollId) : undefined
    if (whole) await hideOption(tx, whole, 1, bot.clock.now())
  })
  if (of.isClosed) await close(pollId)
  return pollId
}

async function makeForum(id: string, capacity: number): Promise<void> {
  await bot.store.prisma.forum.create({
    data: {
      ...{
        id,
        networkId: network.id,
        theme: 'Theme',
        about: '',
        agenda: [],
        support: [],
        outcomes: [],
        minutes: 60,
        zone: 'Europe/London',
      },
      ...{ address: '', directions: '', stepFree: 'unsaid', host: '', contact: '', remind: [], reminded: [], capacity },
      places: { spaces: [], areas: [], platforms: [], audience: 'residents' },
      ...{ startsAt: new Date(bot.clock.at + 9 * DAY), postsAt: bot.clock.now() },
    },
  })
}

const RANKS = ['coming', 'offered', 'waiting', 'maybe', 'cant']

interface Joined {
  readonly id: string
  readonly capacity: number
  readonly before: readonly Rsvp[]
  readonly into: string
  readonly from: string
}

async function checkForum({ id, capacity, before, into, from }: Joined): Promise<void> {
  const after = await bot.store.prisma.rsvp.findMany({ where: { forumId: id } })
  const [hall] = await halls({ id })
  expect(hall?.kept).toEqual(hall?.counted)
  const taken = Number(hall?.counted['taken'])
  expect(taken).toBeLessThanOrEqual(capacity)
  const [head] = after.filter(row => row.answer === 'waiting').toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0))
  if (head) expect(head.party).toBeGreaterThan(capacity - taken)
  const isOne = (row: Rsvp): boolean => row.personId === into || row.personId === from
  const best = Math.min(...before.filter(isOne).map(row => RANKS.indexOf(row.answer)))
  const now = after.filter(isOne)
  expect(now.map(row => row.personId)).toEqual(before.some(isOne) ? [into] : [])
  // Who waited may have been offered what came free.
  for (const row of now) expect(RANKS[best] === 'waiting' ? ['waiting', 'offered'] : [RANKS[best]]).toContain(row.answer)
  for (const was of before.filter(row => !isOne(row))) {
    const is = after.find(row => row.personId === was.personId)
    expect(was.answer === 'waiting' ? ['waiting', 'offered'] : [was.answer]).toContain(is?.answer)
  }
}

test('two persons who are joined count as one human, whatever they have said', { timeout: LONG_MS }, async () => {
  let run = 0
  const { prisma } = bot.store
  await fc.assert(
    fc.asyncProperty(
      fc.array(poll, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(deed, { maxLength: 14 }),
      async (polls, capacity, deeds) => {
        run += 1
        const people = ['Into', 'From', 'Ada', 'Bea', 'Cal'].map(name => bot.person(`${name} ${run}`, { started: true }).in(ardwick()))
        const ids: string[] = []
        for (const one of people) ids.push(await bot.grant(network, one))
        const [into = '', from = ''] = ids
        const made: string[] = []
        for (const one of polls) made.push(await make(one, into, people))
        const forumId = bot.deps.ids.id()
        await makeForum(forumId, capacity)
        for (const { who, what } of deeds) {
          const [word, arg] = what.split('_')
          if (word === 'needs') await people[who]?.forgeForm(`forums_needs_${forumId}`, { needs: `Needs of ${who}` })
          else await people[who]?.forge(['forums', word, forumId, ...(arg ? [arg] : [])].join('_'))
        }
        const before = await prisma.rsvp.findMany({ where: { forumId } })
        expect(await inOne(tx => joinPeople(tx, bot.deps.features(), { from, into, now: bot.clock.now() }))).toBe(true)

        for (const [i, one] of polls.entries()) {
          const rows = await prisma.count.findMany({ where: { pollId: made[i] ?? '', n: { not: 0 } } })
          expect(Object.fromEntries(rows.map(row => [`${row.areaId} ${row.option}`, row.n]))).toEqual(modelled(one))
        }
        await checkForum({ id: forumId, capacity, before, into, from })
      },
    ),
    { numRuns: 25, seed: 20261201 },
  )
})
