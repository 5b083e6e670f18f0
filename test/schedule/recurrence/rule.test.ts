import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { dateAt, datesBetween, nextDates } from '../../../src/schedule/recurrence/dates.ts'
import { isRepeating, readRepeats } from '../../../src/schedule/recurrence/plain-rule.ts'
import { type Every, type On, type Repeats, type Rule, readRule, WEEKDAYS, writeRule } from '../../../src/schedule/recurrence/rule.ts'
import { sayRepeats } from '../../../src/schedule/recurrence/say-rule.ts'
import { localNumber, onTheWall } from '../../../src/schedule/wall-clock.ts'
import { readCatalogues } from '../../../src/texts/texts.ts'
import { naiveDates } from './naive.ts'

const texts = readCatalogues([new URL('../../../src/', import.meta.url)]).in('en')
/** A Sunday. */
const now = new Date('2026-11-22T10:00:00Z')
const london = { zone: 'Europe/London', now }
const whole = (repeats: Repeats) => ({ ...repeats, except: [], moved: {} })

async function read(words: string): Promise<Repeats> {
  const found = await readRepeats(words, london)
  if (!('repeats' in found)) throw new Error(`${words}: ${found.key}`)
  return found.repeats
}

describe('plain words', () => {
  test.each([
    { words: 'every day at 9', rule: 'FREQ=DAILY', start: '2026-11-23T09:00', said: 'every day at 09:00' },
    { words: 'daily at 11', rule: 'FREQ=DAILY', start: '2026-11-22T11:00', said: 'every day at 11:00' },
    { words: 'every weekday at 8:30', rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', start: '2026-11-23T08:30', said: 'every weekday at 08:30' },
    { words: 'every Monday at 9am', rule: 'FREQ=WEEKLY;BYDAY=MO', start: '2026-11-23T09:00', said: 'every Monday at 09:00' },
    { words: 'Mondays 9.15pm', rule: 'FREQ=WEEKLY;BYDAY=MO', start: '2026-11-23T21:15', said: 'every Monday at 21:15' },
    {
      words: 'every second Tuesday at 18:30',
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
      start: '2026-11-24T18:30',
      said: 'every second Tuesday at 18:30',
    },
    {
      words: 'alternate Tuesdays',
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
      start: '2026-11-24T18:00',
      said: 'every second Tuesday at 18:00',
    },
    {
      words: 'every Tuesday and Thursday at 7pm',
      rule: 'FREQ=WEEKLY;BYDAY=TU,TH',
      start: '2026-11-24T19:00',
      said: 'every Tuesday and Thursday at 19:00',
    },
    {
      words: 'every two weeks on Friday at noon',
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR',
      start: '2026-11-27T12:00',
      said: 'every second Friday at 12:00',
    },
    { words: 'every week at 9', rule: 'FREQ=WEEKLY;BYDAY=SU', start: '2026-11-29T09:00', said: 'every Sunday at 09:00' },
    {
      words: 'First Monday of each quarter at 10',
      rule: 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=1MO',
      start: '2027-01-04T10:00',
      said: 'the first Monday of every quarter at 10:00',
    },
    {
      words: 'last Friday of the quarter, 10:00',
      rule: 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYDAY=-1FR',
      start: '2026-12-25T10:00',
      said: 'the last Friday of every quarter at 10:00',
    },
    {
      words: 'last Sunday of the month at 11:00',
      rule: 'FREQ=MONTHLY;BYDAY=-1SU',
      start: '2026-11-29T11:00',
      said: 'the last Sunday of every month at 11:00',
    },
    {
      words: 'every second Tuesday of the month at 11:00',
      rule: 'FREQ=MONTHLY;BYDAY=2TU',
      start: '2026-12-08T11:00',
      said: 'the second Tuesday of every month at 11:00',
    },
    {
      words: 'every month on the 15th at 9',
      rule: 'FREQ=MONTHLY;BYMONTHDAY=15',
      start: '2026-12-15T09:00',
      said: 'the 15th of every month at 09:00',
    },
    {
      words: 'every 3 months on day 31 at 9',
      rule: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31',
      start: '2026-12-31T09:00',
      said: 'the 31st of every 3 months at 09:00',
    },
    {
      words: 'every year on 5 December at 6pm',
      rule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5',
      start: '2026-12-05T18:00',
      said: 'every year on the 5th of December at 18:00',
    },
    {
      words: 'first Monday of March and September every year at 10',
      rule: 'FREQ=YEARLY;BYMONTH=3,9;BYDAY=1MO',
      start: '2027-03-01T10:00',
      said: 'every year on the first Monday of March and September at 10:00',
    },
    { words: 'every 30 minutes', rule: 'FREQ=MINUTELY;INTERVAL=30', start: '2026-11-22T10:30', said: 'every 30 minutes' },
    {
      words: 'every second Tuesday at 18:30 until 31 March',
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270331T235959',
      start: '2026-11-24T18:30',
      said: 'every second Tuesday at 18:30, until Wednesday 31 March 2027',
    },
    {
      words: 'every day until the end of January at 9am',
      rule: 'FREQ=DAILY;UNTIL=20270131T235959',
      start: '2026-11-23T09:00',
      said: 'every day at 09:00, until Sunday 31 January 2027',
    },
    { words: 'every day at 9, ten times', rule: 'FREQ=DAILY;COUNT=10', start: '2026-11-23T09:00', said: 'every day at 09:00, 10 times' },
    {
      words: 'every Monday at 9 from 5 January until 3 March',
      rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270303T235959',
      start: '2027-01-11T09:00',
      said: 'every Monday at 09:00, until Wednesday 3 March 2027',
    },
  ])('$words', async ({ words, rule, start, said }) => {
    expect(isRepeating(words)).toBe(true)
    const found = await read(words)
    expect(found).toEqual({ rule, start, zone: 'Europe/London' })
    expect(sayRepeats(found, texts)).toBe(said)
  })

  test.each([
    { words: 'every blue moon', key: 'repeat-word' },
    { words: 'every', key: 'repeat-unknown' },
    { words: 'every day at 25:00', key: 'repeat-no-clock' },
    { words: 'every day at 9 and at 17:00', key: 'repeat-word' },
    { words: 'every 0 days', key: 'repeat-unknown' },
    { words: 'every sixth Monday of the month', key: 'repeat-unknown' },
    { words: 'every 5 minutes', key: 'repeat-too-often' },
    { words: 'every minute', key: 'repeat-too-often' },
    { words: 'every 99 years', key: 'repeat-too-seldom' },
    { words: 'every year on 30 February', key: 'repeat-never' },
    { words: 'every year on 1 January until 3 December', key: 'repeat-never' },
    { words: 'every day at 9 until Christmas', key: 'repeat-until-unknown' },
    { words: 'every day at 9 until yesterday', key: 'repeat-until-unknown' },
    { words: 'every day at 9 until the year 9999', key: 'repeat-until-unknown' },
    { words: 'every day at 9 from 30 February', key: 'repeat-from-unknown' },
    { words: 'every day at 9, 0 times', key: 'repeat-times-unknown' },
    { words: 'every day at 9, many times', key: 'repeat-times-unknown' },
    { words: 'every day at 9 until 31 March, 3 times', key: 'repeat-two-ends' },
  ])('$words: $key', async ({ words, key }) => {
    const found = await readRepeats(words, london)
    expect(found).toMatchObject({ key })
    if ('key' in found) expect(texts.t(found.key, found.args)).not.toBe('')
  })

  test.each(['Friday 6pm', '5 December', 'in 3 days', 'next Monday', 'tomorrow'])('%s is one time', words => {
    expect(isRepeating(words)).toBe(false)
  })
})

const step = fc.integer({ min: 1, max: 4 })
const weekday = fc.constantFrom(...WEEKDAYS)
const on: fc.Arbitrary<On> = fc.oneof(
  fc.record({ day: fc.constantFrom(-1, 1, 2, 15, 28, 29, 30, 31) }),
  fc.record({ nth: fc.constantFrom(-1, 1, 2, 3, 4, 5), weekday }),
)
const inOrder = <T>(all: readonly T[], some: readonly T[]) => all.filter(one => some.includes(one))
const days = fc.uniqueArray(weekday, { minLength: 1, maxLength: 7 }).map(some => inOrder(WEEKDAYS, some))
const months = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }).map(some => some.toSorted((a, b) => a - b))
const ofDays: fc.Arbitrary<Every> = fc.oneof(
  fc.record({ unit: fc.constant('day'), step }),
  fc.record({ unit: fc.constant('week'), step, days }),
  fc.record({ unit: fc.constant('month'), step, on }),
  fc.record({ unit: fc.constant('year'), step, on, months }),
)
const ofTime: fc.Arbitrary<Every> = fc.oneof(
  fc.record({ unit: fc.constant('minute'), step: fc.constantFrom(15, 20, 30, 45) }),
  fc.record({ unit: fc.constant('hour'), step }),
)
const end = fc.oneof(
  fc.constant({}),
  fc.record({ end: fc.record({ times: fc.integer({ min: 1, max: 30 }) }) }),
  fc.integer({ min: 40, max: 1_500 }).map(n => ({ end: { until: new Date(now.getTime() + n * 86_400_000).toISOString().slice(0, 10) } })),
)
const rule = (every: fc.Arbitrary<Every>): fc.Arbitrary<Rule> => fc.tuple(every, end).map(([one, more]) => ({ every: one, ...more }))
const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC')
const time = fc.constantFrom('00:00', '00:30', '01:30', '02:00', '02:30', '03:15', '12:00', '23:59')

