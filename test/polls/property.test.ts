import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemIds } from '../../src/base/clock.ts'
import type { PersonRef, SpaceRef } from '../../src/platform/adapter.ts'
import { castAll } from '../../src/polls/cast.ts'
import { createPoll } from '../../src/polls/create.ts'
import { BALLOTS, counted, decide, type Wish } from '../../src/polls/domain.ts'
import { defaults } from '../../src/polls/settings.ts'
import type { Vote } from '../../src/polls/voters.ts'
import { sqlOf } from '../../src/store/sql.ts'
import { type Standing, type TestApp, testApp } from '../helpers/app.ts'
import { LONG_MS } from '../helpers/patience.ts'

// Long: ten thousand steps.

/** Random votes, changes, take-backs, repeats and reordering from several spaces, against a model that is nothing but a map. */

const STEPS = 10_000
const AREAS = ['Ancoats', 'Ardwick', 'Gorton']
const PEOPLE = 60
const OPTIONS = 5

interface Ballot {
  options: readonly number[]
  area: string
}

interface Model {
  readonly ballots: Map<string, Ballot>
  readonly seen: Set<string>
}

let bot: TestApp
let network: Standing
beforeAll(async () => {
  bot = await testApp()
  network = await bot.network('East Manchester', AREAS)
})
afterAll(() => bot.close())

async function openPoll(secret: boolean, max: number, min: number): Promise<string> {
  const jo = bot.person('Jo')
  const personId = await bot.grant(network, jo, 'coordinator')
  const base = defaults(
    'What matters?',
    Array.from({ length: OPTIONS }, (_, i) => `Option ${i + 1}`),
    undefined,
    new Date(bot.clock.at + 86_400_000),
  )
  const id = systemIds.id()
  const made = await bot.store.prisma.$transaction(tx =>
    createPoll(tx, bot.deps, { networkId: network.id, personId, id, settings: { ...base, secret, max, min } }),
  )
  expect(made).toHaveProperty('id', id)
  return id
}

/** One random deed. `again` repeats an earlier delivery, however old. */
const deed = fc.record({
  who: fc.integer({ min: 0, max: PEOPLE - 1 }),
  where: fc.integer({ min: 0, max: AREAS.length }),
  what: fc.oneof(
    { weight: 8, arbitrary: fc.record({ choose: fc.integer({ min: 1, max: OPTIONS + 1 }) }) },
    { weight: 2, arbitrary: fc.record({ drop: fc.integer({ min: 1, max: OPTIONS }) }) },
    { weight: 1, arbitrary: fc.constant('drop all' as const) },
  ),
  again: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) }),
})
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

function voteOf({ who, where, what }: Deed, pollId: string, id: string): Vote {
  const area = AREAS[where]
  const ref = `chat:@p${who}` as const satisfies PersonRef
  return {
    id,
    pollId,
    wish: what,
    place: area ? { space: network.space(area) as SpaceRef } : 'private',
    person: { ref, name: `Person ${who}` },
  }
}

function apply(model: Model, vote: Vote, rules: { max: number }): void {
  const before = model.ballots.get(vote.person.ref)
  const repeated = model.seen.has(vote.id)
  model.seen.add(vote.id)
  // In private nobody begins: they have not been met in this poll's chats.
  if (vote.place === 'private' && !before) return
  const wish: Wish = vote.wish
  if (typeof wish === 'object' && 'choose' in wish && wish.choose > OPTIONS) return
  if (repeated) return
  const here = vote.place === 'private' ? undefined : vote.place.space
  const area = before?.area ?? network.area(AREAS.find(one => network.space(one) === here) ?? '')
  const { options, what } = decide(before?.options ?? [], wish, rules)
  // A ballot begins with a choice, not with a take-back.
  if (!before && what === 'nothing to drop') return
  model.ballots.set(vote.person.ref, { options, area })
}

function tally(model: Model, min: number): Record<string, number> {
  const out: Record<string, number> = {}
  for (const { options, area } of model.ballots.values()) {
    const valid = counted(options, { min }, new Set())
    for (const option of valid.length > 0 ? [BALLOTS, ...valid] : []) out[`${area} ${option}`] = (out[`${area} ${option}`] ?? 0) + 1
  }
  return out
}

async function standing(pollId: string): Promise<Record<string, number>> {
  const rows = await bot.store.prisma.count.findMany({ where: { pollId, n: { not: 0 } } })
  return Object.fromEntries(rows.map(row => [`${row.areaId} ${row.option}`, row.n]))
}

test.each([
  { name: 'secret, one answer', secret: true, max: 1, min: 1, share: 0.4 },
  { name: 'named, up to three', secret: false, max: 3, min: 1, share: 0.3 },
  { name: 'secret, two to four', secret: true, max: 4, min: 2, share: 0.3 },
])(
  `total and area lines are right after every step ($name)`,
  async ({ secret, max, min, share }) => {
    const pollId = await openPoll(secret, max, min)
    const model: Model = { ballots: new Map(), seen: new Set() }
    const [deeds = []] = fc.sample(fc.array(deed, { minLength: STEPS * share, maxLength: STEPS * share }), {
      seed: 20261122 + max,
      numRuns: 1,
    })
    const sent: Vote[] = []
    let n = 0
    while (n < deeds.length) {
      // Groups of one to eight, as they gather while a commit is under way.
      const group = deeds.slice(n, n + 1 + (n % 8)).map((one, i) => {
        const old = one.again === undefined ? undefined : sent[Math.floor(one.again * sent.length)]
        // Sometimes a repeat comes in the very group of the first.
        return old ?? voteOf(one, pollId, `${pollId}/${n + i}`)
      })
      n += group.length
      sent.push(...group)
      await bot.store.prisma.$transaction(tx => castAll(sqlOf(tx), group, systemIds, bot.clock.now()))
      for (const vote of group) apply(model, vote, { max })
      expect(await standing(pollId)).toEqual(tally(model, min))
    }
    const ballots = await bot.store.prisma.ballot.findMany({ where: { pollId } })
    expect(ballots.length).toBe(model.ballots.size)
  },
  LONG_MS,
)
