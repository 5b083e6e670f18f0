import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bring, comeAlone, decide, free, promoted, type Room, type Said, seats } from '../../src/forums/domain.ts'
import type { Inbound, PersonRef } from '../../src/platform/adapter.ts'
import { type Standing, type TestApp, testApp } from '../helpers/app.ts'
import { LONG_MS } from '../helpers/patience.ts'

// Long: 500 presses, a hundred at once, each in a transaction that waits for the one before.

/** A forum in memory, kept by the rules alone. */
class Hall {
  readonly said = new Map<number, Said>()
  /** Who came to the waiting list, in order; and in which order they were offered a place. */
  readonly came: number[] = []
  readonly offered: number[] = []
  private readonly capacity: number
  private lastPlace = 0

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get room(): Room {
    const all = [...this.said.values()]
    const taken = all.reduce((sum, one) => sum + seats(one), 0)
    return { capacity: this.capacity, taken, waiting: all.filter(one => one.answer === 'waiting').length, lastPlace: this.lastPlace }
  }

  answers(who: number, wish: 'coming' | 'maybe' | 'cant'): void {
    const before = this.said.get(who)
    const after = decide(before, wish, this.room)
    if (after.answer === 'waiting' && before?.answer !== 'waiting') this.came.push(who)
    if (before?.answer === 'waiting' && after.answer !== 'waiting') this.came.splice(this.came.indexOf(who), 1)
    this.keep(who, after)
  }

  brings(who: number, party: number): void {
    const before = this.said.get(who)
    const after = before && bring(before, party, this.room)
    if (after && 'answer' in after) this.keep(who, after)
  }

  alone(who: number): void {
    const before = this.said.get(who)
    const list = [...this.said.values()].filter(one => one.answer === 'waiting')
    const isFirst = list.every(one => (one.place ?? 0) >= (before?.place ?? 0))
    const after = before && comeAlone(before, isFirst, this.room)
    if (after?.answer === 'coming' && before?.answer === 'waiting') this.came.splice(this.came.indexOf(who), 1)
    if (after) this.keep(who, after)
  }

  lapses(who: number): void {
    const before = this.said.get(who)
    if (before?.answer === 'offered') this.keep(who, { ...before, answer: 'maybe' })
  }

  private keep(who: number, after: Said): void {
    this.said.set(who, after)
    this.lastPlace = Math.max(this.lastPlace, after.place ?? 0)
    const list = [...this.said].filter(([, one]) => one.answer === 'waiting').toSorted(([, a], [, b]) => (a.place ?? 0) - (b.place ?? 0))
    const lucky = promoted(
      list.map(([id, one]) => ({ id, party: one.party })),
      this.room,
    )
    for (const { id } of lucky) {
      const one = this.said.get(id)
      if (one) this.said.set(id, { ...one, answer: 'offered', place: null })
      expect(this.came.shift()).toBe(id)
      this.offered.push(id)
    }
  }
}

const who = fc.integer({ min: 1, max: 60 })
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ who, wish: fc.constantFrom('coming', 'coming', 'maybe', 'cant') }) },
  { weight: 2, arbitrary: fc.record({ who, party: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ who, alone: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.record({ who, lapses: fc.constant(true) }) },
)

describe('the rules', () => {
  test('never give out more places than there are, and the waiting list is served in its order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.array(deed, { maxLength: 500 }), (capacity, deeds) => {
        const hall = new Hall(capacity)
        for (const one of deeds) {
          if ('wish' in one) hall.answers(one.who, one.wish as 'coming')
          else if ('party' in one) hall.brings(one.who, one.party)
          else if ('alone' in one) hall.alone(one.who)
          else hall.lapses(one.who)
          expect(hall.room.taken).toBeLessThanOrEqual(capacity)
        }
        // Nobody waits who could be let in.
        const first = [...hall.said.values()].filter(one => one.answer === 'waiting').toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0))[0]
        if (first) expect(first.party).toBeGreaterThan(free(hall.room))
      }),
      { numRuns: 200 },
    )
  })
})

describe('in the store', () => {
  let bot: TestApp
  let network: Standing

  beforeAll(async () => {
    bot = await testApp()
    network = await bot.network('Ancoats', ['Ardwick'])
  })
  afterAll(() => bot.close())

  test('500 presses at once for 20 places, with people who change their minds: never 21, and the list in order', {
    timeout: LONG_MS,
  }, async () => {
    const jo = bot.person('Jo', { started: true }).in(network.space('Ardwick'))
    await bot.grant(network, jo, 'coordinator')
    await jo.say('/forum Strengths | when: in 10 days')
    await jo.press('Seats and host')
    await jo.submit({ capacity: '20', host: '', contact: '' })
    await jo.press('Send to all chats')
    await jo.press('Post')
    const { id } = await bot.store.prisma.forum.findFirstOrThrow()
    const press = (person: number, action: string, n: number): Promise<unknown> => {
      const event = { kind: 'press', token: `forums_${action}_${id}` } as const
      const inbound: Inbound = {
        ...{ id: `press:${n}`, received: bot.clock.now(), event, place: { space: network.space('Ardwick') } },
        person: { ref: `chat:@p${person}` as const satisfies PersonRef, name: `Person ${person}` },
      }
      return comesAgain(() => bot.app.receive(bot.chat(), inbound))
    }
    const random = fc.sample(
      fc.record({ person: fc.integer({ min: 1, max: 120 }), action: fc.constantFrom('go', 'go', 'go', 'cant', 'maybe') }),
      {
        numRuns: 500,
        seed: 7,
      },
    )
    let most = 0
    const watch = async () => {
      const rows = await bot.store.prisma.rsvp.findMany({ where: { forumId: id } })
      const taken = rows.filter(one => one.answer === 'coming' || one.answer === 'offered').reduce((sum, one) => sum + one.party, 0)
      most = Math.max(most, taken)
      const places = rows.filter(one => one.answer === 'waiting').map(one => one.place ?? 0)
      return { rows, taken, places }
    }
    for (let from = 0; from < random.length; from += 100) {
      await Promise.all(random.slice(from, from + 100).map(({ person, action }, i) => press(person, action, from + i)))
      await watch()
    }
    const { rows, taken, places } = await watch()
    const forum = await bot.store.prisma.forum.findUniqueOrThrow({ where: { id } })
    expect(most).toBe(20)
    expect(taken).toBe(20)
    expect(forum).toMatchObject({
      taken,
      coming: rows.filter(one => one.answer === 'coming').length,
      maybe: rows.filter(one => one.answer === 'maybe').length,
      cant: rows.filter(one => one.answer === 'cant').length,
      waiting: places.length,
    })
    expect(new Set(places).size).toBe(places.length)
    expect(Math.max(...places)).toBeLessThanOrEqual(forum.lastPlace)
    // Whoever comes next stands behind all of them.
    await press(999, 'go', 1000)
    const last = await bot.store.prisma.rsvp.findFirstOrThrow({
      where: { forumId: id },
      orderBy: { place: { sort: 'desc', nulls: 'last' } },
    })
    expect(last).toMatchObject({ answer: 'waiting', place: forum.lastPlace + 1 })
  })
})

/** On a busy machine some wait too long for their turn: like every adapter, it brings them again, under the same id. */
async function comesAgain<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (cause) {
      if (!(cause instanceof Error && 'retry' in cause)) throw cause
    }
  }
}