/** Every rule that people can say, read from its own words, so that it is anchored at its first date. */
const anchored = fc.tuple(rule(ofDays), time, zones).map(([one, at, zone]) => ({ one, at, zone }))

async function anchor({ one, at, zone }: { one: Rule; at: string; zone: string }): Promise<Repeats | undefined> {
  const words = sayRepeats({ rule: writeRule(one), start: `2026-11-22T${at}` }, texts)
  const found = await readRepeats(words, { zone, now })
  if ('repeats' in found) return found.repeats
  expect(['repeat-never', 'time-too-far']).toContain(found.key)
  return undefined
}

describe('rules', () => {
  test('what is written is read again', () => {
    fc.assert(fc.property(rule(fc.oneof(ofDays, ofTime)), one => void expect(readRule(writeRule(one))).toEqual(one)))
  })

  test('what is said can be typed in again, and means the same', async () => {
    await fc.assert(
      fc.asyncProperty(anchored, async one => {
        const found = await anchor(one)
        if (found) expect(found.rule).toBe(writeRule(one.one))
      }),
      { numRuns: 300 },
    )
  })

  test('a second implementation finds the same instants, and they rise', async () => {
    await fc.assert(
      fc.asyncProperty(anchored, async one => {
        const found = await anchor(one)
        if (!found) return
        const dates = nextDates(whole(found), new Date(now.getTime() - 1), 12).map(({ at }) => at.toISOString())
        const other = naiveDates(found, 12)
        // What lies further away than the naive one looks is not compared.
        expect(dates.slice(0, other.length)).toEqual(other)
        expect(dates).toEqual([...new Set(dates)].toSorted())
      }),
      { numRuns: 300 },
    )
  })

  test('one by one and all between two moments are the same', async () => {
    await fc.assert(
      fc.asyncProperty(anchored, fc.integer({ min: 0, max: 900 }), async (one, after) => {
        const found = await anchor(one)
        if (!found) return
        const from = new Date(now.getTime() + after * 86_400_000)
        const some = nextDates(whole(found), from, 10)
        const last = some.at(-1)
        if (last) expect(datesBetween(whole(found), from, last.at)).toEqual(some)
        for (const { date, at } of some) expect(dateAt(whole(found), date)).toMatchObject({ date, at })
      }),
      { numRuns: 100 },
    )
  })

  test('minutes and hours are true distances, whatever the clocks do', () => {
    fc.assert(
      fc.property(rule(ofTime), zones, (one, zone) => {
        const dates = nextDates(whole({ rule: writeRule(one), start: '2027-03-28T00:30', zone }), now, 40).map(({ at }) => at.getTime())
        const every = one.every.step * (one.every.unit === 'hour' ? 3_600_000 : 60_000)
        expect(dates.slice(1).map((at, i) => at - (dates[i] ?? 0))).toEqual(dates.slice(1).map(() => every))
        // An end may lie before that day.
        if (dates.length > 0) expect(dates[0]).toBe(onTheWall(localNumber('2027-03-28T00:30'), zone).at.getTime())
      }),
    )
  })
})

