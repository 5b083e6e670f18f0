import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSeries } from '../../src/announcements/series-create.ts'
import { seriesDue } from '../../src/announcements/series-due.ts'
import { defaults } from '../../src/announcements/settings.ts'
import { datesBetween } from '../../src/schedule/recurrence/dates.ts'
import { readRepeats } from '../../src/schedule/recurrence/plain-rule.ts'
import { LONG_MS } from '../helpers/patience.ts'
import { bot, count, DAY, HOUR, inTown, jo, network, reads } from '../helpers/town.ts'
import { turnAt } from '../helpers/turn.ts'

const MINUTE = 60_000

inTown('Network', ['Ardwick', 'Gorton'], { anew: true })

const begin = async (line: string) => {
  await jo.say(`/announce ${line}`)
  return jo.press('Post')
}
/** Without the chat, where so much would be too much. */
const beginHere = async (often: string) => {
  const read = await readRepeats(often, { zone: 'Europe/London', now: bot.deps.clock.now() })
  if (!('repeats' in read)) throw new Error(read.key)
  const what = { networkId: network.id, personId: 'jo', settings: defaults('Tea', undefined), repeats: read.repeats }
  await bot.store.prisma.$transaction(tx => createSeries(tx, bot.deps, { ...what, id: bot.deps.ids.id() }))
}
const made = () => bot.store.prisma.announcement.findMany({ where: { networkId: network.id }, orderBy: { date: 'asc' } })
const series = () => bot.store.prisma.announcementSeries.findMany({ where: { networkId: network.id }, orderBy: { words: 'asc' } })
const told = () => jo.reads().filter(said => said.includes('While I was away'))

describe('what fell due while the bot was away', () => {
  test('is posted when it is back, if it is still of use; nobody is bothered', async () => {
    await begin('Tea | when: every day at 10')
    await bot.later(12 * HOUR)
    expect(reads()).toEqual(['Tea'])
    expect(told()).toEqual([])
    expect((await series())[0]).toMatchObject({ missed: 0, nextAt: new Date('2026-11-03T10:00:00Z') })
  })

  test('after a long time only the newest date goes out; the others are counted, and told once', async () => {
    await begin('Tea | when: every day at 10')
    await bot.later(10 * DAY + 2 * HOUR)
    expect(reads()).toEqual(['Tea'])
    expect(told()).toEqual([
      `While I was away, dates of repeated announcements passed (Network ${count}).\n“Tea”: 10 dates were not posted, the last one Wednesday 11 November, 10:00. The one after it is posted now.`,
    ])
    await bot.later(HOUR)
    expect(told()).toHaveLength(1)
    await bot.later(DAY)
    expect(reads()).toHaveLength(2)
    expect(told()).toHaveLength(1)
    expect((await jo.press('Tea')).text).toContain('Missed: 10 dates, the last one Wednesday 11 November, 10:00')
  })

  test('what is of no use any more does not go out at all', async () => {
    await begin('Tea | when: every Monday at 10')
    await bot.later(DAY)
    expect(reads()).toEqual([])
    expect(told()[0]).toContain('“Tea”: 1 date was not posted, Monday 2 November, 10:00.')
    expect(told()[0]).not.toContain('posted now')
    await bot.later(6 * DAY + HOUR)
    expect(reads()).toEqual(['Tea'])
  })

  test('several series are told of in one message', async () => {
    await begin('Tea | when: every day at 10')
    await begin('Cake | when: every day at 11')
    await bot.later(3 * DAY + 2 * HOUR)
    expect(told()).toHaveLength(1)
    expect(told()[0]).toMatch(/“Tea”: 3 dates[\s\S]*“Cake”: 3 dates/)
  })

  test('a series that ran out meanwhile is over, and what it missed is told', async () => {
    await begin('Tea | when: every day at 10, 3 times')
    await bot.later(30 * DAY)
    expect(reads()).toEqual([])
    expect(told()[0]).toContain('3 dates were not posted, the last one Wednesday 4 November, 10:00.')
    expect((await series())[0]).toMatchObject({ nextAt: null, dueAt: null, missed: 3 })
  })

  test('a paused network posts nothing; when it goes on, the newest date of use goes out', async () => {
    await begin('Tea | when: every day at 10')
    const set = (state: 'active' | 'paused') => bot.store.prisma.network.update({ where: { id: network.id }, data: { state } })
    await set('paused')
    for (let day = 0; day < 3; day += 1) await bot.later(DAY)
    expect(await made()).toEqual([])
    expect(told()).toEqual([])
    await set('active')
    await bot.later(2 * HOUR)
    expect(reads()).toEqual(['Tea'])
    expect(told()).toHaveLength(1)
  })
})

