import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Host, hostIn, type Told } from './on-hosts.ts'

/** A table of words and of what they mean, and machines in other zones, which must not matter. */

interface Row {
  readonly kind: string
  readonly words: string
  readonly zone: string
  readonly now: string
  readonly host: string
  readonly wanted: string
}

const rows = readFileSync(new URL('plain-times.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line): Row => {
    const [kind = '', words = '', zone = '', now = '', host = '', wanted = ''] = line.split('\t')
    return { kind, words, zone, now, host, wanted }
  })

const HOSTS = ['UTC', 'America/Los_Angeles', 'Asia/Kolkata', 'Europe/London', 'Pacific/Auckland']
const hosts = new Map<string, Host>()
beforeAll(() => {
  for (const zone of HOSTS) hosts.set(zone, hostIn(zone))
})
afterAll(async () => {
  await Promise.all([...hosts.values()].map(host => host.stop()))
})

function on(zone: string): Host {
  const host = hosts.get(zone)
  if (!host) throw new Error(`No machine stands in ${zone}.`)
  return host
}

/** "refuse", a time, a span of times, or the first dates of a series; several with "or". */
function isWanted({ times }: Told, wanted: string): boolean {
  return wanted.split(' or ').some(one => {
    if (one === 'refuse') return times.length === 0
    const dates = one.replace('dates ', '').split(',')
    const [from = '', to = ''] = one.split('..')
    const [first = ''] = times
    return to === '' ? dates.join() === times.slice(0, dates.length).join() : first >= from && first <= to
  })
}

describe('the table', () => {
  test.each(rows)('$kind: "$words" in $zone, on a machine in $host, is $wanted', async ({ words, zone, now, host, wanted }) => {
    const told = await on(host).ask({ words, zone, now })
    expect(told, wanted).toSatisfy((one: Told) => isWanted(one, wanted))
  })
})

describe('the zone of the machine', () => {
  test('is another for each', async () => {
    const told = await Promise.all(HOSTS.map(zone => on(zone).ask({ words: 'noon', zone: 'UTC', now: '2026-11-22T10:00:00Z' })))
    expect(told.map(({ offset }) => offset)).toEqual([0, -480, 330, 60, 720])
  })

  test('changes nothing', async () => {
    const zone = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'Australia/Lord_Howe', 'UTC')
    // Around every hour of a day and of the year, so also where only some of the machines have midnight behind them, or a change of the clock.
    const now = fc
      .integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2028-12-31T00:00:00Z') })
      .map(ms => new Date(ms).toISOString())
    const day = fc.constantFrom(
      '',
      'today',
      'Friday',
      'next Monday',
      'Sunday week',
      'tomorrow',
      '1 March',
      'the 31st',
      '29 February',
      'first Monday in May',
    )
    const time = fc.constantFrom('', '6pm', 'at 00:30', '1.30am', 'at 02:30', 'half past six', 'noon', 'midnight', '18:00 CET', '23:59')
    const often = fc.constantFrom(
      'in 2 hours',
      'in a month',
      'every day at 01:30',
      'every first Tuesday',
      'Mon-Fri 9am until the end of the year',
    )
    const words = fc.oneof(
      fc.tuple(day, time).map(both => both.join(' ').trim()),
      often,
    )
    await fc.assert(
      fc.asyncProperty(fc.record({ words, zone, now }), async ask => {
        const [first, ...others] = await Promise.all(HOSTS.map(host => on(host).ask(ask)))
        for (const other of others) expect({ ...other, offset: 0 }).toEqual({ ...first, offset: 0 })
      }),
      { numRuns: 300 },
    )
  })
})