test('a local time is looked up as Temporal does it', () => {
  const around = fc.constantFrom(
    '2027-03-28',
    '2027-10-31',
    '2027-03-14',
    '2027-11-07',
    '2027-04-04',
    '2027-10-03',
    '2027-02-07',
    '2027-03-14',
  )
  fc.assert(
    fc.property(around, fc.integer({ min: -2_880, max: 2_880 }), zones, (day, minutes, zone) => {
      const local = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000
      const theirs = Temporal.PlainDateTime.from(new Date(local).toISOString().slice(0, 19)).toZonedDateTime(zone, {
        disambiguation: 'compatible',
      })
      expect(onTheWall(local, zone).at.getTime()).toBe(theirs.epochMilliseconds)
    }),
    { numRuns: 500 },
  )
})

describe('single dates', () => {
  const daily = async () => whole(await read('every day at 9, 5 times'))
  const days9 = (all: readonly { at: Date }[]) => all.map(({ at }) => at.toISOString().slice(0, 16))

  test('one that is left out is not made up for, one that is moved comes in its new place', async () => {
    const series = {
      ...(await daily()),
      except: ['2026-11-24T09:00:00.000Z'],
      moved: { '2026-11-23T09:00:00.000Z': '2026-11-25T17:00:00.000Z', '2026-11-27T09:00:00.000Z': '2027-01-02T10:00:00.000Z' },
    }
    const left = ['2026-11-25T09:00', '2026-11-25T17:00', '2026-11-26T09:00', '2027-01-02T10:00']
    expect(days9(nextDates(series, now, 9))).toEqual(left)
    expect(days9(datesBetween(series, now, new Date('2028-01-01T00:00:00Z')))).toEqual(left)
    expect(days9(nextDates(series, new Date('2026-11-26T09:00:00Z'), 9))).toEqual(['2027-01-02T10:00'])
  })

  test('a moment that is no date of it is none', async () => {
    const series = await daily()
    expect(dateAt(series, new Date('2026-11-23T09:00:00Z'))).toBeDefined()
    expect(dateAt(series, new Date('2026-11-23T09:01:00Z'))).toBeUndefined()
    expect(dateAt(series, new Date('2026-11-28T09:00:00Z'))).toBeUndefined()
  })

  test('a zone that leaves out a whole day has no date twice', () => {
    const series = whole({ rule: 'FREQ=DAILY', start: '2011-12-28T09:00', zone: 'Pacific/Apia' })
    const dates = nextDates(series, new Date('2011-12-27T00:00:00Z'), 5).map(({ at }) => at.toISOString())
    expect(dates).toEqual([...new Set(dates)])
  })
})