describe('the clock of the machine', () => {
  test('an hour back, a day forward, two hours asleep: nothing is repeated, nothing lost', async () => {
    await begin('Tea | when: every day at 10')
    await bot.later(HOUR)
    expect(reads()).toHaveLength(1)
    // An hour back, over the date.
    await bot.later(-HOUR)
    await bot.later(HOUR)
    await bot.later(HOUR)
    expect(reads()).toHaveLength(1)
    // A day forward: that day's date goes out then, and not once more when the clock is right again.
    await bot.later(DAY)
    expect(reads()).toHaveLength(2)
    await bot.later(-DAY)
    await bot.later(DAY)
    expect(reads()).toHaveLength(2)
    // Asleep from nine to eleven.
    bot.clock.at = Date.UTC(2026, 10, 4, 9)
    await bot.tick()
    await bot.later(2 * HOUR)
    expect(reads()).toHaveLength(3)
    expect(told()).toEqual([])
  })

  test('a rule that is taken over again while the clock is behind posts no date twice', async () => {
    await begin('Tea | when: every day at 10')
    await bot.later(HOUR)
    await bot.later(-HOUR)
    await jo.say('/announce show tea')
    await jo.press('Change how often')
    await jo.submit({ repeat: 'every day at 10, 5 times' })
    await jo.press('Yes, change it')
    await bot.later(HOUR)
    expect(reads()).toEqual(['Tea'])
  })

  test('whatever it does, each date is posted or counted as missed, once', { timeout: LONG_MS }, async () => {
    const jump = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 90 }).map(n => n * MINUTE) },
      { weight: 1, arbitrary: fc.constantFrom(-HOUR, -20 * MINUTE, DAY, 2 * HOUR, 13 * HOUR) },
    )
    const rule = fc.constantFrom('every 30 minutes', 'every day at 10', 'every 6 hours', 'every weekday at 9:30')
    await fc.assert(
      fc.asyncProperty(rule, fc.array(jump, { minLength: 3, maxLength: 14 }), async (often, jumps) => {
        bot.clock.at = Date.UTC(2026, 10, 2, 9)
        await bot.store.prisma.announcementSeries.deleteMany()
        await beginHere(often)
        const began = new Date(bot.clock.at)
        let furthest = bot.clock.at
        for (const by of jumps) {
          bot.clock.at += by
          furthest = Math.max(furthest, bot.clock.at)
          await seriesDue(bot.deps, turnAt(bot.deps.clock.now()))
        }
        const [one] = await series()
        if (!one) throw new Error('It is gone.')
        const dates = datesBetween({ ...one, except: [], moved: {} }, began, new Date(furthest)).map(({ at }) => at.toISOString())
        const posted = (await made()).map(({ date }) => date?.toISOString() ?? '')
        expect(posted.filter(date => !dates.includes(date))).toEqual([])
        expect(new Set(posted).size).toBe(posted.length)
        expect(posted.length + one.missed).toBe(dates.length)
      }),
      { numRuns: 25 },
    )
  })
})

test('two processes on one store post each date once', async () => {
  for (let n = 0; n < 5; n += 1) await begin(`Tea ${n} | when: every day at 10`)
  for (let day = 0; day < 4; day += 1) {
    bot.clock.at = Date.UTC(2026, 10, 2 + day, 10)
    const now = bot.deps.clock.now()
    await Promise.all([1, 2, 3].map(() => seriesDue(bot.deps, turnAt(now))))
  }
  const all = await made()
  expect(all).toHaveLength(20)
  expect(new Set(all.map(one => `${one.seriesId} ${one.date?.toISOString()}`)).size).toBe(20)
  expect(await bot.store.prisma.delivery.count({ where: { networkId: network.id, spaceId: { not: null } } })).toBe(40)
})

test('many that are due at once are done in batches, in a few statements each', async () => {
  await begin('Tea | when: every day at 10')
  const [model] = await series()
  if (!model) throw new Error('There is none.')
  const { picture: _picture, ...rest } = model
  const rows = Array.from({ length: 119 }, (_, n) => ({ ...rest, id: `many${n}`, moved: {}, places: model.places ?? {} }))
  await bot.store.prisma.announcementSeries.createMany({ data: rows })
  bot.clock.at += HOUR
  const counts: number[] = []
  for (let second = 0; second < 3; second += 1) {
    await seriesDue(bot.deps, turnAt(bot.deps.clock.now()))
    counts.push(await bot.store.prisma.announcement.count())
  }
  expect(counts).toEqual([50, 100, 120])
})
